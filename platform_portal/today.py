"""What stands on *Today*: what needs the reader, what is coming, what happened. Gathered from all floors below."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.choices.applications import ApplicationState
from members.choices.bodies import Role
from members.kernel.instants import local_words
from members.models import Application, InformationRequest, Membership
from members.permissions import factors, own_data
from members.permissions.applications import visible_to
from members.permissions.roles import roles_of
from members.permissions.table import Right
from members.queries import ballots, custody
from members.queries.ballots import Line, Shelves
from members.queries.memberships import of_person
from members.queries.screening import shelf_counts
from secretariat.emails.messages import lines
from secretariat.permissions import notices
from taskforces.queries.meetings import coming_meetings_of, own_open_actions

LAPSING = timedelta(days=120)
"""How long before its last day a membership is spoken of."""
LATEST = 6


@dataclass(frozen=True)
class Todo:
    """One thing that needs the reader: by when, in a sentence, with one act. If not `dated`, it waits without a day."""

    when: date | datetime
    title: str
    url: str
    action: str
    detail: str = ""
    late: bool = False
    dated: bool = True

    @property
    def day(self) -> date | datetime | None:
        return self.when if self.dated else None


@dataclass(frozen=True)
class Event:
    """One thing that is coming or has happened, as the timeline shows it."""

    text: str
    url: str
    at: datetime | None = None
    on: date | None = None
    ahead: bool = True

    @property
    def day(self) -> date:
        return self.on or self.at.date()


class Today:
    """The page of one reader at one instant."""

    def __init__(self, user, *, now: datetime):
        self.user, self.now, self.on = user, now, now.date()
        self.roles = roles_of(user)
        self.shelves = ballots.shelves_for(user, on=self.on, at=now) if self.votes_or_runs else Shelves()

    @property
    def votes_or_runs(self) -> bool:
        return not self.roles.isdisjoint({Role.STEERING, Role.SECRETARIAT})

    @property
    def needs(self) -> list[Todo]:
        """What needs the reader, the most urgent first."""
        found = [*self._positions(), *self._own_applications(), *self._custody(), *self._own_actions()]
        if Role.SECRETARIAT in self.roles:
            found += [*self._desk(), *self._ballots_to_run(), *self._lost_factors(), *self._corrections()]
        return sorted(found, key=lambda todo: _day(todo.when))

    @property
    def coming(self) -> list[Event]:
        """What is coming, the soonest first."""
        found = [*self._closing(), *self._lapsing(), *self._answers_due(), *self._meetings()]
        return sorted(found, key=lambda event: event.day)

    @property
    def happened(self) -> list[Event]:
        """The newest notices of the reader's inbox."""
        own = notices.visible_to(self.user).with_what_it_tells().order_by("-pk")
        return [
            Event(line.subject, _notice(line), at=line.notice.written_at, ahead=False) for line in lines(own[:LATEST])
        ]

    # --- Ballots ----------------------------------------------------------------------------------------------

    def _positions(self):
        for line in self.shelves.needs_me:
            closes = _("closes {instant}").format(instant=local_words(line.ballot.closes_at))
            yield Todo(
                when=line.ballot.closes_at,
                title=line.question,
                url=_ballot(line),
                action=_("Vote"),
                detail=_("Ballot {number} · {closes}").format(number=line.ballot.number, closes=closes),
            )

    def _ballots_to_run(self):
        for line in self.shelves.prepared:
            detail = _("Ballot {number} is prepared.").format(number=line.ballot.number)
            yield Todo(line.ballot.prepared_at, line.question, _ballot(line), _("Open the ballot"), detail)
        for line in self.shelves.held:
            detail = _("Ballot {number} closed with a hold.").format(number=line.ballot.number)
            yield Todo(line.ballot.decided_at, line.question, _ballot(line), _("Go on"), detail)

    def _closing(self):
        for line in self.shelves.waiting:
            text = _("Ballot {number} closes: {question}").format(number=line.ballot.number, question=line.question)
            yield Event(text, _ballot(line), at=line.ballot.closes_at)

    # --- Applications -----------------------------------------------------------------------------------------

    def _own_applications(self):
        pending = Application.objects.filter(applicant=self.user).pending().select_related("tier")
        for application in pending.filter(state=ApplicationState.DRAFT, entered_by=None):
            yield Todo(
                when=application.saved_at,
                title=_("Finish your application: {tier}").format(tier=application.tier),
                url=reverse("members:application", args=[application.number]),
                action=_("Go on"),
                detail=_("{number} · last saved {instant}").format(
                    number=application.number, instant=local_words(application.saved_at)
                ),
                dated=False,
            )
        open_requests = InformationRequest.objects.filter(application__in=pending, answered_at=None)
        for asked in open_requests.select_related("application"):
            yield Todo(
                when=asked.due_on,
                title=_("Answer a question about your application"),
                url=reverse("members:information-answer", args=[asked.application.number, asked.pk]),
                action=_("Answer"),
                detail=asked.application.number,
                late=asked.due_on < self.on,
            )

    def _desk(self):
        """The shelves of the desk on which something waits for the Secretariat."""
        seen = visible_to(self.user, right=Right.SCREEN_APPLICATION, on=self.on)
        counts = shelf_counts(seen)
        for shelf, state, sentence, action in self._shelves(counts):
            oldest = seen.filter(state=state).order_by("submitted_at").first()
            if oldest:
                url = f"{reverse('members:desk-applications')}?shelf={shelf}"
                yield Todo(oldest.submitted_at, sentence, url, action)

    def _shelves(self, counts):
        new, ready = counts["new"], counts["ready"]
        yield (
            "new",
            ApplicationState.SUBMITTED,
            ngettext("{count} application is new", "{count} applications are new", new).format(count=new),
            _("Take on"),
        )
        yield (
            "ready",
            ApplicationState.RECOMMENDED,
            ngettext(
                "{count} application is ready for a ballot", "{count} applications are ready for a ballot", ready
            ).format(count=ready),
            _("Prepare"),
        )

    def _answers_due(self):
        """Answers that applicants owe, for those who asked."""
        if Role.SECRETARIAT not in self.roles:
            return
        waiting = InformationRequest.objects.filter(application__state=ApplicationState.INFORMATION, answered_at=None)
        for asked in waiting.select_related("application").order_by("due_on")[:LATEST]:
            number = asked.application.number
            text = _("An answer is due on {number}").format(number=number)
            yield Event(text, reverse("members:desk-application", args=[number]), on=asked.due_on)

    def _lost_factors(self):
        """Requests to restore a second factor that wait for this officer."""
        for lost in factors.visible_to(self.user).awaiting(self.user).order_by("pk")[:LATEST]:
            yield Todo(
                when=lost.asked_at,
                title=_("A lost second factor waits for an officer"),
                url=reverse("members:desk-factor", args=[lost.public_id]),
                action=_("Look into it"),
                detail=str(lost.get_state_display()),
            )

    def _custody(self):
        """Requests to see a sealed identity that wait for this custodian, and one's own that may be looked at."""
        for asked in custody.waiting_for(self.user, on=self.on, at=self.now):
            yield Todo(asked.ends_at, _("Somebody asks to see a sealed identity"), _unsealing(asked), _("Decide"))
        for asked in custody.to_look_at(self.user, on=self.on, at=self.now):
            yield Todo(asked.ends_at, _("You may look at a sealed identity, once"), _unsealing(asked), _("Look"))

    def _corrections(self):
        """Corrections that people wait for, by the day by which the law wants an answer."""
        for asked in own_data.corrections_visible_to(self.user).open().order_by("due_on", "pk")[:LATEST]:
            yield Todo(
                when=asked.due_on,
                title=_("Somebody asks for a correction of their data"),
                url=reverse("members:desk-correction", args=[asked.public_id]),
                action=_("Answer"),
                late=asked.due_on < self.on,
            )

    # --- Working groups ---------------------------------------------------------------------------------------

    def _own_actions(self):
        for item in own_open_actions(self.user)[:LATEST]:
            yield Todo(
                when=item.due_on or item.given_at,
                title=item.text,
                url=reverse("taskforces:group-action-done", args=[item.group.slug, item.public_id]),
                action=_("It is done"),
                detail=item.group.name,
                late=item.due_on is not None and item.due_on < self.on,
                dated=item.due_on is not None,
            )

    def _meetings(self):
        for meeting in coming_meetings_of(self.user, at=self.now)[:LATEST]:
            url = reverse("taskforces:group-meeting", args=[meeting.group.slug, meeting.public_id])
            yield Event(_("Meeting of %(group)s") % {"group": meeting.group.name}, url, at=meeting.starts_at)

    # --- Membership -------------------------------------------------------------------------------------------

    def _lapsing(self):
        person = getattr(self.user, "person", None)
        if person is None:
            return
        for term in of_person(person):
            if self._ends_soon(term):
                text = _("Last day of the membership: {tier}").format(tier=term.tier)
                yield Event(text, reverse("members:membership"), on=term.last_day)

    def _ends_soon(self, term: Membership) -> bool:
        return term.is_in_force(on=self.on) and term.ends_on is not None and term.ends_on <= self.on + LAPSING


def _ballot(line: Line) -> str:
    return reverse("members:ballot", args=[line.ballot.number])


def _unsealing(asked) -> str:
    return reverse("members:unsealing", args=[asked.row.public_id])


def _notice(line) -> str:
    return reverse("secretariat:notice", args=[line.notice.public_id])


def _day(when: date | datetime) -> date:
    return when.date() if isinstance(when, datetime) else when
