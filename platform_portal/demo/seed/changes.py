"""What else changes in the story: a rule is tried and given up, people leave, others take their place, mail is read."""

from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from members.actions import corrections, entry, factors, memberships, offices, organisations, people, taxonomies, tiers
from members.choices.audiences import Audience
from members.choices.ballots import QuorumMode
from members.choices.bodies import RepresentationRole, SeatRole
from members.choices.factors import Identity
from members.models import DecisionRule, Expertise, Person, Representation, SeatTerm, User
from members.reference.rules import MEMBERSHIP_RULE
from platform_portal.demo import names
from platform_portal.demo.people import Part
from platform_portal.demo.seed import charters, groups, meetings, protection
from platform_portal.demo.seed.clock import Plot
from platform_portal.demo.seed.newcomers import introduce, invited
from platform_portal.demo.seed.world import STAFF, World
from secretariat.actions import notices
from secretariat.models import Notice

CHANGED_SEAT, NEW_IN_OFFICE = "narrows", "individual-7"
INVITING = "lumbasi"
WITHOUT_PHONE = f"{INVITING}-{Part.ALTERNATE}"
DISCREET = {
    "individual-4": {"country": Audience.SECRETARIAT, "affiliations": Audience.STEERING},
    "individual-11": {"biography": Audience.STEERING},
    "individual-29": {"website": Audience.SECRETARIAT, "country": Audience.STEERING},
}
"""Who shows what to fewer than all members."""
ANSWERED_CORRECTION = "I left the institute in spring; my page still says that I work there."
OPEN_CORRECTION = (
    "My membership is shown as beginning on the day of the decision. The letter I got names the first of the month. "
    "Please look which of the two is right."
)
READ = (430, 330, 240, 180, 120, 80, 50, 30, 18, 10, 5)
"""How many days ago everybody read their inbox, last by those whose logins the demo gives out."""
READ_BY_OTHERS = (3, 1.5)


def plots(world: World) -> dict[float, Plot]:
    """The plots of this module, by how many days ago they begin."""
    return {
        381: _rule_on_trial(world),
        240: groups.plot(world),
        99: meetings.plot(world),
        2: meetings.ahead(world),
        charters.RECHARTERED: charters.rechartered(world),
        charters.NOMINATED: charters.nominated(world),
        204: _another_alternate(world),
        121: _membership_given_up(world),
        90: _another_delegate(world),
        33: _discretion(world),
        58: _lists_in_order(world),
        27: protection.plot(world),
        2.2: _open_invitation(world),
        1.4: _lost_phone(world),
        96: _own_words(world),
        6.5: _wrong_day(world),
        READ[0]: _reading(world),
    }


def _rule_on_trial(world: World) -> Plot:
    """For six weeks a quorum is one of participation. A ballot in the holidays shows what comes of that."""
    head = world.users[STAFF[0]]
    on_trial = deepcopy(MEMBERSHIP_RULE["settings"])
    on_trial["counting"]["quorum_mode"] = QuorumMode.PARTICIPATION.value
    key = MEMBERSHIP_RULE["key"]
    tiers.revise_rule(DecisionRule.current(key), by=head, settings=on_trial)
    yield timedelta(days=43)
    tiers.revise_rule(DecisionRule.current(key), by=head, settings=MEMBERSHIP_RULE["settings"])


def _lists_in_order(world: World) -> Plot:
    """A field of expertise is entered, given a better name, and found to be one that the list has."""
    first, second = (world.users[name] for name in STAFF)
    field = Expertise(code="law-digital-evidence", label="Digital proof", parent=world.entries[Expertise]["law"])
    taxonomies.keep(field, by=first, fields=["code", "label", "parent"])
    yield timedelta(days=3)
    field.label = "Digital evidence"
    taxonomies.keep(field, by=second, fields=["label"])
    yield timedelta(days=8)
    taxonomies.merge(field, into=world.entries[Expertise]["law-evidence"], by=first)


def _another_alternate(world: World) -> Plot:
    """An alternate leaves the institution; its delegate takes over the seat's second place."""
    head = world.users[STAFF[0]]
    leaving = world.persons[f"{CHANGED_SEAT}-{Part.ALTERNATE}"]
    seat_term = SeatTerm.objects.get(person=leaving, ended_at=None)
    offices.vacate_seat(term=seat_term, by=head, reason="Left the institution")
    organisations.end_representation(
        representation=leaving.representations.get(ended_at=None), by=head, reason="Left the institution"
    )
    organisations.end_affiliation(affiliation=leaving.affiliations.get(ended_at=None), by=head)
    yield timedelta(days=9)
    successor = world.persons[f"{CHANGED_SEAT}-{Part.DELEGATE}"]
    organisations.end_representation(
        representation=successor.representations.get(ended_at=None), by=head, reason="Becomes alternate"
    )
    yield timedelta(days=1)
    organisations.appoint_representative(
        organisation=world.organisations[CHANGED_SEAT], person=successor, role=RepresentationRole.ALTERNATE, by=head
    )
    offices.fill_seat(seat=seat_term.seat, person=successor, role=SeatRole.ALTERNATE, by=head)


