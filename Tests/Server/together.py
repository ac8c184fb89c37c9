#!/usr/bin/env python3
"""Two CLIs and a pipeline through the API, and a CLI on the file, write at once; the API's answers get lost.

usage: together.py PREAVIS [--quick] [--seconds N]

The CLIs of the API and the pipeline reach the server through a relay that throws away every third answer to a POST
after the server has sent it. Everybody fights for the same hours and moves the same changes. Fails when two changes
overlap, when an update is lost (a change's revisions are not exactly the moves that were acknowledged), when
something is recorded twice, when nobody met a stale revision, when register verify finds something, or when the
server does not serve what export writes.
"""

from __future__ import annotations

import argparse
import collections
import concurrent.futures
import dataclasses
import datetime
import hashlib
import http.client
import itertools
import json
import pathlib
import random
import sys
import tempfile
import time
import uuid

from house import House, Reply, Server, call, iso, nights

from findings import Tally
from relay import Relay

HOURS = 40  # fought for by everybody
SHARED = 3  # changes that everybody moves
TRIES = 60


@dataclasses.dataclass
class Record:
    """What one writer was told: nothing that it only hoped."""

    name: str
    codes: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    made: list[str] = dataclasses.field(default_factory=list)
    moved: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    titles: dict[str, str] = dataclasses.field(default_factory=dict)
    strange: list[str] = dataclasses.field(default_factory=list)


class Work:
    """Hours in a random order, and now and then a change that others move too; every title is of one attempt."""

    def __init__(self, name: str, free: list[datetime.datetime], shared: list[str], until: float) -> None:
        self.record, self.free, self.shared, self.until = Record(name), free, shared, until
        self.chance = random.Random(name)
        self.count = itertools.count()

    def __iter__(self):  # type: ignore[no-untyped-def]
        hours = self.free * 100
        self.chance.shuffle(hours)
        for number, start in enumerate(hours):
            if time.monotonic() > self.until:
                return
            yield number, start, f"{self.record.name} {next(self.count)}"


def cli(work: Work, house: House, environment: dict[str, str]) -> Record:
    """`preavis` as an engineer types it; on a server it repeats by itself what got no answer."""
    record = work.record
    for number, start, title in work:
        if number % 3 == 2:
            change = work.chance.choice(work.shared)
            shown = house.start("show", change, "--json", **environment)
            if shown.returncode != 0:
                record.strange.append(f"show: exit {shown.returncode}: {shown.stderr.decode()[-200:]}")
                continue
            revision = json.loads(shown.stdout)["revision"]
            words = ["amend", change, "--title", title, "--reason", "Essai", "--if-revision", str(revision)]
        else:
            words = ["submit", "--start", iso(start), "--duration", "1h", "--title", title]
        done = house.start(*words, "--json", **environment)
        record.codes[f"exit {done.returncode}"] += 1
        if done.returncode in (0, 3) and words[0] == "submit":
            made = json.loads(done.stdout)["id"]
            record.titles[title] = made
            if done.returncode == 0:
                record.made.append(made)
        elif done.returncode == 0:
            record.moved[words[1]] += 1
        elif done.returncode != 75:
            record.strange.append(f"{words[0]}: exit {done.returncode}: {done.stderr.decode()[-300:]}")
    return record


def asked(port: int, path: str, body: dict[str, object], token: str, headers: dict[str, str]) -> Reply:
    """One POST with a key, repeated until there is an answer."""
    fields = {"Idempotency-Key": str(uuid.uuid4()), **headers}
    for attempt in range(TRIES):
        try:
            answer = call(port, "POST", f"/api/v1/{path}", body, token, fields)
        except (OSError, http.client.HTTPException):
            continue
        if answer.status not in (429, 503):
            return answer
        time.sleep(0.05 * (attempt + 1))
    raise SystemExit(f"{path}: no answer after {TRIES} attempts")


