"""The forms that go with an application as its reader has seen it: to send it, and to send an answer with it."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SeenForm(forms.Form):
    """A form that says which revision of the application its reader has seen."""

    use_required_attribute = False
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def renew(self, *, revision):
        """Shown again, the form goes with the application as it is shown with it now."""
        if self.is_bound:
            self.data = self.data.copy()
            self.data["revision"] = revision


class SubmitForm(SeenForm):
    """The word of whoever sends the application."""

    declaration = forms.BooleanField(
        label=_("What I have written is true and complete, and my referees know that I have named them"),
        error_messages={"required": _("Tick this to send the application.")},
    )

    def __init__(self, *args, on_paper=False, **kwargs):
        super().__init__(*args, **kwargs)
        if on_paper:
            self.fields["declaration"].label = _("This is what the paper says, and the paper is signed")


class AnswerForm(SeenForm):
    """The answer to a question of the Secretariat or the committee."""

    answer = forms.CharField(
        label=_("Your answer"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 10})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].unmarked = True
