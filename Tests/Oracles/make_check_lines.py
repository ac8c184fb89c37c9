"""Prints N seeded random verdict inputs (JSON Lines) over the ten years 2026..2035, to time the batch check.

All times name an instant, so that the lines measure the calculation. Zones metropole and, one line in five,
alsace-moselle. Needs only the standard library.

Usage: python make_check_lines.py N > lines.jsonl
"""

import json
import sys
from datetime import datetime, timedelta, timezone
from random import Random
from zoneinfo import ZoneInfo

SEED = 48
PARIS = ZoneInfo("Europe/Paris")
FIRST = datetime(2026, 1, 1, tzinfo=timezone.utc)
LAST = datetime(2036, 1, 1, tzinfo=timezone.utc)


def text(at, random):
    if random.random() < 0.3:
        return at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return at.astimezone(PARIS).isoformat()


def verdict_input(random):
    minutes = (LAST - FIRST) // timedelta(minutes=1)
    start = FIRST + timedelta(minutes=random.randrange(minutes))
    end = start + timedelta(minutes=random.randrange(5, 600))
    planned_at = start - timedelta(seconds=random.randrange(14 * 86400))
    zone = "alsace-moselle" if random.random() < 0.2 else "metropole"
    return {"planned_at": text(planned_at, random), "start": text(start, random), "end": text(end, random), "zone": zone}


def main():
    random = Random(SEED)
    for _ in range(int(sys.argv[1])):
        print(json.dumps(verdict_input(random), separators=(",", ":")))


if __name__ == "__main__":
    main()
