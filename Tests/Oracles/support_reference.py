"""The reference answers on support: deadlines of one Request, by walking minute by minute.

Holidays come from holidays-decided.tsv, clock changes from zoneinfo. Every opening and closing falls on a whole minute,
so a minute is open or closed as a whole. Written for clarity, not speed; `prove_reference.py` checks it against the
worked cases.
"""

from datetime import date, datetime, timedelta
from functools import cache

from paris import PARIS, UTC, BadTime, civil_date, paris_text, parse, utc_text
from reference import HOLIDAYS

TAKE_IN_CHARGE = 8 * 3600
ACTION_PLAN = 12 * 3600
CORRECTION_DAYS = 14
MINUTE = timedelta(minutes=1)
# What a contract may say of article 12.3: the delays of criticality 1 and 2 run from the qualification, but not before
# the time for taking in charge is over; or from the qualification itself.
AFTER_TAKE, AS_RECORDED = READINGS = ("after-take-in-charge", "as-recorded")


def hours(day):
    """Minutes after midnight, `[from, to)`, in which support is open on a civil day."""
    if not is_business_day(day):
        return ()
    return ((540, 750), (870, 1020 if day.isoweekday() == 5 else 1050))


def is_business_day(day):
    return day.isoweekday() <= 5 and day not in HOLIDAYS["metropole"]


@cache
def is_open(minute):
    """Whether support is open in the minute that begins then (UTC, whole minute)."""
    civil = minute.astimezone(PARIS)
    after_midnight = civil.hour * 60 + civil.minute
    return any(start <= after_midnight < end for start, end in hours(civil.date()))


def floor(at):
    return at.replace(second=0, microsecond=0)


def clock_start(at):
    while not is_open(floor(at)):
        at = floor(at) + MINUTE
    return at


def after(at, seconds):
    """The earliest instant at which so many seconds of support have run since `at`."""
    while True:
        end = floor(at) + MINUTE
        if is_open(floor(at)):
            room = int((end - at).total_seconds())
            if seconds <= room:
                return at + timedelta(seconds=seconds)
            seconds -= room
        at = end


def close_of_support(day, count):
    """The end of support hours of the business day number `count` after a civil day, which is day 0."""
    while count:
        day += timedelta(days=1)
        count -= is_business_day(day)
    closing = hours(day)[-1][1]
    # No clock changes on a weekday in Paris, so the naive arithmetic is right.
    return datetime(day.year, day.month, day.day, closing // 60, closing % 60, tzinfo=PARIS).astimezone(UTC)


@cache
def deadlines(registered, qualified=None, reading=AFTER_TAKE):
    """Clock start, taking in charge, plan of criticality 1, correction of criticality 2."""
    take = after(registered, TAKE_IN_CHARGE)
    if qualified:
        begin = max(qualified, take) if reading == AFTER_TAKE else qualified
        return (clock_start(registered), take, after(begin, ACTION_PLAN),
                close_of_support(civil_date(begin), CORRECTION_DAYS))
    earliest = take if reading == AFTER_TAKE else registered
    return (clock_start(registered), take, after(earliest, ACTION_PLAN),
            close_of_support(civil_date(registered), CORRECTION_DAYS))


def both(at):
    return {"utc": utc_text(at), "paris": paris_text(at)}


def support_clock_answer(case, reading=AFTER_TAKE):
    names = ("in_support_hours", "clock_start", "take_in_charge_deadline", "crit1_plan_deadline",
             "crit2_fix_deadline", "crit3_deadline")
    try:
        registered = parse(case["registered_at"])
    except BadTime as bad:
        return {"errors": [{"field": "registered_at", "code": bad.code}]} | dict.fromkeys(names)
    qualified = parse(case["qualified_at"]) if "qualified_at" in case else None
    moments = deadlines(registered, qualified, reading)
    return {"errors": []} | dict(zip(names, [is_open(floor(registered)), *map(both, moments), None]))


def period_start(start, number):
    """First day of a period of 12 months: same day of the month, else the last one (code de procédure civile, 641)."""
    try:
        return start.replace(year=start.year + number)
    except ValueError:
        return date(start.year + number, 3, 1) - timedelta(days=1)
