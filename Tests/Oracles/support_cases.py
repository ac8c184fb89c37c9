"""Writes support-clock-random.jsonl (1,500), support-minutes.tsv, support-requests.csv (1,000) and support-reports.json.

Answers: support_reference.py on seeded inputs.

- `support-clock-random.jsonl`: schema of Fixtures/cases/README.md; one line in four has `qualified_at` beside;
  `as_recorded` is what a contract of that reading says.
- `support-minutes.tsv`: registration in every minute of the fortnight that holds the clock change of 29 March 2026 and
  the week of Easter Monday, as runs: first and last minute, whether support is open, then the three deadlines of the
  first minute in minutes, and for each whether it moves on with the registration (1) or stands (0). Minutes count from
  2026-03-26T23:00:00Z.
- `support-requests.csv`, `support-reports.json`: Requests from before the start of support to the moment of the report,
  and what the report has to count: by reading of article 12.3, `with` the moments of qualification and `without` them.
  Periods begin on 18 October.

Re-run: `make oracles`, or `python support_cases.py`.
"""

import csv
import io
import json
from bisect import bisect_left
from datetime import date, datetime, timedelta
from random import Random

from fixtures import FIXTURES, compact, write_lines
from paris import PARIS, UTC, civil_date, paris_text, utc_text
from reference import HOLIDAYS
from support_reference import (ACTION_PLAN, AS_RECORDED, CORRECTION_DAYS, READINGS, TAKE_IN_CHARGE, close_of_support,
                               deadlines, is_open, period_start, support_clock_answer)

SEED = 20211018  # the day the contract takes effect
FORTNIGHT = datetime(2026, 3, 26, 23, tzinfo=UTC)
START = date(2021, 10, 18)
AS_OF = datetime(2026, 11, 20, 9, tzinfo=UTC)
EDGES = (540, 750, 870, 1020, 1050, 0, 1440)


def civil_instant(day, seconds):
    """A civil time that no clock change touches is an instant; midnight plus seconds elapsed would not be."""
    naive = datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)
    return naive.replace(tzinfo=PARIS).astimezone(UTC)


def moment(draw):
    kind = draw.random()
    if kind < 0.3:  # near a holiday
        day = draw.choice(sorted(d for d in HOLIDAYS["metropole"] if 1991 <= d.year <= 2098))
        day += timedelta(days=draw.randint(-20, 3))
    elif kind < 0.5:  # near a clock change
        year, month = draw.randint(1997, 2098), draw.choice((3, 10))
        day = date(year, month, 31) + timedelta(days=draw.randint(-14, 5))
    else:
        day = date(1991, 1, 1) + timedelta(days=draw.randrange(39_000))
    seconds = draw.randrange(86_400)
    if draw.random() < 0.4:  # at an edge, or a second from it
        seconds = draw.choice(EDGES) * 60 + draw.choice((-1, 0, 0, 1))
    return civil_instant(day, seconds)


def random_lines(draw, count):
    for _ in range(count):
        at = moment(draw)
        case = {"registered_at": draw.choice((utc_text, paris_text))(at)}
        if draw.random() < 0.25:
            case["qualified_at"] = utc_text(at + timedelta(seconds=draw.randrange(20 * 86_400)))
        yield compact({"input": case, "expected": support_clock_answer(case),
                       "as_recorded": support_clock_answer(case, AS_RECORDED)})


