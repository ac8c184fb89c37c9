#!/usr/bin/env python3
"""Processes are killed with SIGKILL while they write; whatever was acknowledged has to be there.

usage: crashes.py PREAVIS [--quick] [--kills N] [--seed N]

Every other process is killed after a random part of the time that an undisturbed one takes, the rest a random moment
of up to 4 ms after the journal shows that it writes. Fails when an acknowledged change
is missing, when an unfinished one is half there, when the numbering has gaps, when the same idempotency key records
twice, or when register verify finds something. Where faketime is installed, a normal register is also asked to write
with the clock a day behind, and has to refuse.
"""
import argparse
import datetime
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Program:
    def __init__(self, path, register, simulation=True):
        self.path = os.path.abspath(path)
        self.register = register
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "TZDIR") if name in os.environ} | {"PREAVIS_CONFIG": ""}
        self.environment = keep | {
            "LANG": "C.UTF-8", "PREAVIS_CALENDARS": os.path.join(ROOT, "calendars"),
            "PREAVIS_TEMPLATES": os.path.join(ROOT, "templates"),
        }
        if simulation:
            self.environment["PREAVIS_NOW"] = "2026-01-01T12:00:00+01:00"

    def command(self, *arguments):
        return [self.path, *arguments, "--register", self.register]

    def submit(self, start, key):
        return self.command(
            "submit", "--start", start.strftime("%Y-%m-%dT%H:%M:%SZ"), "--duration", "1h", "--title", key,
            "--idempotency-key", key, "--json")

    def run(self, command):
        return subprocess.run(
            command, env=self.environment, text=True, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)

    def answer(self, *arguments):
        done = self.run(self.command(*arguments, "--json"))
        if done.returncode != 0:
            sys.exit(f"{' '.join(arguments)}: exit {done.returncode}: {done.stderr.strip()}")
        return json.loads(done.stdout)

    def killed_after(self, seconds, command):
        """Runs a command, kills it after some seconds unless it has ended; gives its exit code and what it printed."""
        process = subprocess.Popen(
            command, env=self.environment, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        try:
            output, errors = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            output, errors = process.communicate()
        return process.returncode, output, errors

    def killed_while_writing(self, delay, command):
        """Runs a command and kills it some seconds after the journal has begun to grow; the same answer."""
        idle = self.journal()
        process = subprocess.Popen(
            command, env=self.environment, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        while process.poll() is None and self.journal() == idle:
            pass
        if process.poll() is None:
            until = time.monotonic() + delay
            while time.monotonic() < until:
                pass
            process.kill()
        output, errors = process.communicate()
        return process.returncode, output, errors

    def journal(self):
        """What tells that a transaction has begun to write: the size of the rollback journal and of the WAL."""
        sizes = []
        for suffix in ("-journal", "-wal"):
            try:
                sizes.append(os.stat(self.register + suffix).st_size)
            except FileNotFoundError:
                sizes.append(0)
        return sizes


def slot(number):
    """The night hour number of a row, six a night (00:00 to 06:00 in Paris), from 10 January on, in UTC."""
    night = datetime.datetime(2026, 1, 9, 23, tzinfo=datetime.timezone.utc)
    return night + datetime.timedelta(days=number // 6, hours=number % 6)


def crashes(program, kills, seed, problems):
    choose = random.Random(seed)
    program.answer("init", "--simulation")
    took, acknowledged = [], {}
    for number in range(5):
        began = time.monotonic()
        done = program.run(program.submit(slot(number), f"warm-{number}"))
        took.append(time.monotonic() - began)
        if done.returncode != 0:
            sys.exit(f"submit: exit {done.returncode}: {done.stderr.strip()}")
        acknowledged[f"warm-{number}"] = json.loads(done.stdout)["id"]
    usual = sorted(took)[len(took) // 2]

    number, killed, finished, hot, unknown = len(took), 0, 0, 0, []
    began = time.monotonic()
    while killed < kills and number < 20 * kills:
        key = f"key-{number}"
        command = program.submit(slot(number), key)
        if number % 2:
            code, output, errors = program.killed_while_writing(choose.uniform(0, 0.004), command)
        else:
            code, output, errors = program.killed_after(usual * choose.uniform(0, 1.1), command)
        if code == -signal.SIGKILL and any(program.journal()):
            hot += 1
            readers = program.run(program.command("list", "--json"))
            if readers.returncode != 0:
                problems.append(f"{key}: after the kill, list gave exit {readers.returncode}: {readers.stderr.strip()}")
        if code == 0:
            finished += 1
            acknowledged[key] = json.loads(output)["id"]
        elif code == -signal.SIGKILL:
            killed += 1
            unknown.append((number, key))
            if output.strip().endswith("}"):
                acknowledged[key] = json.loads(output)["id"]
        else:
            problems.append(f"{key}: exit {code}: {errors.strip()}")
        number += 1

    after = {change["title"]: change for change in program.answer("list")}
    check(program, acknowledged, after, problems)
    survived = sum(key in after for _, key in unknown)

    # Whoever got no answer asks again with the same key: recorded before or now, but once.
    for number, key in unknown:
        done = program.run(program.submit(slot(number), key))
        if done.returncode != 0:
            problems.append(f"{key} asked again: exit {done.returncode}: {done.stderr.strip()}")
            continue
        identifier = json.loads(done.stdout)["id"]
        if key in after and after[key]["id"] != identifier:
            problems.append(f"{key} was recorded as {after[key]['id']} and again as {identifier}")
        acknowledged[key] = identifier
    changes = program.answer("list")
    if len(changes) != len(acknowledged):
        problems.append(f"{len(changes)} changes for {len(acknowledged)} keys")
    check(program, acknowledged, {change["title"]: change for change in changes}, problems)
    print(
        f"crashes: seed {seed}, {killed} processes killed in {time.monotonic() - began:.1f} s "
        f"(a whole one takes {usual * 1000:.0f} ms): {hot} left a journal, {survived} had committed, "
        f"{killed - survived} had not, {finished} ended first; {len(acknowledged)} acknowledged")


def check(program, acknowledged, changes, problems):
    for key, identifier in acknowledged.items():
        if key not in changes:
            problems.append(f"{identifier} ({key}) was acknowledged and is lost")
        elif changes[key]["id"] != identifier:
            problems.append(f"{identifier} ({key}) is now {changes[key]['id']}")
    for key, change in changes.items():
        if change["state"] != "planned" or change["revision"] != 0:
            problems.append(f"{change['id']} ({key}) is half there: {change['state']}, revision {change['revision']}")
    numbers = sorted(int(change["id"].split("-")[2]) for change in changes.values())
    if numbers != list(range(1, len(numbers) + 1)):
        problems.append(f"the numbering has gaps: {numbers}")
    verified = program.answer("register", "verify")
    if verified["problems"] or verified["changes"] != len(changes):
        problems.append(f"register verify: {verified}")
    feed = program.run(program.command("feed", "--lang", "en"))
    if feed.returncode != 0 or feed.stdout.count("BEGIN:VEVENT") != max(1, len(changes)):
        problems.append(f"feed: exit {feed.returncode}, {feed.stdout.count('BEGIN:VEVENT')} events")


def faketime_check(path, register, problems):
    """A normal register with the machine's clock a day behind its newest event refuses to write, and says why."""
    if not shutil.which("faketime"):
        print("clock: faketime is not installed, skipped")
        return
    program = Program(path, register, simulation=False)
    program.answer("init")
    day = datetime.datetime.now(datetime.timezone.utc).replace(hour=1, minute=30, second=0, microsecond=0)
    sound = program.run(program.submit(day + datetime.timedelta(days=5), "sound"))
    if sound.returncode not in (0, 3):
        problems.append(f"clock: the sound submit gave exit {sound.returncode}: {sound.stderr.strip()}")
    before = program.answer("register", "verify")
    behind = program.run(["faketime", "-f", "-1d", *program.submit(day + datetime.timedelta(days=6), "behind")])
    after = program.answer("register", "verify")
    if behind.returncode != 1 or "clock" not in behind.stderr:
        problems.append(f"clock: a day behind gave exit {behind.returncode}: {behind.stderr.strip()}")
    if before != after:
        problems.append("clock: the refused write changed the log")
    again = program.run(program.submit(day + datetime.timedelta(days=6), "behind"))
    events = program.answer("register", "verify")
    # The refusal is told by an event of its own once the clock is right.
    if again.returncode not in (0, 3) or events["events"] != before["events"] + 2 or events["problems"]:
        problems.append(f"clock: set right, exit {again.returncode}, {events}")
    print("clock: a day behind, the write was refused; set right, the log tells of it")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("program")
    options.add_argument("--quick", action="store_true", help="20 kills instead of 100")
    options.add_argument("--kills", type=int)
    options.add_argument("--seed", type=int, default=2035)
    options = options.parse_args()
    kills = options.kills or (20 if options.quick else 100)

    problems = []
    with tempfile.TemporaryDirectory(prefix="preavis-crashes-") as folder:
        crashes(Program(options.program, os.path.join(folder, "trial.sqlite")), kills, options.seed, problems)
        faketime_check(options.program, os.path.join(folder, "normal.sqlite"), problems)
    for problem in problems:
        print(f"  {problem}", file=sys.stderr)
    print(f"{len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
