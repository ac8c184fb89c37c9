"""The availability of a month, second by second: every second of the month is a byte, and nothing is an interval.

Holidays come from holidays-decided.tsv, clock changes from zoneinfo. `prove_availability.py` checks it against the
worked cases and, for two months with a clock change, against the clock face of every single second.
"""

from datetime import date, timedelta
from fractions import Fraction

from paris import midnight, parse
from reference import HOLIDAYS, SECOND

COUNTED = {"incident", "planned_maintenance"}
EXCLUDED = {"urgent_maintenance", "force_majeure", "client_equipment", "out_of_perimeter"}
OPENS, CLOSES = 7, 20
TARGET = 99


def month_days(month):
    first = date.fromisoformat(month + "-01")
    after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return [first + timedelta(days=number) for number in range((after - first).days)]


def is_business_day(day, zone):
    return day.isoweekday() <= 5 and day not in HOLIDAYS[zone]


class Month:
    """Seconds of a civil month in Paris, counted from its first."""

    def __init__(self, month, zone):
        days = month_days(month)
        self.start = midnight(days[0])
        self.length = (midnight(days[-1] + timedelta(days=1)) - self.start) // SECOND
        self.business = [day for day in days if is_business_day(day, zone)]
        self.promised = self.blank()
        for day in self.business:
            self.mark(self.promised, midnight(day, OPENS), midnight(day, CLOSES))

    def blank(self):
        return bytearray(self.length)

    def mark(self, seconds, start, end):
        first = min(max((start - self.start) // SECOND, 0), self.length)
        last = min(max((end - self.start) // SECOND, 0), self.length)
        seconds[first:last] = b"\1" * (last - first)

    def unavailable(self, stops):
        """Seconds promised, down for a counted cause and not excused. `stops`: (start, end, counted) in production."""
        counted, excluded = self.blank(), self.blank()
        for start, end, is_counted in stops:
            self.mark(counted if is_counted else excluded, start, end)
        number = [int.from_bytes(seconds, "big") for seconds in (self.promised, counted, excluded)]
        return (number[0] & number[1] & ~number[2]).bit_count()

    def answer(self, stops):
        promised, down = sum(self.promised), self.unavailable(stops)
        share = Fraction(promised - down, promised) * 100
        millionths = (share * 1_000_000 + Fraction(1, 2)).__floor__()
        return {
            "business_days": len(self.business),
            "prt_seconds": promised,
            "ti_seconds": down,
            "td_percent": f"{millionths // 1_000_000}.{millionths % 1_000_000:06}",
            "met": share >= TARGET,
        }


def availability_answer(case):
    stops = []
    for outage in case["outages"]:
        assert outage["cause"] in COUNTED | EXCLUDED, outage
        if outage["environment"] == "production":
            stops.append((parse(outage["start"]), parse(outage["end"]), outage["cause"] in COUNTED))
    return Month(case["month"], case["zone"]).answer(stops)
