"""Writes availability-random.jsonl (400 months) and availability-year.jsonl (a year of commands and what comes of it).

Answers: availability_reference.py. The year: lines with `now` and `arguments` are commands of `preavis`, to be run in
order on a simulation with the shipped contract; lines with `month` and `expected` are what `availability --json` then
says. Seeded; equal sources give equal bytes.
"""

from datetime import date, datetime, timedelta
from random import Random

from availability_reference import COUNTED, EXCLUDED, Month, availability_answer, month_days
from fixtures import compact, write_lines
from paris import PARIS, UTC, midnight, paris_text, utc_text
from random_inputs import Inputs
from reference import HOLIDAYS, SECOND

SEED = 20211018
HOUR = timedelta(hours=1)


def outage(inputs, month, zone):
    """Leans towards 07:00, 20:00, month ends and holidays; may lie outside of the month."""
    random = inputs.random
    days = month_days(month)
    day = random.choice(days) + timedelta(days=random.choice((0, 0, 0, 0, -1, 1)))
    if inputs.chance(20):
        day = random.choice((days[0], days[-1], days[0] - timedelta(days=1)))
    start = midnight(day, random.choice((0, 6, 7, 19, 20))) + SECOND * random.choice((0, 0, 1, -1, random.randrange(7200)))
    length = random.choice((1, 60, 3600, 46800, 86400, random.randrange(1, 20_000), random.randrange(1, 400_000)))
    cause = random.choice(sorted(COUNTED)) if inputs.chance(65) else random.choice(sorted(EXCLUDED))
    environment = "production" if inputs.chance(85) else random.choice(("preproduction", "test"))
    return {"start": utc_text(start) if inputs.chance(50) else paris_text(start),
            "end": paris_text(start + SECOND * length), "cause": cause, "environment": environment}


def breach_edge(random, month, zone):
    """Incidents that add up to the budget exactly, or to one second more: 99 % is met, less is not."""
    bounds = Month(month, zone)
    left = sum(bounds.promised) // 100 + random.choice((0, 1, -1))
    outages = []
    for day in random.sample(bounds.business, 4):
        length = min(left, 46800) if len(outages) == 3 else min(left, random.randrange(1, 4000))
        start = midnight(day, 7)
        outages.append({"start": paris_text(start), "end": paris_text(start + SECOND * length), "cause": "incident",
                        "environment": "production"})
        left -= length
        if left == 0:
            break
    return outages


def random_case(inputs):
    random = inputs.random
    zone = inputs.zone()
    month = f"{inputs.year()}-{random.randrange(1, 13):02}"
    if inputs.chance(20):
        outages = breach_edge(random, month, zone)
    else:
        outages = [outage(inputs, month, zone) for _ in range(random.choice((0, 1, 2, 5, 12, 40)))]
    case = {"month": month, "zone": zone, "outages": outages}
    return compact({"input": case, "expected": availability_answer(case)})


