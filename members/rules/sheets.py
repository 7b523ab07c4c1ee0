"""The count sheet in sentences, in the language that is active when they are asked for.

9 seats, 1 recused, 8 eligible; 5 Yes, 2 No, 1 silent; 5 of 7 deciding votes needed: approved.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from members.choices.ballots import QuorumMode, ThresholdBase, Verdict
from members.rules.counting import Sheet

VERDICTS = {
    Verdict.NO_QUORUM: gettext_lazy("no quorum"),
    Verdict.HELD: gettext_lazy("held"),
    Verdict.APPROVED: gettext_lazy("approved"),
    Verdict.TIED: gettext_lazy("tied"),
    Verdict.NOT_APPROVED: gettext_lazy("not approved"),
}


def sentence(sheet: Sheet) -> str:
    """The whole sheet with its verdict, for a ballot that is closed."""
    return _("{count}: {verdict}.").format(count=_counted(sheet), verdict=VERDICTS[sheet.verdict])


def standing(sheet: Sheet) -> str:
    """The whole sheet as it stands, for a ballot that is open and so has no verdict yet."""
    return _("{count}.").format(count=_counted(sheet))


def participation(sheet: Sheet) -> str:
    """How many seats are in and nothing of what they say, for whoever may not see positions now."""
    taken_part = ngettext("{number} has taken part", "{number} have taken part", sheet.cast).format(number=sheet.cast)
    return _("{count}.").format(count=_clauses([_seats(sheet), _listed([taken_part, _silent(sheet)])]))


def missing(sheet: Sheet) -> str:
    """What it would still take to approve, from the seats that are silent; empty if it is approved as it stands."""
    if sheet.verdict == Verdict.APPROVED:
        return ""
    if sheet.eligible < sheet.eligible_floor:
        return _too_few(sheet)
    if sheet.verdict == Verdict.HELD:
        return _held(sheet)
    if sheet.missing is None:
        return _("It cannot pass unless a position changes.")
    return ngettext("{number} more Yes would approve.", "{number} more Yes would approve.", sheet.missing).format(
        number=sheet.missing
    )


def without_recusals(sheet: Sheet, unvoided: Sheet, *, voided: int) -> str:
    """What the result would have been had no recusal voided a position already taken; `voided` of them did."""
    if unvoided.verdict == sheet.verdict:
        template = ngettext(
            "A recusal voided {number} position; without it, the result would have been the same.",
            "Recusals voided {number} positions; without them, the result would have been the same.",
            voided,
        )
    else:
        template = ngettext(
            "A recusal voided {number} position; without it, the result would have been: {verdict}.",
            "Recusals voided {number} positions; without them, the result would have been: {verdict}.",
            voided,
        )
    return template.format(number=voided, verdict=VERDICTS[unvoided.verdict])


def _counted(sheet):
    return _clauses([_seats(sheet), _positions(sheet), *_quorum(sheet), _needed(sheet)])


def _seats(sheet):
    parts = [ngettext("{number} seat", "{number} seats", sheet.roll).format(number=sheet.roll)]
    if sheet.recused:
        parts.append(ngettext("{number} recused", "{number} recused", sheet.recused).format(number=sheet.recused))
    parts.append(ngettext("{number} eligible", "{number} eligible", sheet.eligible).format(number=sheet.eligible))
    return _listed(parts)


def _positions(sheet):
    parts = [
        ngettext("{number} Yes", "{number} Yes", sheet.yes).format(number=sheet.yes),
        ngettext("{number} No", "{number} No", sheet.no).format(number=sheet.no),
        ngettext("{number} Abstain", "{number} Abstain", sheet.abstain).format(number=sheet.abstain),
        ngettext("{number} Hold", "{number} Hold", sheet.hold).format(number=sheet.hold),
        _silent(sheet),
    ]
    numbers = [sheet.yes, sheet.no, sheet.abstain, sheet.hold, sheet.silent]
    return _listed([part for part, number in zip(parts, numbers, strict=True) if number])


def _silent(sheet):
    return ngettext("{number} silent", "{number} silent", sheet.silent).format(number=sheet.silent)


def _quorum(sheet):
    """The tests that come before the threshold, where the rule has them and they matter."""
    if sheet.eligible < sheet.eligible_floor:
        return [
            ngettext(
                "at least {number} eligible seat needed",
                "at least {number} eligible seats needed",
                sheet.eligible_floor,
            ).format(number=sheet.eligible_floor)
        ]
    if sheet.quorum_mode == QuorumMode.PARTICIPATION and sheet.quorum_need:
        return [
            ngettext(
                "{need} position needed for a quorum, {cast} taken",
                "{need} positions needed for a quorum, {cast} taken",
                sheet.quorum_need,
            ).format(need=sheet.quorum_need, cast=sheet.cast)
        ]
    return []


def _needed(sheet):
    if sheet.base_raised:
        template = ngettext(
            "{need} Yes needed, counted of at least {base} for the quorum",
            "{need} Yes needed, counted of at least {base} for the quorum",
            sheet.threshold_need,
        )
    elif sheet.threshold_need > sheet.base:
        template = ngettext("at least {need} Yes needed", "at least {need} Yes needed", sheet.threshold_need)
    else:
        template = _OF_BASE[sheet.threshold_base](sheet.base)
    return template.format(need=sheet.threshold_need, base=sheet.base)


_OF_BASE = {
    ThresholdBase.DECISIVE: lambda base: ngettext(
        "{need} of {base} deciding vote needed", "{need} of {base} deciding votes needed", base
    ),
    ThresholdBase.CAST: lambda base: ngettext(
        "{need} of {base} position taken needed", "{need} of {base} positions taken needed", base
    ),
    ThresholdBase.ELIGIBLE: lambda base: ngettext(
        "{need} of {base} eligible seat needed", "{need} of {base} eligible seats needed", base
    ),
    ThresholdBase.ROSTER: lambda base: ngettext("{need} of {base} seat needed", "{need} of {base} seats needed", base),
}


def _too_few(sheet):
    return ngettext(
        "At least {floor} seat must be eligible, and {eligible} are: it cannot pass.",
        "At least {floor} seats must be eligible, and {eligible} are: it cannot pass.",
        sheet.eligible_floor,
    ).format(floor=sheet.eligible_floor, eligible=sheet.eligible)


def _held(sheet):
    """A hold is open. `missing` then says how many further Yes would carry over it."""
    facts = {
        "total": sheet.yes + (sheet.missing or 0),
        "further": sheet.missing_once_cleared,
        "holds": ngettext("A hold is open", "{number} holds are open", sheet.hold).format(number=sheet.hold),
    }
    if sheet.missing is None and sheet.missing_once_cleared is None:
        return _("{holds}; it cannot pass unless a position changes.").format(**facts)
    if sheet.missing_once_cleared is None:
        return _("{holds}; it passes with {total} Yes.").format(**facts)
    if sheet.missing_once_cleared == 0 and sheet.missing is None:
        return _("{holds}; it passes when cleared.").format(**facts)
    if sheet.missing_once_cleared == 0:
        return _("{holds}; it passes when cleared, or with {total} Yes.").format(**facts)
    if sheet.missing is None:
        return _("{holds}; once cleared, {further} more Yes would approve.").format(**facts)
    return _("{holds}; once cleared, {further} more Yes would approve; uncleared, it passes with {total} Yes.").format(
        **facts
    )


def _clauses(clauses):
    return str(pgettext("between the parts of a count", "; ")).join(clauses)


def _listed(parts):
    return str(pgettext("between the items of a count", ", ")).join(parts)
