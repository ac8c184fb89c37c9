"""Seeded random inputs that lean towards the hard places: window edges, clock changes, holidays, bad times."""

from datetime import date, datetime, timedelta, timezone

from holiday_sources import ZONES
from paris import PARIS, UTC, civil_date, days, instants, midnight, utc_text
from reference import HOLIDAYS, NOTICE, SECOND, meeting

OVERSEAS = [zone for zone in ZONES if zone not in ("metropole", "alsace-moselle")]
FOREIGN_OFFSETS = ["+05:30", "-04:00", "+09:00", "-09:30", "+00:00", "+05:45", "+14:00", "-12:00"]
IMPOSSIBLE = ["{y}-02-30T02:00:00", "{y}-13-01T02:00:00Z", "{y}-00-10T02:00:00+01:00", "{y}-04-31T03:00:00+02:00",
              "{y}-06-00T03:00:00", "{y}-03-10T25:00:00", "{y}-03-10T02:60:00+01:00", "{y}-03-10T02:00:60Z",
              "2027-02-29T02:00:00", "2100-02-29T02:00:00+01:00", "tomorrow", ""]
EDGE = [timedelta(0), SECOND, -SECOND]


class Inputs:
    """Draws inputs from one `random.Random`; the same seed gives the same inputs."""

    def __init__(self, random):
        self.random = random

    def chance(self, percent):
        return self.random.randrange(100) < percent

    def zone(self):
        draw = self.random.randrange(100)
        return "metropole" if draw < 60 else "alsace-moselle" if draw < 82 else self.random.choice(OVERSEAS)

    def year(self):
        """Mostly the years around the contract, sometimes far ones."""
        return self.random.randrange(2021, 2036) if self.chance(85) else self.random.randrange(2000, 2099)

    def day(self, zone):
        """Any day, a clock-change Sunday, or a day on or near a holiday."""
        year, kind = self.year(), self.random.randrange(100)
        if kind < 45:
            return date(year, 1, 1) + timedelta(days=self.random.randrange(365))
        if kind < 65:
            return last_sunday(year, self.random.choice((3, 10)))
        holiday = self.random.choice(sorted(day for day in HOLIDAYS[zone] if day.year == year))
        return holiday + timedelta(days=self.random.randrange(-1, 2))

    def instant(self, zone):
        """An instant of such a day: the edges of a gap or fold, of a window, or anything."""
        day = self.day(zone)
        if day in (last_sunday(day.year, 3), last_sunday(day.year, 10)) and self.chance(35):
            hour = self.random.choice((0, 1, 1, 2))  # UTC; clocks change at 01:00 UTC
            return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) + self.random.choice(EDGE)
        if self.chance(50):
            return midnight(day, self.random.choice((0, 7))) + self.random.choice(EDGE)
        return midnight(day) + SECOND * self.random.randrange(86400)

    def text(self, at, naive=25):
        """The instant in one of the notations. Without an offset it may turn out ambiguous."""
        kind = self.random.randrange(100)
        if kind < naive:
            return at.astimezone(PARIS).replace(tzinfo=None).isoformat()
        if kind < naive + 20:
            return utc_text(at)
        if kind < naive + 35:
            offset = self.random.choice(FOREIGN_OFFSETS)
            hours, minutes = int(offset[1:3]), int(offset[4:])
            shift = timedelta(hours=hours, minutes=minutes) * (-1 if offset[0] == "-" else 1)
            return at.astimezone(timezone(shift)).replace(tzinfo=None).isoformat() + offset
        return at.astimezone(PARIS).isoformat()

    def safe_text(self, at):
        """A notation that names this instant and no other."""
        civil = at.astimezone(PARIS).replace(tzinfo=None)
        return self.text(at, naive=25 if len(instants(civil)) == 1 else 0)

    def bad_text(self):
        """A text that names no instant: impossible, in a gap or in a fold."""
        if self.chance(50):
            return self.random.choice(IMPOSSIBLE).format(y=self.year())
        sunday = last_sunday(self.year(), self.random.choice((3, 10)))
        second = self.random.choice((7200, 7201, 9000, 10799, 7200 + self.random.randrange(3600)))
        return (datetime(sunday.year, sunday.month, sunday.day) + SECOND * second).isoformat()

    def span(self, zone):
        """A start and an end: in, on, or over the edges of a window, or free; a few empty or reversed."""
        at = self.instant(zone)
        windows = meeting(at - timedelta(days=1), at + timedelta(days=2), zone)
        opens, closes = self.random.choice(windows)
        kind = self.random.randrange(100)
        if kind < 45:
            start = opens + SECOND * self.random.randrange((closes - opens) // SECOND)
            end = start + SECOND * self.random.randrange(1, (closes - start) // SECOND + 1)
        elif kind < 75:
            start, end = opens + self.random.choice(EDGE), closes + self.random.choice(EDGE)
        elif kind < 93:
            start, end = at, at + timedelta(minutes=self.random.randrange(1, self.random.choice((600, 6000))))
        else:
            start, end = at, at - SECOND * self.random.choice((0, 0, 1, 1800, 7200))
        return start, end

    def planned_before(self, start):
        """Around 48 hours before, well before, or too late."""
        kind = self.random.randrange(100)
        if kind < 40:
            return start - NOTICE + self.random.choice(EDGE)
        if kind < 80:
            return start - NOTICE - SECOND * self.random.randrange(60 * 86400)
        return start - NOTICE + SECOND * self.random.randrange(4 * 86400)

    def verdict(self):
        zone = self.zone()
        start, end = self.span(zone)
        planned = self.planned_before(start)
        case = {"planned_at": self.text(planned), "start": self.text(start), "end": self.text(end), "zone": zone}
        for field in ("planned_at", "start", "end"):
            if self.chance(4):
                case[field] = self.bad_text()
        if self.chance(5):
            earlier = (planned - timedelta(days=9), start - timedelta(days=2), end - timedelta(days=1))
            texts = map(self.safe_text, earlier)
            case["superseded"] = [dict(zip(("planned_at", "start", "end"), texts))]
        return case

    def windows(self):
        zone = self.zone()
        start = self.instant(zone)
        if self.chance(30):
            end = start + SECOND * self.random.randrange(1, 7200)
        else:
            last = civil_date(start) + timedelta(days=self.random.randrange(1, 8))
            end = midnight(last, self.random.choice((0, 7))) + self.random.choice(EDGE)
        return {"from": self.safe_text(start), "to": self.safe_text(end), "zone": zone}

    def duration(self):
        kind = self.random.randrange(100)
        if kind < 60:
            return self.random.choice((1, 60, 3600, 5400, 7200, 10800, 14400, 25199, 25200))
        if kind < 90:
            return self.random.choice((25201, 28800, 86400, 111599, 111600, 111601, 115200, 198000, 198001))
        return self.random.randrange(1, 300000)

    def booking(self, bound, limit, zone):
        """Often on the edge of a window, sometimes across several, sometimes outside all."""
        at = bound + SECOND * self.random.randrange(min(limit - bound, timedelta(days=12)) // SECOND)
        if self.chance(60):
            opens, closes = self.random.choice(meeting(at, at + timedelta(days=1), zone))
            start = self.random.choice((opens, opens, opens + timedelta(hours=2), closes - timedelta(hours=3)))
            end = self.random.choice((start + timedelta(hours=1), start + timedelta(hours=3), closes))
        else:
            start, end = at, at + SECOND * self.random.randrange(1, self.random.choice((7200, 200000)))
        if end <= start:
            end = start + timedelta(hours=1)
        return {"start": self.safe_text(start), "end": self.safe_text(end)}

    def next_slot(self):
        zone = self.zone()
        planned = self.instant(zone) - self.random.choice((timedelta(0), NOTICE, NOTICE))
        not_before = planned + NOTICE + SECOND * self.random.randrange(-86400, 20 * 86400) if self.chance(40) else None
        bound = max(planned + NOTICE, not_before or planned)
        limit = bound + timedelta(days=self.random.choice((1, 3, 10, 30, 61)))
        if self.chance(20):
            limit = midnight(civil_date(limit), self.random.choice((0, 7))) + self.random.choice(EDGE)
        if self.chance(2):
            limit = bound - timedelta(hours=1)
        count = self.random.choice((0, 0, 0, 1, 2, 4)) if limit > bound else 0
        booked = [self.booking(bound, limit, zone) for _ in range(count)]
        case = {
            "planned_at": self.text(planned),
            "not_before": not_before and self.text(not_before),
            "duration_seconds": self.duration(),
            "booked": booked,
            "search_until": self.text(limit),
            "zone": zone,
        }
        if self.chance(2):
            # Never together with a bad time: the case files leave open which errors then come.
            case |= {"planned_at": utc_text(planned), "not_before": None, "search_until": utc_text(limit)}
            case["duration_seconds"] = self.random.choice((0, -1, -3600))
        elif self.chance(8):
            case[self.random.choice(("planned_at", "not_before", "search_until"))] = self.bad_text()
        return case


def last_sunday(year, month):
    return max(day for day in days(date(year, month, 1), date(year, month, 31)) if day.isoweekday() == 7)
