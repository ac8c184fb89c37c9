#!/usr/bin/env python3
"""SIGTERM while many write: what was acknowledged is there after the restart, and the server ends in time.

usage: stops.py PREAVIS [--quick] [--times N]

Each round starts the server, lets writers submit, move and state outages, sends SIGTERM at a moment of its own, and
compares what was acknowledged with the log. Fails when something acknowledged is missing, when the server takes more
than ten seconds or leaves with another code than 0, and when register verify finds something.
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
import sys
import tempfile
import threading
import time
import uuid

from house import STOP, House, Server, iso, nights

from findings import Tally

WRITERS = 8
LOAD = (0.3, 2.0)  # seconds of writing before the signal


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
    longest = 0.0
    with tempfile.TemporaryDirectory(prefix="preavis-stops-") as name:
        house = House(chosen.program, pathlib.Path(name))
        token = house.token("ada", "release-manager")
        hours = nights()[::-1]
        known = Acknowledged()
        for number in range(times):
            server, ended = Server(house, "--api-rate", "0"), threading.Event()
            server.begin()
            with concurrent.futures.ThreadPoolExecutor(WRITERS) as pool:
                writers = [pool.submit(write, house, token, hours, known, ended) for _ in range(WRITERS)]
                time.sleep(random.uniform(*LOAD))
                ended.set()
                code, seconds = server.stop()
                for writer in writers:
                    writer.result()
            longest = max(longest, seconds)
            what = f"stop {number + 1}"
            tally.expect(code == 0, what, "exit", f"exit {code}")
            tally.expect(seconds <= STOP, what, "time", f"{seconds:.1f} s")
            judge(tally, house, known, what)
        verified = house.start("register", "verify")
        tally.expect(verified.returncode == 0, "register verify", "exit", verified.stderr.decode()[-300:])
        with Server(house) as server:
            last = next(reversed(known.revisions))
            tally.expect(server.call("GET", f"/api/v1/changes/{last}").status == 200, "restart", "serves", last)
        acknowledged = len(known.revisions) + len(known.outages)
        tally.expect(acknowledged > times, "load", "writes", f"only {acknowledged} writes")
        print(f"{times} stops under {WRITERS} writers: {acknowledged} acknowledged, longest stop {longest:.2f} s")
        print(dict(sorted(known.codes.items())))
    print(f"{time.monotonic() - began:.0f} s")
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
