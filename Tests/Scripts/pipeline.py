#!/usr/bin/env python3
"""What a pipeline pays for a question to a server, whatever the age of the register; and what a damaged cache may do.

usage: pipeline.py PREAVIS [--quick] [--changes N] [--rounds N]

Two registers, one of 10 changes and one of many (2,000 with --quick, else 100,000), each served. Every verb that asks for
an excerpt of the log is run with an empty cache: requests, octets (as sent, both directions, with headers) and time; and
what it prints is compared octet by octet with what it prints on the file. Then the files of a replica are damaged, round
after round: what list, show and gate print has to be right, or an error. The registers are simulations, so that the clock
stands. Ends with "N passed, M failed".
"""
import argparse
import concurrent.futures
import contextlib
import datetime
import json
import os
import pathlib
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "Server"))
import running  # noqa: E402
from tally import Tally  # noqa: E402

NOW = "2026-11-23T01:40:00+01:00"  # a Monday, within the window
PLANNED = "2026-11-10T12:00:00+01:00"
MOST_REQUESTS, MOST_OCTETS, MOST_GROWTH = 3, 200_000, 2.0


class Proxy:
    """Hands on what comes to a port of the loopback, and counts it."""

    def __init__(self, port):
        self.target, self.requests, self.octets, self.lock = port, [], 0, threading.Lock()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.door.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.target))
            for one, other, asks in ((client, server, True), (server, client, False)):
                threading.Thread(target=self.pump, args=(one, other, asks), daemon=True).start()

    def pump(self, source, sink, asks):
        with contextlib.suppress(OSError):
            while piece := source.recv(65536):
                with self.lock:
                    self.octets += len(piece)
                    if asks:
                        self.requests += re.findall(rb"(?m)^((?:GET|POST|DELETE) \S+) HTTP/1\.1\r$", piece)
                sink.sendall(piece)
            sink.shutdown(socket.SHUT_WR)

    def take(self):
        with self.lock:
            taken = [line.decode() for line in self.requests], self.octets
            self.requests, self.octets = [], 0
            return taken


def quarters(count):
    """28 quarters of an hour a night in Paris, night after night, from the night of NOW on; not where clocks change, nor in
    the nights that the states below are in."""
    day = datetime.date(2026, 11, 24)
    while count > 0:
        change = day.month in (3, 10) and day.weekday() == 6 and day.day > 24
        for number in range(0 if change or day.isoformat() in ("2026-12-06", "2026-12-08") else 28):
            if count > 0:
                yield f"{day}T{number // 4:02}:{number % 4 * 15:02}"
                count -= 1
        day += datetime.timedelta(days=1)


