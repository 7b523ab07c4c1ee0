"""Builds the world: who owns what is said here once, and every secret in it is a canary of `tests.world.canaries`."""

from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client

from members.actions import (
    applications,
    ballots,
    corrections,
    correspondence,
    custody,
    downloads,
    entry,
    erasures,
    factors,
    memberships,
    organisations,
    people,
    profiles,
    protection,
    referees,
    reference,
    rights,
    searches,
)
from members.choices.applications import (
    Advice,
    ApplicationState,
    CheckOutcome,
    DocumentKind,
    HolderKind,
    Step,
)
from members.choices.ballots import ConflictAnswer
from members.choices.bodies import RepresentationRole
from members.choices.factors import Identity
from members.kernel.clock import database_now, today
from members.models import (
    Application,
    Ballot,
    Check,
    CheckItem,
    Correction,
    Correspondence,
    Document,
    Download,
    EntryLink,
    InformationRequest,
    Letter,
    LostFactor,
    Membership,
    Recommendation,
    Tier,
    Unsealing,
    User,
)
from members.queries import answers
from taskforces.actions import (
    action_items,
    agenda,
    charters,
    documents,
    feeds,
    invitations,
    meetings,
    milestones,
    minutes,
    outputs,
    reports,
    requests,
    seats,
)
from taskforces.actions import reference as groups_reference
from taskforces.choices import DocumentAudience, DocumentStatus, Reply, SeatKind
from taskforces.models import (
    ActionItem,
    AgendaItem,
    DocumentComment,
    GroupDocument,
    GroupInvitation,
    GroupSeat,
    JoinRequest,
    Meeting,
    Output,
    WorkingGroup,
)
from tests import people as cast_of
from tests.clock import Clock
from tests.factories import ballots as voting
from tests.factories import documents as library
from tests.factories import groups as working
from tests.factories import meetings as meeting
from tests.factories import members as made
from tests.factories.keys import security_key
from tests.factories.members import paper
from tests.signing_in import authenticator_of, sign_in
from tests.world.words import word

CHAIR, HOLDS, READS, ASKED, RECUSED = (f"steering-{number}" for number in range(1, 6))
"""What the five seats do in the open ballot: voted, holds, answered the question, has not, stands aside."""
SINCE = 16
"""Days ago the world began: longer than a ballot lasts and a referee is left in peace."""
FURTHER = ("other-applicant", "candidate", "newcomer", "former", "protected")
"""People the world adds to the cast."""
CUSTODIANS = (CHAIR, HOLDS, READS)


NAMES = {"former": "Former Member of the Cast", "protected": word("name of a protected member")}


@dataclass
class World:
    """The cast, and rows by the names that the permission table calls them."""

    cast: cast_of.Cast
    applications: dict[str, Application] = field(default_factory=dict)
    ballots: dict[str, Ballot] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    invitation: EntryLink | None = None
    back: EntryLink | None = None
    spent: EntryLink | None = None
    key: Authenticator | None = None
    session: UserSession | None = None
    lost: dict[str, LostFactor] = field(default_factory=dict)
    unsealings: dict[str, Unsealing] = field(default_factory=dict)
    correspondence: Correspondence | None = None
    groups: dict[str, WorkingGroup] = field(default_factory=dict)
    in_groups: dict[str, GroupSeat | JoinRequest | GroupInvitation | Meeting | ActionItem] = field(default_factory=dict)
    item: AgendaItem | None = None
    feed: str = ""
    library: dict[str, GroupDocument | Output] = field(default_factory=dict)
    comments: dict[str, DocumentComment] = field(default_factory=dict)
    corrections: dict[str, Correction] = field(default_factory=dict)
    download: Download | None = None

    def user(self, name):
        return self.cast[name]

    @property
    def office(self):
        return self.cast["secretariat-1"]


