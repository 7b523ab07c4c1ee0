"""The one way in which a dated term ends before its time."""

from members.kernel.clock import database_now
from members.kernel.terms import Term
from members.rules.terms import last_day_on_ending


def end(term: Term, *, by, reason: str = "") -> Term:
    """End a term today: it is no longer in force from this moment. Call it inside the transaction of an act.

    Raises Refused, code `over`, where it has ended already.
    """
    locked = type(term).objects.select_for_update(of=("self",)).get(pk=term.pk)
    now = database_now()
    locked.ends_on = last_day_on_ending(starts_on=locked.starts_on, ends_on=locked.ends_on, today=now.date())
    locked.ended_at, locked.ended_by, locked.end_reason = now, by, reason
    locked.save(update_fields=["ends_on", "ended_at", "ended_by", "end_reason"])
    return locked
