"""The libraries of the story's working groups, and what went out of them."""

from datetime import timedelta

from members.kernel.clock import today
from members.models import Expertise, Language
from platform_portal.demo.seed.clock import Plot
from platform_portal.demo.seed.papers import Paper, taken_in
from platform_portal.demo.seed.world import STAFF, World
from taskforces.actions import documents, outputs
from taskforces.choices import Disposition, DocumentAudience, DocumentStatus, Licence, OutputKind, SeatKind
from taskforces.models import GroupSeat
from taskforces.permissions.seats import taking_part

WARNINGS_AT_FIRST = """\
A warning passes four desks before anybody decides. At each it loses something: the place, the date, or the name of
who is at risk.

* Country desks wait for a second source.
* Legal advisers ask for a word that commits to nothing.
"""
WARNINGS = """\
A warning passes four desks before anybody decides. At each it loses something: the place, the date, or the name of
who is at risk.

* Country desks wait for a second source, on average for nine days.
* Legal advisers ask for a word that commits to nothing.
* Ministers read what is on one page.

## What we propose

One page, with a place and a date on it, **signed by whoever saw it**.
"""
HEARINGS = """\
1. Which warnings reached the committee this year, and after how many days?
2. Who may release funds for early action without a new mandate?
3. What did the embassies ask for, and what were they given?
"""
BRIEF = """\
Parliaments hold the purse of early action. This brief says what three committees can ask for in the next budget.

## Three questions

* Is there a line for early action, and who may spend it?
* Is a warning answered in writing, and by when?
* Are local monitors paid on time?
"""
STATEMENT = """\
Sans observateurs sur place, il n'y a pas d'alerte. Nous demandons aux États membres de financer leur protection
avant, pendant et après les élections.
"""


def plot(world: World, task_force, early) -> Plot:
    """A page in two versions, a file, one out for comment; a brief and a statement are published."""
    head = world.users[STAFF[0]]
    chair, writer = _chair(task_force), _member(task_force)
    page = _add(task_force, "What happens to a warning", WARNINGS_AT_FIRST, by=writer)
    yield timedelta(days=3)
    documents.revise(document=page, number=1, text=WARNINGS, note="With numbers, and what we propose.", by=writer)
    _settle(page, DocumentStatus.FINAL, DocumentAudience.MEMBERS, by=chair)
    brief = _add(task_force, "From warning to decision", BRIEF, by=chair)
    _settle(brief, DocumentStatus.FINAL, DocumentAudience.PUBLIC, by=chair)
    paper = Paper(
        "calendar-of-hearings.pdf", "Calendar of hearings", ["Ottawa, Brussels, Washington: the autumn term."]
    )
    clean = taken_in(paper)
    documents.add(group=task_force, title="Calendar of hearings", language=_language("en"), clean=clean, by=chair)
    yield timedelta(days=2)
    proposed = outputs.propose(
        document=brief,
        title="From warning to decision: three questions for parliaments",
        abstract="What committees can ask for so that warnings are answered: a budget line, a date, and monitors.",
        kind=OutputKind.POLICY_BRIEF,
        licence=Licence.CC_BY,
        people=[chair.person, writer.person],
        by=chair,
    )
    for user in (chair, writer):
        byline = proposed.authors.get(person=user.person)
        outputs.answer_byline(byline=byline, agrees=True, name=user.person.name, by=user)
    yield timedelta(days=2)
    outputs.publish(output=proposed, by=head)
    yield from _statement(early, by=head)
    hearings = _add(task_force, "Questions for the autumn hearings", HEARINGS, by=chair)
    _settle(hearings, DocumentStatus.FOR_COMMENT, DocumentAudience.GROUP, by=chair, until=today() + timedelta(days=120))
    yield timedelta(days=1)
    said = documents.comment(document=hearings, text="Ask after how many hours, not days.", by=writer)
    documents.comment(document=hearings, text="The third question should come first.", by=chair)
    documents.answer(
        comment=said, disposition=Disposition.IN_PART, answer="Days for budgets, hours for cables.", by=chair
    )


def _statement(group, *, by) -> Plot:
    chair = _chair(group)
    text = _add(group, "Protéger celles et ceux qui alertent", STATEMENT, by=chair, language="fr")
    _settle(text, DocumentStatus.FINAL, DocumentAudience.PUBLIC, by=chair)
    yield timedelta(days=1)
    output = outputs.propose(
        document=text,
        title=text.title,
        abstract="Déclaration du groupe sur la protection des observateurs locaux avant les élections.",
        kind=OutputKind.STATEMENT,
        licence=Licence.CC_BY_ND,
        by=chair,
    )
    outputs.publish(output=output, by=by)


def _language(code) -> Language:
    return Language.objects.get(code=code)


def _chair(group):
    return group.seats.get(role=SeatKind.CHAIR, ended_at=None).person.user


def _member(group):
    """Somebody of the group who writes: the rapporteur where there is one."""
    writing = [SeatKind.RAPPORTEUR, SeatKind.VICE_CHAIR, SeatKind.MEMBER]
    seats = GroupSeat.objects.in_force(on=today()).filter(taking_part(on=today()), group=group, role__in=writing)
    return seats.filter(person__protection__isnull=True).order_by("-role", "pk").first().person.user


def _add(group, title, text, *, by, language="en"):
    topics = Expertise.objects.filter(code__in=["early-warning-risk-assessment", "early-warning-osint"])
    return documents.add(group=group, title=title, language=_language(language), text=text, topics=topics, by=by)


def _settle(document, status, audience, *, by, until=None) -> None:
    document.refresh_from_db()
    documents.settle(
        document=document,
        revision=document.revision,
        topics=document.topics.all(),
        by=by,
        title=document.title,
        language=document.language,
        audience=audience,
        status=status,
        comment_until=until,
    )
