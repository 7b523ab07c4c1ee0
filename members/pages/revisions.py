"""Forms over rows that somebody else may have changed meanwhile."""

from django import forms
from django.utils.translation import gettext as _


class RevisionForm(forms.ModelForm):
    """A form that carries the revision of the row it was filled from, so that a stale window overwrites nothing."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    saved_meanwhile = ()
    """After a stale save: the fields that differ from what was typed, each with what is saved, as summary rows."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["revision"] = self.instance.revision

    def refuse(self, refused):
        """Show why the act was refused. After a stale save the form goes on from the row as it is now.

        What is saved is shown beside what was typed, and saving again is a choice.
        """
        self.add_error(refused.field if refused.field in self.fields else None, refused.message)
        if refused.code != "stale":
            return
        current = type(self.instance).objects.get(pk=self.instance.pk)
        self.data = self.data.copy()
        self.data[self.add_prefix("revision")] = current.revision
        differing = [name for name in self._meta.fields if self._differs(name, current)]
        self.saved_meanwhile = [
            {"key": self.fields[name].label, "value": shown(getattr(current, name)), "lines": True}
            for name in differing
        ]

    def _differs(self, name, current) -> bool:
        saved, typed = getattr(current, name), self.cleaned_data.get(name)
        return set(saved.all()) != set(typed or ()) if hasattr(saved, "all") else saved != typed


def shown(value) -> str:
    """A value of a row in words."""
    if hasattr(value, "all"):
        return "\n".join(str(entry) for entry in value.all())
    return {True: _("Yes"), False: _("No")}[value] if isinstance(value, bool) else str(value or "")
