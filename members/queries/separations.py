"""Whom a person may choose not to be connected with: people and organisations they may know of, by their names."""

from django.db.models import Q

from members.kernel.text import fold
from members.models import Organisation, Person, Separation
from members.permissions.organisations import visible_to as organisations_visible_to
from members.permissions.people import visible_to
from members.queries.organisation_lists import named, words_of
from members.queries.people import names_for, project_all

MOST = 5
"""People, and organisations, offered for a name."""
MOST_LOOKED_AT = 50


def key_of(row: Separation) -> str:
    """The key of whom a row names; empty where it is in words."""
    if row.from_person_id:
        return f"person:{row.from_person.public_id}"
    return f"organisation:{row.from_organisation.slug}" if row.from_organisation_id else ""


def found_by(text: str, *, viewer, on) -> dict[str, str]:
    """People and organisations of a name, as far as the viewer may know of them: names by key. Not oneself."""
    words = words_of(text)
    if not words:
        return {}
    people, organisations = Q(), Q()
    for word in words:
        people &= Q(sort_key__contains=fold(word)) | Q(name__icontains=word)
        organisations &= named(word)
    known = visible_to(viewer, on=on).filter(protection__isnull=True).exclude(user=viewer)
    rows = known.filter(people).with_everything()[:MOST_LOOKED_AT]
    seen = project_all(viewer, rows, on=on)
    alike = [view for view in seen if all(fold(word) in fold(f"{view.name} {view.latin_name}") for word in words)]
    known = organisations_visible_to(viewer, on=on).filter(organisations)[:MOST]
    return {f"person:{view.public_id}": view.name for view in alike[:MOST]} | {
        f"organisation:{row.slug}": row.name for row in known
    }


def saved_of(person: Person, *, viewer, on) -> dict[str, str]:
    """Those a person has chosen before: names by key, as the viewer may know them now."""
    rows = list(person.separations.select_related("from_person", "from_organisation"))
    names = names_for(viewer, [row.from_person_id for row in rows if row.from_person_id], on=on)
    return {key_of(row): names.get(row.from_person_id) or str(row.from_organisation) for row in rows if key_of(row)}


def chosen(key: str) -> dict:
    """The row behind a key, as the columns of a separation. The key was offered, or saved, before."""
    kind, _colon, name = key.partition(":")
    return {
        "from_person": Person.objects.get(public_id=name) if kind == "person" else None,
        "from_organisation": Organisation.objects.get(slug=name) if kind == "organisation" else None,
    }
