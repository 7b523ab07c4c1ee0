"""Two worlds: the same but for one more protected member. Outside the audience they chose, nobody sees a difference.

Every address of the portal is asked about every row of the world, the administration, and searches for every value
that is sealed and for its parts, by everybody: before somebody is there and protected, and after.
"""

import re
from contextlib import contextmanager

import pytest
from django.contrib import admin
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from members.actions import (
    accounts,
    applications,
    ballots,
    corrections,
    custody,
    downloads,
    entry,
    erasures,
    factors,
    memberships,
    organisations,
    people,
    protection,
)
from members.choices.bodies import OrganisationKind
from members.models import AuditEvent, Country, Expertise, Language, Membership, Person, Region, Tier, User
from secretariat.actions import notices
from secretariat.models import Notice
from secretariat.tasks import delivery
from taskforces.actions import seats
from taskforces.choices import SeatKind
from tests.factories import members as made
from tests.permission_table import CLOSED, OPEN_WITHOUT_FACTOR, TABLE
from tests.permission_table.people import MEMBERS, OFFICE, expected
from tests.world.visits import PEOPLE

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("permission-table")]

NAME, LATIN, ADDRESS = "Zubayda Qurbonzoda-Vexler", "Zubajda Kurbonsoda", "zubayda.vexler@hidden.test"
EMPLOYER, POSITION, HEADLINE = "Institute of Quixotry", "Wyrmologist", "Xenolithic archives of the Pamir"
SEALED = (
    NAME,
    *NAME.split(),
    "Qurb",
    LATIN,
    "Kurbon",
    ADDRESS,
    "zubayda",
    "vexler",
    POSITION,
    "Wyrm",
    HEADLINE,
    "Pamir",
)
"""What is sealed of the further member, and its parts."""
VARYING = re.compile(
    rb'(csrfmiddlewaretoken" value="|nonce="|name="nonce" value="|X-CSRFToken&quot;: &quot;|"at": ")[\w\-/+=.:]+'
)
"""What is new in every answer: tokens and nonces."""
NEW_EACH_TIME = {"mfa_authenticate", "mfa_add_webauthn", "mfa_activate_totp", "mfa_reauthenticate_webauthn"}
"""Pages of one's own sign-in that ask something else each time."""
TOLD_OF_PEOPLE = (AuditEvent, Membership, Notice, Person, User)
"""Tables of the administration whose rows somebody may belong to: every officer looks at them."""
SEARCHED = ("members:directory", "members:organisations", "members:desk-applications", "members:decisions")


def plain(answer) -> tuple:
    """An answer without what is new in every one."""
    headers = re.sub(r"nonce-[\w\-/+=]+|'Expires', '[^']+'", "", answer.headers)
    return answer.status, answer.location, headers, VARYING.sub(rb"\1", answer.content)


ROLES = (
    (*(f"steering-{number}" for number in range(1, 6)), "alternate"),
    ("secretariat-1", "secretariat-2"),
    ("institution", "other-institution", "delegate"),
)
"""Those who are shown the same, but for what is their own: they share the rows of the world among them."""
PLACES = {person: place for role in ROLES for place, person in enumerate(role)}


def answers(name, row) -> dict[str, str]:
    """What everybody is answered there."""
    return expected(TABLE[name][row][0], closed=name in CLOSED, confining=name not in OPEN_WITHOUT_FACTOR)


def rows_of(name, person) -> list[str]:
    """About which rows somebody asks at an address.

    Whoever is alone in a role gets two pages of each; those who share one each get another, and of the addresses that
    need no row the first gets all and the others a third. Of what is refused, some; by those who share a role, others.
    """
    if name in NEW_EACH_TIME:
        return []
    said = {row: answers(name, row)[person] for row in TABLE[name]}
    shown = [row for row, answer in said.items() if answer == "200"]
    place = PLACES.get(person)
    if place is not None and shown:
        is_turn = place == 0 or list(TABLE[name]) != [""] or len(name) % 3 == place % 3
        shown = [shown[place % len(shown)]] if is_turn else []
    first = next(iter(said))
    is_refused = said[first] not in ("200", "405")
    return shown[:2] + [first] * (is_refused and (len(name) + (place or 0)) % (4 if place is None else 3) == 0)


