"""Forms of protection and of custody."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.choices.protection import LISTINGS


class ListingForm(forms.Form):
    """To whom a protected member is listed under the handle. None chosen means to nobody."""

    listed_for = forms.MultipleChoiceField(
        label=_("Who finds you under your handle"),
        choices=list(LISTINGS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They see the handle, a region of the world and your broad topics. Choose none, and nobody does."),
    )
    takes_messages = forms.BooleanField(
        label=_("They may write to me through the portal"),
        required=False,
        help_text=_("Neither of you learns the other's address. You can end any correspondence at any time."),
    )


class AskForm(forms.Form):
    """A request to see who stands behind a handle."""

    handle = forms.CharField(label=_("Handle"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    reason = forms.CharField(
        label=_("Why it is needed"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Two custodians read it, and the member. Write nothing that tells who you think it is."),
    )


class DeclineForm(forms.Form):
    """Why a custodian declines."""

    note = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever asked reads it."),
    )