class Year:
    """Commands with the moment at which each is given, and the stops that they record."""

    def __init__(self, random, year):
        self.random, self.year = random, year
        self.commands, self.stops = [], []

    def at(self, moment, make):
        """`make` gets the identifier of the change that the command is about, or None."""
        self.commands.append([moment, make])

    def business_day(self, month, first, last):
        days = [date(self.year, month, day) for day in range(first, last + 1)]
        return self.random.choice([day for day in days if day.isoweekday() <= 5 and day not in HOLIDAYS["metropole"]])

    def stop(self, start, end, cause, environment="production", late=False):
        self.stops.append((start, end, cause, environment, late))

    def maintenance(self, month):
        # The contract that ships has a freeze in the first days of May.
        day = self.business_day(month, 23, 27) if month == 5 else self.business_day(month, 3, 9)
        start = midnight(day) + HOUR
        planned_end = start + HOUR * 3
        began = start + SECOND * self.random.randrange(600)
        ended = midnight(day, 7) + SECOND * self.random.randrange(-7200, 7200)
        key = f"m{month}"
        self.at(start - HOUR * 60, ["submit", "--start", paris_text(start), "--end", paris_text(planned_end),
                                    "--title", f"Migration {month}", key])
        self.at(began, ["start", key])
        self.at(ended, ["complete", key, "--reason", "Longer than planned"])
        self.stop(began, ended, "planned_maintenance")

    def emergency(self, month, first, last, afterwards):
        start = midnight(self.business_day(month, first, last)) + SECOND * self.random.randrange(6 * 3600, 18 * 3600)
        end = start + SECOND * self.random.randrange(600, 5400)
        key = f"e{month}{'a' if afterwards else 'b'}"
        said_end = end if afterwards else start + HOUR * 2
        self.at(end + HOUR if afterwards else start + SECOND * 5,
                ["emergency", "--start", paris_text(start), "--end", paris_text(said_end), "--title", "Urgent patch",
                 "--reason", "Security", key])
        if not afterwards:
            self.at(end, ["complete", key])
        self.stop(start, end, "urgent_maintenance", late=afterwards)

    def outage(self, start, end, cause, environment="production", open_first=False):
        key = f"o{len(self.stops)}"
        head = ["outage", "record", "--start", paris_text(start), "--cause", cause.replace("_", "-"), "--environment",
                environment]
        if open_first:
            self.at(start + SECOND * 30, head + [key])
            self.at(end, ["outage", "amend", key, "--end", paris_text(end)])
        else:
            self.at(end + SECOND * 90, head + ["--end", paris_text(end), key])
        late = cause == "urgent_maintenance" and not open_first
        self.stop(start, end, cause, environment, late)

    def fill(self):
        random = self.random
        for month in range(1, 13):
            self.maintenance(month)
            self.emergency(month, 11, 15, afterwards=True)
            self.emergency(month, 17, 21, afterwards=False)
            for _ in range(4):
                day = date(self.year, month, random.randrange(1, 29))
                start = midnight(day) + SECOND * random.randrange(86_400)
                cause = random.choice(("incident",) * 5 + tuple(sorted(EXCLUDED)))
                environment = random.choice(("production",) * 5 + ("preproduction",))
                end = start + SECOND * random.choice((1, 59, random.randrange(60, 9000), random.randrange(60, 60_000)))
                self.outage(start, end, cause, environment, open_first=end - start > HOUR and random.random() < 0.5)
            # Over the end of the month.
            last = midnight(month_days(f"{self.year}-{month:02}")[-1], 19)
            if month < 12:
                self.outage(last + SECOND * random.randrange(3600), last + HOUR * 12 + SECOND * random.randrange(3600, 7200),
                            "incident", open_first=month % 2 == 0)
        for start, end in [("2026-03-28T22:00:00+01:00", "2026-03-30T07:20:00+02:00"),
                           ("2026-10-25T01:30:00+02:00", "2026-10-26T07:03:00+01:00"),
                           ("2026-05-13T19:30:00+02:00", "2026-05-15T07:11:00+02:00"),
                           ("2026-07-14T08:00:00+02:00", "2026-07-14T18:00:00+02:00")]:
            self.outage(datetime.fromisoformat(start).astimezone(UTC), datetime.fromisoformat(end).astimezone(UTC), "incident")

    def lines(self):
        names, numbers = {}, {}
        self.commands.sort(key=lambda command: command[0])
        for moment, arguments in self.commands:
            verb, arguments = arguments[0], list(arguments)
            creates = verb in ("submit", "emergency") or arguments[1] == "record"
            if creates:
                prefix = "OUT" if verb == "outage" else "CHG"
                year = moment.astimezone(PARIS).year
                numbers[prefix, year] = numbers.get((prefix, year), 0) + 1
                names[arguments.pop()] = f"{prefix}-{year}-{numbers[prefix, year]:04}"
            yield compact({"now": utc_text(moment), "arguments": [names.get(word, word) for word in arguments]})
        for month in range(1, 13):
            bounds = Month(f"{self.year}-{month:02}", "metropole")
            production = [stop for stop in self.stops if stop[3] == "production"]
            answer = bounds.answer([(start, end, cause in COUNTED) for start, end, cause, _, _ in production])
            late = bounds.answer([(start, end, cause in COUNTED or late) for start, end, cause, _, late in production])
            answer["without_late_urgency"] = {key: late[key] for key in ("ti_seconds", "td_percent", "met")}
            yield compact({"month": f"{self.year}-{month:02}", "expected": answer})


def main():
    inputs = Inputs(Random(SEED))
    write_lines("availability-random.jsonl", (random_case(inputs) for _ in range(400)))
    year = Year(Random(SEED), 2026)
    year.fill()
    write_lines("availability-year.jsonl", year.lines())


if __name__ == "__main__":
    main()