def pipeline(work: Work, port: int, token: str) -> Record:
    """What a job does with an HTTP library: a key for each request, the ETag that it saw, again after a lost answer."""
    record = work.record
    for number, start, title in work:
        if number % 3 == 2:
            change = work.chance.choice(work.shared)
            seen = call(port, "GET", f"/api/v1/changes/{change}", token=token)
            answer = asked(
                port, f"changes/{change}/amend", {"title": title, "reason": "Essai"}, token,
                {"If-Match": seen.headers["etag"]},
            )  # fmt: skip
            if answer.status == 200:
                record.moved[change] += 1
        else:
            change = ""
            answer = asked(port, "changes", {"title": title, "start": iso(start), "duration": "1h"}, token, {})
            if answer.status in (201, 422):
                body = answer.json()
                record.titles[title] = (body if answer.status == 201 else body["change"])["id"]
            if answer.status == 201:
                record.made.append(answer.json()["id"])
        record.codes[f"HTTP {answer.status}" + (" again" if "idempotency-replayed" in answer.headers else "")] += 1
        if answer.status not in (200, 201, 412, 422):
            record.strange.append(f"{change or 'changes'}: HTTP {answer.status}: {answer.body[:200]!r}")
    return record


def stale(tally: Tally, server: Server, change: str, token: str) -> None:
    """Two who saw the same revision: the second is told so, and the first one's words stand."""
    tag = server.call("GET", f"/api/v1/changes/{change}", token=token).headers["etag"]
    first = server.call(
        "POST", f"/api/v1/changes/{change}/amend", {"title": "Premier", "reason": "a"}, token, {"If-Match": tag}
    )
    second = server.call(
        "POST", f"/api/v1/changes/{change}/amend", {"title": "Second", "reason": "b"}, token, {"If-Match": tag}
    )
    stands = server.call("GET", f"/api/v1/changes/{change}", token=token).json()["title"]
    tally.expect((first.status, second.status, second.code) == (200, 412, "stale_revision"), "stale", "412",
                 f"{first.status}, {second.status} {second.code}")  # fmt: skip
    tally.expect(stands == "Premier", "stale", "lost", f"{stands!r} stands")
    without = server.call("POST", f"/api/v1/changes/{change}/amend", {"title": "Sans", "reason": "c"}, token)
    tally.expect(without.status == 428, "stale", "428", f"without If-Match: {without.status}")


def judge(tally: Tally, house: House, records: list[Record], before: dict[str, int], relay: Relay) -> None:
    changes = house.json("list")
    by_id = {change["id"]: change for change in changes}
    moment = datetime.datetime.fromisoformat
    active = [change for change in changes if change["state"] == "planned"]
    spans = sorted((moment(change["start"]), moment(change["end"]), change["id"]) for change in active)
    for earlier, later in itertools.pairwise(spans):
        tally.expect(earlier[1] <= later[0], "register", "overlap", f"{earlier[2]} and {later[2]} overlap")
    made = [each for record in records for each in record.made]
    tally.expect(len(set(made)) == len(made), "register", "double", "an identifier was acknowledged twice")
    ours = [change["id"] for change in active if change["id"] not in before]
    tally.expect(set(made) == set(ours), "register", "acknowledged", f"{sorted(set(made) ^ set(ours))[:5]} differ")
    # Titles are used once: a request that was recorded twice shows as a title that stands twice.
    attempts = collections.Counter(change["title"] for change in changes if change["id"] not in before)
    twice = [title for title, count in attempts.items() if count > 1]
    tally.expect(not twice, "register", "double", f"recorded twice: {twice[:5]}")
    told = {title: change for record in records for title, change in record.titles.items()}
    found = {change["title"]: change["id"] for change in changes if change["id"] not in before}
    tally.expect(told == found, "register", "told", f"{list((told.items() ^ found.items()))[:4]} differ")
    for change, revision in before.items():
        moves = sum(record.moved[change] for record in records)
        now = by_id[change]["revision"]
        tally.expect(now - revision == moves, "register", "lost", f"{change}: {now - revision} revisions, {moves} told")
    verified = house.start("register", "verify", "--json")
    tally.expect(verified.returncode == 0 and not json.loads(verified.stdout)["problems"], "register verify", "exit",
                 verified.stdout.decode()[-300:])  # fmt: skip
    for record in records:
        for line in record.strange[:5]:
            tally.expect(False, record.name, "answer", line)
        tally.expect(record.codes.total() > 2, record.name, "work", f"did hardly anything: {record.codes}")
    tally.expect(
        any(record.moved for record in records) and bool(made), "writers", "work", "nothing was made and moved"
    )
    codes = sum((record.codes for record in records), collections.Counter[str]())
    tally.expect(
        codes["HTTP 412"] + codes["HTTP 412 again"] + codes["exit 75"] > 0, "stale", "412", f"nobody met one: {codes}"
    )
    lost = sum(1 for each in relay.seen if each.was_lost)
    tally.expect(lost > 0, "relay", "lost", "no answer was lost")
    for record in records:
        print(f"{record.name}: {dict(sorted(record.codes.items()))}, {record.moved.total()} moves", flush=True)
    print(f"{len(changes)} changes, {len(active)} planned; {lost} of {relay.posts} answers were lost", flush=True)


