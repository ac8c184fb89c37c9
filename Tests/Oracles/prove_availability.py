"""Proves availability_reference.py against the worked cases and against the clock face of each second of two months,
and availability_batch_peer.py against the random months."""

from datetime import timedelta

from availability_batch_peer import answer as peer_answer
from availability_reference import COUNTED, Month, availability_answer, is_business_day
from fixtures import read_jsonl
from paris import PARIS, parse


def prove_cases():
    cases = read_jsonl("cases/availability.jsonl")
    for case in cases:
        expected = {key: value for key, value in case["expected"].items() if key != "alternatives"}
        found = availability_answer(case["input"])
        assert found == expected, (case["id"], found, expected)
    return len(cases)


def prove_peer():
    """The peer reads times with an offset only, which is what the random months have."""
    cases = read_jsonl("availability-random.jsonl")
    for case in cases:
        assert peer_answer(case["input"]) == case["expected"], case["input"]
    return len(cases)


def prove_by_the_clock(month, zone, outages):
    """Asks the wall clock at each second whether it counts; no civil arithmetic, no union."""
    bounds = Month(month, zone)
    at, seconds = bounds.start, 0
    for _ in range(bounds.length):
        shown = at.astimezone(PARIS)
        if 7 <= shown.hour < 20 and is_business_day(shown.date(), zone):
            causes = {cause for start, end, cause in outages if start <= at < end}
            seconds += bool(causes) and causes <= COUNTED
        at += timedelta(seconds=1)
    stops = [(start, end, cause in COUNTED) for start, end, cause in outages]
    assert bounds.unavailable(stops) == seconds, (month, seconds)
    return seconds


def main():
    print(f"availability: {prove_cases()} cases, {prove_peer()} by the peer")
    for month, zone, texts in [
        ("2026-03", "metropole", [("2026-03-27T19:59:59", "2026-03-30T07:00:01", "incident"),
                                  ("2026-03-30T06:30:00", "2026-03-30T06:59:59", "force_majeure"),
                                  ("2026-03-31T12:00:00", "2026-04-02T00:00:00", "planned_maintenance"),
                                  ("2026-03-31T13:00:00", "2026-03-31T13:30:00", "client_equipment")]),
        ("2026-10", "alsace-moselle", [("2026-09-30T00:00:00", "2026-10-01T07:00:07", "incident"),
                                       ("2026-10-23T19:00:00", "2026-10-26T08:00:00", "incident"),
                                       ("2026-10-26T07:30:00", "2026-10-26T07:45:00", "urgent_maintenance")]),
    ]:
        outages = [(parse(start), parse(end), cause) for start, end, cause in texts]
        print(f"availability: {month} by the clock, {prove_by_the_clock(month, zone, outages)} s")


if __name__ == "__main__":
    main()
