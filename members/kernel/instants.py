"""Instants in words: the same on page, mail and calendar, in the reader's zone and in UTC."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _


def zone_of(name: str) -> ZoneInfo:
    """The time zone of a name; UTC if this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


@cache
def places() -> frozenset[str]:
    """The time zones that carry the name of a place of today, without former names such as `Asia/Calcutta`.

    The list of the time zone database says which; where a machine has no such list, every name with a place counts.
    """
    known = {name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix/"))}
    tables = (Path(folder) / "zone.tab" for folder in TZPATH)
    table = next((path for path in tables if path.is_file()), None)
    if table is None:
        return frozenset(known)
    lines = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if line[:1] not in {"#", ""})
    return frozenset(known & {columns[2] for columns in lines})


def zone_name() -> str:
    """The active time zone as people say it: the city of `Africa/Nairobi` is Nairobi."""
    name = str(timezone.get_current_timezone())
    region, slash, city = name.rpartition("/")
    return city.replace("_", " ") if slash and region != "Etc" else name


def is_utc() -> bool:
    """Whether the active time zone is UTC by name, so that saying it twice would tell nothing."""
    return str(timezone.get_current_timezone()) in {"UTC", "Etc/UTC"}


def local_words(instant: datetime) -> str:
    """Day and time in the active zone: “24 November 2026, 17:00 in Nairobi”, or “… UTC”."""
    local = timezone.localtime(instant)
    facts = {"day": date_format(local, "DATE_FORMAT"), "time": time_format(local, "TIME_FORMAT")}
    if is_utc():
        return _("%(day)s, %(time)s UTC") % facts
    return _("%(day)s, %(time)s in %(place)s") % (facts | {"place": zone_name()})


def utc_words(instant: datetime) -> str:
    """The same instant in UTC: “14:00 UTC”, with its day where that differs; empty if the active zone is UTC."""
    if is_utc():
        return ""
    local, universal = timezone.localtime(instant), instant.astimezone(UTC)
    time = time_format(universal, "TIME_FORMAT")
    if local.date() == universal.date():
        return _("%(time)s UTC") % {"time": time}
    return _("%(day)s, %(time)s UTC") % {"day": date_format(universal, "SHORT_DATE_FORMAT"), "time": time}


def in_words(instant: datetime) -> str:
    """Both in one line, for mails and plain text: “24 November 2026, 17:00 in Nairobi (14:00 UTC)”."""
    universal = utc_words(instant)
    return f"{local_words(instant)} ({universal})" if universal else local_words(instant)
