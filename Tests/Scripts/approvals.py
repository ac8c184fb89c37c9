#!/usr/bin/env python3
"""Approvals against the clock and against moves, over the API of a running server.

usage: approvals.py PREAVIS [--quick] [--rounds N]

A round has 20 services, each with one request whose start lies 48 hours after the same second. From just before that second to
two after it four people try to approve them. Nothing that was answered before the second may be refused for its notice, nothing
that was asked after it granted, and each is approved once at most. Then requests that are moved, reworded and withdrawn by who
asked at the moment in which two others approve and one declines: what is published has to be what one of those who approved had seen
(`ETag`), and the log tells the same order as the answers. The clock is the machine's. Ends with "N passed, M failed".
"""
import argparse
import collections
import concurrent.futures
import datetime as dt
import http.client
import json
import os
import pathlib
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time

from tally import Tally

ROOT = pathlib.Path(__file__).resolve().parents[2]
SERVICES = [f"hub-{number:02}" for number in range(20)]
CONTRACT = """service: {service}
name: {{ fr: {service}, en: {service} }}
source: Contract
components: [api, data]
environments: [production]
contact: {{ name: Support, url: "https://portal.example/support" }}
organizer: maintenance@portal.example
portal: https://portal.example/{service}
versions:
  - effective-from: 2020-01-01
    time-zone: Europe/Paris
    holidays: fr/metropole
    maintenance-window:
      clause: article 5
      nights: []
      weekdays: [{weekdays}]
      holidays: true
    planned-maintenance: {{ clause: article 5, notice: 48h, inside-announced-interval: keeps-notice }}
    emergency: {{ clause: article 5, refuse-when-plannable: true }}
    updates: {{ clause: article 10, announce: before-start, except: corrections-without-training }}
    approval: {{ clause: article 5, for: [maintenance], by: release-manager, four-eyes: true }}
clients: []
"""
NOTICE = dt.timedelta(hours=48)
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def now():
    return dt.datetime.now(dt.timezone.utc)


class Server:
    def __init__(self, path, folder):
        services = folder / "calendars" / "services"
        services.mkdir(parents=True)
        (folder / "calendars" / "holidays").symlink_to(ROOT / "calendars" / "holidays")
        # A window has to close some time: on the day farthest ahead.
        open_ = [day for number, day in enumerate(DAYS) if number != (now().weekday() - 1) % 7]
        for service in SERVICES:
            text = CONTRACT.format(service=service, weekdays=", ".join(open_))
            (services / f"{service}.yaml").write_text(text)
        self.path = os.path.abspath(path)
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "TZDIR") if name in os.environ}
        self.environment = keep | {
            "LANG": "C.UTF-8", "PREAVIS_REGISTER": str(folder / "register.sqlite"),
            "PREAVIS_CALENDARS": str(folder / "calendars"), "PREAVIS_TEMPLATES": str(ROOT / "templates")}
        self.run("init")
        people = [("eve", "engineer")] + [(name, "release-manager") for name in ("rita", "remy", "rosa", "ravi")]
        self.tokens = {
            name: self.run("token", "create", "--name", name, "--role", role)["secret"] for name, role in people}
        self.process = subprocess.Popen(
            [self.path, "serve", "--listen", "127.0.0.1:0", "--api-rate", "100000"], env=self.environment,
            stderr=subprocess.PIPE, text=True)
        self.port = next(
            int(found[1]) for line in self.process.stderr if (found := re.search(r"127\.0\.0\.1:(\d+)", line)))
        threading.Thread(target=self.process.stderr.read, daemon=True).start()
        self.local = threading.local()

    def run(self, *arguments):
        done = subprocess.run(
            [self.path, *arguments, "--json"], env=self.environment, text=True, capture_output=True, timeout=120)
        if done.returncode:
            sys.exit(f"{' '.join(arguments)}: exit {done.returncode}: {done.stderr}")
        return json.loads(done.stdout)

    def call(self, name, method, path, body=None, tag=None):
        """Status, body, entity tag."""
        if not hasattr(self.local, "connection"):
            self.local.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Authorization": f"Bearer {self.tokens[name]}"}
        if body is not None:
            headers |= {"Content-Type": "application/json", "Idempotency-Key": os.urandom(12).hex()}
        if tag:
            headers["If-Match"] = tag
        connection = self.local.connection
        connection.request(method, f"/api/v1{path}", None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read()), answer.headers["ETag"]

    def submit(self, service, start, **more):
        body = {
            "service": service, "start": start.isoformat(), "duration": "1h", "title": "Database migration",
            "components": ["api"]} | more  # fmt: skip
        status, made, tag = self.call("eve", "POST", "/changes", body)
        if (status, made.get("state")) != (201, "requested"):
            sys.exit(f"submit: {status} {made}")
        return made["id"], tag

    def events(self, change):
        return self.run("history", change)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)


