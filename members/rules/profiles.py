"""Pure decisions on what people say of themselves."""

from datetime import date

from members.choices.profiles import Availability


def availability_on(said: str, again_on: date | None, *, on: date) -> str:
    """The availability on a day of somebody who `said` it: open again from the day they named, if they named one."""
    return Availability.OPEN if said and again_on is not None and again_on <= on else said
