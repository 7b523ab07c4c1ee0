"""Who may have a conflict of interest in a ballot: what the rules on conflicts are asked about."""

from collections import defaultdict

from members.choices.applications import Step
from members.choices.bodies import SeatRole
from members.kernel.text import fold
from members.models import Affiliation, Application, Organisation, Person, Representation, SeatTerm, SteeringSeat
from members.permissions.protection import is_protected
from members.rules.answers import named_organisations
from members.rules.conflicts import Holder, Party, Place


def party_of(application: Application, *, on) -> Party:
    """Whom an application concerns on a day: by its records, and by what the applicant wrote in its newest version.

    Of a protected applicant the records are not asked: the seat that stood aside would tell who it is. They do not vote
    on themselves all the same, since nothing of a ballot about oneself is open (`permissions.ballots.kept_out`).
    """
    version = application.current_version
    answers = version.answers if version else application.answers
    is_known = not is_protected(application.applicant)
    people = _people_of(application) if is_known else set()
    named = named_organisations(answers.get(Step.AFFILIATION, {})).values()
    organisations = {application.organisation_id} - {None}
    for terms in (Affiliation, Representation):
        organisations |= set(
            terms.objects.in_force(on=on).filter(person__in=people).values_list("organisation", flat=True)
        )
    organisations |= set(
        Organisation.objects.filter(sort_key__in=[fold(name)[:240] for name in named]).values_list("pk", flat=True)
    )
    own = Organisation.objects.filter(pk__in=organisations)
    declared = answers.get(Step.CONFLICTS, {}).get("seats") or []
    return Party(
        people=frozenset(people),
        addresses=frozenset({application.applicant.email.lower()} if is_known else ()),
        referees=frozenset(address.lower() for address in application.referees.values_list("email", flat=True)),
        organisations=frozenset(organisations),
        relatives=frozenset(own.exclude(parent=None).values_list("parent", flat=True))
        | frozenset(Organisation.objects.filter(parent__in=organisations).values_list("pk", flat=True)),
        seats=frozenset(int(number) for number in declared if number.isdecimal()),
    )


def _people_of(application: Application) -> set[int]:
    """The applicant's person, by the login and by what officers have linked."""
    found = set(Person.objects.filter(user=application.applicant_id).values_list("pk", flat=True))
    return found | ({application.person_id} - {None})


def seats_filled(*, on) -> dict[SteeringSeat, list[SeatTerm]]:
    """The seats that have a principal or an alternate in force on a day, by their numbers, with those terms."""
    found = defaultdict(list)
    terms = SeatTerm.objects.in_force(on=on).filter(seat__closed_on__isnull=True)
    for term in terms.select_related("seat__organisation", "person__user").order_by("seat__number", "role"):
        found[term.seat].append(term)
    return dict(found)


def place_of(seat: SteeringSeat, terms) -> Place:
    """A seat as the rules on conflicts see it."""
    return Place(seat.number, seat.organisation_id, tuple(holder_of(term) for term in terms))


def holder_of(term: SeatTerm) -> Holder:
    """Somebody who fills a seat, as the rules on conflicts see them."""
    address = term.person.user.email.lower() if term.person.user else ""
    return Holder(term.person_id, address, term.role == SeatRole.PRINCIPAL)
