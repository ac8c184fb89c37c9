"""The peer that the batch check is timed against: verdict inputs on standard input, expected answers out.

What a sane Python programmer would write: `zoneinfo` for the clock and the `holidays` package (which keeps the
years it has worked out) for the days. JSON Lines, schema of Fixtures/cases/README.md. Zones: metropole and
alsace-moselle, where `holidays` agrees with the law from 2008 on.

Usage: python check_batch_peer.py < lines.jsonl
"""

import json
import re
import sys
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import holidays

PARIS = ZoneInfo("Europe/Paris")
UTC = timezone.utc
NOTICE = timedelta(hours=48)
DAY = timedelta(days=1)
HOLIDAYS = {"metropole": holidays.France(), "alsace-moselle": holidays.France(subdiv="6AE")}
SHAPE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?", re.ASCII)


def parse(text):
    """`(instant, None)` or `(None, error code)`."""
    if not SHAPE.fullmatch(text):
        return None, "invalid_datetime"
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None, "invalid_datetime"
    if at.tzinfo is not None:
        return at.astimezone(UTC), None
    first = at.replace(tzinfo=PARIS).astimezone(UTC)
    second = at.replace(tzinfo=PARIS, fold=1).astimezone(UTC)
    if first == second:
        return first, None
    return None, "ambiguous_local_time" if first < second else "nonexistent_local_time"


def at_hour(day, hour):
    return datetime.combine(day, time(hour), PARIS).astimezone(UTC)


def is_whole(day, zone):
    """Whether the whole civil day is open: a Sunday or a public holiday."""
    return day.weekday() == 6 or day in HOLIDAYS[zone]


def window_of(day, zone):
    """The merged window that opens or goes on at 00:00 of a day."""
    first = day
    while is_whole(first - DAY, zone):
        first -= DAY
    last = day
    while is_whole(last, zone):
        last += DAY
    return at_hour(first, 0), at_hour(last, 7)


def windows_meeting(start, end, zone):
    found = []
    day, last = start.astimezone(PARIS).date(), end.astimezone(PARIS).date()
    while day <= last:
        window = window_of(day, zone)
        if window[0] < end and start < window[1]:
            found.append(window)
        day = max(day, window[1].astimezone(PARIS).date()) + DAY
    return found


def interval(start, end):
    return {
        "start_utc": start.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "end_utc": end.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "start_paris": start.astimezone(PARIS).isoformat(),
        "end_paris": end.astimezone(PARIS).isoformat(),
        "seconds": int((end - start).total_seconds()),
    }


def outside_of(start, end, windows):
    parts = []
    for opens, closes in windows:
        if start < opens:
            parts.append(interval(start, opens))
        start = closes
    if start < end:
        parts.append(interval(start, end))
    return parts


def invalid(errors):
    return {
        "status": "invalid",
        "errors": errors,
        "in_window": None,
        "window": None,
        "outside": None,
        "outside_seconds": None,
        "notice_seconds": None,
        "notice_ok": None,
        "violations": None,
    }


def verdict(case):
    times, errors = {}, []
    for field in ("planned_at", "start", "end"):
        times[field], code = parse(case[field])
        if code:
            errors.append({"field": field, "code": code})
    if errors:
        return invalid(errors)
    start, end = times["start"], times["end"]
    if start >= end:
        code = "empty_interval" if start == end else "reversed_interval"
        return invalid([{"field": "interval", "code": code}])
    windows = windows_meeting(start, end, case["zone"])
    outside = outside_of(start, end, windows)
    notice = start - times["planned_at"]
    violations = []
    if outside:
        violations.append("outside_window")
    if notice < NOTICE:
        violations.append("insufficient_notice")
    return {
        "status": "refused" if violations else "allowed",
        "errors": [],
        "in_window": not outside,
        "window": None if outside else interval(*windows[0]),
        "outside": outside,
        "outside_seconds": sum(part["seconds"] for part in outside),
        "notice_seconds": int(notice.total_seconds()),
        "notice_ok": notice >= NOTICE,
        "violations": violations,
    }


def main():
    for line in sys.stdin:
        print(json.dumps(verdict(json.loads(line)), separators=(",", ":")))


if __name__ == "__main__":
    main()