class House:
    """A register in every state, with so many changes besides, and a server on it."""

    def __init__(self, binary, folder, changes):
        self.binary, self.folder = binary, pathlib.Path(folder)
        self.folder.mkdir()
        self.register = self.folder / "register.sqlite"
        self.at("2026-11-01T12:00:00+01:00", "init", "--simulation")
        self.states()
        rows = list(quarters(changes))
        for first in range(0, len(rows), 10_000):
            file = self.folder / "rows.jsonl"
            file.write_text("".join(
                json.dumps({"title": f"Correctif {start}", "start": start, "duration": "15m"}) + "\n"
                for start in rows[first:first + 10_000]))
            self.at(PLANNED, "import", str(file), "--keep-going", codes=(0, 3), wait=3600)
        self.at("2026-11-13T01:02:00+01:00", "start", "CHG-2026-0006")
        self.at("2026-11-13T01:50:00+01:00", "complete", "CHG-2026-0006")
        self.at("2026-11-23T00:31:00+01:00", "start", "CHG-2026-0003")
        self.at("2026-11-23T01:01:00+01:00", "start", "CHG-2026-0004")
        self.at("2026-11-23T01:30:00+01:00", "emergency", "--start", "2026-11-23T00:10", "--end", "2026-11-23T00:20",
                "--title", "Disque", "--reason", "Alarme")
        self.at("2026-11-23T01:31:00+01:00", "gate", "override", "--reason", "Correctif", "--for", "30m",
                "--environment", "preproduction")
        token = self.at(NOW, "token", "create", "--name", "pipeline", "--role", "admin")
        self.environment = {
            name: os.environ[name] for name in ("PATH", "TZDIR") if name in os.environ
        } | {"PREAVIS_TOKEN": token.stdout.strip(), "LANG": "C.UTF-8", "PREAVIS_TEMPLATES": str(ROOT / "templates")}

    def states(self):
        def submit(start, duration, *more, codes=(0,)):
            self.at(PLANNED, "submit", "--start", start, "--duration", duration, "--title", "Base", *more, codes=codes)
        submit("2026-12-06T01:00", "2h")                                          # 1 planned
        submit("2026-12-08T10:00", "1h", codes=(3,))                              # 2 draft
        submit("2026-11-23T00:30", "30m")                                         # 3 begun, beyond its end
        submit("2026-11-23T01:00", "2h")                                          # 4 under way
        submit("2026-12-08T01:00", "1h")                                          # 5 cancelled
        self.at(PLANNED, "cancel", "CHG-2026-0005", "--reason", "Inutile")
        submit("2026-11-13T01:00", "1h")                                          # 6 completed, see below
        submit("2026-12-06T02:00", "2h", "--alongside", "CHG-2026-0001")          # 7 beside another
        submit("2026-12-06T01:30", "1h", codes=(3,))                              # 8 draft: overlap
        submit("2026-12-09T01:00", "1h", "--environment", "preproduction")        # 9
        self.at(PLANNED, "reschedule", "CHG-2026-0009", "--start", "2026-12-10T01:00", "--reason", "Plus tard")
        self.at(PLANNED, "outage", "record", "--start", "2026-11-10T10:00", "--end", "2026-11-10T10:20", "--cause",
                "incident", "--title", "Connexion")

    def at(self, moment, *arguments, codes=(0,), wait=120):
        done = subprocess.run(
            [self.binary, *arguments, "--register", str(self.register)],
            env=running.environment(self.register, moment), stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=wait)
        if done.returncode not in codes:
            raise running.Failed(f"{' '.join(arguments)}: exit {done.returncode}: {done.stderr.strip()[:400]}")
        return done

    @contextlib.contextmanager
    def serving(self):
        server = running.Server(self.binary, self.register, now=NOW)
        try:
            self.proxy = Proxy(server.port)
            yield self
        finally:
            self.proxy.door.close()
            server.stop()

    def run(self, *arguments, home=None, wait=120):
        """On the server; with an empty cache unless a folder of one is given."""
        own = home or tempfile.mkdtemp(dir=self.folder)
        try:
            return subprocess.run(
                [self.binary, *arguments, "--register", f"http://127.0.0.1:{self.proxy.port}"],
                env=self.environment | {"HOME": str(own)}, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                timeout=wait)
        finally:
            if home is None:
                shutil.rmtree(own)


def said(done):
    return done.returncode, done.stdout, done.stderr


