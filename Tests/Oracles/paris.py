"""Paris civil time: reading and writing the times of the case files, gap and fold told apart by round trip."""

import re
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
UTC = timezone.utc
SHAPE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(Z|[+-]\d\d:\d\d)?", re.ASCII)


class BadTime(Exception):
    """`code` is `invalid_datetime`, `nonexistent_local_time` or `ambiguous_local_time`."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def instants(civil):
    """The UTC instants at which Paris clocks show this naive time: none in a gap, two in a fold, else one."""
    found = {civil.replace(tzinfo=PARIS, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(at for at in found if at.astimezone(PARIS).replace(tzinfo=None) == civil)


def parse(text):
    """The UTC instant that a case's time names. Raises BadTime."""
    shape = SHAPE.fullmatch(text)
    if not shape:
        raise BadTime("invalid_datetime")
    try:
        civil = datetime.fromisoformat(shape[1])
        offset = shape[2] and datetime.fromisoformat("2000-01-01T00:00:00" + shape[2]).utcoffset()
    except ValueError:
        raise BadTime("invalid_datetime") from None
    if offset is not None:
        return (civil - offset).replace(tzinfo=UTC)
    found = instants(civil)
    if len(found) == 1:
        return found[0]
    raise BadTime("ambiguous_local_time" if found else "nonexistent_local_time")


def midnight(day, hour=0):
    """The instant of an hour of a civil day that is never in a gap or fold (00:00, 07:00)."""
    (only,) = instants(datetime(day.year, day.month, day.day, hour))
    return only


def utc_text(at):
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def paris_text(at):
    return at.astimezone(PARIS).isoformat(timespec="seconds")


def civil_date(at):
    return at.astimezone(PARIS).date()


def days(first, last):
    """Civil days, both ends included."""
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
