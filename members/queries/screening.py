"""Reads of the Secretariat's desk: the shelves with their counts, hints beside an application, and its history."""

from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from members.choices.applications import Step
from members.choices.desk import SHELVES, Shelf
from members.choices.verbs import Verb
from members.kernel.text import fold
from members.models import Application, AuditEvent, Ballot, CheckItem, Organisation, Person
from members.queries.affiliations import ties
from members.queries.answers import in_words, present_documents
from members.queries.people import names_for

ALIKE = 0.45
"""How alike two folded names must be, by trigrams, to be shown as a hint. Tried on the demonstration's names."""
MOST_HINTS = 5


def shelf_of(applications: QuerySet, shelf: Shelf) -> QuerySet:
    """Of some applications, those on a shelf: what has waited longest first, what has ended last first."""
    on_shelf = applications.filter(state__in=shelf.states)
    return on_shelf.order_by("-ended_at", "-pk") if shelf.key == "ended" else on_shelf.order_by("submitted_at", "pk")


def shelf_counts(applications: QuerySet) -> dict[str, int]:
    """How many of some applications stand on each shelf, in one statement."""
    places = [When(state__in=shelf.states, then=Value(number)) for number, shelf in enumerate(SHELVES)]
    counted = (
        applications.order_by()
        .annotate(shelf=Case(*places, output_field=IntegerField()))
        .values("shelf")
        .annotate(number=Count("pk", distinct=True))
    )
    found = {row["shelf"]: row["number"] for row in counted}
    return {shelf.key: found.get(number, 0) for number, shelf in enumerate(SHELVES)}


@dataclass(frozen=True)
class Hints:
    """Who or what the applicant may be already. Hints, not findings: staff look and decide."""

    people: list[Person] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    applications: list[Application] = field(default_factory=list)

    def __bool__(self):
        return bool(self.people or self.organisations or self.applications)


def hints_for(application: Application, answers: dict) -> Hints:
    """People, organisations and earlier applications that look like this applicant."""
    identity, institution = answers.get(Step.IDENTITY, {}), answers.get(Step.ORGANISATION, {})
    names = [name for name in (identity.get("latin_name"), identity.get("name")) if name]
    people = _alike(Person.objects.exclude(user=application.applicant), names)
    organisations = _alike(Organisation.objects.all(), [institution["name"]] if institution.get("name") else [])
    return Hints(people, organisations, _earlier(application, names))


def _alike(rows: QuerySet, names: list[str]) -> list:
    if not names:
        return []
    likeness = TrigramSimilarity("sort_key", fold(names[0]))
    return list(rows.annotate(likeness=likeness).filter(likeness__gte=ALIKE).order_by("-likeness")[:MOST_HINTS])


def _earlier(application: Application, names: list[str]) -> list[Application]:
    same = Q(applicant=application.applicant)
    if application.organisation_id:
        same |= Q(organisation=application.organisation_id)
    for name in names:
        same |= Q(answers__identity__name__iexact=name)
    others = Application.objects.with_subject().filter(same, submitted_at__isnull=False).exclude(pk=application.pk)
    return list(others.order_by("-pk")[:MOST_HINTS])


@dataclass(frozen=True)
class Happening:
    """One line of an application's history."""

    at: object
    text: str
    by: str
    url: str = ""


UNTOLD = (Verb.APPLICATION_SAVED, Verb.DOSSIER_READ)


def history_of(application: Application, *, viewer, on) -> list[Happening]:
    """What happened to an application and in its ballots, newest first, with who did it as the viewer may know."""
    ballots = Ballot.objects.filter(
        subject_type=ContentType.objects.get_for_model(Application), subject_id=application.pk
    )
    of_ballots = Q(target_type=ContentType.objects.get_for_model(Ballot), target_id__in=ballots.values("pk"))
    of_itself = Q(target_type=ContentType.objects.get_for_model(Application), target_id=application.pk)
    told = AuditEvent.objects.filter(of_itself | of_ballots & Q(verb__in=PUBLIC_OF_BALLOT)).exclude(verb__in=UNTOLD)
    events = list(told.select_related("by__person").order_by("-pk"))
    people = {event.by_id: getattr(event.by, "person", None) for event in events if event.by_id}
    names = names_for(viewer, [person.pk for person in people.values() if person], on=on)
    return [Happening(event.at, event.get_verb_display(), _who(event, application, people, names)) for event in events]


PUBLIC_OF_BALLOT = (
    Verb.BALLOT_PREPARED,
    Verb.BALLOT_OPENED,
    Verb.BALLOT_WITHDRAWN,
    Verb.BALLOT_CLOSED,
    Verb.BALLOT_HELD,
)


def _who(event, application, people, names) -> str:
    person = people.get(event.by_id)
    if person:
        return names[person.pk]
    return event.by.email if event.by_id == application.applicant_id and event.by else ""


def checks_missing(application: Application) -> list[CheckItem]:
    """The checks of the list that nothing has been recorded for yet."""
    return list(CheckItem.objects.asked_of(application.tier).exclude(pk__in=application.checks.values("item")))


def linkable(application: Application, hints: Hints) -> dict[str, list]:
    """The people and organisations an application may be linked to: those of the hints, and those it is linked to."""
    people, organisations = list(hints.people), list(hints.organisations)
    if application.person and application.person not in people:
        people.append(application.person)
    if application.organisation and application.organisation not in organisations:
        organisations.append(application.organisation)
    return {"people": people, "organisations": organisations}


def ballots_on(application: Application) -> list[Ballot]:
    """The ballots about an application, newest first."""
    kind = ContentType.objects.get_for_model(Application)
    return list(Ballot.objects.filter(subject_type=kind, subject_id=application.pk).order_by("-pk"))


def page_of(application: Application, *, version, viewer, on) -> dict:
    """Everything the Secretariat sees of an application, with the answers of one version or of the working copy."""
    answers = version.answers if version else application.answers
    items = list(CheckItem.objects.asked_of(application.tier))
    recorded = {check.item_id: check for check in application.checks.all()}
    return {
        "version": version,
        "versions": list(application.versions.all()),
        "sections": in_words(application, answers),
        "documents": list(present_documents(application)),
        "referees": list(application.referees.select_related("letter_document")),
        "checks": [(item, recorded.get(item.pk)) for item in items],
        "unchecked": sum(item.pk not in recorded for item in items),
        "requests": list(application.requests.all()),
        "recommendations": list(application.recommendations.select_related("version").order_by("-pk")),
        "letters": list(application.letters.order_by("-pk")),
        "ballots": ballots_on(application),
        "ties": ties(application, answers.get(Step.AFFILIATION, {}), on=on),
        "hints": hints_for(application, answers),
        "history": history_of(application, viewer=viewer, on=on),
    }
