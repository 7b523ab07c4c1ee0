"""What notices about one's own account, protection and data tell, and those to the officers who deal with them."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from members.actions import factors
from members.kernel.instants import in_words
from members.models import Correction, Correspondence, Download, Erasure, LostFactor, Unsealing
from members.rules.factors import LAPSES_AFTER, WAITING_TIME
from members.rules.protection import LOWERING_TAKES
from secretariat.choices import Kind
from secretariat.emails.content import Content, due_words
from secretariat.models import Notice

# --- Logins -------------------------------------------------------------------------------------------------------


def login_closed(notice: Notice) -> Content:
    """Nothing that the reader could open: they cannot sign in. Whoever answers the mail reaches the Secretariat."""
    return Content("/")


# --- Lost second factors -----------------------------------------------------------------------------------------


def factor_open(notice: Notice) -> Content:
    """What goes on about one's own factor, with the link that stops it."""
    lost: LostFactor = notice.event.target
    if notice.kind == Kind.FACTOR_WAITING:
        rows = [(_("The factors are removed"), in_words(lost.due_at))]
    else:
        rows = [(_("Lapses"), in_words(lost.asked_at + LAPSES_AFTER))]
    return Content(factors.address_of(lost), rows, {"hours": int(WAITING_TIME.total_seconds() // 3600)})


def factor_over(notice: Notice) -> Content:
    return Content(reverse("members:lost-factor"), values={"by_factor": notice.event.facts.get("how") == "factor"})


def factor_restored(notice: Notice) -> Content:
    return Content(reverse("members:second-factor"))


def factor_desk(notice: Notice) -> Content:
    """For officers: whom it is about is said on the page alone."""
    lost: LostFactor = notice.event.target
    return Content(
        reverse("members:desk-factor", args=[lost.public_id]), [(_("Asked for on"), in_words(lost.asked_at))]
    )


# --- Protection ---------------------------------------------------------------------------------------------------


def own_protection(notice: Notice) -> Content:
    """About one's own protection, or who asks to see through it: read on the page, never in a mail."""
    return Content(reverse("members:protection"), values={"hours": int(LOWERING_TAKES.total_seconds() // 3600)})


def message(notice: Notice) -> Content:
    """Who wrote, and what, is read on the page: a mail must not say that somebody knows a protected member."""
    correspondence: Correspondence = notice.event.target
    return Content(reverse("members:correspondence", args=[correspondence.public_id]))


def unsealing(notice: Notice) -> Content:
    """For custodians and whoever asked. The handle is read on the page."""
    asked: Unsealing = notice.event.target
    return Content(reverse("members:unsealing", args=[asked.public_id]), [(_("Asked on"), in_words(asked.asked_at))])


# --- One's own data ----------------------------------------------------------------------------------------------


def download_ready(notice: Notice) -> Content:
    """That it is ready, and never the thing itself."""
    download: Download = notice.event.target
    rows = [] if download.expires_at is None else [(_("Deleted unless fetched by"), in_words(download.expires_at))]
    return Content(reverse("members:own-data-download"), rows)


def correction_answered(notice: Notice) -> Content:
    correction: Correction = notice.event.target
    return Content(reverse("members:own-data-correction"), [(_("Answer"), str(correction.get_state_display()))])


def correction_desk(notice: Notice) -> Content:
    """For officers: who asks, and for what, is said on the page alone."""
    correction: Correction = notice.event.target
    rows = [(_("Answer by"), due_words(correction.due_on))]
    return Content(reverse("members:desk-correction", args=[correction.public_id]), rows)


def erasure(notice: Notice) -> Content:
    row: Erasure = notice.event.target
    rows = [(_("Carried out"), in_words(row.due_at))] if notice.kind != Kind.ERASURE_TAKEN_BACK else []
    is_for_desk = notice.kind == Kind.ERASURE_DESK
    values = {"is_by_period": "period" in notice.event.facts}
    return Content(reverse("members:desk-data" if is_for_desk else "members:own-data-erasure"), rows, values)


def retention_refused(notice: Notice) -> Content:
    period, facts = notice.event.target, notice.event.facts
    share = _("%(old)s of %(total)s") % {"old": facts["old"], "total": facts["total"]}
    path = reverse("admin:members_retentionperiod_change", args=[period.pk])
    return Content(path, [(_("What"), str(period.get_kind_display())), (_("Old"), share)])


PERSONAL: dict[Kind, Callable[[Notice], Content]] = {
    Kind.LOGIN_CLOSED: login_closed,
    Kind.PROTECTION_RAISED: own_protection,
    Kind.PROTECTION_LOWERING: own_protection,
    Kind.PROTECTION_LOWERED: own_protection,
    Kind.UNSEALING_ASKED: own_protection,
    Kind.UNSEALING_SEEN: own_protection,
    Kind.MESSAGE: message,
    Kind.UNSEALING_DESK: unsealing,
    Kind.UNSEALING_AGREED: unsealing,
    Kind.UNSEALING_DECLINED: unsealing,
    Kind.FACTOR_ASKED: factor_open,
    Kind.FACTOR_CHECKED: factor_open,
    Kind.FACTOR_WAITING: factor_open,
    Kind.FACTOR_STOPPED: factor_over,
    Kind.FACTOR_LAPSED: factor_over,
    Kind.FACTOR_RESTORED: factor_restored,
    Kind.FACTOR_DESK: factor_desk,
    Kind.FACTOR_HALTED: factor_desk,
    Kind.DOWNLOAD_READY: download_ready,
    Kind.CORRECTION_DESK: correction_desk,
    Kind.CORRECTION_ANSWERED: correction_answered,
    Kind.ERASURE_ASKED: erasure,
    Kind.ERASURE_TAKEN_BACK: erasure,
    Kind.ERASURE_DESK: erasure,
    Kind.RETENTION_REFUSED: retention_refused,
}