def places(visit, person) -> list[str]:
    """Everywhere somebody looks: every address about some rows, lists with searches, and the administration."""
    found = [visit.path(name, row) for name in TABLE for row in rows_of(name, person)]
    few = PLACES.get(person, 0) > 0
    for name in [name for name in SEARCHED if "" in TABLE[name] and answers(name, "")[person] == "200"]:
        texts = SEALED if name == "members:directory" and not few else SEALED[:2]
        found += [f"{reverse(name)}?{urlencode({'q': text})}" for text in texts]
    found += [f"{reverse('members:directory')}?{asked}" for asked in ("region=142", "region=143", "tier=individual")]
    if person in OFFICE:
        for number, (model, site) in enumerate(admin.site._registry.items()):
            path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            if number % len(OFFICE) == PLACES[person] or model in TOLD_OF_PEOPLE:
                found.append(path)
                found += [f"{path}?{urlencode({'q': text})}" for text in SEALED[:2] if site.search_fields]
    return found


def seen_by(visit, person, *, under=("/",)) -> dict[str, tuple]:
    """What somebody is answered everywhere they look, or `under` some addresses."""
    paths = [path for path in places(visit, person) if path.startswith(under)]
    return {path: plain(visit.ask(person, "GET", path)) for path in paths}


@pytest.fixture
def employer():
    """Known to the platform in both worlds: that somebody works there is what one of them has more."""
    return organisations.enter(name=EMPLOYER, kind=OrganisationKind.RESEARCH, by=None)


def one_more(employer, *, listed_for=(), seat=None) -> User:
    """A further member of everything that is counted and listed, then protected by their own act."""
    user = accounts.open_login(email=ADDRESS, by=None, password="a-password-of-nobody-81")
    person = people.enter(
        name=NAME,
        latin_name=LATIN,
        headline=HEADLINE,
        biography="Writes of the Pamir.",
        country=Country.objects.get(code="TJ"),
        expertise=Expertise.objects.filter(parent__isnull=False)[:2],
        regions=Region.objects.filter(countries="TJ"),
        languages=Language.objects.filter(code__in=["tg", "ru"]),
        user=user,
        by=None,
    )
    memberships.grant(tier_terms=Tier.objects.get(short_name="individual").current_terms, person=person, by=None)
    organisations.affiliate(person=person, organisation=employer, position=POSITION, by=None)
    if seat:
        seat(person)
    protection.protect(user=user, by=user)
    if listed_for:
        protection.list_for(user=user, listed_for=listed_for, by=user)
    return User.objects.get(pk=user.pk)


def differing(before: dict, after: dict) -> list[str]:
    """Where the worlds differ."""
    return [path for path in before if before[path] != after[path]]


