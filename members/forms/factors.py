"""The shape of what officers say about a lost second factor."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.choices.factors import Identity

MOST = 1000


class AskForm(forms.Form):
    """The button that asks: nothing to fill in."""


class CheckForm(forms.Form):
    """How the first officer established who asks."""

    identity = forms.ChoiceField(
        label=_("How you established who asks"),
        choices=Identity.choices,
        widget=forms.RadioSelect,
        help_text=_("On a channel you knew before, and not by the mail or the number the request came with."),
    )
    note = forms.CharField(
        label=_("Note for the second officer"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("When, and who else was there. No secrets, and no numbers of documents."),
    )


class ConfirmForm(forms.Form):
    """What the second officer says."""

    is_sure = forms.BooleanField(
        label=_("I have looked into it myself and am sure who asks"),
        error_messages={"required": _("Confirm it only if you are sure yourself.")},
    )

    def values(self):
        return {}


class StopForm(forms.Form):
    """Why an officer stops it."""

    reason = forms.CharField(
        label=_("Why it is stopped"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Other officers read it; whoever it concerns is told that it is stopped."),
    )
