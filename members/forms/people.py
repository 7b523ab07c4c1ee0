"""The shape of a profile."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.revisions import RevisionForm
from members.models import Expertise, Language, Person, Region


class ProfileForm(RevisionForm):
    """What a person says of themselves."""

    class Meta:
        model = Person
        fields = [
            "name",
            "latin_name",
            "headline",
            "biography",
            "website",
            "country",
            "expertise",
            "regions",
            "languages",
            "listed",
        ]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "biography": forms.Textarea(attrs={"rows": 8}),
            "website": forms.URLInput(attrs={"autocomplete": "url"}),
            "expertise": forms.CheckboxSelectMultiple,
            "regions": forms.CheckboxSelectMultiple,
            "languages": forms.SelectMultiple(attrs={"size": 8}),
        }
        help_texts = {
            "expertise": _("Inquiries and colleagues find you by these."),
            "languages": _("Hold Ctrl or ⌘ to choose several."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["expertise"].queryset = Expertise.objects.in_use().select_related("parent")
        self.fields["regions"].queryset = (
            Region.objects.in_use().filter(parent__isnull=False, countries__isnull=False).distinct()
        )
        self.fields["languages"].queryset = Language.objects.in_use()
        self.fields["website"].assume_scheme = "https"
