"""The forms about referees: one for the applicant who names them, one for themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.kernel.uploads import CleanFileField
from members.models import Referee


class RefereeForm(forms.ModelForm):
    """Whom to ask for a letter."""

    use_required_attribute = False

    class Meta:
        model = Referee
        fields = ["name", "email", "relationship"]
        labels = {"name": _("Name of the referee"), "email": _("E-mail address of the referee")}
        help_texts = {"relationship": _("For example: head of my department from 2019 to 2024.")}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
        }


class LetterForm(forms.Form):
    """A referee's letter: written here, sent as a file, or both."""

    use_required_attribute = False
    letter = forms.CharField(
        label=_("Your letter"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    file = CleanFileField(
        label=_("Or a letter as a file"),
        required=False,
        help_text=_("PDF, PNG, JPEG or WebP, up to 10 MB."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.unmarked = True

    def values(self) -> dict:
        """What the action takes."""
        return {"letter": self.cleaned_data["letter"], "clean": self.cleaned_data["file"]}