def build() -> World:
    """Make the world. It takes some seconds; what is in it is described by `rows.rows_of`."""
    clock = Clock()
    with clock.ahead(days=-SINCE):
        world = World(_cast())
        _people(world)
        _drafts(world)
        _at_the_desk(world)
        _voted(world, "held", "rising-leaders", owner="candidate", choices=("yes", "yes", "yes", "hold", "abstain"))
    _held(world)
    _before_the_committee(world)
    _decided(world)
    _links(world)
    _account(world)
    _lost_factors(world)
    _sealed(world)
    _groups(world)
    _meetings(world)
    _own_data(world)
    for name in world.applications:
        _reread(world, name)
    return world


# --- People -------------------------------------------------------------------------------------------------------


def _cast() -> cast_of.Cast:
    """The cast, whose terms began when the world did."""
    reference.load()
    groups_reference.load()
    cast = cast_of.Cast()
    with rights.recomputed_together():
        cast_of._gather(cast)
    by_key = User.objects.select_related("person").in_bulk(user.pk for user in cast.users.values())
    cast.users = {name: by_key[user.pk] for name, user in cast.users.items()}
    return cast


def _people(world):
    cast = world.cast
    for name in FURTHER:
        cast_of._login(cast, name, NAMES.get(name))
    individual = Tier.objects.get(short_name="individual").current_terms
    membership = memberships.grant(tier_terms=individual, person=cast.person("former"), by=None)
    memberships.end(membership=membership, by=None)
    for name, facts in {
        "individual": {"biography": word("biography of a member"), "contact_note": word("wish of a member")},
        "applicant": {"biography": word("biography of no member")},
        "delegate": {"name": word("name of an unlisted member"), "listed": False},
    }.items():
        person = cast.person(name)
        people.change(person=person, by=None, revision=person.revision, **facts)
        person.refresh_from_db()
    own, apart = cast.person("individual"), {"words": "A Rival", "from_person": None, "from_organisation": None}
    rows = [apart | {"reason": word("reason to be kept apart")}]
    profiles.keep_separations(person=own, by=None, revision=own.revision, rows=rows)
    own.refresh_from_db()
    for name in ("individual", "delegate"):
        profiles.hang(person=cast.person(name), by=None, picture=made.portrait())
    organisations.affiliate(
        person=cast.person("individual"), organisation=cast.organisations["institution"], position="Fellow", by=None
    )
    cast.organisations["apart"] = organisations.enter(name="Institute that Never Came", kind="research", by=None)
    left = organisations.enter(name="Institute that Left", kind="research", by=None)
    cast.organisations["left"] = left
    terms = Tier.objects.get(short_name="institutional").current_terms
    membership = memberships.grant(tier_terms=terms, organisation=left, by=None)
    organisations.appoint_representative(
        organisation=left, person=cast.person("former"), role=RepresentationRole.PRINCIPAL, by=None
    )
    memberships.end(membership=membership, by=None)


# --- Applications -------------------------------------------------------------------------------------------------


def _written(world, name, tier, *, owner, **facts) -> Application:
    """A finished application with a secret in its answers, a document and a referee."""
    row = made.finished(tier, user=world.user(owner), **facts)
    kind = row.holder_kind
    step = Step.ORGANISATION if kind == HolderKind.ORGANISATION else Step.IDENTITY
    key = "about" if kind == HolderKind.ORGANISATION else "biography"
    made.save(row, step, made.good_answers(row, step) | {key: word(f"answers, {name}")})
    for number, referee in enumerate(row.referees.all()):
        referee.email = f"{word(f'address of a referee, {name}')}.{number}@made.test"
        referee.save(update_fields=["email"])
    return world.applications.setdefault(name, Application.objects.with_subject().get(pk=row.pk))