def codes(problem):
    """Why a call was refused."""
    found = [f["code"] for f in problem.get("verdict", problem.get("change", {}).get("verdict", {})).get("findings", []) if not f["ok"]]
    return found or [problem.get("code")]


def deadline(server, check, seen):
    """Everybody tries everything until two seconds after the last second in which the notice is enough."""
    last = (now() + dt.timedelta(seconds=5)).replace(microsecond=0)
    asked = [(service, *server.submit(service, last + NOTICE)) for service in SERVICES]
    # Before its moment nobody tries: some have theirs in time, some around the second, some too late.
    opening = {change: last + dt.timedelta(seconds=random.uniform(-0.5, 2)) for _, change, _ in asked}
    answers = collections.defaultdict(list)

    def person(name):
        rng = random.Random(f"{name} {last}")
        open_ = list(asked)
        while now() < last + dt.timedelta(seconds=2.5) and open_:
            time.sleep(rng.uniform(0, 0.05))
            ready = [one for one in open_ if now() >= opening[one[1]]]
            if not ready:
                continue
            service, change, tag = rng.choice(ready)
            before = now()
            status, body, _ = server.call(name, "POST", f"/changes/{change}/approve", {}, tag)
            answers[change].append((name, before, now(), status, body))
            if status == 200:
                open_.remove((service, change, tag))

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        list(pool.map(person, [name for name in server.tokens if name != "eve"]))
    # The second belongs to what is in time: 48 hours exactly are enough, and a clock of seconds cuts off what is smaller.
    late = last + dt.timedelta(seconds=1)
    for _, change, _ in asked:
        granted = [a for a in answers[change] if a[3] == 200]
        check(len(granted) <= 1, f"{change}: approved by {[a[0] for a in granted]}")
        for name, before, after, status, body in answers[change]:
            place = f"{change}, {name}, {before:%T.%f} to {after:%T.%f}, until {last:%T}: {status} {str(body)[:300]}"
            if status == 200:
                check(before < late, f"granted although asked too late: {place}")
            elif status == 422 and "insufficient_notice" in codes(body):
                check(after >= late, f"refused although answered in time: {place}")
                seen["refused at the second"] += 1
            else:
                # Somebody else was before: what was seen is no more, or nothing waits.
                check(status in (412, 422) and granted, place)
        events = server.events(change)
        names = [event["event"] for event in events]
        check(names == (["requested", "approved", "rescheduled"] if granted else ["requested"]), f"{change}: {names}")
        if granted:
            moments = [dt.datetime.fromisoformat(event["at"]) for event in events[1:]]
            check(all(moment <= last for moment in moments), f"{change}: approved at {moments}, until {last}")
            decided = server.run("show", change)["approval"]
            check((decided["state"], decided["by"]) == ("approved", granted[0][0]), f"{change}: {decided}, not {granted[0][0]}")
        seen["approved in time" if granted else "left"] += 1
        # What nobody approved goes, so that the next round has its time.
        move = server.call("eve", "GET", f"/changes/{change}")
        status, body, _ = server.call("eve", "POST", f"/changes/{change}/cancel", {"reason": "Over"}, move[2])
        check(status == 200, f"{change}: cancel {status} {body}")