@contextmanager
def undone():
    """A world that is as it was afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


LISTED_TO = ("visitor", "stranger", "applicant", "individual", "steering-1", "secretariat-1")
"""Those who look once more, where the further member is listed for the members."""


@pytest.mark.parametrize("person", PEOPLE)
def test_nobody_sees_a_difference(visit, employer, person):
    before = seen_by(visit, person)
    with undone():
        one_more(employer)
        assert differing(before, seen_by(visit, person)) == []
    if person in LISTED_TO:
        with undone():
            handle = one_more(employer, listed_for=["members"]).protection.handle
            assert_the_entry_alone_differs(handle, before, seen_by(visit, person), is_member=person in MEMBERS)


def assert_the_entry_alone_differs(handle, before, after, *, is_member):
    """Listed for members, only the entry of the handle differs, and only for them."""
    changed = differing(before, after)
    if not is_member:
        assert changed == []
        return
    lists = reverse("members:directory")
    assert changed == [path for path in changed if path.startswith(lists) and "q=" not in path] != []
    contents = [after[path][-1].decode() for path in changed]
    assert any(handle in content for content in contents)
    assert [text for text in SEALED if any(text in content for content in contents)] == []


ABOUT_GROUPS = ("/taskforces/", "/members/", "/today/", "/inbox/", "/admin/")


@pytest.mark.parametrize("person", ["visitor", "delegate", "other-institution", "secretariat-1", "individual"])
def test_in_a_working_group_its_own_people_alone_find_the_handle(visit, employer, person):
    """Whoever observes, chairs another group or serves in the Secretariat sees no difference, in no number either."""
    group, office = visit.world.groups["active"], visit.world.office
    before = seen_by(visit, person, under=ABOUT_GROUPS)
    user = one_more(
        employer,
        seat=lambda person: seats.grant(group=group, person=person, role=SeatKind.MEMBER, by=office),
    )
    after = seen_by(visit, person, under=ABOUT_GROUPS)
    page = reverse("taskforces:group-people", args=[group.slug])
    assert differing(before, after) == ([page] if person == "individual" else [])
    contents = after[page][-1].decode() if page in after else ""
    assert (user.protection.handle in contents) == (person == "individual")
    assert [text for text in SEALED if text in contents] == []


# --- Mails --------------------------------------------------------------------------------------------------------

SECRETS = re.compile(r"[\w\-]{36,}|[A-Z]{4}-[A-Z]{4}|\d{1,2}:\d{2}|(?<=referee-)\d+")
"""What differs in two mails about the same: identifiers, links, codes, the minute, and the numbers that tests count."""


def acts_of_others(world) -> None:
    """What may be told to others on any day, by those who do not know of the further member."""
    cast, office = world.cast, world.office
    for address in ("somebody@cast.test", cast["rising"].email):
        entry.ask(email=address, language="en")
        Client().post(reverse("account_reset_password"), {"email": address})
    facts = {"organisation": cast.organisations["institution"], "role": "delegate", "by": cast["institution"]}
    entry.invite(email="another@cast.test", **facts)
    made.submitted("individual", user=cast["stranger"])
    custody.ask(handle="Amber Harbour 99", reason="Grave.", by=office)
    custody.approve(unsealing=world.unsealings["asked"], by=cast["steering-2"])
    corrections.ask(user=cast["former"], text="My name.", by=cast["former"])
    erasures.ask(user=cast["individual"], by=cast["individual"])
    protection.protect(user=cast["former"], by=cast["former"])
    accounts.close_login(user=cast["other-institution"], by=office)
    factors.stop(lost=world.lost["asked"], reason="Found.", by=office)
    ballots.answer_conflict(ballot=world.ballots["open"], by=cast["steering-4"], answer="conflicted", note="")
    ballots.withdraw(ballot=world.ballots["of a seat"], reason="Not now.", by=office)
    applications.withdraw(application=world.applications["asked"], by=cast["applicant"])


def acts_of_the_further_member(user) -> None:
    """What nobody else is told of."""
    entry.ask(email=ADDRESS, language="en")
    downloads.ask(user=user, by=user)
    downloads.build_due()
    erasures.ask(user=user, by=user)
    erasures.take_back(erasure=user.erasures.get(), by=user)
    protection.rename(user=user, by=user)
    protection.ask_to_lower(user=user, by=user)
    protection.keep(user=user, by=user)
    Client().post(reverse("account_login"), {"login": ADDRESS, "password": "not-the-password"})
    Client().post(reverse("account_reset_password"), {"email": ADDRESS})


def mails_of(world, *, employer=None) -> list[tuple]:
    """What everybody else is written by the acts of others, beside those of a further member or without."""
    with undone():
        mail.outbox.clear()
        notices.hold_waiting()
        if employer:
            acts_of_the_further_member(one_more(employer, listed_for=["members"]))
        acts_of_others(world)
        delivery.deliver_due()
        others = [message for message in mail.outbox if ADDRESS not in message.to]
        return sorted(_said(message) for message in others)


def _said(message) -> tuple[str, ...]:
    """To whom a mail goes and all that it says, without what is new in each."""
    texts = [
        *message.to,
        message.from_email,
        message.subject,
        message.body,
        *(str(part.content) for part in message.alternatives),
    ]
    kept = sorted((name, value) for name, value in message.extra_headers.items() if name != "Message-ID")
    return tuple(SECRETS.sub("", text) for text in (*texts, repr(kept)))


def test_nobody_is_written_anything_else(visit, employer):
    """The same acts of others, byte for byte the same mails to everybody but the further member."""
    without, beside = mails_of(visit.world), mails_of(visit.world, employer=employer)
    assert len(without) >= 20
    assert without == beside