def _sent(world, name, tier, *, owner, state=ApplicationState.SUBMITTED, **facts) -> Application:
    """An application that was sent and stands in a state."""
    row = _written(world, name, tier, owner=owner, **facts)
    applications.submit(application=row, revision=row.revision, by=row.applicant)
    ended = {"ended_at": database_now()} if state == ApplicationState.DECLINED else {}
    Application.objects.filter(pk=row.pk).update(state=state, **ended)
    return _reread(world, name)


def _reread(world, name) -> Application:
    row = Application.objects.with_subject().get(pk=world.applications[name].pk)
    rights.settle(row)
    world.applications[name] = row
    return row


def _drafts(world):
    """What has not been sent: one with a page unfinished, one ready to be sent, one from paper."""
    row = _written(world, "draft", "individual", owner="applicant")
    employer = world.cast.organisations["institution"].name
    made.save(row, Step.AFFILIATION, {"standing": "affiliated", "organisation_1": employer, "position_1": "Fellow"})
    world.documents["draft"] = made.document(row, DocumentKind.PUBLICATION, name=f"{word('document, draft')}.pdf")
    _reread(world, "draft")
    _written(world, "finished", "rising-leaders", owner="other-applicant")
    tier = Tier.objects.get(short_name="individual")
    paper = applications.enter_paper(tier=tier, email="paper@cast.test", received_on=today(), by=world.office)
    Application.objects.filter(pk=paper.pk).update(entered_by=world.office)
    world.applications["paper"] = paper
    _reread(world, "paper")
    made.save(paper, Step.IDENTITY, made.IDENTITY | {"biography": word("answers, paper")})
    _reread(world, "paper")


def _at_the_desk(world):
    """What lies with the Secretariat; one is an officer's own."""
    _sent(world, "submitted", "institutional", owner="other-applicant")
    _sent(world, "of an officer", "rising-leaders", owner="secretariat-2")
    asked = _sent(world, "asked", "rising-leaders", owner="applicant", state=ApplicationState.SCREENING)
    _check(world, asked)
    InformationRequest.objects.create(
        application=asked, question=word("question, asked"), due_on=today(), asked_by=world.office
    )
    Application.objects.filter(pk=asked.pk).update(state=ApplicationState.INFORMATION, assigned_to=world.office)
    asked = _reread(world, "asked")
    # Written while a question is open, and not sent yet: nobody else's until it is.
    made.save(asked, Step.IDENTITY, made.good_answers(asked, Step.IDENTITY) | {"biography": word("unsent answers")})
    world.documents["unsent"] = made.document(
        asked, DocumentKind.PUBLICATION, name=f"{word('unsent document')}.pdf", content=b"%PDF-1.7 unsent"
    )
    _reread(world, "asked")
    declined = _sent(world, "declined", "institutional", owner="applicant", state=ApplicationState.DECLINED)
    Application.objects.filter(pk=declined.pk).update(outcome_reason=word("reason of a return"), reapply_on=today())
    Letter.objects.create(
        application=declined, template_key="incomplete", subject="About your application", body=word("letter, declined")
    )
    _reread(world, "declined")


def _check(world, application):
    """Record every check of the list, each in order, with a note of the Secretariat to itself."""
    for item in CheckItem.objects.asked_of(application.tier):
        Check.objects.create(
            application=application,
            item=item,
            outcome=CheckOutcome.MET,
            note=word("note of a check"),
            checked_by=world.office,
        )


def _recommended(world, name, tier, *, owner, **facts) -> Application:
    """An application that is ready for the committee, with a letter of a referee."""
    row = _sent(world, name, tier, owner=owner, state=ApplicationState.SCREENING, **facts)
    _check(world, row)
    first = row.referees.first()
    if first:
        token = referees.address_of(first).rstrip("/").rpartition("/")[2]
        clean = made.paper(name=f"{word(f'letter as a file, {name}')}.pdf", content=b"%PDF-1.7 letter")
        referees.answer(token=token, letter=word(f"letter of a referee, {name}"), clean=clean)
        first.refresh_from_db()
        world.documents[f"letter, {name}"] = first.letter_document
    Recommendation.objects.create(
        application=row,
        version=row.current_version,
        advice=Advice.ADMIT,
        text=word(f"recommendation, {name}"),
        made_by=world.office,
    )
    Application.objects.filter(pk=row.pk).update(state=ApplicationState.RECOMMENDED)
    return _reread(world, name)