def _membership_given_up(world: World) -> Plot:
    """An individual member takes public office, and says so as promised."""
    held = world.persons[NEW_IN_OFFICE].memberships.get(ended_at=None)
    memberships.end(membership=held, by=world.users[STAFF[1]], reason="Took public office")
    yield timedelta(0)


def _another_delegate(world: World) -> Plot:
    """A delegate leaves an institution, and another comes by invitation."""
    principal = world.users[f"{INVITING}-{Part.PRINCIPAL}"]
    leaving = world.people[f"{INVITING}-{Part.DELEGATE}"]
    term = Representation.objects.get(person=world.persons[leaving.key], ended_at=None)
    organisations.end_representation(representation=term, by=principal, reason="Moved to a ministry")
    yield timedelta(days=40)
    newcomer = _somebody_like(world, leaving)
    yield from invited(world, newcomer, role=RepresentationRole.DELEGATE, by=principal)
    yield timedelta(hours=2)
    introduce(world, newcomer)


def _somebody_like(world: World, leaving):
    name = world.strangers.meet("ghanaian")
    domain = world.made_up[leaving.organisation].domain
    return replace(
        leaving,
        key=f"{leaving.key}-2",
        name=name.name,
        latin_name=name.latin_name,
        email=names.address(name, domain),
        biography="Audits cocoa chains with students of two universities. Fictional, for the demonstration.",
    )


def _discretion(world: World) -> Plot:
    """Some members show parts of their profile to fewer."""
    for key, reaches in DISCREET.items():
        person = Person.objects.get(pk=world.persons[key].pk)
        people.narrow(person=person, by=person.user, revision=person.revision, **reaches)
        yield timedelta(hours=3)


def _own_words(world: World) -> Plot:
    """The individual member whose login the demo gives out fills a profile in, thinks again, and fills it in anew."""
    said = [
        {"listed": True, "headline": "Listens to village radio for early warning"},
        {"website": "https://fieldnotes.example/"},
        {"headline": ""},
        {"headline": "Reads and hears local media for early warning"},
    ]
    for fields in said:
        person = Person.objects.get(pk=world.persons["individual-29"].pk)
        people.change(person=person, by=person.user, revision=person.revision, **fields)
        yield timedelta(days=17)


def _wrong_day(world: World) -> Plot:
    """A member finds a day wrong that only the Secretariat can look into; another such request was answered."""
    asked = corrections.ask(user=world.users["individual-4"], text=ANSWERED_CORRECTION, by=world.users["individual-4"])
    yield timedelta(days=2)
    answer = "You are right: the affiliation is ended, with the day you gave. Thank you for telling us."
    corrections.answer(correction=asked, state="done", answer=answer, by=world.users[STAFF[1]])
    yield timedelta(days=1.5)
    writer = world.users["individual-11"]
    corrections.ask(user=writer, text=OPEN_CORRECTION, by=writer)


def _open_invitation(world: World) -> Plot:
    """An invitation that nobody has answered yet."""
    address = names.address(world.strangers.meet("nigerian"), world.made_up[INVITING].domain)
    entry.invite(
        organisation=world.organisations[INVITING],
        email=address,
        role=RepresentationRole.DELEGATE,
        by=world.users[f"{INVITING}-{Part.PRINCIPAL}"],
    )
    yield timedelta(0)


def _lost_phone(world: World) -> Plot:
    """A representative has lost the phone with the app. One officer has established who asks; another is awaited."""
    user = world.users[WITHOUT_PHONE]
    TOTP.activate(user, generate_totp_secret())
    yield timedelta(minutes=5)
    lost = factors.ask(user=user, by=user)
    yield timedelta(hours=4)
    note = "Video call this afternoon; we have known each other since the founding meeting."
    factors.check(lost=lost, identity=Identity.VIDEO, note=note, by=world.users[STAFF[1]])


def _reading(world: World) -> Plot:
    """From time to time people read what is in their inboxes."""
    for days in READ:
        yield world.timeline.ago(days)
        _read(User.objects.all())
    for days in READ_BY_OTHERS:
        yield world.timeline.ago(days)
        _read(User.objects.exclude(email__endswith="@demo.test"))


def _read(users) -> None:
    waiting = Notice.objects.filter(in_inbox=True, read_at=None).values("user")
    for user in users.filter(pk__in=waiting):
        notices.mark_all_read(by=user)
