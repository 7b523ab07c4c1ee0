"""Putting away what is known of a person, and bringing it back: the rows that protection takes out of every table."""

from base64 import b64decode, b64encode
from datetime import datetime
from functools import partial

from allauth.account.models import EmailAddress
from django.core import serializers
from django.core.files.base import ContentFile
from django.db import transaction

from members.actions import sealed_papers
from members.choices.protection import SEALED_NAME
from members.kernel import filenames
from members.kernel.clock import database_now
from members.kernel.sealing import SEALED_DOMAIN, address_on_record, plain
from members.models import (
    Affiliation,
    Application,
    DeclaredPosition,
    EntryLink,
    Narrowing,
    Person,
    PersonExpertise,
    PersonLanguage,
    Publication,
    Separation,
    User,
)
from members.queries.sealed import ADDRESS, PROFILE, ROWS, coarse

PUT_AWAY = (
    Affiliation,
    Narrowing,
    PersonExpertise,
    PersonLanguage,
    Person.regions.through,
    DeclaredPosition,
    Publication,
    Separation,
)
"""The tables whose rows about a person are taken out and come back as they were."""
EMPTIED = {
    "name": SEALED_NAME,
    "latin_name": "",
    "sort_key": "",
    "headline": "",
    "biography": "",
    "website": "",
    "country_id": None,
    "photo": "",
    "availability": "",
    "available_again_on": None,
    "availability_note": "",
    "contact_by": "",
    "contact_note": "",
    "listed": False,
}
"""The columns of a person that are emptied, and what stands in them meanwhile. A test looks that none is missing."""
PHOTO = "photo"
TIME_ZONE, TEXTS = "time_zone", "texts"


# --- Away ---------------------------------------------------------------------------------------------------------


def put_away(*, user: User, person: Person | None) -> dict:
    """Take out of the tables what tells who somebody is, and give it back as what is to be sealed.

    Call it inside the transaction of an act, with both rows locked. Invitations that stay are what others have typed:
    that one went would tell them.
    """
    identity = {ADDRESS: user.email, TIME_ZONE: user.time_zone}
    identity[TEXTS] = sealed_papers.put_away(Application.objects.filter(applicant=user))
    if person is not None:
        identity |= profile_of(person)
    hide_address(user)
    links = EntryLink.objects.filter(email=identity[ADDRESS])
    links.exclude(pk__in=links.invitations().usable(at=database_now())).delete()
    User.objects.filter(pk=user.pk).update(time_zone="UTC", last_login=None)
    return identity


def profile_of(person: Person) -> dict:
    """Take a person's profile out of the tables, and give it back as what is to be sealed."""
    rows = [row for table in PUT_AWAY for row in table.objects.filter(person=person.pk).order_by("pk")]
    topics = coarse(person.expertise.all())
    columns = {name: getattr(person, name) for name in EMPTIED if name != PHOTO}
    kept = {PROFILE: plain(columns), ROWS: plain(serializers.serialize("python", rows))}
    if person.photo:
        with person.photo.open("rb") as file:
            kept[PHOTO] = b64encode(file.read()).decode()
        transaction.on_commit(partial(person.photo.storage.delete, person.photo.name))
    for table in PUT_AWAY:
        table.objects.filter(person=person.pk).delete()
    Person.objects.filter(pk=person.pk).update(**EMPTIED)
    person.expertise.set(topics)
    return kept


def hide_address(user: User) -> None:
    """Let an address that tells nothing stand in the place of a login's own."""
    user.email = address_on_record(user.email)
    User.objects.filter(pk=user.pk).update(email=user.email)
    EmailAddress.objects.filter(user=user).exclude(primary=True).delete()
    EmailAddress.objects.filter(user=user).update(email=user.email)


# --- And back -----------------------------------------------------------------------------------------------------


def bring_back(*, user: User, person: Person | None, identity: dict, raised_at: datetime) -> None:
    """Put back into the tables what was taken out. Call it inside the transaction of an act, with both rows locked."""
    sealed_papers.bring_back(Application.objects.filter(applicant=user), identity[TEXTS], raised_at=raised_at)
    user.email = identity[ADDRESS]
    for entered in User.objects.filter(email=user.email).exclude(pk=user.pk):  # for a paper, while it was sealed
        User.objects.filter(pk=entered.pk).update(email=f"{entered.public_id}@{SEALED_DOMAIN}", is_active=False)
    User.objects.filter(pk=user.pk).update(email=user.email, time_zone=identity[TIME_ZONE])
    EmailAddress.objects.filter(user=user).update(email=user.email)
    if person is None or PROFILE not in identity:
        return
    values = {name: Person._meta.get_field(name).to_python(value) for name, value in _columns(identity[PROFILE])}
    if PHOTO in identity:
        content = ContentFile(b64decode(identity[PHOTO]))
        values[PHOTO] = person.photo.storage.save(filenames.stored_name("webp"), content)
    Person.objects.filter(pk=person.pk).update(**values)
    PersonExpertise.objects.filter(person=person.pk).delete()
    for row in serializers.deserialize("python", identity[ROWS]):
        row.save()


def _columns(profile: dict):
    for name, value in profile.items():
        if name == "country_id":
            continue
        yield name, value
    yield "country", profile["country_id"]