# --- Ballots ------------------------------------------------------------------------------------------------------


def _before_the_committee(world):
    """An open ballot with every kind of seat, a prepared one, and one about a member of the committee."""
    cast = world.cast
    row = _recommended(world, "open", "individual", owner="other-applicant")
    world.documents["open"] = answers.present_documents(row).first()
    Document.objects.filter(pk=world.documents["open"].pk).update(name=f"{word('document, open')}.pdf")
    ballot = voting.opened(cast, application=row)
    voting.clear(ballot, cast[CHAIR], cast[HOLDS], cast[READS])
    ballots.answer_conflict(
        ballot=ballot, by=cast[RECUSED], answer=ConflictAnswer.CONFLICTED, note=word("note of a recusal")
    )
    voting.vote(ballot, cast[CHAIR], "yes", word("reason of a position"))
    voting.vote(ballot, cast[HOLDS], "hold", word("concern of a hold"))
    ballots.comment(ballot=ballot, by=cast[HOLDS], text=word("comment"))
    world.ballots["open"] = Ballot.objects.get(pk=ballot.pk)
    recommended = _recommended(world, "recommended", "individual", owner="candidate")
    world.ballots["prepared"] = ballots.prepare(subject=recommended, by=world.office)
    _recommended(world, "of a seat", "rising-leaders", owner=ASKED)
    world.ballots["of a seat"] = voting.opened(cast, application=world.applications["of a seat"])
    voting.clear(world.ballots["of a seat"], cast[CHAIR])


def _voted(world, name, tier, *, owner, choices):
    """A ballot on which every seat has said something."""
    row = _recommended(world, name, tier, owner=owner)
    ballot = voting.opened(world.cast, application=row)
    for user, choice in zip(world.cast.seats, choices, strict=True):
        voting.clear(ballot, user)
        voting.vote(ballot, user, choice, word(f"reason, {name}"))
    world.ballots[name] = Ballot.objects.get(pk=ballot.pk)
    _reread(world, name)


def _held(world):
    """A hold keeps a ballot open to its last minute: that has passed."""
    world.ballots["held"] = ballots.close(ballot=world.ballots["held"])
    assert _reread(world, "held").state == ApplicationState.HELD


def _decided(world):
    """One refused, one admitted: the newcomer is a member by it."""
    _voted(world, "refused", "institutional", owner="candidate", choices=("no",) * 5)
    _voted(world, "admitted", "individual", owner="newcomer", choices=("yes",) * 5)
    assert world.applications["refused"].state == ApplicationState.REFUSED
    assert Membership.objects.filter(decision__ballot=world.ballots["admitted"]).exists()
    world.cast.users["newcomer"] = User.objects.select_related("person").get(email="newcomer@cast.test")


# --- Links --------------------------------------------------------------------------------------------------------


def _links(world):
    """An invitation to speak for an organisation, and a link to come back."""
    world.invitation = entry.invite(
        organisation=world.cast.organisations["institution"],
        email=f"{word('address of an invited person')}@cast.test",
        role=RepresentationRole.ALTERNATE,
        by=world.user("institution"),
    )
    world.back = entry.ask(email=world.user("applicant").email, language="en")
    world.spent = entry.ask(email="spent@cast.test", language="en")
    EntryLink.objects.filter(pk=world.spent.pk).update(used_at=database_now())


def _account(world):
    """A key for signing in, and a session in another browser: the applicant's."""
    applicant = world.user("applicant")
    world.key = security_key(applicant)
    sign_in(Client(), applicant)
    world.session = UserSession.objects.get(user=applicant)
    searches.save(name="Colleagues", query="tier=individual", by=world.user("individual"))


