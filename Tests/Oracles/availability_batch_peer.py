"""Answers as `preavis availability --batch -` does, in idiomatic Python: the peer that speed is measured against.

Usage: python availability_batch_peer.py < lines.jsonl > answers.jsonl
"""

import json
import sys
from datetime import datetime, timedelta
from functools import cache

from availability_reference import COUNTED, OPENS, CLOSES, is_business_day, month_days
from paris import midnight


@cache
def promised(month, zone):
    """PRT as sorted pairs of POSIX seconds."""
    days = [day for day in month_days(month) if is_business_day(day, zone)]
    return [(int(midnight(day, OPENS).timestamp()), int(midnight(day, CLOSES).timestamp())) for day in days]


def merged(intervals):
    result = []
    for start, end in sorted(intervals):
        if result and start <= result[-1][1]:
            result[-1][1] = max(result[-1][1], end)
        else:
            result.append([start, end])
    return result


def overlap(a, b):
    """Seconds that two sorted lists of disjoint intervals share."""
    total = i = j = 0
    while i < len(a) and j < len(b):
        total += max(0, min(a[i][1], b[j][1]) - max(a[i][0], b[j][0]))
        if a[i][1] < b[j][1]:
            i += 1
        else:
            j += 1
    return total


def answer(case):
    counted, excluded = [], []
    for outage in case["outages"]:
        if outage["environment"] != "production":
            continue
        start = datetime.fromisoformat(outage["start"]).timestamp()
        end = datetime.fromisoformat(outage["end"]).timestamp()
        (counted if outage["cause"] in COUNTED else excluded).append((int(start), int(end)))
    hours = promised(case["month"], case["zone"])
    # Down and not excused = down or excused, less excused.
    down = overlap(merged(counted + excluded), hours) - overlap(merged(excluded), hours)
    total = sum(end - start for start, end in hours)
    millionths = ((total - down) * 200_000_000 + total) // (2 * total)
    return {"business_days": len(hours), "prt_seconds": total, "ti_seconds": down,
            "td_percent": f"{millionths // 1_000_000}.{millionths % 1_000_000:06}",
            "met": (total - down) * 100 >= 99 * total}


def main():
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line)), separators=(",", ":")))


if __name__ == "__main__":
    main()
