"""The reference answers: maintenance windows, verdicts and next slots, by brute force over civil days.

Holidays come from holidays-decided.tsv, clock changes from zoneinfo. Written for clarity, not speed;
`prove_reference.py` checks it against the worked cases.
"""

from datetime import date, timedelta

from fixtures import read_lines
from paris import BadTime, civil_date, days, midnight, paris_text, parse, utc_text

NOTICE = timedelta(hours=48)
SECOND = timedelta(seconds=1)
MARGIN = timedelta(days=12)  # longer than any merged window


def decided_holidays():
    """`{zone: {date: [name, ...]}}`."""
    table = {}
    for line in read_lines("holidays-decided.tsv"):
        zone, day, names = line.split("\t")
        table.setdefault(zone, {})[date.fromisoformat(day)] = names.split("|")
    return table


HOLIDAYS = decided_holidays()


def holidays_answer(case):
    listed = {day: names for day, names in HOLIDAYS[case["zone"]].items() if day.year == case["year"]}
    return {
        "distinct_dates": len(listed),
        "named": sum(map(len, listed.values())),
        "holidays": [
            {"date": day.isoformat(), "weekday": day.isoweekday(), "names": names}
            for day, names in sorted(listed.items())
        ],
    }


def all_windows(start, end, zone):
    """Merged windows, uncut, that meet `[start, end)` or lie a few days around it."""
    merged = []
    for day in days(civil_date(start) - MARGIN, civil_date(end) + MARGIN):
        whole = day.isoweekday() == 7 or day in HOLIDAYS[zone]
        opens = midnight(day)
        closes = midnight(day + timedelta(days=1)) if whole else midnight(day, hour=7)
        if merged and merged[-1][1] == opens:
            merged[-1] = (merged[-1][0], closes)
        else:
            merged.append((opens, closes))
    return merged


def meeting(start, end, zone):
    return [(a, b) for a, b in all_windows(start, end, zone) if a < end and start < b]


def outside_parts(start, end, windows):
    """The maximal parts of `[start, end)` that no window covers."""
    parts, reached = [], start
    for opens, closes in windows:
        if reached < opens:
            parts.append((reached, min(opens, end)))
        reached = max(reached, closes)
    if reached < end:
        parts.append((reached, end))
    return parts


def seconds(duration):
    return duration // SECOND


def interval(bounds):
    start, end = bounds
    return {
        "start_utc": utc_text(start),
        "end_utc": utc_text(end),
        "start_paris": paris_text(start),
        "end_paris": paris_text(end),
        "seconds": seconds(end - start),
    }


def parse_fields(case, fields):
    """Instants by field, and the errors in the order of the fields."""
    times, errors = {}, []
    for field in fields:
        try:
            times[field] = parse(case[field])
        except BadTime as bad:
            errors.append({"field": field, "code": bad.code})
    return times, errors


def windows_answer(case):
    start, end = parse(case["from"]), parse(case["to"])
    full = meeting(start, end, case["zone"])
    return {
        "clipped": [interval((max(a, start), min(b, end))) for a, b in full],
        "full": [interval(window) for window in full],
    }


def verdict_answer(case):
    times, errors = parse_fields(case, ("planned_at", "start", "end"))
    if not errors and times["start"] >= times["end"]:
        code = "empty_interval" if times["start"] == times["end"] else "reversed_interval"
        errors = [{"field": "interval", "code": code}]
    if errors:
        unknown = ("in_window", "window", "outside", "outside_seconds", "notice_seconds", "notice_ok", "violations")
        return {"status": "invalid", "errors": errors, **dict.fromkeys(unknown)}
    start, end = times["start"], times["end"]
    windows = meeting(start, end, case["zone"])
    holding = [(a, b) for a, b in windows if a <= start and end <= b]
    outside = outside_parts(start, end, windows)
    notice = start - times["planned_at"]
    violations = ["outside_window"] * (not holding) + ["insufficient_notice"] * (notice < NOTICE)
    return {
        "status": "refused" if violations else "allowed",
        "errors": [],
        "in_window": bool(holding),
        "window": interval(holding[0]) if holding else None,
        "outside": [interval(part) for part in outside],
        "outside_seconds": sum(seconds(b - a) for a, b in outside),
        "notice_seconds": seconds(notice),
        "notice_ok": notice >= NOTICE,
        "violations": violations,
    }


def earliest_slot(bound, length, booked, limit, windows):
    """Every earliest start is the bound, the opening of a window or the end of a booking: try them all."""
    candidates = {bound} | {opens for opens, _ in windows} | {end for _, end in booked}
    for start in sorted(candidates):
        end = start + length
        if start < bound or end > limit or any(start < b and a < end for a, b in booked):
            continue
        for window in windows:
            if window[0] <= start and end <= window[1]:
                return (start, end), window
    return None, None


def next_slot_answer(case):
    fields = ["planned_at", "search_until"] + ["not_before"] * (case["not_before"] is not None)
    times, errors = parse_fields(case, fields)
    if case["duration_seconds"] <= 0:
        errors.append({"field": "duration_seconds", "code": "non_positive_duration"})
    if errors:
        return {"errors": errors, "earliest_bound_utc": None, "slot": None, "window": None}
    bound = times["planned_at"] + NOTICE
    if "not_before" in times:
        bound = max(bound, times["not_before"])
    length, limit = timedelta(seconds=case["duration_seconds"]), times["search_until"]
    booked = [(parse(item["start"]), parse(item["end"])) for item in case["booked"]]
    windows = meeting(bound, limit, case["zone"]) if bound < limit else []
    slot, window = earliest_slot(bound, length, booked, limit, windows)
    return {
        "errors": [],
        "earliest_bound_utc": utc_text(bound),
        "slot": slot and interval(slot),
        "window": window and interval(window),
    }
