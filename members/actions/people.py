"""What is done with people: entering them, linking a login, changing a profile."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actions import consents, rights
from members.audit import record
from members.choices.audiences import Audience
from members.choices.verbs import Verb
from members.kernel.refusals import Refused
from members.models import Narrowing, Person, Protection
from members.permissions.fields import NARROWABLE, REACHES, reach_of
from members.queries.consents import parts_of, said_in
from members.rules.protection import ensure_not_protected

LISTS = ("expertise", "regions", "languages")


@transaction.atomic
def enter(*, name, by, user=None, **fields) -> Person:
    """Enter a person, with or without a login. `fields` are columns and lists of Person."""
    lists = {key: fields.pop(key) for key in LISTS if key in fields}
    person = Person.objects.create(name=name, user=user, **fields)
    for key, entries in lists.items():
        getattr(person, key).set(entries)
    consents.note(person=person, before={}, by=by, purposes=said_in(fields))
    record(Verb.PERSON_CREATED, target=person, by=by)
    return person


@transaction.atomic
def narrow(*, person, by, revision, **reaches: str) -> Person:
    """Choose to whom a profile's fields are shown: for each narrowable field, the widest audience that is to see it.

    From then on nobody else reads it, finds the person by it or sees it counted. Raises Refused, code `stale` as in
    `change`, or code `not-allowed` for a field that may not be narrowed and for an audience that is not offered.
    """
    if refused := [name for name, reach in reaches.items() if name not in NARROWABLE or reach not in REACHES]:
        raise Refused(_("Choose one of the readers offered."), code="not-allowed", field=refused[0])
    person = locked(person, revision)
    before = {row.field: reach_of(row.audiences) for row in person.narrowings.all()}
    changed = sorted(name for name, reach in reaches.items() if before.get(name, Audience.MEMBERS) != reach)
    person.narrowings.filter(field__in=changed).delete()
    Narrowing.objects.bulk_create(
        Narrowing(person=person, field=name, audiences=sorted(REACHES[Audience(reaches[name])]))
        for name in changed
        if reaches[name] != Audience.MEMBERS
    )
    person.revision += 1
    person.save(update_fields=["revision", "sort_key"])
    record(Verb.PROFILE_CHANGED, target=person, by=by, readers_of=changed)
    return person


def ensure_open(person: Person) -> None:
    """Raises Refused, code `erased`, or `protected` while the profile is sealed."""
    if person.erased_at is not None:
        raise Refused(_("This person was erased. Nothing is entered about them again."), code="erased")
    ensure_not_protected(is_protected=Protection.objects.filter(person=person).exists())


def locked(person, revision) -> Person:
    """The row, for changing it.

    Raises Refused, code `erased`, `protected` while it is sealed, or `stale` where it was changed since `revision`.
    """
    row = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    ensure_open(row)
    if row.revision != revision:
        raise Refused(
            _("This profile was changed in another window meanwhile. Your text is kept below; look at both."),
            code="stale",
        )
    return row


@transaction.atomic
def change(*, person, by, revision, **fields) -> Person:
    """Change a profile. Raises Refused, code `stale`, where it was changed since `revision` was read."""
    person = locked(person, revision)
    lists, before = {key: fields.pop(key) for key in LISTS if key in fields}, parts_of(person)
    changed = sorted(name for name, value in fields.items() if getattr(person, name) != value)
    for name, value in fields.items():
        setattr(person, name, value)
    person.revision += 1
    person.save()
    for key, entries in lists.items():
        if set(getattr(person, key).all()) != set(entries):
            changed.append(key)
            getattr(person, key).set(entries)
    consents.note(person=person, before=before, by=by, purposes=said_in(fields))
    record(Verb.PROFILE_CHANGED, target=person, by=by, fields=changed)
    return person


@transaction.atomic
def link_login(*, person, user, by) -> Person:
    """Give a person a login, and the login the rights of the person's terms.

    Raises Refused, code `taken`, where either has another already.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.user_id not in (None, user.pk) or Person.objects.filter(user=user).exclude(pk=person.pk).exists():
        raise Refused(_("This person or this login is linked already."), code="taken")
    person.user = user
    person.save(update_fields=["user", "sort_key"])
    record(Verb.PERSON_CREATED, target=person, by=by, login=user.pk)
    rights.recompute(user)
    return person
