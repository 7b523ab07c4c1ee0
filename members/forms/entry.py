"""Forms of getting in by a link."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.kernel.lines import LineField


class AddressForm(forms.Form):
    """An address to send a link to."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("We send a link to it. It works once, for three days."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
    )

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class EnterForm(forms.Form):
    """The button behind a link: nothing to fill in."""


class AcceptForm(forms.Form):
    """The button behind an invitation, for somebody the platform does not know."""

    name = LineField(
        label=_("Your name"),
        max_length=160,
        help_text=_("As you write it yourself, in any script. Members will know you by it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
