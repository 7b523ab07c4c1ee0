"""The shape of what people ask about their own data, and of what officers answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.choices.own_data import CorrectionState

MOST = 2000


class ButtonForm(forms.Form):
    """A button that asks: nothing to fill in."""


class ErasureForm(forms.Form):
    """That the one who asks has read what happens."""

    is_sure = forms.BooleanField(
        label=_("I have read this and want everything about me erased"),
        error_messages={"required": _("Tick this only if you want it.")},
    )

    def values(self):
        return {}


class CorrectionForm(forms.Form):
    """What is wrong, in one's own words."""

    text = forms.CharField(
        label=_("What is wrong, and how it should read"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("For example the first day of a membership. The Secretariat reads it."),
    )


class AnswerForm(forms.Form):
    """What an officer did about it, and why."""

    state = forms.ChoiceField(
        label=_("What you did"),
        choices=[
            (CorrectionState.DONE.value, _("It is corrected")),
            (CorrectionState.REFUSED.value, _("It is not corrected")),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Answer"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The person reads it. Where it is not corrected, say why, and where to complain."),
    )
