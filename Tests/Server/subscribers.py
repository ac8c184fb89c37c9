#!/usr/bin/env python3
"""Calendars of other people subscribe to the running server and follow what the API changes.

usage: subscribers.py PREAVIS [--quick]

vdirsyncer, khal on what vdirsyncer keeps, and GNOME Evolution's calendar service follow a feed through a reschedule
and a cancellation, ask again when nothing has changed, and keep their events when a private address is revoked.
--quick leaves out Evolution.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.parse

from house import SERVICE, House, Reply, Server, call, iso, nights

import followers
import readers
from expectations import HARD, Reading, compare
from findings import Finding, Tally
from relay import Relay

NAME = "Cegid Profession Libérale"
PUBLIC = f"/{SERVICE}/feeds/maintenance.fr.ics"
WITHOUT_SEQUENCE = readers.ALL - {"uid", "sequence"}
KHAL = pathlib.Path(sys.executable).parent / "khal"
KHAL_CONFIGURATION = """[calendars]
[[feed]]
path = {items}
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M:%S
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M:%S
longdatetimeformat = %Y-%m-%d %H:%M:%S
[default]
default_calendar = feed
[sqlite]
path = {folder}/khal.db
"""


class Plan:
    """What clients must know, worked out from what the API was asked for."""

    def __init__(self, server: Server, token: str) -> None:
        self.server, self.token = server, token
        self.events: dict[str, Reading] = {}
        self.components: dict[str, str] = {}
        self.tags: dict[str, str] = {}

    def submit(self, title: str, start: datetime.datetime, component: str) -> str:
        end = start + datetime.timedelta(hours=1)
        answer = self.server.call(
            "POST",
            "/api/v1/changes",
            {"title": title, "start": iso(start), "end": iso(end), "components": [component]},
            self.token,
        )
        accepted(answer, 201)
        made = answer.json()["id"]
        summary = f"Maintenance{HARD}: {title} – {NAME}"
        self.events[made] = Reading(None, start, end, summary, "CONFIRMED", 0)
        self.components[made], self.tags[made] = component, answer.headers["etag"]
        return made

    def move(self, change: str, verb: str, body: dict[str, str], **fields: object) -> None:
        answer = self.server.call(
            "POST", f"/api/v1/changes/{change}/{verb}", body, self.token, {"If-Match": self.tags[change]}
        )
        accepted(answer, 200)
        old = self.events[change]
        self.tags[change] = answer.headers["etag"]
        values = {"start": old.start, "end": old.end, "summary": old.summary, "status": old.status} | fields
        self.events[change] = Reading(None, sequence=(old.sequence or 0) + 1, **values)  # type: ignore[arg-type]

    def reschedule(self, change: str, start: datetime.datetime) -> None:
        end = start + datetime.timedelta(hours=1)
        self.move(
            change,
            "reschedule",
            {"start": iso(start), "end": iso(end), "reason": "Livraison en retard"},
            start=start,
            end=end,
        )

    def cancel(self, change: str) -> None:
        summary = f"[ANNULÉ] {self.events[change].summary}"
        self.move(change, "cancel", {"reason": "Abandon"}, status="CANCELLED", summary=summary)

    def of(self, component: str | None = None) -> list[Reading]:
        return [each for key, each in self.events.items() if component in (None, self.components[key])]


def accepted(answer: Reply, status: int) -> None:
    if answer.status != status:
        raise SystemExit(f"HTTP {answer.status}, wanted {status}: {answer.body[:500]!r}")


class Subscriber:
    """A client with an address, and the UIDs by which it knew events first."""

    def __init__(self, client: followers.Vdirsyncer | followers.Evolution) -> None:
        self.client, self.uids = client, {}  # type: ignore[var-annotated]
        self.keeps = client.keeps - {"uid"}

    def findings(self, want: list[Reading]) -> list[Finding]:
        def differences(got: list[Reading]) -> list[Finding]:
            return compare(got, want, self.keeps)

        try:
            got = self.client.look(lambda got: not differences(got))
        except readers.Unread as error:
            return [Finding("unread", str(error)[:400])]
        found = differences(got)
        if "uid" in self.client.keeps:
            # One change is one UID for ever: a title says which change it is.
            for event in got:
                title = (event.summary or "").rpartition(f"{HARD}: ")[2]
                if self.uids.setdefault(title, event.uid) != event.uid:
                    found.append(Finding("uid", f"{title}: {self.uids[title]} became {event.uid}"))
        return found


def khal(client: followers.Vdirsyncer) -> list[Reading]:
    """What khal lists of the folder that vdirsyncer keeps."""
    configuration = client.folder / "khal"
    configuration.write_text(KHAL_CONFIGURATION.format(items=client.folder / "items", folder=client.folder))
    done = subprocess.run(
        [
            KHAL,
            "-c",
            configuration,
            "list",
            "--json",
            "title",
            "--json",
            "start-long-full",
            "--json",
            "end-long-full",
            "--json",
            "status",
            "today",
            "400d",
        ],
        env=os.environ | {"HOME": str(client.folder), "XDG_CACHE_HOME": str(client.folder), "TZ": "UTC"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    if done.returncode != 0:
        raise readers.Unread(f"khal: exit {done.returncode}: {done.stderr[-300:]}")
    events = [event for line in done.stdout.splitlines() if line.startswith("[") for event in json.loads(line)]
    return [
        Reading(None, moment(e["start-long-full"]), moment(e["end-long-full"]), e["title"], e["status"].strip(), None)
        for e in events
    ]


def moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text.replace(" ", "T") + "+00:00")


def look(tally: Tally, step: str, subscribers: list[Subscriber], want: list[Reading]) -> None:
    for subscriber in subscribers:
        tally.check(f"{step}: {subscriber.client.name}", subscriber.findings(want))
        if isinstance(subscriber.client, followers.Vdirsyncer) and KHAL.exists():
            try:
                tally.check(f"{step}: khal", compare(khal(subscriber.client), want, WITHOUT_SEQUENCE))
            except readers.Unread as error:
                tally.check(f"{step}: khal", [Finding("unread", str(error))])


def revalidation(
    tally: Tally, server: Server, relay: Relay, subscribers: list[Subscriber], want: list[Reading], times: int
) -> None:
    """Nothing has changed: a client that can ask with a condition gets 304 and still knows everything."""
    before, passed = server.answered(304), len(relay.seen)
    for _ in range(times):
        look(tally, "nothing new", subscribers, want)
    for subscriber in subscribers:
        if isinstance(subscriber.client, followers.Evolution):
            # Evolution refreshes behind the caller's back.
            until = time.monotonic() + 5
            while time.monotonic() < until and server.answered(304) == before:
                time.sleep(0.1)
    seen = relay.seen[passed:]
    conditional = [each for each in seen if each.is_conditional]
    for each in conditional:
        tally.expect(each.status == 304, "nothing new", "304", f"a conditional request was answered {each.status}")
    own = call(relay.port, "GET", PUBLIC, headers={"Accept-Encoding": "gzip"})
    again = call(relay.port, "GET", PUBLIC, headers={"Accept-Encoding": "gzip", "If-None-Match": own.headers["etag"]})
    tally.expect((again.status, again.body) == (304, b""), "own client", "304", f"answered {again.status}")
    since = call(relay.port, "GET", PUBLIC, headers={"If-Modified-Since": own.headers["last-modified"]})
    tally.expect(since.status == 304, "own client", "304", f"If-Modified-Since was answered {since.status}")
    counted = server.answered(304) - before
    wanted = len(conditional) + 2
    tally.expect(counted == wanted, "metrics", "304", f"{counted:.0f} counted, {wanted} were sent")
    if any(isinstance(subscriber.client, followers.Evolution) for subscriber in subscribers):
        tally.expect(bool(conditional), "evolution", "304", "Evolution never asked with a condition")
    print(
        f"nothing new: {len(seen)} requests of clients, {len(conditional)} of them conditional and answered 304; "
        f"{counted:.0f} × 304 in /metrics",
        flush=True,
    )


def private(tally: Tally, house: House, server: Server, plan: Plan, folder: pathlib.Path, quick: bool) -> None:
    """A client's own address shows its components only; revoked, it is nowhere, and clients keep what they had."""
    made = house.json("private-feed", "create", "--client", "Martin", "--service", SERVICE, "--component", "flux")
    path = urllib.parse.urlsplit(made["addresses"]["maintenance.fr.ics"]).path
    subscribers = subscribe(tally, folder, f"http://127.0.0.1:{house.port}{path}", quick)
    look(tally, "private feed", subscribers, plan.of("flux"))
    flux = next(key for key, component in plan.components.items() if component == "flux")
    plan.reschedule(flux, nights(30)[0])
    look(tally, "private feed, rescheduled", subscribers, plan.of("flux"))
    answer = server.call("GET", path)
    again = server.call("GET", path, headers={"If-None-Match": answer.headers["etag"]})
    tally.expect(again.status == 304, "private feed", "304", f"answered {again.status}")
    house.run("private-feed", "revoke", made["id"])
    until = time.monotonic() + 5
    while server.call("GET", path).status != 404 and time.monotonic() < until:
        time.sleep(0.05)
    gone = server.call("GET", path)
    tally.expect(gone.status == 404, "revoked", "404", f"answered {gone.status}")
    secret = path.split("/private/")[1].split("/")[0]
    tally.expect(secret not in server.log.read_text(), "revoked", "log", "the private address is in the log")
    for subscriber in subscribers:
        client = subscriber.client
        try:
            client.look(lambda got: True)
        except readers.Unread as error:
            print(f"revoked: {client.name} says {str(error)[-160:]!r}", flush=True)
        time.sleep(0.5 if isinstance(client, followers.Evolution) else 0)
        tally.check(f"revoked: {client.name}", compare(client.kept(), plan.of("flux"), subscriber.keeps))
        client.close()


