"""Forms over rows that somebody else may have changed meanwhile."""

from django import forms


class RevisionForm(forms.ModelForm):
    """A form that carries the revision of the row it was filled from, so that a stale window overwrites nothing."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def refuse(self, refused, *, current):
        """Show why the act was refused. After a stale save the form goes on from the row as it is now.

        `current` is the row re-read; its values are offered beside what was typed, and saving again is a choice.
        """
        self.add_error(refused.field, refused.message)
        if refused.code == "stale":
            self.data = self.data.copy()
            self.data["revision"] = current.revision
            labels = {name: self.fields[name].label for name in self.changed_data if name in self._meta.fields}
            shown = {label: self.shown(getattr(current, name)) for name, label in labels.items()}
            self.saved_meanwhile = [{"key": label, "value": value, "lines": True} for label, value in shown.items()]

    @staticmethod
    def shown(value) -> str:
        """A value of the row in words."""
        return ", ".join(str(entry) for entry in value.all()) if hasattr(value, "all") else str(value or "")