def moves(server, check, seen, number):
    """Two approve what they saw, one declines, and who asked moves, rewords or withdraws it, all at once."""
    start = (now() + dt.timedelta(days=3, hours=2 * number)).replace(minute=0, second=0, microsecond=0)
    asked = [(service, *server.submit(service, start)) for service in SERVICES]
    gate = threading.Barrier(4)

    def play(job):
        name, action, body = job
        done = []
        for index, (_, change, tag) in enumerate(asked):
            gate.wait()
            time.sleep(random.uniform(0, 0.004 if name == "eve" else 0.012))
            made = body(index) if callable(body) else body
            verb = made.pop("verb", action)
            done.append((name, verb, *server.call(name, "POST", f"/changes/{change}/{verb}", made, tag)))
        return done

    def own(index):
        later = (start + dt.timedelta(hours=2)).isoformat()
        return [
            {"verb": "reschedule", "start": later, "reason": "Vendor is late"},
            {"verb": "amend", "title": "Another title", "reason": "Clearer"},
            {"verb": "cancel", "reason": "Not needed"}][index % 3]

    jobs = [
        ("rita", "approve", lambda _: {}), ("remy", "approve", lambda _: {}),
        ("rosa", "decline", lambda _: {"reason": "Not now"}), ("eve", "move", own)]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        played = list(pool.map(play, jobs))
    for (_, change, _), four in zip(asked, zip(*played)):
        granted = [(name, verb) for name, verb, status, *_ in four if status == 200]
        place = f"{change}: {[(name, verb, status) for name, verb, status, *_ in four]}"
        # All four had seen the same: whoever is first makes the word of the others stale.
        check(len(granted) == 1, f"not one word counts: {place}")
        check(all(status in (200, 412, 422) for _, _, status, *_ in four), place)
        names = [event["event"] for event in server.events(change)]
        wanted = {
            "approve": ["requested", "approved", "rescheduled"], "decline": ["requested", "declined"],
            "cancel": ["requested", "cancelled"], "reschedule": ["requested", "requested"],
            "amend": ["requested", "requested"]}[granted[0][1]] if granted else None  # fmt: skip
        check(names == wanted, f"{place}: the log says {names}")
        if granted and granted[0][1] == "approve":
            plan = server.run("show", change)
            check((plan["title"], dt.datetime.fromisoformat(plan["start"])) == ("Database migration", start), f"{place}: {plan}")
        seen[granted[0][1] if granted else "none"] += 1
        status, found, tag = server.call("eve", "GET", f"/changes/{change}")
        if found["state"] in ("requested", "planned"):
            server.call("eve", "POST", f"/changes/{change}/cancel", {"reason": "Over"}, tag)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--quick", action="store_true", help="1 round instead of 10")
    parser.add_argument("--rounds", type=int)
    options = parser.parse_args()
    tally, seen = Tally(), collections.Counter()
    with tempfile.TemporaryDirectory(prefix="preavis-approvals-") as folder:
        server = Server(options.program, pathlib.Path(folder))
        try:
            for number in range(options.rounds or (1 if options.quick else 10)):
                deadline(server, tally.check, seen)
                moves(server, tally.check, seen, number)
            verified = server.run("register", "verify")
            tally.check(not verified["problems"], f"register verify: {verified['problems']}")
        finally:
            server.stop()
    print(f"approvals: {dict(seen)}")
    if not options.quick:
        for name in ("approved in time", "left", "refused at the second", "approve", "decline", "reschedule", "cancel"):
            tally.check(seen[name], f"nothing of “{name}” was met: it shows too little")
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
