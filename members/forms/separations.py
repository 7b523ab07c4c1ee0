"""Whom a person does not want to be connected with: in words, or chosen from those they may know of."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.rows import RowForm, RowsForm, whole
from members.kernel.lines import LineField
from members.kernel.text import fold
from members.queries import separations
from members.rules import profiles as rules

IN_WORDS = ("", _("Nobody of these: keep the name as I wrote it"))


class SeparationForm(RowForm):
    """A name, and who is meant by it. `known` are those who may be meant, names by key."""

    name = LineField(label=_("Name"), max_length=200, help_text=_("A person or an organisation."))
    whom = forms.ChoiceField(label=_("Who is meant"), required=False, widget=forms.RadioSelect)
    reason = LineField(
        label=_("Reason"), max_length=300, required=False, help_text=_("It helps the Secretariat. You owe none.")
    )

    def __init__(self, *args, known: dict[str, str], is_looked_up=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.known, self.is_looked_up = known, is_looked_up
        if known:
            self.fields["whom"].choices = [*known.items(), IN_WORDS]
        else:
            del self.fields["whom"]

    @property
    def is_blank(self):
        return not any(self.data.get(self.add_prefix(name), "").strip() for name in ("name", "reason"))

    def clean(self):
        values = super().clean()
        name, whom = values.get("name"), values.get("whom")
        if name and whom and fold(name) != fold(self.known[whom]):
            self.add_error("name", _("You changed the name. Look it up again, or keep it as you wrote it."))
        return values

    def content(self):
        key, row = self.cleaned_data.get("whom", ""), {"reason": self.cleaned_data["reason"]}
        return row | separations.chosen(key) | {"words": "" if key else self.cleaned_data["name"]}


class SeparationRows(RowsForm):
    row_form = SeparationForm
    label, one, more = _("Kept apart"), _("Entry {number}"), _("Add an entry")
    can_look_up = True

    def __init__(self, data, *, person, viewer, on):
        self.viewer, self.on = viewer, on
        self.kept = separations.saved_of(person, viewer=viewer, on=on)
        looked_up = data.get("find") if data is not None else None
        self.looked_up = whole(looked_up)
        super().__init__(data, person=person)

    def row(self, number, *, initial=None, data=None):
        sent = {} if data is None else {name: data.get(f"row-{number}-{name}", "") for name in ("name", "whom")}
        name, whom = ((initial if data is None else sent).get(key, "") for key in ("name", "whom"))
        is_looked_up = number == self.looked_up
        known = self._found(name) if is_looked_up or (whom and whom not in self.kept) else {}
        if whom in self.kept and whom not in known:
            known = {whom: self.kept[whom]} | known
        given = {"data": data} if data is not None else {"initial": self._settled(initial, known)}
        return super().row(number, known=known, is_looked_up=is_looked_up, **given)

    def _found(self, name: str) -> dict[str, str]:
        return separations.found_by(name, viewer=self.viewer, on=self.on)

    @staticmethod
    def _settled(initial, known):
        """A choice that is offered no more is no choice."""
        return initial | {"whom": initial.get("whom", "") if initial.get("whom", "") in known else ""}

    def saved(self):
        return [
            {"name": row.words or self.kept[separations.key_of(row)], "whom": separations.key_of(row)}
            | {"reason": row.reason}
            for row in self.person.separations.select_related("from_person", "from_organisation")
        ]

    def in_words(self):
        return [row["name"] for row in self.saved()]

    def mark_repeated(self):
        rows = self.filled
        keys = [row.cleaned_data.get("whom") or fold(row.cleaned_data["name"]) for row in rows]
        places = rules.repeated(keys)
        for place in places:
            rows[place].add_error("name", _("You have named this already."))
        return bool(places)
