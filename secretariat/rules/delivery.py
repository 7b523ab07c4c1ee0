"""What becomes of a mail that did not simply leave: tried again, repeated with a mark, left uncertain, or given up."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

from secretariat.choices import Doubt, NoticeState

BATCH = 100
LEASE = timedelta(seconds=60)
"""How long a worker may be silent before what it had reserved is anybody's."""

FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=15)
PATIENCE = timedelta(days=3)
"""How long a mail is tried for that its server puts off, or that a fault of the portal keeps from being made."""

ENDED = (NoticeState.SENT, NoticeState.DEAD, NoticeState.UNCERTAIN)
"""The states of a mail that nothing more happens to by itself."""

MOST_INTERRUPTIONS = 5
"""How often a mail may lose its worker; one that does so each time is the cause, not the victim."""


class Trouble(Enum):
    """How an attempt failed."""

    LATER = auto()  # certainly not sent: no connection, or the server put it off
    REFUSED = auto()  # certainly not sent, and never will be
    POISON = auto()  # what it holds can never be a mail, such as an address of two lines
    FAULT = auto()  # the portal could not make the mail: its own fault, until somebody mends it
    DOUBT = auto()  # handed over, but the answer never came
    INTERRUPTED = auto()  # the worker was lost while the mail was in its hands


@dataclass(frozen=True)
class Settlement:
    """The state a mail takes after a failed attempt, and how long it then waits."""

    state: NoticeState
    wait: timedelta = timedelta(0)
    is_repeat: bool = False


def wait_after(attempts: int) -> timedelta:
    """The pause after so many attempts: it doubles, up to a longest one."""
    doublings = min(max(attempts - 1, 0), 16)
    return min(FIRST_WAIT * 2**doublings, LONGEST_WAIT)


def settle(trouble: Trouble, *, doubt: Doubt, attempts: int, interruptions: int, age: timedelta) -> Settlement:
    """What follows a failed attempt. `interruptions` count this one; `age` is how long ago the notice was written.

    A mail that may have left is repeated with a mark, or left as uncertain where its reader has it in the inbox anyway:
    no notice is lost, and none comes twice without saying so.
    """
    if trouble in (Trouble.REFUSED, Trouble.POISON):
        return Settlement(NoticeState.DEAD)
    if interruptions >= MOST_INTERRUPTIONS:
        return Settlement(NoticeState.DEAD)
    in_doubt = trouble in (Trouble.DOUBT, Trouble.INTERRUPTED)
    if in_doubt and doubt == Doubt.LEAVE:
        return Settlement(NoticeState.UNCERTAIN)
    if age >= PATIENCE:
        return Settlement(NoticeState.UNCERTAIN if in_doubt else NoticeState.DEAD)
    wait = timedelta(0) if trouble is Trouble.INTERRUPTED else wait_after(attempts)
    return Settlement(NoticeState.NEW, wait, is_repeat=in_doubt)
