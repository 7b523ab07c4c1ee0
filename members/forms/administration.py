"""How forms of the administration take a refusal, and keep a stale window from overwriting anything."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.forms.people import CountryField, PersonFields
from members.kernel.entries import SortedChoices
from members.models import Country, LetterTemplate, Organisation
from members.pages.revisions import shown
from members.reference.letters import EVERYWHERE, PLACES
from members.rules.letters import unfilled


class Refusable:
    """Mixed into a form that is made anew after an act was refused: `refused` stands beside its field."""

    refused = None

    def clean(self):
        values = super().clean()
        refused = self.refused
        if refused is not None:
            self.add_error(refused.field if refused.field in self.fields else None, refused.message)
            if refused.code == "stale" and "seen" in self.fields:
                self._show_both(values)
        return values

    def _show_both(self, values):
        """What is saved now is said beside what was typed, and saving again is a choice."""
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = self.instance.revision
        for name in [name for name in self._meta.fields if name in self.changed_data]:
            saved = shown(getattr(self.instance, name)) or _("nothing")
            self.add_error(name, _("Saved meanwhile: {saved}").format(saved=saved))


class Brought:
    """Mixed into a form that is shown again after its writer proved a second factor: `brought` is what it held."""

    brought = None

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(self.brought if data is None else data, *args, **kwargs)


class EntryField(forms.ModelChoiceField):
    """Entries of a governed list, by their words."""

    iterator = SortedChoices

    def label_from_instance(self, entry):
        return f"{entry} ({entry.code})"


class SeenForm(forms.ModelForm):
    """A form that carries the revision of the row it was filled from, under a name that is no column's."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, label="")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "seen" in self.fields:
            self.initial["seen"] = self.instance.revision


class PersonAdminForm(SeenForm, PersonFields):
    """A person, as the Secretariat enters or corrects them: a browser fills in nothing of the officer's own."""

    Meta = PersonFields.Meta

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("name", "website", "country"):
            self.fields[name].widget.attrs["autocomplete"] = "off"


class OrganisationAdminForm(SeenForm):
    """An organisation, as the Secretariat enters or corrects it, its name and kind included."""

    country = CountryField(
        label=_("Country of its seat"), queryset=Country.objects.all(), required=False, empty_label=_("Choose")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        seated_in = Q(retired_on__isnull=True) | Q(pk=self.instance.country_id)
        self.fields["country"].queryset = Country.objects.filter(seated_in)

    class Meta:
        model = Organisation
        fields = ["name", "acronym", "kind", "country", "parent", "website", "about"]


OWN = tuple(dict.fromkeys(place for places in PLACES.values() for place in places))
"""What a letter of a kind that staff have added may be filled with: all that is ever known."""


class LetterTemplateForm(forms.ModelForm):
    """A template of a letter: its places are those that letters of its kind can be filled with."""

    class Meta:
        model = LetterTemplate
        fields = ["key", "language", "title", "subject", "body"]

    def clean(self):
        values = super().clean()
        allowed = EVERYWHERE + PLACES.get(values.get("key") or self.instance.key, OWN)
        for name in ("subject", "body"):
            unknown = [place for place in unfilled(values.get(name) or "") if place not in allowed]
            if unknown:
                sentence = _("Nothing fills {unknown}. There are: {allowed}.")
                braced = [", ".join(f"{{{place}}}" for place in places) for places in (unknown, allowed)]
                self.add_error(name, sentence.format(unknown=braced[0], allowed=braced[1]))
        return values


class MergeForm(forms.Form):
    """Into which entry of its list another is merged. Chosen in the address first, which shows what would move."""

    def __init__(self, *args, entry, **kwargs):
        super().__init__(*args, **kwargs)
        others = type(entry).objects.in_use().exclude(pk=entry.pk)
        self.fields["into"] = EntryField(label=_("Merge into"), queryset=others, empty_label=_("Choose"))

    @property
    def chosen(self):
        """The entry that was chosen, or None."""
        return self.cleaned_data.get("into") if self.is_bound and self.is_valid() else None
