"""Who or what an applicant may be already: hints beside an application, for staff to look at and decide."""

from dataclasses import dataclass, field

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, QuerySet
from django.db.models.functions import Greatest

from members.choices.applications import HolderKind, Step
from members.kernel.text import fold
from members.models import Application, Organisation, Person
from members.permissions import applications
from members.permissions.people import visible_to
from members.permissions.table import Right
from members.queries.people import PersonView, project_all

ALIKE = 0.45
"""How alike two folded names must be, by trigrams, to be shown as a hint. Tried on the demonstration's names."""
MOST = 5


@dataclass(frozen=True)
class Hints:
    """People, organisations and earlier applications that look like this applicant. Hints, not findings."""

    people: list[PersonView] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    applications: list[Application] = field(default_factory=list)

    def __bool__(self):
        return bool(self.people or self.organisations or self.applications)


def hints_for(application: Application, answers: dict, *, viewer, on) -> Hints:
    """What looks like this applicant, by the names in some answers, as far as the viewer may know of it."""
    people = _namesakes(application, answers, viewer=viewer, on=on)
    return Hints(
        project_all(viewer, people.with_everything(), on=on),
        list(_alike(Organisation.objects.exclude(pk=application.organisation_id), _institution(answers))),
        _earlier(application, answers, viewer=viewer, on=on),
    )


def _names(answers: dict) -> list[str]:
    identity = answers.get(Step.IDENTITY, {})
    return [name for name in (identity.get("name"), identity.get("latin_name")) if name]


def _institution(answers: dict) -> list[str]:
    named = answers.get(Step.ORGANISATION, {}).get("name")
    return [named] if named else []


def _namesakes(application, answers, *, viewer, on) -> QuerySet:
    others = visible_to(viewer, on=on).exclude(user=application.applicant).exclude(pk=application.person_id)
    return _alike(others, _names(answers))


def _alike(rows: QuerySet, names: list[str]) -> QuerySet:
    """The rows whose name is most like one of these."""
    if not names:
        return rows.none()
    each = [TrigramSimilarity("sort_key", fold(name)) for name in names]
    likeness = Greatest(*each) if len(each) > 1 else each[0]
    return rows.annotate(likeness=likeness).filter(likeness__gte=ALIKE).order_by("-likeness", "pk")[:MOST]


def _earlier(application: Application, answers: dict, *, viewer, on) -> list[Application]:
    """Other applications that were sent: by the same login, for the same organisation, or under the same name. What a
    protected member sent before would tell who it is, and is not among them.
    """
    same = Q(applicant=application.applicant)
    if application.organisation_id:
        same |= Q(organisation=application.organisation_id)
    for name in _names(answers):
        same |= Q(answers__identity__name__iexact=name)
    for name in _institution(answers):
        same |= Q(answers__organisation__name__iexact=name)
    shown = applications.visible_to(viewer, right=Right.SCREEN_APPLICATION, on=on)
    others = Application.objects.with_subject().filter(same, submitted_at__isnull=False, pk__in=shown.values("pk"))
    return list(others.exclude(pk=application.pk).order_by("-pk")[:MOST])


# --- Whom an application may be linked to -------------------------------------------------------------------------


@dataclass(frozen=True)
class Linkable:
    """Whom an application may be linked to. No people where the login has a record of its own."""

    people: list[PersonView] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    own: PersonView | None = None
    is_for_organisation: bool = False


def linkable(application: Application, *, viewer, on, search: str = "") -> Linkable:
    """Those an application is linked to, those that look like the applicant, and those found by a name."""
    known = visible_to(viewer, on=on)
    of_login = known.with_everything().filter(user=application.applicant, protection__isnull=True)
    own = project_all(viewer, of_login, on=on)
    people = [] if own else _people(application, known, search, viewer=viewer, on=on)
    is_for_organisation = application.holder_kind == HolderKind.ORGANISATION
    organisations = _organisations(application, search) if is_for_organisation else []
    return Linkable(people, organisations, own[0] if own else None, is_for_organisation)


def _people(application, known, search, *, viewer, on) -> list[PersonView]:
    alike = _namesakes(application, application.answers, viewer=viewer, on=on).values_list("pk", flat=True)
    wanted = Q(pk__in=list(alike)) | Q(pk=application.person_id)
    found = known.filter(sort_key__contains=fold(search))[:MOST] if fold(search) else Person.objects.none()
    wanted |= Q(pk__in=list(found.values_list("pk", flat=True)))
    return project_all(viewer, known.with_everything().filter(wanted), on=on)


def _organisations(application, search) -> list[Organisation]:
    alike = _alike(Organisation.objects.all(), _institution(application.answers)).values_list("pk", flat=True)
    wanted = Q(pk__in=list(alike)) | Q(pk=application.organisation_id)
    folded = fold(search)
    if folded:
        named = Organisation.objects.filter(Q(sort_key__contains=folded) | Q(acronym__iexact=search.strip()))[:MOST]
        wanted |= Q(pk__in=list(named.values_list("pk", flat=True)))
    return list(Organisation.objects.filter(wanted).select_related("country"))
