"""The shape of a profile."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.choices.audiences import Audience
from members.kernel.entries import GroupedChoices, SortedChoices
from members.kernel.widgets import FoldedCheckboxes, HintedCheckboxes
from members.models import Country, Expertise, Language, Person, Region
from members.pages.revisions import RevisionForm
from members.permissions.fields import NARROWABLE, reach_of
from members.queries.field_words import name_of
from members.queries.options import COMMON_LANGUAGES


class ByContinent(GroupedChoices):
    """Regions under their continents."""

    def heading(self, entry):
        return entry.continent


class GroupedField(forms.ModelMultipleChoiceField):
    iterator = GroupedChoices


class RegionsField(forms.ModelMultipleChoiceField):
    iterator = ByContinent


class LanguagesField(forms.ModelMultipleChoiceField):
    """Languages by name, each with its own name beside it."""

    iterator = SortedChoices

    def label_from_instance(self, entry):
        name = str(entry)
        return f"{name} · {entry.endonym}" if entry.endonym and entry.endonym.casefold() != name.casefold() else name


class CountryField(forms.ModelChoiceField):
    iterator = SortedChoices


class PersonFields(forms.ModelForm):
    """The columns and lists of a person. Entries that were retired since stay where they were chosen."""

    country = CountryField(
        label=_("Country you live in"),
        queryset=Country.objects.all(),
        required=False,
        empty_label=_("Choose"),
        widget=forms.Select(attrs={"autocomplete": "country"}),
    )
    expertise = GroupedField(
        label=_("Expertise"),
        queryset=Expertise.objects.none(),
        to_field_name="code",
        required=False,
        widget=HintedCheckboxes,
        help_text=_("Colleagues find you by these."),
    )
    regions = RegionsField(
        label=_("Regions you work on"),
        queryset=Region.objects.none(),
        to_field_name="code",
        required=False,
        widget=HintedCheckboxes,
    )
    languages = LanguagesField(
        label=_("Languages"),
        queryset=Language.objects.none(),
        to_field_name="code",
        required=False,
        widget=FoldedCheckboxes(first=COMMON_LANGUAGES, more=_("More languages")),
    )

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
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        places = Region.objects.select_related("parent__parent__parent")
        choices = {
            "expertise": (Expertise.objects.select_related("parent"), Q(children__isnull=True)),
            "regions": (places, Q(parent__isnull=False, countries__isnull=False)),
            "languages": (Language.objects.all(), Q()),
        }
        for name, (entries, smallest) in choices.items():
            if name not in self.fields:
                continue
            chosen = getattr(self.instance, name).values("pk") if self.instance.pk else []
            offered = smallest & Q(retired_on__isnull=True) | Q(pk__in=chosen)
            self.fields[name].queryset = entries.filter(offered).distinct()
        lived_in = Q(retired_on__isnull=True) | Q(pk=self.instance.country_id)
        self.fields["country"].queryset = Country.objects.filter(lived_in)
        self.fields["website"].assume_scheme = "https"


class ProfileForm(RevisionForm, PersonFields):
    """What a person says of themselves first. The other sections of a profile are in `members.forms.profiles`."""

    expertise = languages = None

    class Meta(PersonFields.Meta):
        fields = ["name", "latin_name", "headline", "biography", "website", "country", "regions", "listed"]


READERS = {
    Audience.MEMBERS: _("All members"),
    Audience.STEERING: _("The steering committee and the Secretariat"),
    Audience.SECRETARIAT: _("The Secretariat"),
}
"""Whom a field may be shown to, in the words of the form."""


class ReadersForm(forms.Form):
    """Who sees which part of a profile: one choice for each field that may be narrowed."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person
        self.initial["revision"] = person.revision
        chosen = {row.field: reach_of(row.audiences) for row in person.narrowings.all()}
        for name in NARROWABLE:
            self.fields[name] = forms.ChoiceField(
                label=name_of(name), choices=list(READERS.items()), initial=chosen.get(name, Audience.MEMBERS)
            )

    def refuse(self, refused):
        """After a change in another window the choices stay as they were made, and may be sent again."""
        self.add_error(refused.field if refused.field in self.fields else None, refused.message)
        if refused.code == "stale":
            self.person.refresh_from_db()
            self.data = self.data.copy()
            self.data["revision"] = self.person.revision
