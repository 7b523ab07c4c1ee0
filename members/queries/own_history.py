"""What somebody did and was on the platform, for a download of their own data: terms, applications, ballots."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from members.choices.applications import DocumentKind
from members.models import (
    Affiliation,
    Application,
    BallotComment,
    BallotEvent,
    ChairTerm,
    ConflictAnswer,
    Document,
    InformationRequest,
    Letter,
    Membership,
    Referee,
    Representation,
    SeatTerm,
    StaffTerm,
)
from members.queries import answers
from members.queries.own_facts import Fact, Section
from members.queries.sealed import answers_of, version_answers_of


def _days(term) -> list[Fact]:
    return [
        Fact("starts_on", _("From"), term.starts_on),
        Fact("last_day", _("Last day"), term.last_day),
        Fact("end_reason", _("Why it ended"), term.end_reason),
    ]


def terms(person) -> list[Section]:
    """Every dated role, with what it is in; who granted or ended it is somebody else."""
    if person is None:
        return []

    def entries(table, *related, **named):
        rows = table.objects.filter(person=person).select_related("person", *related).order_by("starts_on", "pk")
        return [[*(Fact(key, label(key), read(row)) for key, read in named.items()), *_days(row)] for row in rows]

    labels = {"organisation": _("Organisation"), "position": _("Position"), "role": _("Role"), "tier": _("Tier")}
    labels |= {"seat": _("Seat"), "decision": _("Decision")}
    label = labels.__getitem__
    organisation = {"organisation": lambda row: row.organisation.name}
    role = {"role": lambda row: str(row.get_role_display())}
    decision = {"decision": lambda row: row.decision.number if row.decision else ""}
    tier = {"tier": lambda row: str(row.tier)}
    seat = {"seat": lambda row: row.seat.number}
    return [
        Section(
            "affiliations",
            _("Affiliations"),
            entries(Affiliation, "organisation", **organisation, position=lambda row: row.position),
        ),
        Section(
            "representations", _("Representations"), entries(Representation, "organisation", **organisation, **role)
        ),
        Section("memberships", _("Memberships"), entries(Membership, "tier", "decision", **tier, **decision)),
        Section("seats", _("Steering seats"), entries(SeatTerm, "seat", **seat, **role)),
        Section("chair", _("Terms as chair"), entries(ChairTerm)),
        Section("staff", _("Terms in the Secretariat"), entries(StaffTerm, **role)),
    ]


# --- Applications -------------------------------------------------------------------------------------------------


def applications(applications: Iterable[Application]) -> list[Section]:
    """What was written for applications and sent about them, but for what others said."""
    own = {"application__in": list(applications)}
    questions = InformationRequest.objects.filter(**own).select_related("application")
    referees = Referee.objects.filter(**own).select_related("application")
    letters = Letter.objects.filter(**own).select_related("application")
    documents = own_documents(applications)
    return [
        Section("applications", _("Applications"), [_application(row) for row in applications]),
        Section("versions", _("What you submitted"), _versions(applications)),
        Section("documents", _("Documents"), [_document(row) for row in documents]),
        Section("referees", _("Referees you named"), [_referee(row) for row in referees]),
        Section("questions", _("Questions to you, and your answers"), [_question(row) for row in questions]),
        Section("letters", _("Letters to you"), [_letter(row) for row in letters]),
    ]


def _versions(applications) -> list[list[Fact]]:
    return [
        [
            _number(version),
            Fact("version", _("Version"), version.number),
            Fact("submitted_at", _("Submitted"), version.submitted_at),
            Fact("digest", _("Digest"), version.digest),
            *_answers(row, version_answers_of(version)),
        ]
        for row in applications
        for version in row.versions.select_related("application").order_by("number")
    ]


def _referee(row: Referee) -> list[Fact]:
    return [
        _number(row),
        Fact("name", _("Name"), row.name),
        Fact("email", _("E-mail address"), row.email),
        Fact("relationship", _("How they know you"), row.relationship),
        Fact("invited_at", _("Invited"), row.invited_at),
        Fact("answered_at", _("Answered"), row.answered_at),
    ]


def _letter(row: Letter) -> list[Fact]:
    return [
        _number(row),
        Fact("sent_at", _("Sent"), row.sent_at),
        Fact("subject", _("Subject"), row.subject),
        Fact("text", _("Text"), row.body),
    ]


def _question(row: InformationRequest) -> list[Fact]:
    return [
        _number(row),
        Fact("asked_at", _("Asked"), row.asked_at),
        Fact("question", _("Question"), row.question),
        Fact("answer", _("Your answer"), row.answer),
        Fact("answered_at", _("Answered"), row.answered_at),
    ]


def _document(row: Document) -> list[Fact]:
    return [
        _number(row),
        Fact("name", _("Name"), row.name),
        Fact("kind", _("Kind"), row.get_kind_display()),
        Fact("uploaded_at", _("Uploaded"), row.uploaded_at),
        Fact("sha256", _("Digest"), row.sha256),
    ]


def _number(row) -> Fact:
    return Fact("application", _("Application"), row.application.number)


def _ballot(row) -> Fact:
    return Fact("ballot", _("Ballot"), row.ballot.number)


def _application(row: Application) -> list[Fact]:
    return [
        Fact("number", _("Number"), row.number),
        Fact("tier", _("Tier"), str(row.tier)),
        Fact("state", _("State"), row.get_state_display()),
        Fact("started_at", _("Started"), row.started_at),
        Fact("submitted_at", _("Submitted"), row.submitted_at),
        Fact("ended_at", _("Ended"), row.ended_at),
        Fact("outcome_reason", _("Reason of the outcome"), row.outcome_reason),
        *_answers(row, answers_of(row)),
    ]


def _answers(application: Application, said: dict) -> list[Fact]:
    """Answers in words, each under its page and question."""
    return [
        Fact(f"{section.step}.{row.name}", f"{section.label}: {row.key}", row.value)
        for section in answers.in_words(application, said)
        for row in section.rows
    ]


def own_documents(applications: Iterable[Application]):
    """The files the applicant sent that are still kept; letters of referees are not among them."""
    rows = Document.objects.filter(application__in=list(applications)).exclude(file="")
    return rows.exclude(kind=DocumentKind.REFERENCE).select_related("application").order_by("pk")


def files(applications) -> list[tuple[str, Document]]:
    rows = own_documents(applications)
    kept = [row for row in rows if row.removed_at is None or row.is_frozen]
    return [(f"documents/{row.application.number}/{place:02d} {row.name}", row) for place, row in enumerate(kept, 1)]


# --- Ballots -----------------------------------------------------------------------------------------------------


def ballots(user, person) -> list[Section]:
    events = BallotEvent.objects.filter(actor=user, seat__isnull=False).select_related("ballot").order_by("pk")
    comments = BallotComment.objects.filter(person=person).select_related("ballot") if person else []
    conflicts = ConflictAnswer.objects.filter(person=person).select_related("ballot") if person else []
    return [
        Section(
            "ballot_acts",
            _("What you did in ballots"),
            [
                [
                    _ballot(row),
                    Fact("at", _("When"), row.at),
                    Fact("act", _("Act"), row.get_type_display()),
                    Fact("position", _("Position"), row.payload.get("position", "")),
                    Fact("words", _("Words"), row.text),
                ]
                for row in events
            ],
        ),
        Section(
            "comments",
            _("Your comments on ballots"),
            [
                [_ballot(row), Fact("at", _("When"), row.written_at), Fact("words", _("Words"), row.text)]
                for row in comments
            ],
        ),
        Section(
            "conflicts",
            _("Your answers to the conflict question"),
            [
                [
                    _ballot(row),
                    Fact("at", _("When"), row.answered_at),
                    Fact("answer", _("Answer"), row.get_answer_display()),
                    Fact("note", _("Note"), row.note),
                ]
                for row in conflicts
            ],
        ),
    ]
