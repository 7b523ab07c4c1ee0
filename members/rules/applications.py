"""Pure decisions on applications: what may follow what, and who may apply for which tier.

Sources: the concept update (third point: the four tiers, and that individuals are not affiliated to a
participating institution) and the platform's rules on screening.
"""

from django.utils.translation import gettext_lazy as _

from members.choices.applications import ENDED, ApplicationState
from members.kernel.refusals import Refused

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
    ApplicationState.HELD: frozenset(
        {ApplicationState.BALLOT, ApplicationState.REFUSED, ApplicationState.WITHDRAWN}
    ),
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

    `affiliations` and `participating` are keys of organisations, `names` their names. Raises Refused, code `affiliated`.
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