FOUR = [  # the questions of a pipeline
    ("gate",), ("gate", "--change", "CHG-2026-0004"), ("gate", "--change", "CHG-2026-0001"),
    ("check", "--start", "2026-12-06T05:00", "--duration", "30m"),
    ("check", "--start", "2026-12-06T01:30", "--duration", "1h"),
    ("check", "--start", "2026-11-24T13:00", "--duration", "1h"),
    ("show", "CHG-2026-0001"), ("show", "CHG-2026-0002"), ("show", "CHG-2026-0005"), ("show", "CHG-2026-0006"),
]
MORE = [
    ("show", "CHG-2026-0003"), ("show", "CHG-2026-0004"), ("show", "CHG-2026-0004", "--rollback", "20m"),
    ("show", "CHG-2026-0007"), ("show", "CHG-2026-0008"), ("show", "CHG-2026-0009"), ("show", "CHG-2031-0001"),
    ("show", "nothing"), ("history", "CHG-2026-0004"), ("history", "CHG-2031-0001"),
    ("gate", "--environment", "preproduction"), ("gate", "--at", "2026-12-06T01:30"), ("gate", "--at", "2026-11-13T01:30"),
    ("gate", "--change", "CHG-2026-0002"), ("gate", "--change", "CHG-2026-0005"), ("gate", "--change", "CHG-2031-0001"),
    ("gate", "--service", "moon"), ("gate", "--environment", "moon"), ("gate", "overrides"),
    ("check", "--start", "2026-12-06T05:00", "--duration", "30m", "--environment", "preproduction"),
    ("check", "--start", "2026-12-06T05:00", "--duration", "30m", "--service", "moon"),
    ("check", "--start", "2035-05-04T01:00", "--duration", "1h"), ("slots", "--duration", "2h"),
    ("slots", "--duration", "15m", "--count", "3"), ("notice", "CHG-2026-0001"),
    ("notice", "CHG-2026-0001", "--format", "eml"), ("notice", "CHG-2026-0005"), ("notice", "CHG-2026-0002"),
    ("feed", "CHG-2026-0001"), ("windows",), ("holidays",), ("outage", "amend", "OUT-2031-0001", "--title", "x"),
    ("cancel", "CHG-2031-0001", "--reason", "x"), ("token", "list"),
]


def same_answers(house, tally):
    """Octet by octet, in text and JSON, in both languages; nothing here records anything."""
    cases = [
        (*question, "--lang", language, *form) for question in FOUR + MORE for language in ("fr", "en")
        for form in ((), ("--json",)) if question[0] != "feed" or not form
    ]
    def compare(case):
        mine = {name: value for name, value in house.environment.items() if name != "PREAVIS_TOKEN"}
        local = subprocess.run(
            [house.binary, *case], env=mine | running.environment(house.register, NOW), stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=120)
        return case, said(local), said(house.run(*case))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for case, local, remote in pool.map(compare, cases):
            if case[0] == "token":  # its last use is written while it is asked
                local, remote = (tuple(re.sub(r"20\d\d-\d\d-\d\d.\d\d:\d\d\S*", "", str(part)) for part in one)
                                 for one in (local, remote))
            tally.check(local == remote, f"{' '.join(case)}:\n  file   {local}\n  server {remote}")


def cost(houses, tally, rounds):
    """Requests, octets and time of the questions of a pipeline, each with an empty cache."""
    print(f"{'':44}{'requests':>9}{'octets':>9}{'10 changes':>12}{'many':>9}{'ratio':>7}")
    small, large = houses
    for question in FOUR + [("submit",)] + MORE[:3]:
        seconds = {small: [], large: []}
        requests, octets = [], 0
        for turn in range(rounds):
            for house in houses:
                words = question
                if question == ("submit",):
                    minute = (turn + (rounds if house is large else 0)) * 2
                    words = ("submit", "--start", f"2026-12-08T{2 + minute // 60:02}:{minute % 60:02}", "--duration",
                             "2m", "--title", "Pipeline")
                house.proxy.take()
                begun = time.monotonic()
                done = house.run(*words)
                seconds[house].append(time.monotonic() - begun)
                if done.returncode not in (0, 3):
                    tally.check(False, f"{' '.join(words)}: exit {done.returncode}: {done.stderr[:300]}")
                if house is large:
                    requests, octets = house.proxy.take()
        times = [statistics.median(seconds[house]) for house in houses]
        name = " ".join(question[:4])
        print(f"{name[:43]:44}{len(requests):9}{octets:9}{times[0]:11.3f}s{times[1]:8.3f}s{times[1] / times[0]:7.2f}",
              flush=True)
        tally.check(len(requests) <= MOST_REQUESTS, f"{name}: {requests}")
        tally.check(octets <= MOST_OCTETS, f"{name}: {octets} octets")
        # Three rounds beside other tests say nothing of time: the long form judges it.
        if rounds > 3:
            tally.check(times[1] <= MOST_GROWTH * times[0] + 0.05, f"{name}: {times[1] / times[0]:.2f} times as long")


