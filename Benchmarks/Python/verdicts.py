"""Verdicts one by one with `zoneinfo` and `holidays`: the peer of the verdicts in process.

Reads planned, start and end (seconds since 1970, 64 bits each, little-endian) from a file, judges each, and prints the
processor time that this took and a checksum over the answers. Reading and summing are outside the time.

Usage: python verdicts.py FILE
"""

import sys
import time
from array import array
from datetime import date, datetime, timedelta, timezone
from datetime import time as clock
from zoneinfo import ZoneInfo

import holidays

PARIS = ZoneInfo("Europe/Paris")
UTC = timezone.utc
DAY = timedelta(days=1)
NOTICE = timedelta(hours=48)
ZERO = timedelta(0)
HOLIDAYS = holidays.France()


def is_whole(day):
    """Whether the whole civil day is open: a Sunday or a public holiday."""
    return day.weekday() == 6 or day in HOLIDAYS


def window_of(day):
    """The merged window that opens or goes on at 00:00 of a day."""
    first = day
    while is_whole(first - DAY):
        first -= DAY
    last = day
    while is_whole(last):
        last += DAY
    opens = datetime.combine(first, clock(0), PARIS).astimezone(UTC)
    return opens, datetime.combine(last, clock(7), PARIS).astimezone(UTC), last


def verdict(planned, start, end):
    """The window that holds the interval or None, the time outside every window, whether the notice is enough."""
    notice = start - planned >= NOTICE
    day, last = start.astimezone(PARIS).date(), end.astimezone(PARIS).date()
    position, outside = start, ZERO
    while day <= last:
        opens, closes, final = window_of(day)
        if opens <= start and end <= closes:
            return (opens, closes), ZERO, notice
        if opens < end and start < closes:
            if position < opens:
                outside += opens - position
            position = closes
        day = final + DAY
    if position < end:
        outside += end - position
    return None, outside, notice


def main():
    times = array("q")
    with open(sys.argv[1], "rb") as file:
        times.frombytes(file.read())
    moments = [datetime.fromtimestamp(second, UTC) for second in times]
    is_whole(date(2026, 1, 1))
    begin = time.process_time()
    answers = [verdict(*moments[i : i + 3]) for i in range(0, len(moments), 3)]
    seconds = time.process_time() - begin

    total = 0
    for window, outside, notice in answers:
        opens, closes = (int(moment.timestamp()) for moment in window) if window else (0, 0)
        for value in (opens, closes, int(outside.total_seconds()), int(notice)):
            total = (total * 31 + value) & 0xFFFF_FFFF_FFFF_FFFF
    print(f"{seconds:.6f} {total}")


if __name__ == "__main__":
    main()
