"""Pure decisions on applications: what may follow what, and who may apply for which tier.

Sources: the concept update (third point: the four tiers, and that individuals are not affiliated to a
participating institution) and the platform's rules on screening.
"""

from collections.abc import Collection
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from members.choices.applications import ENDED, ApplicationState
from members.kernel.refusals import Refused
from members.rules.chain import freeze

NEXT: dict[str, frozenset[str]] = {
    ApplicationState.DRAFT: frozenset({ApplicationState.SUBMITTED, ApplicationState.WITHDRAWN}),
    ApplicationState.SUBMITTED: frozenset({ApplicationState.SCREENING, ApplicationState.WITHDRAWN}),
    ApplicationState.SCREENING: frozenset(
        {
            ApplicationState.INFORMATION,
            ApplicationState.RECOMMENDED,
            ApplicationState.DECLINED,
            ApplicationState.WITHDRAWN,
        }
    ),
    ApplicationState.INFORMATION: frozenset(
        {ApplicationState.SCREENING, ApplicationState.DECLINED, ApplicationState.WITHDRAWN}
    ),
    ApplicationState.RECOMMENDED: frozenset(
        {ApplicationState.SCREENING, ApplicationState.BALLOT, ApplicationState.WITHDRAWN}
    ),
    ApplicationState.BALLOT: frozenset(
        {
            ApplicationState.RECOMMENDED,
            ApplicationState.HELD,
            ApplicationState.ADMITTED,
            ApplicationState.REFUSED,
            ApplicationState.WITHDRAWN,
        }
    ),
    ApplicationState.HELD: frozenset({ApplicationState.BALLOT, ApplicationState.REFUSED, ApplicationState.WITHDRAWN}),
}


def ensure_may_become(state: str, wanted: str) -> None:
    """Raises Refused, code `ended` or `not-now`, where an application in `state` cannot become `wanted`."""
    if state in ENDED:
        raise Refused(_("This application has ended."), code="ended")
    if wanted not in NEXT[state]:
        raise Refused(
            _("This cannot be done while the application is “{state}”."),
            code="not-now",
            state=ApplicationState(state).label,
        )


def ensure_may_apply_as_individual(*, affiliations: set, participating: set, names: dict) -> None:
    """Concept update, third point: individual members are not affiliated to a participating institution.

    `affiliations` and `participating` are keys of organisations, `names` their names. Raises Refused, `affiliated`.
    """
    shared = affiliations & participating
    if shared:
        organisations = ", ".join(sorted(names[key] for key in shared))
        raise Refused(
            _("{organisations} takes part in the platform. You can join through it."),
            code="affiliated",
            field="organisation",
            organisations=organisations,
        )


CLOSED_TO_AFFILIATED = frozenset({"individual"})
"""Tiers whose members are not affiliated to a participating institution (concept update, third point)."""
WRITABLE = frozenset({ApplicationState.DRAFT, ApplicationState.INFORMATION})
"""States in which the applicant may change the answers."""
BEFORE_COMMITTEE = frozenset({ApplicationState.BALLOT, ApplicationState.HELD})


def ensure_may_write(state: str) -> None:
    """Refuse a change of the answers unless the application is being written, or a question is being answered.

    Codes: `ended`; `before-committee` while a ballot is bound to a version; `with-secretariat` while it is being read.
    """
    if state in WRITABLE:
        return
    if state in ENDED:
        raise Refused(_("This application has ended."), code="ended")
    if state in BEFORE_COMMITTEE:
        raise Refused(
            _(
                "The steering committee is deciding on the version you sent, so it cannot change now. If something "
                "important is wrong, write to the Secretariat: it can withdraw the ballot, and you send a new version."
            ),
            code="before-committee",
        )
    raise Refused(
        _(
            "The Secretariat is reading the version you sent, so it cannot change now. You can change it when the "
            "Secretariat asks for information."
        ),
        code="with-secretariat",
    )


def ensure_may_start(*, holds_tier: bool, reapply_on: date | None, today: date) -> None:
    """Refuse to apply for a tier one holds already (`member`), or before the day set by a decision (`too-early`)."""
    if holds_tier:
        raise Refused(_("You are a member of this tier already."), code="member")
    if reapply_on and today < reapply_on:
        day = date_format(reapply_on, "DATE_FORMAT")
        raise Refused(_("You may apply for this tier again from {day}."), code="too-early", day=day)


def ensure_may_leave(*, speaks: bool, organisation: str) -> None:
    """Refuse to leave an organisation one speaks for: it ends that itself. Raises Refused, code `speaks`."""
    if speaks:
        raise Refused(
            _("You speak for {organisation} on the platform. It must end that first."),
            code="speaks",
            field="standing",
            organisation=organisation,
        )


def ensure_tied(*, tied: bool) -> None:
    """Refuse to ask an organisation that has nothing to do with the applicant. Raises Refused, code `not-tied`."""
    if not tied:
        raise Refused(_("You have not named this organisation."), code="not-tied")


def ensure_unchanged(revision: int, seen: int) -> None:
    """Refuse to send what is not what was read. Raises Refused, code `stale`."""
    if revision != seen:
        raise Refused(
            _("Something was changed in another window since you opened this page. Please read it through again."),
            code="stale",
        )


def ensure_complete(steps: Collection[str]) -> None:
    """Refuse to send an application with pages left to finish. Raises Refused, code `incomplete`."""
    if steps:
        raise Refused(_("Some pages are not finished yet."), code="incomplete", steps=list(steps))


def digest_of(
    *, number: str, version: int, tier: str, terms: int, holder_kind: str, answers: dict, documents: list
) -> str:
    """The SHA-256 over the canonical JSON of a version: whoever has the version can compute it again."""
    return freeze(
        {
            "number": number,
            "version": version,
            "tier": tier,
            "terms": terms,
            "holder_kind": holder_kind,
            "answers": answers,
            "documents": documents,
        }
    )
