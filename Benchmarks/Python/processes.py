"""Whole processes beside their peers: the batch check, the batch of availability, and the start of the program.

Rounds are interleaved and the ratio is the median of the rounds. The answers of the batch are compared; a difference
ends the run with 1, a missed target does not. BENCH_QUICK=1 makes it short.

Usage: python processes.py BINARY KHAL
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ORACLES = ROOT / "Tests" / "Oracles"
SCRATCH = ROOT / "Benchmarks" / ".build"
QUICK = os.environ.get("BENCH_QUICK") == "1"
ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PREAVIS_CONFIG": "", "PREAVIS_CALENDARS": str(ROOT / "calendars")}


def elapsed(command, source=None, target=None):
    """Seconds of a whole process."""
    with open(source or os.devnull) as read, open(target or os.devnull, "w") as write:
        begin = time.perf_counter()
        done = subprocess.run(command, stdin=read, stdout=write, stderr=subprocess.PIPE, env=ENVIRONMENT, check=False)
        taken = time.perf_counter() - begin
    # Refused is an answer too.
    if done.returncode not in (0, 3):
        raise SystemExit(f"{command[0]} ended with {done.returncode}: {done.stderr.decode()}")
    return taken


def interleaved(rounds, *works):
    """Seconds of each work, round by round; the first round does not count, and the order turns about."""
    seconds = [[] for _ in works]
    for index in range(-1, rounds):
        order = list(enumerate(works))
        for place, work in order if index % 2 else reversed(order):
            taken = work()
            if index >= 0:
                seconds[place].append(taken)
    return seconds


def row(name, target, ours, peer, ratios, met, growth=""):
    ratio = statistics.median(ratios)
    low, _, high = statistics.quantiles(ratios, n=4, method="inclusive")
    spread = f"{ratio:.2f}× [{low:.2f}× … {high:.2f}×]"
    print(f"{name:<36}  {target:<8}  {ours:<10}  {peer:<22}  {spread:<26}  {'met' if met(ratio) else 'short':<5}  {growth}")


def check_batch(binary):
    size = 20_000 if QUICK else 100_000
    batch(
        "check", size, size, f"check --batch, {size} lines",
        lambda lines: subprocess.run(
            [sys.executable, ORACLES / "make_check_lines.py", str(size)], stdout=lines, check=True
        ),
        [binary, "check", "--batch", "-"], ORACLES / "check_batch_peer.py",
    )


def availability_batch(binary):
    """A line is a service with all its outages of one month."""
    size, services = 100_000 if QUICK else 1_000_000, 1000
    batch(
        "availability", services, size, f"availability --batch, {size} outages",
        lambda lines: subprocess.run(
            [sys.executable, ORACLES / "make_availability_lines.py", str(size)], stdout=lines, check=True
        ),
        [binary, "availability", "--batch", "-"], ORACLES / "availability_batch_peer.py",
    )


def batch(verb, lines_count, size, name, make, command, peer):
    """`size` items on `lines_count` lines, beside a peer that answers as many."""
    ours, theirs, lines, head = (SCRATCH / f"{stem}.jsonl" for stem in ("ours", "peer", "lines", "head"))
    with open(lines, "w") as file:
        make(file)
    peer = [sys.executable, peer]
    seconds, expected = interleaved(
        3 if QUICK else 5, lambda: elapsed(command, lines, ours), lambda: elapsed(peer, lines, theirs)
    )
    compare(verb, ours, theirs)
    growth = []
    for share in (100, 10, 1):
        with open(lines) as read, open(head, "w") as write:
            write.writelines(line for _, line in zip(range(lines_count // share), read))
        taken = statistics.median(elapsed(command, head) for _ in range(5))
        growth.append(f"{size // share}: {taken / (size // share) * 1e6:.1f} µs")
    ratios = [b / a for a, b in zip(seconds, expected)]
    rate = f"{size / statistics.median(seconds) / 1000:.1f} k/s"
    other = f"Python {size / statistics.median(expected) / 1000:.1f} k/s"
    row(name, "≥ 8×", rate, other, ratios, lambda r: r >= 8, ", ".join(growth) + " (with start-up)")
    for file in (ours, theirs, lines, head):
        file.unlink()


def compare(verb, ours, theirs):
    """Every key that the peer answers stands in ours with the same value."""
    with open(ours) as ours, open(theirs) as theirs:
        for number, (mine, other) in enumerate(zip(ours, theirs, strict=True), 1):
            mine, other = json.loads(mine), json.loads(other)
            if not same(mine, other):
                raise SystemExit(f"{verb} --batch: the answers differ in line {number}: ours {mine}, the peer's {other}")


def same(mine, other):
    if isinstance(other, dict) and isinstance(mine, dict):
        return all(key in mine and same(mine[key], value) for key, value in other.items())
    if isinstance(other, list) and isinstance(mine, list):
        return len(mine) == len(other) and all(map(same, mine, other))
    return mine == other


def start_up(binary, khal):
    check = [binary, "check", "--start", "2035-12-06T01:00", "--duration", "2h"]
    version, verdict, peer = interleaved(
        7 if QUICK else 21,
        lambda: elapsed([binary, "--version"]),
        lambda: elapsed(check),
        lambda: elapsed([khal, "--version"]),
    )
    other = f"khal {statistics.median(peer) * 1000:.0f} ms"
    for name, seconds, limit in (("preavis --version", version, 0.15), ("preavis check", verdict, 0.2)):
        ratios = [a / b for a, b in zip(seconds, peer)]
        ours = f"{statistics.median(seconds) * 1000:.1f} ms"
        row(name, f"≤ {limit}×", ours, other, ratios, lambda r, limit=limit: r <= limit)


def main():
    binary, khal = (str(Path(path).absolute()) for path in sys.argv[1:3])
    SCRATCH.mkdir(parents=True, exist_ok=True)
    check_batch(binary)
    availability_batch(binary)
    start_up(binary, khal)


if __name__ == "__main__":
    main()