def _lost_factors(world):
    """Requests to restore a second factor: one new, one that a first officer has confirmed, one of an officer."""
    for name, login in {"asked": "applicant", "checked": "institution", "of an officer": "secretariat-2"}.items():
        authenticator_of(world.user(login))
        world.lost[name] = factors.ask(user=world.user(login), by=world.user(login))
    note = word("note on an identity")
    factors.check(lost=world.lost["checked"], identity=Identity.VIDEO, note=note, by=world.office)


def _sealed(world):
    """A protected member, listed nowhere, and requests to see who that is: new, agreed to once, and by both."""
    cast, user = world.cast, world.user("protected")
    person = cast.person("protected")
    memberships.grant(tier_terms=Tier.objects.get(short_name="individual").current_terms, person=person, by=None)
    biography = word("biography of a protected member")
    people.change(person=person, by=None, revision=person.revision, biography=biography)
    held = protection.protect(user=user, by=user)
    cast.users["protected"] = User.objects.select_related("person", "protection").get(pk=user.pk)
    for name in CUSTODIANS:
        custody.appoint(person=cast.person(name), by=None)
    text = word("message of a protected member")
    world.correspondence = correspondence.begin(reader=cast["individual"], text=text, by=cast.users["protected"])
    agreed = {"asked": (), "agreed once": (CHAIR,), "agreed": (CHAIR, HOLDS)}
    for handle, (name, custodians) in zip(
        ("Amber Harbour 10", "Amber Harbour 11", held.handle), agreed.items(), strict=True
    ):
        world.unsealings[name] = custody.ask(handle=handle, reason=word("reason of a request"), by=world.office)
        for custodian in custodians:
            custody.approve(unsealing=world.unsealings[name], by=cast[custodian])


def _groups(world):
    """An active group with people of every kind, another, and one that is proposed."""
    cast = world.cast
    world.groups["active"] = group = working.active(cast, "Group on early Warning", kind="task-force")
    world.groups["other"] = working.active(cast, "Another Group", kind="task-force", chair="other-institution")
    world.groups["proposed"] = working.entered(cast, "A Group to be", kind="task-force")
    world.in_groups["seat of the individual"] = working.seated(cast, group, "individual")
    world.in_groups["seat of the protected"] = working.seated(cast, group, "protected")
    working.seated(cast, group, "delegate", SeatKind.OBSERVER)
    _library(world, group)
    seats.leave(seat=working.seated(cast, group, "rising"), by=cast["rising"])
    for name, into in {"newcomer": group, "protected": world.groups["other"]}.items():
        world.in_groups[f"request of the {name}"] = requests.ask(
            group=into, person=cast.person(name), by=cast[name], message=word(f"request, {name}")
        )
    by = cast["institution"]
    for name, into in {"proposed": group, "under another group": world.groups["other"]}.items():
        world.in_groups[f"milestone, {name}"] = milestones.propose(group=into, title=word(f"milestone, {name}"), by=by)
    world.in_groups["milestone, current"] = current = milestones.propose(group=group, title="A current one", by=by)
    milestones.take_on(milestone=current, by=by)
    words = {"done": word("report, done"), "plans": word("report, plans")}
    reports.file(group=group, by=by, **words)
    released = working.open_for_comment(group)
    world.in_groups["comment on the charter"] = charters.comment(
        charter=released, person=cast.person("individual"), text=word("comment on a charter"), by=cast["individual"]
    )
    chair = cast["other-institution"]
    text = working.CONTENT | {"aims": word("charter, handed in")}
    handed_in = charters.write(group=world.groups["other"], by=chair, revision=0, **text)
    charters.hand_in(charter=handed_in, by=chair)
    world.in_groups["invitation into the group"] = invitations.invite(
        group=group, person=cast.person(ASKED), role=SeatKind.MEMBER, by=cast["institution"]
    )


