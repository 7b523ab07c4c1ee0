"""Who holds office, from the machine itself: for the first start, when nobody is in office yet, and for emergencies."""

from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from members.actions import accounts, custody, memberships, offices, organisations, people
from members.choices.bodies import OrganisationKind, SeatRole, StaffRole
from members.kernel.clock import today
from members.kernel.refusals import Refused
from members.models import (
    ChairTerm,
    Country,
    CustodianTerm,
    Organisation,
    Person,
    Representation,
    SeatTerm,
    StaffTerm,
    SteeringSeat,
    Tier,
    User,
)
from members.permissions.custody import institutions_of

TIERS = ("steering", "institutional")
ENDINGS = (
    (ChairTerm, offices.end_chair),
    (SeatTerm, offices.vacate_seat),
    (StaffTerm, offices.end_staff),
    (CustodianTerm, custody.end),
)


def found(row, what):
    """The row, or a way out where there is none."""
    if row is None:
        raise CommandError(f"There is no {what}.")
    return row


class Command(BaseCommand):
    """Each act is one transaction, and on the record as done by nobody: the machine knows no user."""

    help = "Enter founding members, fill seats, appoint the chair and the Secretariat, and end terms."

    def add_arguments(self, parser):
        acts = parser.add_subparsers(dest="act")
        acts.add_parser("list", help="show who is in office today (the default)")
        member = acts.add_parser("member", help="enter a founding member; a steering member gets a seat")
        member.add_argument("name", help="the name of the organisation")
        member.add_argument("--tier", choices=TIERS, default="steering")
        member.add_argument("--kind", choices=OrganisationKind.values, default=OrganisationKind.RESEARCH.value)
        member.add_argument("--country", required=True, help="the ISO 3166 code of its seat's country, such as KE")
        seat = acts.add_parser("seat", help="let somebody fill a seat, and speak for the member it belongs to")
        seat.add_argument("number", type=int)
        self.add_person(seat, SeatRole)
        staff = acts.add_parser("staff", help="let somebody serve in the Secretariat")
        self.add_person(staff, StaffRole)
        chair = acts.add_parser("chair", help="let somebody who fills a seat chair the committee")
        chair.add_argument("email")
        chair.add_argument("--until", type=date.fromisoformat, required=True, help="the first day after the term")
        custodian = acts.add_parser("custodian", help="let somebody decide, with another, who sees a sealed identity")
        custodian.add_argument("email")
        custodian.add_argument("--until", type=date.fromisoformat, help="the first day after the term")
        end = acts.add_parser("end", help="end every office that somebody holds, today")
        end.add_argument("email")
        end.add_argument("--reason", default="")

    @staticmethod
    def add_person(parser, roles):
        parser.add_argument("email", help="the address of the login, which is opened if there is none")
        parser.add_argument("--name", help="the person's name, for somebody whom the platform does not know")
        parser.add_argument("--role", choices=roles.values, default=roles.values[0])
        parser.add_argument("--until", type=date.fromisoformat, help="the first day after the term, such as 2028-01-01")

    @transaction.atomic
    def handle(self, *args, act=None, **options):
        try:
            getattr(self, act or "list")(**options)
        except Refused as refused:
            raise CommandError(refused.message) from refused

    # --- Acts ----------------------------------------------------------------------------------------------------

    def member(self, *, name, tier, kind, country, **options):
        tier = found(Tier.objects.filter(short_name=tier).first(), "tier yet: run `manage.py prepare` first")
        country = found(Country.objects.filter(code=country.upper()).first(), f"country {country}")
        organisation = organisations.enter(name=name, kind=kind, country=country, by=None)
        memberships.grant(tier_terms=tier.current_terms, organisation=organisation, by=None)
        self.stdout.write(f"{name} is a founding member.")
        if tier.short_name == "steering":
            self.stdout.write(
                f"Its seat has the number {offices.open_seat(organisation=organisation, by=None).number}."
            )

    def seat(self, *, number, email, name, role, until, **options):
        seat = found(SteeringSeat.objects.filter(number=number).first(), f"seat {number}")
        person = self.person(email, name)
        if seat.organisation and not self.speaks(person, seat.organisation):
            organisations.appoint_representative(organisation=seat.organisation, person=person, role=role, by=None)
        offices.fill_seat(seat=seat, person=person, role=role, ends_on=until, by=None)
        self.stdout.write(f"{person.name} fills {seat} as {role}.")

    def staff(self, *, email, name, role, until, **options):
        person = self.person(email, name)
        offices.appoint_staff(person=person, role=role, ends_on=until, by=None)
        self.stdout.write(f"{person.name} serves in the Secretariat as {role}.")

    def chair(self, *, email, until, **options):
        person = self.known(email)
        if not SeatTerm.objects.in_force(on=today()).filter(person=person).exists():
            raise CommandError(f"{person.name} fills no seat.")
        offices.appoint_chair(person=person, ends_on=until, by=None)
        self.stdout.write(f"{person.name} chairs the committee.")

    def custodian(self, *, email, until, **options):
        person = self.known(email)
        if not institutions_of(person, on=today()):
            raise CommandError(f"{person.name} belongs to no institution; two custodians must be of two.")
        custody.appoint(person=person, ends_on=until, by=None)
        self.stdout.write(f"{person.name} serves as custodian.")

    def end(self, *, email, reason, **options):
        held = 0
        for table, act in ENDINGS:
            for term in table.objects.in_force(on=today()).filter(person__user__in=User.objects.of_address(email)):
                act(term=term, by=None, reason=reason)
                held += 1
        if not held:
            raise CommandError(f"Nobody with the address {email} holds an office today.")
        self.stdout.write(f"{held} terms have ended.")

    def list(self, **options):
        for table in (StaffTerm, ChairTerm, SeatTerm, CustodianTerm):
            for term in table.objects.in_force(on=today()).select_related("person__user"):
                self.stdout.write(f"{self.words_of(term)}: {term.person.name}, {term.person.user}, {self.until(term)}")

    # --- What they share -----------------------------------------------------------------------------------------

    @staticmethod
    def known(email) -> Person:
        """The person of an address, where there is one."""
        people = Person.objects.filter(user__in=User.objects.of_address(email))
        return found(people.first(), f"person with the address {email}")

    @staticmethod
    def person(email, name) -> Person:
        """The person of an address, entered and given a login where there is none."""
        user = User.objects.by_email(email) or accounts.open_login(email=email, by=None)
        person = Person.objects.filter(user=user).first()
        if person is None and not name:
            raise CommandError(f"Nobody is known under {email}. Give a name: --name “…”")
        return person or people.enter(name=name, user=user, by=None)

    @staticmethod
    def speaks(person: Person, organisation: Organisation) -> bool:
        in_force = Representation.objects.in_force(on=today())
        return in_force.filter(person=person, organisation=organisation).exists()

    @staticmethod
    def words_of(term) -> str:
        if isinstance(term, ChairTerm | CustodianTerm):
            return "Chair" if isinstance(term, ChairTerm) else "Custodian"
        return f"{term.seat}, {term.role}" if isinstance(term, SeatTerm) else f"Secretariat, {term.role}"

    @staticmethod
    def until(term) -> str:
        return f"until {term.last_day}" if term.last_day else "without an end"
