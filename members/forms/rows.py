"""A list of rows on one page: added, removed and moved by buttons that submit, so that it needs no JavaScript.

Such a button saves nothing and checks nothing: the page comes back with what was typed, one row more or fewer.
"""

from django import forms

from members.rules.profiles import MOST

MOST_READ = 2 * MOST
"""Rows read of what was sent: more than may be saved, so that whoever names too many gets them all back."""


class RowForm(forms.Form):
    """One row. A row without a word in it is left out when the list is saved."""

    use_required_attribute = False
    is_pair = False
    """Whether its two fields stand side by side."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was sent in any field that is seen."""
        names = [self.add_prefix(name) for name, field in self.fields.items() if not field.widget.is_hidden]
        return not any(self.data.get(name, "").strip() for name in names)

    def content(self) -> dict:
        """What the action takes of this row."""
        return self.cleaned_data


class RowsForm:
    """A list of `RowForm`s with the revision of the profile they were filled from.

    Works with `views.acting.done`. `data` is what was sent, or None for the page as it is saved.
    """

    row_form: type[RowForm] = RowForm
    is_ordered = False
    most = MOST

    def __init__(self, data, *, person):
        self.person, self.data = person, data
        self.is_arranging = data is not None and any(name in data for name in ("add", "remove", "up", "find"))
        self.revision = person.revision if data is None else whole(data.get("revision"))
        self.refusals: list[str] = []
        self.saved_meanwhile: list[dict] = []
        if data is None or self.is_arranging:
            typed = self.saved() if data is None else self.arranged(self.typed())
            self.rows = [self.row(number, initial=values) for number, values in enumerate(typed or [{}])]
        else:
            self.rows = [self.row(number, data=data) for number in range(self._count())]

    def row(self, number: int, **given) -> RowForm:
        """The form of a row."""
        return self.row_form(prefix=f"row-{number}", **given)

    def saved(self) -> list[dict]:
        """The rows as they are saved, by the names of the form's fields."""
        raise NotImplementedError

    def in_words(self) -> list[str]:
        """The rows as they are saved, a line each, to be read beside what was typed."""
        raise NotImplementedError

    def _count(self) -> int:
        return max(0, min(whole(self.data.get("rows")) or 0, MOST_READ))

    def typed(self) -> list[dict]:
        """What was sent, unchecked."""
        names = self.row_form.base_fields
        return [{name: self.data.get(f"row-{number}-{name}", "") for name in names} for number in range(self._count())]

    def arranged(self, typed: list[dict]) -> list[dict]:
        """The rows in the order, and as many, as the button that was pressed asks for."""
        if "add" in self.data:
            return [*typed, {}]
        place = whole(self.data.get("remove", self.data.get("up")))
        if place is None or place >= len(typed):
            return typed
        if "remove" in self.data:
            return typed[:place] + typed[place + 1 :]
        before = max(place - 1, 0)
        return [*typed[:before], typed[place], *typed[before:place], *typed[place + 1 :]]

    # --- As `views.acting.done` asks it ---------------------------------------------------------------------------

    @property
    def filled(self) -> list[RowForm]:
        return [row for row in self.rows if not row.is_blank]

    def is_valid(self) -> bool:
        if self.data is None or self.is_arranging:
            return False
        return not [row for row in self.filled if not row.is_valid()] and not self.mark_repeated()

    def mark_repeated(self) -> bool:
        """Say beside a row that it stood there before; whether there was any. Not every list minds."""
        return False

    def values(self) -> dict:
        return {"revision": self.revision, "rows": [row.content() for row in self.filled]}

    def refuse(self, refused) -> None:
        """Show why the act was refused. After a stale save what is saved stands beside what was typed."""
        self.refusals.append(refused.message)
        if refused.code == "stale":
            self.person.refresh_from_db()
            self.revision = self.person.revision
            self.saved_meanwhile = [{"key": self.label, "value": "\n".join(self.in_words()), "lines": True}]

    # --- As the page asks it --------------------------------------------------------------------------------------

    @property
    def wrong(self) -> list[RowForm]:
        """The rows in which something is wrong."""
        return [row for row in self.rows if row.is_bound and not row.is_blank and row.errors]

    @property
    def has_room(self) -> bool:
        return len(self.rows) < self.most


def whole(text) -> int | None:
    """A whole number from zero up that was sent as text; None for anything else."""
    return int(text) if str(text or "").isascii() and str(text or "").isdigit() and len(text) < 10 else None
