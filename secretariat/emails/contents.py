"""What each kind of notice tells: where it leads, its lines of facts, and the values its template is filled with.

Mails carry numbers, tiers and dates; whoever opens the link is shown the rest, as far as they may see it. An applicant
is named only to those to whom the applicant chose to be known. All is read when the message is built, in the language
and zone of the reader, and none of it is stored with the notice.
"""

from collections.abc import Callable

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from members.actions import entry, referees
from members.choices.applications import LinkPurpose
from members.choices.ballots import Verdict
from members.kernel.clock import today
from members.kernel.instants import in_words
from members.models import (
    Application,
    Ballot,
    Correction,
    Download,
    EntryLink,
    Erasure,
    InformationRequest,
    Letter,
    LostFactor,
    Membership,
    Organisation,
    Referee,
    Representation,
    RetentionPeriod,
    SteeringSeat,
)
from members.permissions.protection import is_protected
from members.queries.applications import name_of, title_for
from members.queries.sealed import address_of
from secretariat.choices import Kind
from secretariat.emails.content import Content, due_words, last_day
from secretariat.emails.groups import GROUPS
from secretariat.emails.personal import PERSONAL
from secretariat.emails.values import Proven
from secretariat.models import Notice
from secretariat.permissions.audiences import application_of
from taskforces.models import (
    Charter,
    CharterComment,
    DocumentComment,
    GroupDocument,
    GroupInvitation,
    GroupSeat,
    JoinRequest,
    Output,
    WorkingGroup,
)


def load(notices: list[Notice]) -> None:
    """Read what a number of notices are about, in a fixed number of statements however many they are."""
    targets = [
        Application.objects.select_related("tier", "applicant"),
        Ballot.objects.select_related("decision").prefetch_related("subject"),
        Charter.objects.select_related("group"),
        CharterComment.objects.select_related("charter__group"),
        Correction.objects.all(),
        DocumentComment.objects.select_related("version__document__group"),
        Download.objects.all(),
        EntryLink.objects.select_related("organisation", "tier"),
        Erasure.objects.all(),
        GroupDocument.objects.select_related("group"),
        GroupInvitation.objects.select_related("group"),
        GroupSeat.objects.select_related("group"),
        JoinRequest.objects.select_related("group"),
        LostFactor.objects.select_related("user"),
        Membership.objects.select_related("tier", "organisation", "decision"),
        Output.objects.select_related("group"),
        Referee.objects.select_related("application__tier", "application__applicant"),
        Representation.objects.select_related("organisation"),
        RetentionPeriod.objects.all(),
        WorkingGroup.objects.all(),
    ]
    prefetch_related_objects(notices, GenericPrefetch("event__target", targets))


# --- Links to addresses without an account ------------------------------------------------------------------------


def until(instant) -> tuple[str, str]:
    return _("The link works until"), in_words(instant)


def entry_link(notice: Notice) -> Content:
    """The way in, or back in. The link is made when the mail is, and is kept nowhere."""
    link: EntryLink = notice.event.target
    rows = [(_("Tier"), str(link.tier))] if link.tier else []
    values = {"comes_back": link.purpose == LinkPurpose.RETURN}
    return Content(entry.address_of(link), [*rows, until(link.expires_at)], values)


def representative_invited(notice: Notice) -> Content:
    link: EntryLink = notice.event.target
    rows = [
        (_("Organisation"), link.organisation.name),
        (_("Role"), str(link.get_representation_role_display())),
        until(link.expires_at),
    ]
    return Content(entry.address_of(link), rows, {"organisation": link.organisation})


def as_they_say(application: Application) -> str:
    """What the applicant calls the application, for those to whom the applicant has chosen to be known."""
    return name_of(application) or title_for(application.applicant, application, on=today())


def referee_invited(notice: Notice) -> Content:
    referee: Referee = notice.event.target
    application = referee.application
    rows = [
        (_("Application of"), as_they_say(application)),
        (_("Tier"), str(application.tier)),
        until(referee.expires_at),
    ]
    return Content(referees.address_of(referee), rows)


def representative_asked(notice: Notice) -> Content:
    """The applicant was told, before asking, that those who speak for the organisation learn name and address."""
    application: Application = notice.event.target
    organisation = Organisation.objects.get(pk=notice.event.facts["organisation"])
    rows = [(_("Organisation"), organisation.name)]
    if not _is_sealed_since(application.applicant, notice):
        rows += [
            (_("Name"), as_they_say(application)),
            (_("E-mail address"), Proven(address_of(application.applicant))),
        ]
    return Content(reverse("members:organisation-invite", args=[organisation.slug]), rows)


def _is_sealed_since(user, notice: Notice) -> bool:
    """Whether somebody has protected themselves after the act that a notice tells of: what it said is read no more."""
    return is_protected(user) and user.protection.raised_at > notice.event.at


def number_of(notice: Notice) -> str:
    """The number a notice is spoken of by, if it is of an application or a ballot: also on lock screens, so no name."""
    target = notice.event.target
    if isinstance(target, Ballot) and notice.kind != Kind.DECISION_POSTPONED:
        return target.number
    application = application_of(notice.event)
    return application.number if application else ""


# --- Applications ------------------------------------------------------------------------------------------------


