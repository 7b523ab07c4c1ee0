"""What people do with the lists and the picture of their profile. Its columns are changed by `actions.people`."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actions import consents, people
from members.audit import record
from members.choices.verbs import Verb
from members.kernel.clock import today
from members.kernel.files import Clean
from members.kernel.refusals import Refused
from members.models import DeclaredPosition, Person, PersonExpertise, PersonLanguage, Publication, Separation
from members.queries.consents import ROWS, parts_of, said_in
from members.rules import profiles as rules


@transaction.atomic
def keep_expertise(*, person, by, revision, rows) -> Person:
    """Say in which fields a person knows how much: `rows` each with `expertise` and `level`, each field once."""
    _ensure_once(rows, "expertise")
    return _keep("expertise", PersonExpertise, person.expertise_levels, rows, person=person, by=by, revision=revision)


@transaction.atomic
def keep_languages(*, person, by, revision, rows) -> Person:
    """Say which languages a person uses how well: `rows` each with `language` and `level`, each language once."""
    _ensure_once(rows, "language")
    return _keep("languages", PersonLanguage, person.language_levels, rows, person=person, by=by, revision=revision)


@transaction.atomic
def keep_positions(*, person, by, revision, rows) -> Person:
    """Name posts held now and before: `rows` each with `organisation`, `title`, `from_year`, `to_year`."""
    for row in rows:
        rules.ensure_span(row["from_year"], row["to_year"], today=today())
    return _keep("positions", DeclaredPosition, person.positions, rows, person=person, by=by, revision=revision)


@transaction.atomic
def keep_publications(*, person, by, revision, rows) -> Person:
    """Name works, in their order: `rows` each with `title`, `year`, `appeared_in`, `language`, `address`."""
    for row in rows:
        rules.ensure_year(row["year"], today=today(), field="year")
    placed = [row | {"place": place} for place, row in enumerate(rows)]
    return _keep("publications", Publication, person.publications, placed, person=person, by=by, revision=revision)


@transaction.atomic
def keep_separations(*, person, by, revision, rows) -> Person:
    """Say whom not to be connected with: `rows` each with `words`, `from_person` or `from_organisation`, and `reason`.

    Raises Refused, code `oneself`, where a person names themselves.
    """
    if any(row["from_person"] == person for row in rows):
        raise Refused(_("You cannot be kept apart from yourself."), code="oneself")
    _ensure_once([row for row in rows if row["from_person"]], "from_person")
    _ensure_once([row for row in rows if row["from_organisation"]], "from_organisation")
    return _keep("separations", Separation, person.separations, rows, person=person, by=by, revision=revision)


def _ensure_once(rows, key) -> None:
    if rules.repeated([row[key] for row in rows]):
        raise Refused(_("Something is named twice. Name it once."), code="twice")


def _keep(field, model, saved, rows, *, person, by, revision) -> Person:
    """Put `rows` in place of those that are `saved`.

    Raises Refused, code `too-many`, or code `stale` where the profile was changed since `revision` was read.
    """
    rules.ensure_room(len(rows))
    locked, purposes = people.locked(person, revision), [purpose for purpose in ROWS if purpose == field]
    held = parts_of(locked, purposes=purposes)
    made = [model(person=locked, **row) for row in rows]
    before, after = [_content(row) for row in saved.all()], [_content(row) for row in made]
    if before != after:
        saved.all().delete()
        model.objects.bulk_create(made)
    consents.note(person=locked, before=held, by=by, purposes=purposes)
    locked.revision += 1
    locked.save(update_fields=["revision", "sort_key"])
    record(Verb.PROFILE_CHANGED, target=locked, by=by, fields=[field] if before != after else [])
    return locked


def _content(row) -> tuple:
    """What a row says, without its key."""
    return tuple(getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key)


@transaction.atomic
def offer(*, person, by, revision, availability, available_again_on, availability_note) -> Person:
    """Say whether one takes referrals. Raises Refused as `rules.profiles.ensure_pause` and `people.change` do."""
    rules.ensure_pause(availability, available_again_on, today=today())
    said = {"availability": availability, "available_again_on": available_again_on}
    return people.change(person=person, by=by, revision=revision, availability_note=availability_note, **said)


@transaction.atomic
def hang(*, person, by, picture: Clean) -> Person:
    """Give a profile a photo, in place of the one before, whose file is deleted once that is certain."""
    locked = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    people.ensure_open(locked)
    before, held = locked.photo.name, parts_of(locked)
    locked.photo = picture.as_file()
    locked.save(update_fields=["photo", "sort_key"])
    consents.note(person=locked, before=held, by=by, purposes=said_in(["photo"]))
    _discard(before)
    record(Verb.PROFILE_CHANGED, target=locked, by=by, fields=["photo"])
    return locked


@transaction.atomic
def take_down(*, person, by) -> Person:
    """Take the photo off a profile and delete its file. Raises Refused, code `gone`, where there is none."""
    locked = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if not locked.photo:
        raise Refused(_("There is no photo."), code="gone")
    held = parts_of(locked)
    before, locked.photo = locked.photo.name, ""
    locked.save(update_fields=["photo", "sort_key"])
    consents.note(person=locked, before=held, by=by, purposes=said_in(["photo"]))
    _discard(before)
    record(Verb.PROFILE_CHANGED, target=locked, by=by, fields=["photo"])
    return locked


def _discard(name: str) -> None:
    if name:
        transaction.on_commit(partial(Person._meta.get_field("photo").storage.delete, name))