def subscribe(tally: Tally, folder: pathlib.Path, address: str, quick: bool) -> list[Subscriber]:
    found, missing = followers.clients(folder, lambda: address)
    for name, reason in missing.items():
        tally.skip(name, reason)
    if quick:
        for client in [each for each in found if isinstance(each, followers.Evolution)]:
            client.close()
            found.remove(client)
    tally.expect(bool(found), "subscribers", "clients", "no client is there")
    return [Subscriber(client) for client in found]


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("program")
    options.add_argument("--quick", action="store_true")
    chosen = options.parse_args()
    tally, began = Tally(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="preavis-subscribers-") as name:
        folder = pathlib.Path(name)
        house = House(chosen.program, folder)
        token = house.token("ada", "engineer")
        free = nights()
        with Server(house) as server, Relay(house.port) as relay:
            plan = Plan(server, token)
            first = plan.submit("Migration de la base", free[0], "application")
            second = plan.submit("Réplication ; étape 2, fin", free[2], "flux")
            subscribers = subscribe(tally, folder / "public", f"http://127.0.0.1:{relay.port}{PUBLIC}", chosen.quick)
            print(f"clients: {', '.join(each.client.name for each in subscribers)}, khal", flush=True)
            look(tally, "subscribed", subscribers, plan.of())
            plan.reschedule(first, free[4])
            look(tally, "rescheduled", subscribers, plan.of())
            plan.cancel(first)
            look(tally, "cancelled", subscribers, plan.of())
            plan.submit("Mise à niveau", free[8], "administration")
            look(tally, "one more", subscribers, plan.of())
            tally.expect(plan.events[second].status == "CONFIRMED", "plan", "still", "the other change was cancelled")
            revalidation(tally, server, relay, subscribers, plan.of(), 1 if chosen.quick else 3)
            for subscriber in subscribers:
                subscriber.client.close()
            private(tally, house, server, plan, folder / "private", chosen.quick)
            failures = [key for key in server.metrics() if 'status="5' in key]
            tally.expect(not failures, "metrics", "5xx", str(failures))
    print(f"{time.monotonic() - began:.0f} s")
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
