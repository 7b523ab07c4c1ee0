"""Consents: noted when somebody fills a part of their profile that is kept by consent, and taken back at once."""

from collections.abc import Iterable, Mapping
from functools import partial

from django.db import transaction

from members.audit import record
from members.choices.own_data import WORDINGS, Purpose
from members.choices.verbs import Verb
from members.models import Consent, Person
from members.queries.consents import ROWS, TAKEN_BACK, parts_of
from members.rules import consents as rules


def note(*, person: Person, before: Mapping, by, purposes: Iterable[Purpose] = tuple(TAKEN_BACK)) -> list[Consent]:
    """Write down what a change of a profile says of consents. Call it inside the transaction of the change.

    Only the person's own change says anything: what an officer enters is nobody's consent.
    """
    if by is None or person.user_id != by.pk:
        return []
    standing = {row.purpose: row.given for row in Consent.objects.newest_of(by)}
    said = rules.words_said(before, parts_of(person, purposes=purposes), standing=standing)
    return Consent.objects.bulk_create(
        Consent(user=by, purpose=purpose, version=WORDINGS[purpose].version, given=given)
        for purpose, given in said.items()
    )


@transaction.atomic
def withdraw(*, person, purpose, by) -> Person:
    """Take a consent back: what was said is deleted, or the person no longer listed.

    Raises Refused, code `withdrawn`.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    purpose = Purpose(purpose)
    before = parts_of(person, purposes=[purpose])
    rules.ensure_stands(is_there=before[purpose.value])
    if purpose == Purpose.PHOTO:
        transaction.on_commit(partial(person.photo.storage.delete, person.photo.name))
    if purpose in ROWS:
        getattr(person, purpose.value).all().delete()
    for column, blank in TAKEN_BACK.get(purpose, {}).items():
        setattr(person, column, blank)
    person.revision += 1
    person.save()
    note(person=person, before=before, by=by, purposes=[purpose])
    record(Verb.CONSENT_WITHDRAWN, target=person, by=by, purpose=purpose.value)
    return person
