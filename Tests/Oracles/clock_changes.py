"""Writes the exhaustive fixtures around the clock changes of 2026 and 2027, zone metropole, from zoneinfo.

- clock-change-minutes.txt: every minute from Saturday 00:00 to Monday 24:00 Paris, walked in UTC, so that the
  minutes of a fold come twice: `UTC TAB Paris with offset TAB W or -`. W: the minute begins inside the
  maintenance window by the plain rule (00:00-07:00, Sunday, public holiday), read off the Paris clock;
- clock-change-civil.txt: every minute of the clock-change Sundays as a clock face could show it:
  `civil TAB unique|gap|fold TAB UTC instants` (none, one, or two separated by a space, the earlier first).

Re-run: `make oracles`, or `python clock_changes.py`.
"""

from datetime import date, datetime, timedelta

from fixtures import write_lines
from paris import PARIS, days, instants, midnight, paris_text, utc_text
from reference import HOLIDAYS

YEARS = (2026, 2027)
MINUTE = timedelta(minutes=1)


def change_sundays(year):
    """The civil days that are not 24 hours long."""
    for day in days(date(year, 1, 1), date(year, 12, 31)):
        if midnight(day + timedelta(days=1)) - midnight(day) != timedelta(hours=24):
            yield day


def in_window(at):
    civil = at.astimezone(PARIS)
    return civil.hour < 7 or civil.isoweekday() == 7 or civil.date() in HOLIDAYS["metropole"]


def weekend_lines(sunday):
    at, end = midnight(sunday - timedelta(days=1)), midnight(sunday + timedelta(days=2))
    while at < end:
        yield f"{utc_text(at)}\t{paris_text(at)}\t{'W' if in_window(at) else '-'}"
        at += MINUTE


def civil_lines(sunday):
    kinds = {0: "gap", 1: "unique", 2: "fold"}
    for number in range(24 * 60):
        civil = datetime(sunday.year, sunday.month, sunday.day) + number * MINUTE
        found = instants(civil)
        yield f"{civil:%Y-%m-%dT%H:%M}\t{kinds[len(found)]}\t{' '.join(map(utc_text, found))}"


def main():
    sundays = [sunday for year in YEARS for sunday in change_sundays(year)]
    write_lines("clock-change-minutes.txt", (line for sunday in sundays for line in weekend_lines(sunday)))
    write_lines("clock-change-civil.txt", (line for sunday in sundays for line in civil_lines(sunday)))


if __name__ == "__main__":
    main()
