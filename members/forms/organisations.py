"""The shape of an organisation's page, and of an invitation to speak for it."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from members.choices.bodies import RepresentationRole
from members.kernel.widgets import HintedRadios
from members.models import Organisation
from members.pages.revisions import RevisionForm


class OrganisationForm(RevisionForm):
    """What an organisation says of itself. Its name and kind are the Secretariat's to change."""

    class Meta:
        model = Organisation
        fields = ["acronym", "website", "about"]
        widgets = {
            "website": forms.URLInput(attrs={"autocomplete": "url"}),
            "about": forms.Textarea(attrs={"rows": 8}),
        }
        help_texts = {"about": _("What the organisation does, for other members. Plain text.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["website"].assume_scheme = "https"


class InvitationForm(forms.Form):
    """Whom to invite, as what, in which language."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("The invitation goes to this address and works for it alone, once, for 72 hours."),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=RepresentationRole.choices,
        initial=RepresentationRole.DELEGATE,
        widget=HintedRadios(
            hints={
                RepresentationRole.PRINCIPAL: _("Speaks for the organisation first. There is one."),
                RepresentationRole.ALTERNATE: _("Stands in for the principal. There is one."),
                RepresentationRole.DELEGATE: _("Takes part for the organisation. There may be several."),
            }
        ),
    )
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)
