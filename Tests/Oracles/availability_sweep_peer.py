"""Times TI of one month over N sorted outages held in memory, as a reader of the contract would write it in Python.

Usage: python availability_sweep_peer.py 1000000 [FILE]: writes the outages to FILE (`start end counted`, POSIX seconds)
for whoever compares; prints seconds of TI and of work.
"""

import sys
import time
from random import Random

from availability_batch_peer import merged, overlap, promised
from paris import midnight
from availability_reference import month_days


def outages(count):
    random = Random(20211018)
    first = int(midnight(month_days("2026-11")[0]).timestamp())
    drawn = [(first + random.randrange(-86_400, 31 * 86_400), random.randrange(1, 8), random.random() < 0.7)
             for _ in range(count)]
    return sorted((start, start + length, counted) for start, length, counted in drawn)


def unavailable(stops, hours):
    excluded = merged([(start, end) for start, end, counted in stops if not counted])
    return overlap(merged([(start, end) for start, end, _ in stops]), hours) - overlap(excluded, hours)


def main():
    stops = outages(int(sys.argv[1]))
    hours = promised("2026-11", "metropole")
    if len(sys.argv) > 2:
        with open(sys.argv[2], "w", encoding="ascii") as file:
            file.writelines(f"{start} {end} {int(counted)}\n" for start, end, counted in stops)
    best = None
    for _ in range(5):
        begun = time.perf_counter()
        seconds = unavailable(stops, hours)
        spent = time.perf_counter() - begun
        best = spent if best is None else min(best, spent)
    print(f"TI {seconds} s, {best:.3f} s of work")


if __name__ == "__main__":
    main()