def damaged(house, tally, rounds, seed=20261129):
    """Flips and cuts of what is kept of a server: no wrong answer with exit 0."""
    chance = random.Random(seed)
    home = house.folder / "home"
    home.mkdir()
    questions = [("list", "--json", "--to", "2026-12-01"), ("show", "CHG-2026-0001"), ("gate", "--json")]
    right = {}
    for question in questions:
        right[question] = said(house.run(*question, home=home))[:2]
    whole = house.folder / "whole"
    shutil.copytree(home, whole)
    mended = 0
    for number in range(rounds):
        shutil.rmtree(home)
        shutil.copytree(whole, home)
        files = sorted(path for path in home.rglob("*") if path.is_file() and path.stat().st_size > 0)
        # The copy of the log as often as all the rest.
        copies = [path for path in files if path.suffix == ".sqlite"]
        target = chance.choice(copies if chance.random() < 0.5 else files)
        octets = bytearray(target.read_bytes())
        kind = chance.choice(("flip", "flip", "flip", "cut", "junk", "gone"))
        place = chance.randrange(len(octets))
        if kind == "flip":
            octets[place] ^= 1 << chance.randrange(8)
        elif kind == "cut":
            del octets[place:]
        elif kind == "junk":
            octets[place:place + 4096] = chance.randbytes(min(4096, len(octets) - place))
        target.write_bytes(octets)
        if kind == "gone":
            target.unlink()
        for question in chance.sample(questions, 2):
            done = house.run(*question, home=home)
            answer = said(done)[:2]
            is_right = answer == right[question]
            mended += is_right
            # An error says so; a closed gate (3) is an answer.
            tally.check(is_right or done.returncode == 1 and not done.stdout and done.stderr,
                        f"{kind} of {target.name} at {place}: {' '.join(question)}: {said(done)}")
    print(f"damaged: {rounds} rounds, {mended} answers right, the others an error")
    shutil.rmtree(home)
    shutil.copytree(whole, home)
    next(home.rglob("*.sqlite")).write_bytes(b"no database")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda _: house.run(*questions[0], home=home), range(2)))
    for done in both:
        tally.check(said(done)[:2] == right[questions[0]], f"two at once: {said(done)}")
    tally.check(any("fetched anew" in done.stderr for done in both), "nobody said that the copy was fetched anew")
    tally.check(house.run(*questions[0], home=home).stderr == "", "the copy was mended, and is fetched anew")
    # Where nothing can be kept, nothing is missing but the note.
    shutil.rmtree(home)
    home.write_text("")
    for question in questions:
        done = house.run(*question, home=home)
        tally.check(said(done)[:2] == right[question] and done.stderr.count("\n") == 1, f"no cache: {said(done)}")
    home.unlink()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--changes", type=int)
    parser.add_argument("--rounds", type=int)
    options = parser.parse_args()
    binary, tally, begun = os.path.abspath(options.binary), Tally(), time.monotonic()
    many = options.changes or (2_000 if options.quick else 100_000)
    with tempfile.TemporaryDirectory() as folder:
        houses = [House(binary, f"{folder}/{count}", count) for count in (10, many)]
        print(f"two registers after {time.monotonic() - begun:.0f} s", flush=True)
        with houses[0].serving(), houses[1].serving():
            cost(houses, tally, 3 if options.quick else 9)
            same_answers(houses[0], tally)
            if many <= 10_000:
                same_answers(houses[1], tally)
            damaged(houses[0], tally, options.rounds or (30 if options.quick else 1000))
    print(f"pipeline: {tally.passed} passed, {tally.failed} failed, {time.monotonic() - begun:.0f} s")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
