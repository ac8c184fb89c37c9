"""Writes annex-years.jsonl: the figures of a contract's year (windows, reference period, allowance), from zoneinfo and the
package `holidays`, by counting hours one at a time. Shares nothing with Préavis but the words of the contract."""

import calendar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import holidays

from fixtures import compact, write_lines

PARIS = ZoneInfo("Europe/Paris")
UTC = ZoneInfo("UTC")
# 2018: 31 December is a Monday before a holiday; 1 and 8 May are Tuesdays. 2024: two holidays in a row (8 and 9 May).
# 2027: both clock changes meet a holiday Monday. 2028: leap; 1 January is a Saturday, 31 December a Sunday.
YEARS = (2016, 2018, 2024, 2026, 2027, 2028, 2029, 2035)
ZONES = {"metropole": None, "alsace-moselle": "Alsace-Moselle"}
HOUR = timedelta(hours=1)


def holiday_dates(zone, year):
    return set(holidays.France(subdiv=ZONES[zone], years=[year - 1, year, year + 1]))


def is_open(civil, off):
    """Article 5: every night from 00:00 to 07:00, every Sunday and public holiday."""
    return civil.hour < 7 or civil.weekday() == 6 or civil.date() in off


def counts(civil, off):
    """Article 6: 07:00 to 20:00, Monday to Friday, no public holiday."""
    return 7 <= civil.hour < 20 and civil.weekday() < 5 and civil.date() not in off


def hours(first, end):
    """Every hour of a stretch of civil days: its UTC instant and the Paris clock."""
    at = datetime(first.year, first.month, first.day, tzinfo=PARIS).astimezone(UTC)
    until = datetime(end.year, end.month, end.day, tzinfo=PARIS).astimezone(UTC)
    while at < until:
        yield at, at.astimezone(PARIS)
        at += HOUR


def windows(year, off):
    """Merged windows that meet the year, as (start, hours), uncut."""
    found, start, end = [], None, None
    for at, civil in hours(date(year - 1, 12, 20), date(year + 1, 1, 12)):
        if not is_open(civil, off):
            continue
        if end == at:
            end = at + HOUR
            found[-1][1] += 1
        else:
            end = at + HOUR
            found.append([at, 1])
    first = datetime(year, 1, 1, tzinfo=PARIS)
    last = datetime(year + 1, 1, 1, tzinfo=PARIS)
    return [(at, length) for at, length in found if at < last and at + length * HOUR > first]


def bridges(year, off):
    """Working days without a working day on either side, a holiday of the week beside them."""

    def works(day):
        return day.weekday() < 5 and day not in off

    day = date(year, 1, 1)
    while day.year == year:
        sides = [day - timedelta(days=1), day + timedelta(days=1)]
        if works(day) and not any(map(works, sides)) and any(s in off and s.weekday() < 5 for s in sides):
            yield day.isoformat()
        day += timedelta(days=1)


def month(year, number, off, merged):
    first = date(year, number, 1)
    end = first + timedelta(days=calendar.monthrange(year, number)[1])
    clocks = list(hours(first, end))
    prt = 3600 * sum(counts(civil, off) for _, civil in clocks)
    return {
        "month": f"{year}-{number:02}",
        "days": (end - first).days,
        "windows": sum(at.astimezone(PARIS).date().replace(day=1) == first for at, _ in merged),
        "window_seconds": 3600 * sum(is_open(civil, off) for _, civil in clocks),
        "business_days": len({civil.date() for _, civil in clocks if counts(civil, off)}),
        "prt_seconds": prt,
        "allowed_seconds": prt // 100,
    }


def line(zone, year):
    off = holiday_dates(zone, year)
    merged = windows(year, off)
    changes = []
    clocks = list(hours(date(year, 1, 1), date(year + 1, 1, 1)))
    for (_, before), (at, after) in zip(clocks, clocks[1:]):
        if before.utcoffset() != after.utcoffset():
            changes.append(at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    return {
        "zone": zone,
        "year": year,
        "windows": [[at.strftime("%Y-%m-%dT%H:%M:%SZ"), length * 3600] for at, length in merged],
        "holidays": sorted(day.isoformat() for day in off if day.year == year),
        "bridges": list(bridges(year, off)),
        "clock_changes": changes,
        "months": [month(year, number, off, merged) for number in range(1, 13)],
    }


if __name__ == "__main__":
    write_lines("annex-years.jsonl", [compact(line(zone, year)) for zone in ZONES for year in YEARS])