def application_facts(application) -> Content:
    rows = [(_("Application"), application.number), (_("Tier"), str(application.tier))]
    path = reverse("members:application", args=[application.number])
    return Content(path, rows)


def to_applicant(notice: Notice) -> Content:
    """About one's own application."""
    return application_facts(application_of(notice.event))


def to_desk(notice: Notice) -> Content:
    """About an application the Secretariat deals with."""
    application = application_of(notice.event)
    content = application_facts(application)
    content.rows.append((_("For"), application.get_holder_kind_display()))
    return Content(reverse("members:desk-application", args=[application.number]), content.rows, content.values)


def information_asked(notice: Notice) -> Content:
    content = to_applicant(notice)
    request = InformationRequest.objects.get(pk=notice.event.facts["request"])
    content.rows.append((_("Answer by"), due_words(request.due_on)))
    return content


def referee_answered(notice: Notice) -> Content:
    content = to_desk(notice)
    content.values["declined"] = notice.event.facts["declined"]
    return content


def with_letter(notice: Notice) -> Content:
    """The text of a letter, as it was sent."""
    content = to_applicant(notice)
    content.values["letter"] = Letter.objects.get(pk=notice.event.facts["letter"])
    return content


def application_declined(notice: Notice) -> Content:
    content = with_letter(notice)
    return with_reapply_day(content, application_of(notice.event))


def with_reapply_day(content: Content, application) -> Content:
    if application.reapply_on:
        content.rows.append(
            (_("Another application is welcome from"), date_format(application.reapply_on, "DATE_FORMAT"))
        )
    return content


def refused(notice: Notice) -> Content:
    return with_reapply_day(to_applicant(notice), application_of(notice.event))


# --- Ballots -----------------------------------------------------------------------------------------------------


def ballot(notice: Notice) -> Content:
    row = notice.event.target
    return Content(reverse("members:ballot", args=[row.number]), [(_("Ballot"), row.number)])


def ballot_opened(notice: Notice) -> Content:
    content = ballot(notice)
    content.rows.append((_("Closes"), in_words(notice.event.target.closes_at)))
    return content


def ballot_closed(notice: Notice) -> Content:
    content, row = ballot(notice), notice.event.target
    content.rows.append((_("Outcome"), str(Verdict(row.verdict).label)))
    if decision := getattr(row, "decision", None):
        content.rows.append((_("Decision"), decision.number))
    return content


def recusal(notice: Notice) -> Content:
    content = ballot(notice)
    content.rows.append((_("Seat"), str(SteeringSeat.objects.get(pk=notice.event.facts["seat"]).number)))
    return content


# --- Memberships and organisations -------------------------------------------------------------------------------


def membership(notice: Notice) -> Content:
    row: Membership = notice.event.target
    rows = [(_("Tier"), str(row.tier)), (_("From"), date_format(row.starts_on, "DATE_FORMAT"))]
    if row.organisation:
        rows.insert(0, (_("Organisation"), row.organisation.name))
    if row.ends_on:
        rows.append((_("Last day"), last_day(row.ends_on)))
    if row.decision:
        rows.append((_("Decision"), row.decision.number))
    return Content(reverse("members:membership"), rows, {"organisation": row.organisation})


def representation(notice: Notice) -> Content:
    row: Representation = notice.event.target
    rows = [(_("Organisation"), row.organisation.name), (_("Role"), str(row.get_role_display()))]
    return Content(
        reverse("members:organisation", args=[row.organisation.slug]), rows, {"organisation": row.organisation}
    )


CONTENTS: dict[Kind, Callable[[Notice], Content]] = (
    {
        Kind.ENTRY_LINK: entry_link,
        Kind.REFEREE_INVITED: referee_invited,
        Kind.REPRESENTATIVE_ASKED: representative_asked,
        Kind.REPRESENTATIVE_INVITED: representative_invited,
        Kind.APPLICATION_RECEIVED: to_applicant,
        Kind.APPLICATION_NEW: to_desk,
        Kind.APPLICATION_HANDED: to_desk,
        Kind.INFORMATION_ASKED: information_asked,
        Kind.INFORMATION_GIVEN: to_desk,
        Kind.REFEREE_ANSWERED: referee_answered,
        Kind.APPLICATION_RECOMMENDED: to_desk,
        Kind.APPLICATION_REVISED: to_desk,
        Kind.APPLICATION_DECLINED: application_declined,
        Kind.APPLICATION_WITHDRAWN: to_desk,
        Kind.WITHDRAWAL_RECEIVED: to_applicant,
        Kind.LETTER: with_letter,
        Kind.BALLOT_OPENED: ballot_opened,
        Kind.BALLOT_CLOSED: ballot_closed,
        Kind.BALLOT_HELD: ballot,
        Kind.BALLOT_WITHDRAWN: ballot,
        Kind.DECISION_POSTPONED: to_applicant,
        Kind.SEAT_RECUSED: recusal,
        Kind.RECUSAL: recusal,
        Kind.CONCERN_CLEARED: ballot,
        Kind.ADMITTED: membership,
        Kind.REFUSED: refused,
        Kind.REPRESENTATION_GRANTED: representation,
        Kind.REPRESENTATION_ENDED: representation,
    }
    | PERSONAL
    | GROUPS
)
