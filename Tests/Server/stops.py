#!/usr/bin/env python3
"""SIGTERM while many write and read: what was acknowledged is there, no answer is cut, and the server ends in time.

usage: stops.py PREAVIS [--quick] [--times N]

Each round starts the server, lets writers submit, move and state outages, and readers ask without pause for files from
memory, for pages that have to be rendered and for calls; sends SIGTERM at a moment of its own, and compares what was
acknowledged with the log. In the last rounds another process holds the register's lock all the time. Fails when something
acknowledged is missing, when an answer that had begun is not whole, when the server takes more than ten seconds or leaves
with another code than 0, and when register verify finds something.
"""

from __future__ import annotations

import argparse
import collections
import concurrent.futures
import datetime
import http.client
import itertools
import json
import pathlib
import random
import re
import socket
import sqlite3
import sys
import tempfile
import threading
import time
import uuid

from house import SERVICE, STOP, House, Server, iso, nights

from findings import Tally

WRITERS = 8
READERS = 6
LOAD = (0.3, 2.0)  # seconds of writing before the signal
LOCKED = 1.5  # seconds behind the lock before the signal
PUBLISHED = 300  # changes that make the feed large
PATHS = (
    f"/{SERVICE}/feeds/maintenance.fr.ics", f"/{SERVICE}/changes.json", f"/{SERVICE}/", "/api/v1/services", "/healthz",
    "/metrics", f"/{SERVICE}/calendar/2025-02.html?anew",
)  # fmt: skip


