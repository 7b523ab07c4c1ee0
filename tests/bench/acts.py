"""Measures what is done and not only read: mails to many, a vote, and the close of a ballot with a hundred seats."""

import re
import time
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import reverse

from members.actions import ballots, memberships, offices, organisations, rights
from members.choices.ballots import BallotState
from members.choices.bodies import RepresentationRole, SeatRole
from members.kernel.clock import today
from members.models import SeatTerm, Tier, User
from secretariat.models import Notice
from secretariat.tasks.delivery import deliver_due
from tests import people
from tests.bench.databases import within
from tests.bench.postbox import postbox
from tests.clock import Clock
from tests.database.template import make, migrate
from tests.factories import members as made
from tests.factories.ballots import clear, opened, vote
from tests.faults.delivery import mailers_at, many
from tests.signing_in import sign_in

DATABASE = "benchacts_now"
SEATS, MAILS, CASTS, CLOSES = 100, 2_000, 15, 5
MOST_TO_CAST, MOST_TO_CLOSE, LEAST_MAILS = 30, 200, 600


@dataclass(frozen=True)
class Act:
    """Something that is done: how it is told, what was measured, and what is promised of it."""

    name: str
    measured: float
    promised: float
    unit: str
    is_at_most: bool = True

    @property
    def holds(self) -> bool:
        return self.measured <= self.promised if self.is_at_most else self.measured >= self.promised

    @property
    def told(self) -> str:
        return f"{self.measured:.0f} {self.unit}"

    @property
    def promise(self) -> str:
        return f"{'at most' if self.is_at_most else 'at least'} {self.promised:.0f} {self.unit}"


def measure_acts() -> list[Act]:
    """Measure in a database of its own, which is made for it and dropped again."""
    with a_committee(), override_settings(ALLOWED_HOSTS=["testserver"]):
        cast = {user.email.removesuffix(people.DOMAIN): user for user in User.objects.select_related("person")}
        holders = holders_of_seats()
        ballot = opened(cast)
        clear(ballot, *holders)
        for number, holder in enumerate(holders[1:]):
            vote(ballot, holder, ("yes", "yes", "no", "abstain")[number % 4])
        return [
            Act(f"a vote is cast, {SEATS} seats, all others in", time_to_cast(ballot, holders[1]), MOST_TO_CAST, "ms"),
            Act(f"a ballot with {SEATS} seats is closed", time_to_close(ballot), MOST_TO_CLOSE, "ms"),
            Act(f"mails of {MAILS:,} notices leave", mails_a_second(ballot), LEAST_MAILS, "a second", is_at_most=False),
        ]


@contextmanager
def a_committee():
    """In the block, the portal works in a fresh database with a hundred seats in its committee."""
    make(DATABASE, copy_of="template0", fill=_fill)
    try:
        with within(DATABASE):
            yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{DATABASE}"')


def _fill() -> None:
    migrate()
    people.make()
    tier = Tier.objects.get(short_name="steering")
    with rights.recomputed_together():
        for number in range(people.SEATS + 1, SEATS + 1):
            _seat(number, tier)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _seat(number: int, tier: Tier) -> None:
    """A steering institution with a seat and whoever fills it."""
    organisation = made.organisation(f"Steering Institute {number}")
    memberships.grant(tier_terms=tier.current_terms, organisation=organisation, by=None)
    person = made.person(f"Steering Member {number}", user=made.login(f"seat-{number}@bench.test"))
    organisations.appoint_representative(
        organisation=organisation, person=person, role=RepresentationRole.PRINCIPAL, by=None
    )
    seat = offices.open_seat(organisation=organisation, by=None)
    offices.fill_seat(seat=seat, person=person, role=SeatRole.PRINCIPAL, by=None)


def holders_of_seats() -> list[User]:
    """Who fills the seats, in the order of their numbers."""
    terms = SeatTerm.objects.in_force(on=today()).filter(role=SeatRole.PRINCIPAL).order_by("seat__number")
    return [User.objects.get(person=term.person_id) for term in terms]


# --- Votes --------------------------------------------------------------------------------------------------------

HIDDEN = re.compile(r'name="(nonce|based_on|csrfmiddlewaretoken)" value="([^"]*)"')


def time_to_cast(ballot, holder: User) -> float:
    """The median time, in milliseconds, in which the server takes a position, from the form to the receipt's address.

    The seat says Yes and No in turn, so that each one is a vote of its own.
    """
    client, taken = sign_in(Client(), holder), []
    page, door = reverse("members:ballot", args=[ballot.number]), reverse("members:ballot-cast", args=[ballot.number])
    for number in range(CASTS + 2):
        hidden = dict(HIDDEN.findall(client.get(page).text))
        written = hidden | {"position": ("no", "yes")[number % 2], "reason": f"For reason {number}."}
        begun = time.perf_counter()
        response = client.post(door, written)
        taken.append(time.perf_counter() - begun)
        assert response.status_code == 302, response.status_code
    return median(taken[2:]) * 1000


def time_to_close(ballot) -> float:
    """The median time, in milliseconds, of closing with all that follows; it is taken back and done again."""
    clock, taken = Clock(), []
    clock.shift(days=(ballot.closes_at - ballot.opens_at).days, hours=1)
    for _round in range(CLOSES):
        with transaction.atomic():
            begun = time.perf_counter()
            closed = ballots.close(ballot=ballot)
            taken.append(time.perf_counter() - begun)
            assert closed.state != BallotState.OPEN
            transaction.set_rollback(True)
    clock.reset()
    return median(taken) * 1000


# --- Mails --------------------------------------------------------------------------------------------------------


def mails_a_second(ballot) -> float:
    """How many mails a single worker hands over in a second: made, sent, and each marked before and after."""
    Notice.objects.waiting().delete()
    many(MAILS, about=ballot)
    with postbox() as port, mailers_at("127.0.0.1", port):
        begun = time.perf_counter()
        sent = deliver_due()
        taken = time.perf_counter() - begun
    assert sent == MAILS
    return sent / taken
