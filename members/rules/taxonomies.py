"""When an entry of a governed list may become another. All is pure."""

from django.utils.translation import gettext_lazy as _

from members.kernel.refusals import Refused


def ensure_mergeable(*, entry: object, into: object, is_merged: bool, is_target_retired: bool, above: set) -> None:
    """An entry becomes another of its list, once. `above` are the entries that `into` stands under.

    Raises Refused, code `itself`, `merged`, `retired` or `cycle`.
    """
    if entry == into:
        raise Refused(_("An entry is not merged into itself."), code="itself", field="into")
    if is_merged:
        raise Refused(_("This entry was merged before."), code="merged")
    if is_target_retired:
        raise Refused(_("That entry is retired. Choose one that is in use."), code="retired", field="into")
    if entry in above:
        raise Refused(
            _("That entry stands under this one. Choose another, or move it first."), code="cycle", field="into"
        )