class Acknowledged:
    """What the server has said to have recorded: changes by revision, and outages."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.revisions: dict[str, int] = {}
        self.outages: list[str] = []
        self.codes: collections.Counter[str] = collections.Counter()

    def note(self, what: str, change: str | None = None, revision: int | None = None) -> None:
        with self.lock:
            self.codes[what] += 1
            if change and revision is None:
                self.outages.append(change)
            elif change and revision is not None:
                self.revisions[change] = max(revision, self.revisions.get(change, -1))


def write(
    house: House, token: str, hours: list[datetime.datetime], known: Acknowledged, ended: threading.Event
) -> None:
    """One writer, on one connection as long as it is kept; ends at the first lost connection after the signal."""
    connection = http.client.HTTPConnection("127.0.0.1", house.port, timeout=15)
    past = datetime.datetime(2026, 1, 5, 8, tzinfo=datetime.timezone.utc)

    def post(
        path: str, body: dict[str, object], tag: str | None = None
    ) -> tuple[int, dict[str, str], dict[str, object]]:
        fields = {"Authorization": f"Bearer {token}", "Content-Type": "application/json",
                  "Idempotency-Key": str(uuid.uuid4())}  # fmt: skip
        if tag:
            fields["If-Match"] = tag
        connection.request("POST", f"/api/v1/{path}", json.dumps(body), fields)
        answer = connection.getresponse()
        data = answer.read()
        return answer.status, {key.lower(): value for key, value in answer.getheaders()}, json.loads(data)

    try:
        for number in itertools.count():
            if number % 3 == 2 or not hours:
                start = past + datetime.timedelta(minutes=random.randrange(60 * 24 * 60))
                body = {"cause": "incident", "title": "Panne", "start": iso(start), "duration": "1m"}
                status, _, answer = post("outages", body)
                known.note(f"outage {status}", str(answer["id"]) if status == 201 else None)
                continue
            status, headers, answer = post("changes", {"title": "Charge", "start": iso(hours.pop()), "duration": "1h"})
            made = str(answer["id"]) if status == 201 else None
            known.note(f"submit {status}", made, 0 if made else None)
            if made and number % 2:
                status, headers, answer = post(
                    f"changes/{made}/amend", {"title": "Charge, suite", "reason": "Essai"}, headers["etag"]
                )
                known.note(f"amend {status}", made if status == 200 else None, 1)
    except (OSError, http.client.HTTPException, ValueError) as error:
        known.note("cut off" if ended.is_set() else f"lost before the signal: {error!r}")
    finally:
        connection.close()


class Reader(threading.Thread):
    """Asks one thing after the other; notes every answer that ends before it is whole."""

    def __init__(self, port: int, seed: int) -> None:
        super().__init__(daemon=True)
        self.port, self.random, self.slow = port, random.Random(seed), seed % READERS == 0
        self.whole, self.going = 0, True
        self.cut: list[str] = []

    def run(self) -> None:
        while self.going:
            try:
                with socket.create_connection(("127.0.0.1", self.port), 15) as link:
                    if self.slow:
                        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16384)
                    self.ask(link, self.random.choice((1, 100)))
            except OSError:
                # Nothing was promised on a connection that was refused or closed between answers.
                time.sleep(0.005)

    def ask(self, link: socket.socket, times: int) -> None:
        rest = b""
        for _ in range(times):
            if not self.going:
                return
            path = self.random.choice(PATHS)
            link.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
            received = rest
            try:
                while b"\r\n\r\n" not in received:
                    received += self.some(link)
            except OSError:
                if received:
                    self.cut.append(f"{path}: {received[:80]!r}")
                raise
            head, rest = received.split(b"\r\n\r\n", 1)
            told = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
            length = int(told[1]) if told else 0
            while len(rest) < length:
                try:
                    rest += self.some(link)
                except OSError:
                    self.cut.append(f"{path}: {len(rest)} of {length} octets")
                    raise
            body, rest = rest[:length], rest[length:]
            if path.endswith(".ics") and b" 200 " in head and not body.endswith(b"END:VCALENDAR\r\n"):
                self.cut.append(f"{path}: no end")
            self.whole += 1
            if re.search(rb"(?i)\r\nconnection: close", head):
                return

    def some(self, link: socket.socket) -> bytes:
        if self.slow:
            time.sleep(0.001)
        piece = link.recv(8192 if self.slow else 65536)
        if not piece:
            raise ConnectionResetError
        return piece


class Round:
    """A server under load and its stop."""

    def __init__(self, house: House, token: str, hours: list[datetime.datetime], known: Acknowledged) -> None:
        self.house, self.token, self.hours, self.known = house, token, hours, known
        self.longest, self.whole = 0.0, 0

    def stop(self, tally: Tally, what: str, seconds: float, lock: str | None = None) -> None:
        """Stops after so many seconds of load, with the register locked by somebody else where `lock` says how."""
        server, ended = Server(self.house, "--api-rate", "0"), threading.Event()
        server.begin()
        # A token is used once before: what a call notes of it must not make later ones wait longer.
        server.call("GET", "/api/v1/changes", token=self.token)
        readers = [Reader(self.house.port, number) for number in range(READERS)]
        other = sqlite3.connect(self.house.register, isolation_level=None)
        try:
            if lock:
                other.execute("PRAGMA busy_timeout = 5000")
                other.execute(f"BEGIN {lock}")
            with concurrent.futures.ThreadPoolExecutor(WRITERS) as pool:
                writers = [
                    pool.submit(write, self.house, self.token, self.hours, self.known, ended) for _ in range(WRITERS)
                ]
                for reader in readers:
                    reader.start()
                time.sleep(seconds)
                ended.set()
                code, took = server.stop()
                for writer in writers:
                    writer.result()
        finally:
            other.close()
            for reader in readers:
                reader.going = False
        for reader in readers:
            reader.join(20)
        self.longest = max(self.longest, took)
        self.whole += sum(reader.whole for reader in readers)
        cuts = [cut for reader in readers for cut in reader.cut]
        tally.expect(code == 0, what, "exit", f"exit {code}")
        tally.expect(took <= STOP, what, "time", f"{took:.1f} s")
        tally.expect(not cuts, what, "answer", f"cut: {cuts[:3]}")


def publish(house: House) -> None:
    """A feed that takes several packets."""
    rows = house.folder / "published.jsonl"
    rows.write_text(
        "".join(
            json.dumps({"title": f"Mise à jour {number}", "start": iso(start), "duration": "30m"}) + "\n"
            for number, start in enumerate(nights()[-PUBLISHED:])
        )
    )
    done = house.start("import", str(rows), "--keep-going", "--json")
    if done.returncode not in (0, 3):
        raise SystemExit(f"import: exit {done.returncode}: {done.stderr.decode()[-400:]}")


def judge(tally: Tally, house: House, known: Acknowledged, what: str) -> None:
    changes = {change["id"]: change["revision"] for change in house.json("list")}
    missing = [key for key, revision in known.revisions.items() if changes.get(key, -1) < revision]
    tally.expect(not missing, what, "lost", f"acknowledged and not in the log: {missing[:5]}")
    outages = {outage["id"] for outage in house.json("outage", "list")}
    gone = [each for each in known.outages if each not in outages]
    tally.expect(not gone, what, "lost", f"acknowledged and not in the log: {gone[:5]}")
    early = [code for code in known.codes if code.startswith("lost before")]
    tally.expect(not early, what, "cut", str(early))


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("program")
    options.add_argument("--quick", action="store_true", help="3 times instead of 20")
    options.add_argument("--times", type=int)
    chosen = options.parse_args()
    times = chosen.times or (3 if chosen.quick else 20)
    tally, began = Tally(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="preavis-stops-") as name:
        house = House(chosen.program, pathlib.Path(name))
        publish(house)
        known = Acknowledged()
        rounds = Round(house, house.token("ada", "release-manager"), nights()[: -2 * PUBLISHED][::-1], known)
        for number in range(times):
            rounds.stop(tally, f"stop {number + 1}", random.uniform(*LOAD))
            judge(tally, house, known, f"stop {number + 1}")
        under_load = rounds.longest
        for lock in ("EXCLUSIVE",) if chosen.quick else ("EXCLUSIVE", "IMMEDIATE"):
            rounds.stop(tally, f"stop behind a lock ({lock.lower()})", LOCKED, lock)
        judge(tally, house, known, "after the lock")
        verified = house.start("register", "verify")
        tally.expect(verified.returncode == 0, "register verify", "exit", verified.stderr.decode()[-300:])
        with Server(house) as server:
            last = next(reversed(known.revisions))
            tally.expect(server.call("GET", f"/api/v1/changes/{last}").status == 200, "restart", "serves", last)
        acknowledged = len(known.revisions) + len(known.outages)
        tally.expect(acknowledged > times, "load", "writes", f"only {acknowledged} writes")
        print(
            f"{times} stops under {WRITERS} writers and {READERS} readers: {acknowledged} acknowledged, "
            f"{rounds.whole} whole answers, longest stop {under_load:.2f} s, {rounds.longest:.2f} s with a locked register"
        )
        print(dict(sorted(known.codes.items())))
    print(f"{time.monotonic() - began:.0f} s")
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
