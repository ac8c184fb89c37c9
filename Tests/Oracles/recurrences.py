"""Writes recurrences.tsv: seeded random rules and the days on which python-dateutil says that they fall.

Columns: RRULE, DTSTART, first day that is no longer asked for, the days, separated by commas. Only rules that the
screen takes (`is_taken`), each from its own first day on.

Re-run: `make oracles`, or `python recurrences.py`.
"""

import datetime as dt
import itertools
import random

from dateutil.rrule import rrulestr
from fixtures import write_lines

COUNT = 600
SEED = 20261206

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def some(r, values, most):
    return r.sample(list(values), r.randint(1, most))


def is_taken(parts):
    """Whether the screen takes the rule; see RecurrenceRule+Combination.swift."""
    freq, days = parts["FREQ"], parts.get("BYMONTHDAY", "")
    if freq == "DAILY" and "-" in days or freq == "YEARLY" and days and "BYMONTH" not in parts:
        return False
    if "BYSETPOS" in parts and "," in days and "-" in days:
        return False
    several = "," in parts.get("BYDAY", "") and parts.get("INTERVAL", "1") != "1"
    return not (freq == "WEEKLY" and several and parts.get("WKST", "MO") != "MO")


def rule(r):
    freq = r.choice(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
    parts = {"FREQ": freq}
    if r.random() < 0.4:
        parts["INTERVAL"] = str(r.choice([1, 2, 2, 3, 4, 5, 6, 12]))
    if r.random() < 0.3:
        parts["WKST"] = r.choice(DAYS)
    months = r.random() < (0.5 if freq == "YEARLY" else 0.2)
    if months:
        parts["BYMONTH"] = ",".join(map(str, some(r, range(1, 13), 3)))
    kind = r.random()
    if freq in ("MONTHLY", "YEARLY"):
        if kind < 0.3:
            ordinals = [-5, -2, -1, 1, 2, 3, 4, 5] if freq == "MONTHLY" or months else [-53, -10, -1, 1, 2, 20, 53]
            parts["BYDAY"] = ",".join(f"{r.choice(ordinals)}{d}" for d in some(r, DAYS, 2))
        elif kind < 0.5:
            parts["BYDAY"] = ",".join(some(r, DAYS, 5))
            if r.random() < 0.5:
                parts["BYSETPOS"] = ",".join(map(str, some(r, [-3, -2, -1, 1, 2, 3, 4], 2)))
        elif kind < 0.75:
            parts["BYMONTHDAY"] = ",".join(map(str, some(r, [*range(1, 32), -1, -2, -15, -31], 3)))
            if r.random() < 0.3:
                parts["BYDAY"] = ",".join(some(r, DAYS, 3))
            if r.random() < 0.2:
                parts["BYSETPOS"] = r.choice(["1", "-1"])
    elif freq == "WEEKLY":
        if kind < 0.7:
            parts["BYDAY"] = ",".join(some(r, DAYS, 4))
    else:
        if kind < 0.3:
            parts["BYDAY"] = ",".join(some(r, DAYS, 4))
        elif kind < 0.5:
            parts["BYMONTHDAY"] = ",".join(map(str, some(r, [*range(1, 32), -1, -2], 3)))
    return parts


def first_day(text, start, end):
    """The first day of the rule before `end`, which becomes DTSTART: a set that does not begin there is undefined."""
    first = rrulestr(text, dtstart=start).after(start, inc=True)
    return first if first is not None and first < end else None


def rows():
    r = random.Random(SEED)
    written = 0
    while written < COUNT:
        parts = rule(r)
        if not is_taken(parts):
            continue
        text = ";".join(f"{name}={value}" for name, value in parts.items())
        start = dt.datetime(2024, 1, 1) + dt.timedelta(days=r.randint(0, 1500))
        end = start + dt.timedelta(days=366 * 12)
        first = first_day(text, start, end)
        if first is None:
            continue
        ending = r.random()
        if ending < 0.2:
            text += f";COUNT={r.randint(1, 30)}"
        elif ending < 0.4:
            text += f";UNTIL={first + dt.timedelta(days=r.randint(0, 900)):%Y%m%d}"
        days = list(itertools.islice(rrulestr(text, dtstart=first).xafter(first, inc=True), 41))
        if len(days) > 40:
            end = min(end, days.pop())
        yield "\t".join([text, f"{first:%Y%m%d}", f"{end:%Y%m%d}", ",".join(f"{d:%Y%m%d}" for d in days if d < end)])
        written += 1


if __name__ == "__main__":
    write_lines("recurrences.tsv", rows())
