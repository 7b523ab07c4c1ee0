"""The sections of a profile, each a page of its own."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.choices.profiles import ContactWay, ExpertiseLevel, LanguageLevel
from members.forms.people import LanguagesField
from members.forms.rows import RowForm, RowsForm
from members.kernel.clock import today
from members.kernel.entries import GroupedChoices, SortedChoices
from members.kernel.lines import LineField
from members.kernel.refusals import Refused
from members.kernel.uploads import PortraitField
from members.kernel.widgets import DateInput, HintedRadios
from members.models import Expertise, Language, Person
from members.pages.revisions import RevisionForm
from members.rules import profiles as rules

NOT_SAID = ("", _("Not said"))


class OneField(forms.ModelChoiceField):
    """One entry of a governed list."""

    iterator = SortedChoices

    def __init__(self, queryset, **options):
        super().__init__(queryset, to_field_name="code", empty_label=_("Choose"), **options)


class OneGroupedField(OneField):
    iterator = GroupedChoices


class OneLanguageField(OneField):
    label_from_instance = LanguagesField.label_from_instance


# --- Expertise and languages ----------------------------------------------------------------------------------------


def level_field(label, levels) -> forms.ChoiceField:
    field = forms.ChoiceField(label=label, choices=[NOT_SAID, *levels.choices], required=False)
    field.unmarked = True
    return field


class LevelForm(RowForm):
    """An entry of a list with a level. A row without the entry is blank, whatever its level."""

    entry = ""
    is_pair = True

    @property
    def is_blank(self):
        return not self.data.get(self.add_prefix(self.entry), "").strip()


class ExpertiseForm(LevelForm):
    entry = "expertise"
    expertise = OneGroupedField(Expertise.objects.none(), label=_("Field"))
    level = level_field(_("How well you know it"), ExpertiseLevel)


class LanguageForm(LevelForm):
    entry = "language"
    language = OneLanguageField(Language.objects.none(), label=_("Language"))
    level = level_field(_("How well you use it"), LanguageLevel)


class LevelsForm(RowsForm):
    """Entries with levels, each entry once. Entries that were retired since stay where they were chosen."""

    def __init__(self, data, *, person):
        chosen = getattr(person, self.listed).values("pk")
        offered = self.entries.filter(self.smallest & Q(retired_on__isnull=True) | Q(pk__in=chosen))
        self.offered = offered.distinct()
        self.choices = None
        super().__init__(data, person=person)

    def row(self, number, **given):
        row = super().row(number, **given)
        field = row.fields[row.entry]
        field.queryset = self.offered
        if self.choices is None:  # sorted once, not once a row
            self.choices = list(field.choices)
        field.widget.choices = self.choices
        return row

    def saved(self):
        return [{self.row_form.entry: entry.code, "level": row.level} for entry, row in self._pairs()]

    def in_words(self):
        return [f"{entry}: {row.get_level_display()}" if row.level else str(entry) for entry, row in self._pairs()]

    def _pairs(self):
        rows = getattr(self.person, self.levels).select_related(self.row_form.entry)
        return [(getattr(row, self.row_form.entry), row) for row in rows]

    def mark_repeated(self):
        rows, entry = self.filled, self.row_form.entry
        places = rules.repeated([row.cleaned_data.get(entry) for row in rows])
        for place in places:
            rows[place].add_error(entry, _("You have named this already."))
        return bool(places)


class ExpertiseRows(LevelsForm):
    row_form, listed, levels = ExpertiseForm, "expertise", "expertise_levels"
    label, one, more = _("Expertise"), _("Field {number}"), _("Add a field")
    entries, smallest = Expertise.objects.select_related("parent"), Q(children__isnull=True)


class LanguageRows(LevelsForm):
    row_form, listed, levels = LanguageForm, "languages", "language_levels"
    label, one, more = _("Languages"), _("Language {number}"), _("Add a language")
    entries, smallest = Language.objects.all(), Q()


# --- Positions and publications -------------------------------------------------------------------------------------


def year_field(label, **options) -> forms.IntegerField:
    return forms.IntegerField(label=label, widget=forms.NumberInput(attrs={"inputmode": "numeric"}), **options)


class RuledForm(RowForm):
    """A row whose years a rule looks at. What the rule refuses stands beside its field."""

    def clean(self):
        values = super().clean()
        try:
            self.ensure(values)
        except Refused as refused:
            self.add_error(refused.field, refused.message)
        return values


class PositionForm(RuledForm):
    organisation = LineField(label=_("Organisation"), max_length=200)
    title = LineField(label=_("What you are or were there"), max_length=160, required=False)
    from_year = year_field(_("From the year"))
    to_year = year_field(_("To the year"), required=False, help_text=_("Leave it empty while you are there."))

    def ensure(self, values):
        if values.get("from_year") is not None:
            rules.ensure_span(values["from_year"], values.get("to_year"), today=today())


class PositionRows(RowsForm):
    row_form = PositionForm
    label, one, more = _("Positions"), _("Position {number}"), _("Add a position")

    def saved(self):
        return list(self.person.positions.values("organisation", "title", "from_year", "to_year"))

    def in_words(self):
        rows = self.person.positions.all()
        return [f"{row.organisation}, {row.from_year}, {row.to_year or _('today')}" for row in rows]


class PublicationForm(RuledForm):
    title = LineField(label=_("Title"), max_length=300)
    appeared_in = LineField(
        label=_("Where it appeared"),
        max_length=200,
        required=False,
        help_text=_("The journal, the publisher or the series."),
    )
    year = year_field(_("Year"))
    language = OneLanguageField(Language.objects.none(), label=_("Language it is in"), required=False)
    address = forms.URLField(
        label=_("Web address or DOI"),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["address"].to_python = self._address

    def _address(self, value):
        return forms.URLField.to_python(self.fields["address"], rules.address_of(value or ""))

    def ensure(self, values):
        if values.get("year") is not None:
            rules.ensure_year(values["year"], today=today(), field="year")


class PublicationRows(RowsForm):
    row_form, is_ordered = PublicationForm, True
    label, one, more = _("Publications"), _("Publication {number}"), _("Add a publication")

    def __init__(self, data, *, person):
        used = person.publications.filter(language__isnull=False).values("language")
        self.offered = Language.objects.filter(Q(retired_on__isnull=True) | Q(pk__in=used))
        self.choices = None
        super().__init__(data, person=person)

    def row(self, number, **given):
        row = super().row(number, **given)
        field = row.fields["language"]
        field.queryset = self.offered
        if self.choices is None:
            self.choices = list(field.choices)
        field.widget.choices = self.choices
        return row

    def saved(self):
        rows = self.person.publications.select_related("language")
        return [
            {name: getattr(row, name) for name in ("title", "appeared_in", "year", "address")}
            | {"language": row.language.code if row.language else ""}
            for row in rows
        ]

    def in_words(self):
        return [f"{row.title} ({row.year})" for row in self.person.publications.all()]


# --- Availability, contact, photo -----------------------------------------------------------------------------------


class AvailabilityForm(RevisionForm):
    """Whether a person takes referrals."""

    class Meta:
        model = Person
        fields = ["availability", "available_again_on", "availability_note"]
        widgets = {"availability": HintedRadios, "available_again_on": DateInput}
        labels = {"availability": _("Do you take referrals?"), "availability_note": _("In your own words")}
        help_texts = {
            "availability": _("A referral is an inquiry that the Secretariat offers to you. You may always say no."),
            "available_again_on": _("From this day on you are shown as open to referrals, without doing anything."),
            "availability_note": _("For example: short questions only, or nothing before the summer."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["availability"].choices = [*self.fields["availability"].choices[1:], NOT_SAID]

    def clean(self):
        values = super().clean()
        try:
            rules.ensure_pause(values.get("availability"), values.get("available_again_on"), today=today())
        except Refused as refused:
            self.add_error(refused.field, refused.message)
        return values


CONTACT_HINTS = {ContactWay.EMAIL: _("The Secretariat gives the address to whom you agree to hear from.")}


class ContactForm(RevisionForm):
    """How a person wishes to be contacted."""

    class Meta:
        model = Person
        fields = ["contact_by", "contact_note"]
        widgets = {"contact_by": HintedRadios(hints=CONTACT_HINTS)}
        labels = {"contact_by": _("How do you wish to be contacted?"), "contact_note": _("In your own words")}
        help_texts = {"contact_note": _("For example: in French, in the mornings, never by telephone.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contact_by"].choices = [*self.fields["contact_by"].choices[1:], NOT_SAID]


class PhotoForm(forms.Form):
    """A new photo."""

    use_required_attribute = False
    picture = PortraitField(
        label=_("Picture"),
        help_text=_(
            "PNG, JPEG or WebP, up to 10 MB. Its middle is cut out as a square; where and when it was taken is "
            "taken out."
        ),
    )
