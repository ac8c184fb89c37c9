#!/usr/bin/env python3
"""Eight processes ask for the same slots at the same time; each slot may go to one of them.

usage: races.py PREAVIS [--quick] [--slots N]

The register is a simulation, so that PREAVIS_NOW fixes what is planned when. Fails when two changes overlap, when an
acknowledged change is not in the register, when a slot stays empty, when an exit code is none of 0, 3 and 75, or when
register verify finds something.
"""
import argparse
import collections
import concurrent.futures
import datetime
import json
import os
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
WORKERS = 8
TRIES = 50


class Program:
    def __init__(self, path, register):
        self.path = os.path.abspath(path)
        self.register = register
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "TZDIR") if name in os.environ} | {"PREAVIS_CONFIG": ""}
        self.environment = keep | {
            "PREAVIS_NOW": "2026-01-01T12:00:00+01:00", "LANG": "C.UTF-8",
            "PREAVIS_CALENDARS": os.path.join(ROOT, "calendars"),
            "PREAVIS_TEMPLATES": os.path.join(ROOT, "templates"),
        }

    def run(self, *arguments):
        return subprocess.run(
            [self.path, *arguments, "--register", self.register], env=self.environment, text=True,
            stdin=subprocess.DEVNULL, capture_output=True, timeout=120)

    def answer(self, *arguments):
        done = self.run(*arguments, "--json")
        if done.returncode != 0:
            sys.exit(f"{' '.join(arguments)}: exit {done.returncode}: {done.stderr.strip()}")
        return json.loads(done.stdout)


def slots(count):
    """One night hour after another, six a night (00:00 to 06:00 in Paris), from 10 January on, in UTC."""
    night = datetime.datetime(2026, 1, 9, 23, tzinfo=datetime.timezone.utc)
    for number in range(count):
        yield night + datetime.timedelta(days=number // 6, hours=number % 6)


def worker(program, number, starts):
    """Asks for every slot in turn; a busy register is asked again. Gives codes and acknowledged identifiers."""
    codes, granted, drafts = collections.Counter(), [], []
    for start in starts:
        for _ in range(TRIES):
            done = program.run(
                "submit", "--start", start.strftime("%Y-%m-%dT%H:%M:%SZ"), "--duration", "1h",
                "--title", f"Worker {number}", "--json")
            codes[done.returncode] += 1
            if done.returncode != 75:
                break
        if done.returncode in (0, 3):
            (granted if done.returncode == 0 else drafts).append(json.loads(done.stdout)["id"])
        elif done.returncode != 75:
            print(f"exit {done.returncode}: {done.stderr.strip()}", file=sys.stderr)
    return codes, granted, drafts


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("program")
    options.add_argument("--quick", action="store_true", help="12 slots instead of 200")
    options.add_argument("--slots", type=int)
    options = options.parse_args()
    count = options.slots or (12 if options.quick else 200)

    with tempfile.TemporaryDirectory(prefix="preavis-races-") as folder:
        program = Program(options.program, os.path.join(folder, "register.sqlite"))
        program.answer("init", "--simulation")
        starts = list(slots(count))
        began = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            results = list(pool.map(lambda number: worker(program, number, starts), range(WORKERS)))
        seconds = time.monotonic() - began
        return report(program, results, starts, seconds)


def report(program, results, starts, seconds):
    codes = sum((result[0] for result in results), collections.Counter())
    granted = [identifier for result in results for identifier in result[1]]
    drafts = [identifier for result in results for identifier in result[2]]
    changes = program.answer("list")
    planned = [change for change in changes if change["state"] == "planned"]
    refused = [change for change in changes if change["state"] == "refused"]
    verified = program.answer("register", "verify")

    problems = []

    def expect(holds, text):
        if not holds:
            problems.append(text)

    expect(set(codes) <= {0, 3, 75}, f"exit codes {dict(codes)}")
    moment = datetime.datetime.fromisoformat
    spans = sorted((moment(change["start"]), moment(change["end"]), change["id"]) for change in planned)
    for earlier, later in zip(spans, spans[1:]):
        expect(earlier[1] <= later[0], f"{earlier[2]} and {later[2]} overlap")
    expect({span[0] for span in spans} == set(starts), f"{len(spans)} of {len(starts)} slots are taken")
    expect(len(set(granted)) == len(granted), "an identifier was acknowledged twice")
    expect(set(granted) == {change["id"] for change in planned}, "acknowledged and planned changes differ")
    expect(set(drafts) == {change["id"] for change in refused}, "acknowledged and stored drafts differ")
    numbers = sorted(int(change["id"].split("-")[2]) for change in changes)
    expect(numbers == list(range(1, len(changes) + 1)), "the numbering has gaps")
    expect(not verified["problems"], f"register verify: {verified['problems']}")

    print(
        f"races: {WORKERS} processes, {len(starts)} slots, {codes.total()} submissions in {seconds:.1f} s: "
        f"{codes[0]} planned, {codes[3]} refused, {codes[75]} busy; {len(problems)} problems")
    for problem in problems:
        print(f"  {problem}", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