def minute_runs():
    # Every open minute of the fortnight and the six weeks after it: a deadline is the end of the n-th one from here.
    minutes = [number for number in range(56 * 1440) if is_open(FORTNIGHT + timedelta(minutes=number))]
    begins = set(minutes)

    def ends(number, seconds):
        return minutes[bisect_left(minutes, number) + seconds // 60 - 1] + 1

    def row(number):
        take = ends(number, TAKE_IN_CHARGE)
        fix = close_of_support(civil_date(FORTNIGHT + timedelta(minutes=number)), CORRECTION_DAYS)
        return number in begins, [take, ends(take, ACTION_PLAN), int((fix - FORTNIGHT).total_seconds()) // 60]

    rows = [row(number) for number in range(14 * 1440)]
    first = 0
    while first < len(rows):
        steps = None
        last = first
        while last + 1 < len(rows) and rows[last + 1][0] == rows[first][0]:
            change = [b - a for a, b in zip(rows[last][1], rows[last + 1][1])]
            if any(step not in (0, 1) for step in change) or steps not in (None, change):
                break
            steps = change
            last += 1
        opened, dates = rows[first]
        cells = [first, last, int(opened), *dates, *(steps or [0, 0, 0])]
        yield "\t".join(map(str, cells))
        first = last + 1


def requests(draw, count):
    """Requests in no order, no two periods alike; times as instants."""
    whole = int((AS_OF - datetime(2021, 9, 1, tzinfo=UTC)).total_seconds())
    for number in range(count):
        registered = datetime(2021, 9, 1, tzinfo=UTC) + timedelta(seconds=draw.randrange(whole))
        if date(2023, 10, 18) <= civil_date(registered) < date(2024, 10, 18):
            registered -= timedelta(days=366)  # a period without Requests
        if number % 9 == 0:
            registered = AS_OF - timedelta(seconds=draw.randrange(30 * 86_400))
        _, take, plan, fix = deadlines(registered)
        lag = draw.choice((-3600, 0, 1, 90_000))
        taken = take + timedelta(seconds=lag)
        if taken < registered or taken > AS_OF or draw.random() < 0.05:
            taken = None
        criticality = draw.choice((None, 1, 2, 3))
        qualified = None
        if draw.random() < 0.6:
            qualified = draw.choice((take, take - timedelta(seconds=1), take + timedelta(seconds=1),
                                     registered + timedelta(seconds=draw.randrange(7200)),
                                     registered + timedelta(seconds=draw.randrange(6 * 86_400))))
            if not registered <= qualified <= AS_OF:
                qualified = None
        # An answer lies at the deadline of one reading, with the qualification or as if it were not known.
        _, _, plan, fix = deadlines(registered, draw.choice((qualified, None)), draw.choice(READINGS))
        answers = {}
        for name, owner, due in (("plan", 1, plan), ("fix", 2, fix)):
            at = due + timedelta(seconds=draw.choice((-60, 0, 1, 7200)))
            if criticality == owner and registered <= at <= AS_OF and draw.random() < 0.8:
                answers[name] = at
        yield {"id": f"R{number}", "registered": registered, "taken": taken, "criticality": criticality,
               "qualified": qualified, **answers}


def counted(rows, reading):
    """What the report has to say, by period."""
    names = ("requests", "in_time", "late", "overdue", "open")
    answered = ("anomalies", "met", "missed", "overdue", "open", "undetermined", "unknown")
    before = 0
    periods = []
    number = 0
    while period_start(START, number) <= civil_date(AS_OF):
        periods.append({
            "first": period_start(START, number).isoformat(),
            "last": (period_start(START, number + 1) - timedelta(days=1)).isoformat(),
            **dict.fromkeys(names, 0),
            "criticality_1": dict.fromkeys(answered, 0), "criticality_2": dict.fromkeys(answered, 0),
        })
        number += 1
    for row in rows:
        day = civil_date(row["registered"]).isoformat()
        found = [p for p in periods if p["first"] <= day <= p["last"]]
        if not found:
            before += 1
            continue
        (period,) = found
        _, take, plan, fix = deadlines(row["registered"], row["qualified"], reading)
        period["requests"] += 1
        if row["taken"]:
            period["in_time" if row["taken"] <= take else "late"] += 1
        else:
            period["overdue" if AS_OF > take else "open"] += 1
        if row["criticality"] in (1, 2):
            tally = period[f"criticality_{row['criticality']}"]
            due, given = (plan, row.get("plan")) if row["criticality"] == 1 else (fix, row.get("fix"))
            tally["anomalies"] += 1
            in_time = (given or AS_OF) <= due
            if in_time:
                tally["met" if given else "open"] += 1
            elif row["qualified"]:
                tally["missed" if given else "overdue"] += 1
            else:
                tally["undetermined"] += 1
    for period in periods:
        decided = period["requests"] - period["open"]
        period["status"] = (
            "none" if not period["requests"] else "undecided" if not decided
            else "met" if 100 * period["in_time"] >= 75 * decided else "breached")
        period["running"] = period is periods[-1]
        period["provisional"] = period["running"] or period["open"] > 0
        parts = decided and 100_000_000 * period["in_time"] // decided
        period["share_percent"] = f"{parts // 1_000_000}.{parts % 1_000_000:06}" if decided else None
    return {"as_of": paris_text(AS_OF), "before_start": before, "without_terms": 0, "periods": periods}


def write_requests(rows):
    out = io.StringIO()
    table = csv.writer(out)  # CR LF, as RFC 4180 has it
    table.writerow(["id", "registered_at", "taken_in_charge_at", "criticality", "qualified_at", "plan_at",
                    "corrected_at"])
    for row in rows:
        moments = [row.get(name) for name in ("registered", "taken", "qualified", "plan", "fix")]
        texts = [at and paris_text(at) for at in moments]
        table.writerow([row["id"], texts[0], texts[1], row["criticality"], *texts[2:]])
    (FIXTURES / "support-requests.csv").write_bytes(out.getvalue().encode())


def main():
    write_lines("support-clock-random.jsonl", random_lines(Random(SEED), 1500))
    write_lines("support-minutes.tsv", minute_runs())
    rows = list(requests(Random(SEED + 1), 1000))
    write_requests(rows)
    bare = [row | {"qualified": None} for row in rows]
    reports = {reading: {"with": counted(rows, reading), "without": counted(bare, reading)} for reading in READINGS}
    write_lines("support-reports.json", [json.dumps(reports, indent=1)])


if __name__ == "__main__":
    main()