def served(tally: Tally, house: House, server: Server) -> None:
    """What export writes of the same register is what the server sends, octet for octet."""
    site = house.folder / "site"
    house.run("export", "--out", str(site))
    paths = sorted(path for path in site.rglob("*") if path.is_file() and path.suffix in (".ics", ".xml", ".json"))
    for path in [*paths, site / "log/checkpoint"]:
        address = "/" + str(path.relative_to(site))
        answer = server.call("GET", address)
        same = hashlib.sha256(answer.body).digest() == hashlib.sha256(path.read_bytes()).digest()
        tally.expect(
            answer.status == 200 and same, "served", "bytes", f"{address}: {answer.status}, differs from export"
        )
    print(f"{len(paths) + 1} files are served as export writes them", flush=True)


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("program")
    options.add_argument("--quick", action="store_true", help="10 seconds instead of 60")
    options.add_argument("--seconds", type=float)
    chosen = options.parse_args()
    seconds = chosen.seconds or (10 if chosen.quick else 60)
    tally, began = Tally(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="preavis-together-") as name:
        folder = pathlib.Path(name)
        house = House(chosen.program, folder)
        tokens = {who: house.token(who, "release-manager") for who in ("ada", "bob", "bot")}
        free = nights()
        with Server(house, "--api-rate", "0") as server, Relay(house.port, loses=3) as relay:
            shared = []
            for start in free[:SHARED]:
                body = {"title": "Commun", "start": iso(start), "duration": "1h"}
                answer = server.call("POST", "/api/v1/changes", body, tokens["ada"])
                shared.append(answer.json()["id"])
            stale(tally, server, shared[0], tokens["ada"])
            before = {change["id"]: change["revision"] for change in house.json("list")}
            until = time.monotonic() + seconds
            hours = free[SHARED : SHARED + HOURS] if chosen.quick else free[SHARED : SHARED + 6 * HOURS]

            def remote(who: str) -> dict[str, str]:
                return {"PREAVIS_REGISTER": f"http://127.0.0.1:{relay.port}", "PREAVIS_TOKEN": tokens[who],
                        "XDG_CACHE_HOME": str(folder / f"cache-{who}")}  # fmt: skip

            writers = [
                lambda: cli(Work("ada", hours, shared, until), house, remote("ada")),
                lambda: cli(Work("bob", hours, shared, until), house, remote("bob")),
                lambda: pipeline(Work("bot", hours, shared, until), relay.port, tokens["bot"]),
                lambda: cli(Work("file", hours, shared, until), house, {}),
            ]
            with concurrent.futures.ThreadPoolExecutor(len(writers)) as pool:
                records = [each.result() for each in [pool.submit(writer) for writer in writers]]
            judge(tally, house, records, before, relay)
            served(tally, house, server)
            failures = {key: value for key, value in server.metrics().items() if 'status="500"' in key and value}
            tally.expect(not failures, "metrics", "5xx", str(failures))
    print(f"{time.monotonic() - began:.0f} s")
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