def _meetings(world):
    """Meetings of the active group: one to come, and three whose minutes are a draft, circulated and published."""
    cast, group = world.cast, world.groups["active"]
    chair, individual = cast["institution"], cast.person("individual")
    link = f"https://meet.example/{word('link of a meeting')}"
    coming = meeting.planned(cast, group, title=word("title of a meeting"), link=link)
    world.in_groups["meeting, coming"] = coming
    world.item = agenda.add(meeting=coming, title="The budget", owner=individual, by=chair)
    meetings.answer(meeting=coming, person=individual, reply=Reply.YES, by=cast["individual"])
    for name, audience in {"draft": "group", "circulated": "group", "published": "members"}.items():
        held = meeting.held(cast, group, title=f"Meeting with {name} minutes", minutes_for=audience)
        minutes.write(meeting=held, summary=word(f"minutes, {name}"), items={}, revision=0, by=chair)
        world.in_groups[f"meeting, {name}"] = held
    world.in_groups["action of the individual"] = action_items.give(
        meeting=world.in_groups["meeting, draft"], text=word("action item"), owner=individual, by=chair
    )
    for name in ("circulated", "published"):
        minutes.circulate(meeting=world.in_groups[f"meeting, {name}"], by=chair)
    minutes.approve(meeting=world.in_groups["meeting, published"], revision=1, by=chair)
    world.feed = feeds.make(user=cast["individual"], by=cast["individual"])


def _library(world, group):
    """Documents for every audience, comments by a member and a protected one, outputs proposed and published."""
    cast, kept = world.cast, world.library
    kept["paper, draft"] = library.drafted(cast, group, "individual", text=word("draft of a document"))
    kept["paper, of chairs"] = _settled(cast, group, DocumentAudience.CHAIRS, word("document of chairs"))
    kept["paper, of the group"] = _settled(cast, group, DocumentAudience.GROUP, word("document of the group"))
    for name in ("members", "public"):
        kept[f"paper, for {name}"] = _settled(cast, group, DocumentAudience(name))
    facts = {"text": "", "clean": paper()}
    held = library.settled(cast, library.drafted(cast, group, **facts), audience=DocumentAudience.PUBLIC)
    kept["file, for everybody"] = held
    waiting = library.drafted(cast, group)
    kept["paper, for comment"] = library.settled(cast, waiting, status=DocumentStatus.FOR_COMMENT)
    for name in ("individual", "protected"):
        said = documents.comment(document=waiting, text=word(f"comment, {name}"), by=cast[name])
        world.comments[f"comment, {name}"] = said
    kept["output, proposed"] = library.proposed(cast, _settled(cast, group), people=["individual"], title="One to be")
    ready = {"published": _settled(cast, group), "with a file": held, "withdrawn": _settled(cast, group)}
    for name, document in ready.items():
        output = library.proposed(cast, document, people=["individual"], title=f"An Output, {name}")
        kept[f"output, {name}"] = outputs.publish(output=output, by=cast["secretariat-1"])
    outputs.withdraw(output=output, reason="A figure is wrong.", by=cast["secretariat-1"])


def _settled(cast, group, audience=DocumentAudience.GROUP, text=library.TEXT):
    return library.settled(cast, library.drafted(cast, group, text=text), audience=audience)


def _own_data(world):
    """A download that is ready, corrections that wait, and somebody who has asked to be erased."""
    for name, login in {"individual": "individual", "of an officer": "secretariat-2"}.items():
        user = world.user(login)
        world.corrections[name] = corrections.ask(user=user, text=word(f"correction, {name}"), by=user)
    erasures.ask(user=world.user("rising"), by=world.user("rising"))
    applicant = world.user("applicant")
    downloads.ask(user=applicant, by=applicant)
    world.download = downloads.build(download=downloads.claim())
