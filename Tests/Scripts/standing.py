#!/usr/bin/env python3
"""A year of random edits to a contract against random plans: what the rules of today say of each, everywhere the same.

usage: standing.py PREAVIS [--quick] [--edits N] [--seed N] [--no-server]

Freezes come and go, versions with other nights, weekdays and zones are added and taken away, holidays and their zones
change, components and environments go and come back, what has to be approved changes. After each edit `conflicts`, `list`,
`show`, the gate at sampled moments and the change calendar are compared with a reckoning of its own: minute by minute, with
the time zones of Python and windows read off the clock on the wall. At some edits what is exported is looked at, too: clients are told nothing of
conflicts. Then a server: it notices a freeze, a mistake in a file and another tzdata by itself, tells a webhook of each
onset once, whatever restarts come between. Ends with "N passed, M failed".
"""
import argparse
import contextlib
import datetime as dt
import http.server
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
import zoneinfo

from tally import Tally

ROOT = pathlib.Path(__file__).resolve().parents[2]
SERVICE = "hub"
UTC = dt.timezone.utc
MINUTE = dt.timedelta(minutes=1)
WEEK = frozenset(range(7))
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
COMPONENTS = ["application", "administration", "flux"]
# No edge lies in an hour that a clock skips or repeats, so that the wall says it all.
EDGES = ["21:00", "22:30", "00:00", "00:30", "04:00", "05:00", "06:30", "08:00"]
ZONES = ["Europe/Paris", "Europe/Paris", "Europe/Paris", "Europe/Athens", "Atlantic/Azores"]


# What the contract says, as the model has it.


def easter(year):
    """Anonymous Gregorian computus."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return dt.date(year, month, day + 1)


class World:
    """The files of the calendars folder, as values."""

    def __init__(self, rng):
        self.rng = rng
        self.national = [
            "01-01", 1, "05-01", "05-08", 39, 50, "07-14", "08-15", "11-01", "11-11", "12-25"]
        self.zones = {"metropole": [], "alsace-moselle": [-2, "12-26"]}
        self.components = list(COMPONENTS)
        self.environments = ["production", "preproduction"]
        self.freezes = {}  # name -> (title, first, end): dates for whole days, moments in UTC otherwise
        self.count = 0
        self.versions = [self.version(dt.date(2020, 1, 1))]

    def version(self, start, like=None):
        new = {
            "from": start, "zone": "Europe/Paris", "nights": [("00:00", "08:00", WEEK)], "weekdays": {6}, "holidays": True,
            "holiday-zone": "metropole", "anytime": set(), "gate": "changes", "freezes": [], "approval": set()}  # fmt: skip
        if like:
            new = {k: (v.copy() if isinstance(v, (set, list)) else v) for k, v in like.items()} | {"from": start}
        return new

    def write(self, folder):
        for name in ["services", "holidays", "freezes"]:
            (folder / name).mkdir(parents=True, exist_ok=True)
        for old in (folder / "freezes").iterdir():
            if old.stem not in self.freezes:
                old.unlink()
        for name, (title, first, end) in self.freezes.items():
            (folder / "freezes" / f"{name}.ics").write_text(self.freeze_file(name, title, first, end), newline="")
        day = lambda rule: f"easter: {rule}" if isinstance(rule, int) else f"date: {rule}"  # noqa: E731
        line = lambda i, rule: f'  - {{ name: "Day {i}", {day(rule)}, law: "law" }}\n'  # noqa: E731
        text = "country: fr\nnational:\n" + "".join(line(i, r) for i, r in enumerate(self.national)) + "zones:\n"
        for zone, rules in self.zones.items():
            text += f"  {zone}:" + (" []\n" if not rules else "\n")
            text += "".join("  " + line(f"{zone} {i}", r) for i, r in enumerate(rules))
        (folder / "holidays" / "fr.yaml").write_text(text)
        text = (
            f"service: {SERVICE}\nname: {{ fr: Hub, en: Hub }}\nsource: Contract\n"
            f"components: [{', '.join(self.components)}]\nenvironments: [{', '.join(self.environments)}]\n"
            'contact: { name: Support, url: "https://portal.example/support" }\n'
            "organizer: maintenance@portal.example\nportal: https://portal.example/maintenance\nversions:\n")
        for v in self.versions:
            nights = ", ".join(night_text(*n) for n in v["nights"])
            text += (
                f"  - effective-from: {v['from']}\n    time-zone: {v['zone']}\n    holidays: fr/{v['holiday-zone']}\n"
                f"    maintenance-window:\n      clause: article 5\n      nights: [{nights}]\n"
                f"      weekdays: [{', '.join(DAYS[d] for d in sorted(v['weekdays']))}]\n"
                f"      holidays: {str(v['holidays']).lower()}\n"
                f"      any-time-environments: [{', '.join(sorted(v['anytime'] & set(self.environments)))}]\n"
                "    planned-maintenance: { clause: article 5, notice: 48h, inside-announced-interval: keeps-notice }\n"
                "    emergency: { clause: article 5, refuse-when-plannable: true }\n"
                "    updates: { clause: article 10, announce: before-start, except: corrections-without-training }\n"
                f"    freezes: [{', '.join(f'freezes/{name}.ics' for name in v['freezes'])}]\n"
                f"    gate: {{ opens: {v['gate']} }}\n"
                f"{approval_text(v['approval'])}"
                "    publication: { keep-past: 90 days, reminders: [48h, 24h] }\n")
        path = folder / "services" / f"{SERVICE}.yaml"
        path.with_suffix(".new").write_text(text + "clients: []\n")
        path.with_suffix(".new").rename(path)

    @staticmethod
    def freeze_file(name, title, first, end):
        stamp = lambda moment: moment.strftime("%Y%m%dT%H%M%SZ")  # noqa: E731
        when = (
            [f"DTSTART:{stamp(first)}", f"DTEND:{stamp(end)}"] if isinstance(first, dt.datetime)
            else [f"DTSTART;VALUE=DATE:{first:%Y%m%d}", f"DTEND;VALUE=DATE:{end:%Y%m%d}"])  # fmt: skip
        lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ops//EN", "BEGIN:VEVENT", f"UID:{name}@example.org",
            "DTSTAMP:20250101T000000Z", *when, f"SUMMARY:{title}", "END:VEVENT", "END:VCALENDAR", ""]
        return "\r\n".join(lines)

    # Minute by minute.

    def is_holiday(self, date, v):
        base = easter(date.year)
        return any(
            (base + dt.timedelta(days=rule) if isinstance(rule, int) else dt.date(date.year, *map(int, rule.split("-"))))
            == date for rule in self.national + self.zones[v["holiday-zone"]])  # fmt: skip

    def in_force(self, date):
        """The version in force on a civil day; days before the first by the first."""
        return [v for v in self.versions if v["from"] <= date][-1:] or self.versions[:1]

    def version_at(self, moment):
        later = [v for v in self.versions if v["from"] <= moment.astimezone(zoneinfo.ZoneInfo(v["zone"])).date()]
        return (later or self.versions[:1])[-1]

    def is_open(self, minute, environment):
        """Whether some day's window holds this minute; each day by the version in force on it, in that version's zone."""
        for v in self.versions:
            wall = minute.astimezone(zoneinfo.ZoneInfo(v["zone"]))
            date, clock = wall.date(), wall.strftime("%H:%M")
            day_before = date - dt.timedelta(days=1)
            if self.in_force(date)[0] is v:
                # A contract cannot name an environment here that it does not have.
                if environment in v["anytime"] & set(self.environments) or date.weekday() in v["weekdays"]:
                    return True
                if v["holidays"] and self.is_holiday(date, v):
                    return True
                for start, end, days in v["nights"]:
                    if date.weekday() in days and start <= clock and (clock < end or end <= start):
                        return True
            if self.in_force(day_before)[0] is v:
                if any(end <= start and clock < end and day_before.weekday() in days for start, end, days in v["nights"]):
                    return True
        return False

    def frozen_by(self, first, end, v):
        """The freezes of a version that share a minute with the interval."""
        found = []
        for name in v["freezes"]:
            title, a, b = self.freezes[name]
            if not isinstance(a, dt.datetime):
                zone = zoneinfo.ZoneInfo(v["zone"])
                a, b = (dt.datetime.combine(d, dt.time(), zone).astimezone(UTC) for d in (a, b))
            if any(a <= m < b for m in minutes(first, end)):
                found.append(title)
        return sorted(found)

    def obstacles(self, plan):
        """Code and figures of what window and freezes say of the interval that was planned."""
        found = {}
        v = self.version_at(plan["from"])
        if plan["keeps-window"]:
            outside = sum(not self.is_open(m, plan["environment"]) for m in minutes(plan["from"], plan["planned-to"]))
            if outside:
                found["outside_window"] = outside * 60
        if plan["kind"] != "emergency":
            frozen = self.frozen_by(plan["from"], plan["planned-to"], v)
            if frozen:
                found["freeze"] = frozen
        return found

    def takes_time(self, other, plan, now):
        """Whether `other` keeps `plan` from its time: what only waits for approval stops no urgent work, nor anything once
        it can be approved no more."""
        if other["state"] != "requested":
            return other["booked"]
        last = other["from"] - (dt.timedelta(hours=48) if other["keeps-window"] else dt.timedelta(seconds=1))
        return plan["kind"] != "emergency" and now <= last

    def standing(self, plan, plans, now):
        found = self.obstacles(plan)
        mine = set(minutes(plan["from"], plan["planned-to"]))
        others = sorted(
            o["id"] for o in plans
            if o["id"] != plan["id"] and self.takes_time(o, plan, now) and o["environment"] == plan["environment"]
            and o["id"] not in plan["alongside"] and plan["id"] not in o["alongside"]
            and mine & set(minutes(o["from"], o["to"])))  # fmt: skip
        if others:
            found["overlap"] = others
        gone = [c for c in plan["components"] if c not in self.components]
        if gone:
            found["unknown_component"] = gone
        if plan["environment"] not in self.environments:
            found["unknown_environment"] = plan["environment"]
        return found

    # Edits.

    def edit(self, now, plans):
        """One edit that an operator could make, often of days on which something is planned; its name."""
        rng, v = self.rng, self.rng.choice(self.versions)
        soon = now.date() + dt.timedelta(days=rng.randrange(0, 75))
        if plans and rng.random() < 0.6:
            soon = rng.choice(plans)["from"].date() - dt.timedelta(days=rng.randrange(0, 2))
        kind = rng.choice(
            ["freeze", "freeze", "timed", "thaw", "thaw", "nights", "weekdays", "holidays", "rule", "holiday-zone",
             "version", "version", "repeal", "zone", "component", "environment", "anytime", "gate", "approval"])  # fmt: skip
        if kind in ("freeze", "timed"):
            self.count += 1
            name = f"freeze-{self.count}"
            if kind == "freeze":
                when = (soon, soon + dt.timedelta(days=rng.randrange(1, 12)))
            else:
                start = dt.datetime.combine(soon, dt.time(rng.randrange(24), rng.randrange(60)), UTC)
                when = (start, start + dt.timedelta(minutes=rng.randrange(1, 900)))
            self.freezes[name] = (f"Freeze {self.count}", *when)
            for version in self.versions if rng.random() < 0.7 else [v]:
                version["freezes"].append(name)
        elif kind == "thaw" and self.freezes:
            name = rng.choice(sorted(self.freezes))
            del self.freezes[name]
            for version in self.versions:
                version["freezes"] = [f for f in version["freezes"] if f != name]
        elif kind == "nights":
            v["nights"] = [a_night(rng) for _ in range(rng.choice([1, 1, 2]))]
            v["nights"] = [n for i, n in enumerate(v["nights"]) if not any(overlap(n, m) for m in v["nights"][:i])]
        elif kind == "weekdays":
            v["weekdays"] ^= {rng.randrange(7)}
        elif kind == "holidays":
            v["holidays"] = not v["holidays"]
        elif kind == "rule":
            if rng.random() < 0.5 and len(self.national) > 5:
                self.national.remove(rng.choice(self.national))
            elif f"{soon:%m-%d}" not in self.national + ["02-29"]:
                self.national.append(f"{soon:%m-%d}")
        elif kind == "holiday-zone":
            v["holiday-zone"] = "alsace-moselle" if v["holiday-zone"] == "metropole" else "metropole"
        elif kind == "version" and len(self.versions) < 4 and soon > self.versions[-1]["from"]:
            new = self.version(soon, like=self.versions[-1])
            self.versions.append(new)
            new["nights"] = [a_night(rng)]
        elif kind == "repeal" and len(self.versions) > 1:
            self.versions.pop(rng.randrange(1, len(self.versions)))
        elif kind == "zone":
            v["zone"] = rng.choice(ZONES)
        elif kind == "component":
            self.components = rng.sample(COMPONENTS, rng.randrange(1, 4))
        elif kind == "environment":
            self.environments = ["production"] + ([] if len(self.environments) > 1 else ["preproduction"])
        elif kind == "anytime":
            v["anytime"] ^= {"preproduction"}
        elif kind == "approval":
            v["approval"] = set(rng.choice([(), ("maintenance",), ("update",), ("maintenance", "update")]))
        elif kind == "gate":
            v["gate"] = "window" if v["gate"] == "changes" else "changes"
        return kind


def a_night(rng):
    """Two edges, of every day or of some: those on which the night begins."""
    days = WEEK if rng.random() < 0.5 else frozenset(rng.sample(range(7), rng.randrange(1, 6)))
    return (*rng.sample(EDGES, 2), days)


def approval_text(kinds):
    """One person plays all parts here, so that four eyes are not asked for."""
    return f"    approval: {{ clause: article 5, for: [{', '.join(sorted(kinds))}], four-eyes: false }}\n" if kinds else ""


def night_text(start, end, days):
    if days == WEEK:
        return f"{start}-{end}"
    return f"{{ hours: {start}-{end}, days: [{', '.join(DAYS[d] for d in sorted(days))}] }}"


def overlap(a, b):
    """Whether two nights share a minute of the clock."""
    def clock(n):
        start, end = (int(t[:2]) * 60 + int(t[3:]) for t in n[:2])
        return {m % 1440 for m in range(start, end if end > start else end + 1440)}
    return bool(clock(a) & clock(b))


def minutes(start, end):
    return [start + i * MINUTE for i in range(int((end - start) / MINUTE))]


def moment(text):
    return dt.datetime.fromisoformat(text).astimezone(UTC)


class Program:
    def __init__(self, path, folder):
        self.path, self.folder = os.path.abspath(path), folder
        self.now = dt.datetime(2026, 1, 5, 9, tzinfo=UTC)
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ} | {"PREAVIS_CONFIG": ""}
        self.environment = keep | {
            "LANG": "C.UTF-8", "PREAVIS_REGISTER": str(folder / "register.sqlite"),
            "PREAVIS_CALENDARS": str(folder / "calendars"), "PREAVIS_TEMPLATES": str(ROOT / "templates")}

    def variables(self):
        return self.environment | {"PREAVIS_NOW": self.now.strftime("%Y-%m-%dT%H:%M:%S+00:00")}

    def run(self, *arguments, given=None, ok=(0,), before=()):
        done = subprocess.run(
            [*before, self.path, *arguments], env=self.variables(), input=given, text=True, capture_output=True,
            timeout=120)
        if done.returncode not in ok:
            sys.exit(f"{' '.join(arguments)}: exit {done.returncode}: {done.stdout[-800:]} {done.stderr[-800:]}")
        return done

    def json(self, *arguments, ok=(0,), **more):
        return json.loads(self.run(*arguments, "--json", ok=ok, **more).stdout)


def plans_of(listed):
    """What the register says of its changes; none of it is what is compared."""
    plans = []
    for c in listed:
        interrupts = (c.get("update") or {}).get("interruption", True)
        plans.append({
            "id": c["id"], "kind": c["kind"], "state": c["state"], "environment": c["environment"],
            "components": c["components"], "from": moment(c["start"]), "to": moment(c["end"]),
            "planned-to": moment(c.get("planned_end") or c["end"]), "alongside": c.get("alongside", []),
            "booked": c["state"] in ("requested", "planned", "in-progress"), "revision": c["revision"],
            "keeps-window": c["kind"] == "maintenance" or (c["kind"] == "update" and interrupts),
            "begun": c["actual_start"] and moment(c["actual_start"]), "done": c["actual_end"] and moment(c["actual_end"]),
        })  # fmt: skip
    return plans


def figures(findings):
    """Of findings that refuse, what the model reckons too."""
    found = {}
    for f in findings:
        if f["ok"]:
            continue
        found[f["code"]] = {
            "outside_window": lambda f: f["outside_seconds"],
            "freeze": lambda f: sorted(x["title"] for x in f["freezes"]),
            "overlap": lambda f: sorted(x["id"] for x in f["changes"]),
            "unknown_component": lambda f: f["components"],
            "unknown_environment": lambda f: f["environment"],
        }[f["code"]](f)  # fmt: skip
    return found


class Year:
    def __init__(self, path, folder, seed, tally):
        self.rng = random.Random(seed)
        self.world = World(self.rng)
        self.folder, self.tally = folder, tally
        self.program = Program(path, folder)
        self.world.write(folder / "calendars")
        self.program.run("init", "--simulation")
        self.titles = 0
        self.edits, self.seen = {}, {"conflicts": 0, "codes": {}, "open": 0, "closed": 0}

    def plans(self):
        return plans_of(self.program.json("list"))

    def step(self, days, exports):
        self.program.now += dt.timedelta(days=days, minutes=self.rng.randrange(-200, 200))
        self.live()
        self.submit()
        kind = self.world.edit(self.program.now, [p for p in self.plans() if p["state"] == "planned"])
        self.edits[kind] = self.edits.get(kind, 0) + 1
        self.world.write(self.folder / "calendars")
        self.compare(kind, exports)

    def submit(self):
        """A handful of plans that today's rules allow, by the model too."""
        rng, world, now = self.rng, self.world, self.program.now
        plans = [p for p in self.plans() if p["booked"]]
        rows = []
        for _ in range(40):
            if len(rows) == 4:
                break
            environment = rng.choice(["production"] * 3 + world.environments[-1:])
            start = (now + dt.timedelta(hours=49 + rng.randrange(24 * 70))).replace(
                minute=rng.choice([0, 15, 30]), second=0)
            end = start + dt.timedelta(minutes=rng.choice([15, 60, 60, 120, 180]))
            kind = rng.choice(["maintenance"] * 4 + ["update", "interrupting"])
            self.titles += 1
            plan = {
                "id": f"new-{self.titles}", "kind": "update" if kind != "maintenance" else kind, "booked": True,
                "environment": environment, "alongside": [], "state": "planned", "from": start, "to": end, "planned-to": end,
                "components": rng.sample(world.components, rng.randrange(0, len(world.components) + 1)),
                "keeps-window": kind != "update"}  # fmt: skip
            if plan["kind"] in world.version_at(start)["approval"]:
                plan["state"] = "requested"
            if world.standing(plan, plans, now):
                continue
            plans.append(plan)
            row = {
                "title": f"Work {self.titles}", "start": start.isoformat(), "end": end.isoformat(), "service": SERVICE,
                "environment": environment, "component": plan["components"], "kind": plan["kind"]}  # fmt: skip
            if plan["kind"] == "update":
                row |= {"update": "1.0", "category": "evolution", "interruption": kind == "interrupting"}
                row["impact"] = "outage" if kind == "interrupting" else "none"
            rows.append(json.dumps(row))
        if rows:
            done = self.program.run(
                "import", "-", "--format", "jsonl", "--json", given="\n".join(rows) + "\n", ok=(0, 3, 64, 65))
            self.tally.check(done.returncode == 0, f"plans that the model allows: {done.stdout[-900:]}{done.stderr}")

    def live(self):
        """Work begins, is extended, ends, is cancelled; requests are decided, or left; urgent work comes, over them too."""
        rng, run = self.rng, self.program.run
        plans = self.plans()
        for p in plans:
            if p["state"] == "in-progress":
                run("complete", p["id"], "--ended", "now", "--reason", "Done", ok=(0, 3))
        after = self.program.now
        due = [p for p in plans if p["state"] == "planned" and p["from"] <= after]
        for p in due:
            choice = rng.random()
            if choice < 0.5:
                run("start", p["id"], "--reason", "Now", "--at", p["from"].isoformat(), ok=(0, 64))
            elif choice < 0.8:
                run("cancel", p["id"], "--reason", "No")
        if rng.random() < 0.4:
            run("emergency", "--start", (after - dt.timedelta(minutes=5)).isoformat(), "--duration", "90m", "--title",
                "Disk", "--reason", "Full", "--service", SERVICE, ok=(0, 3))  # fmt: skip
        for p in (p for p in plans if p["state"] == "requested" and p["from"] > after):
            choice = rng.random()
            if choice < 0.15:
                run("approve", p["id"], ok=(0, 3))
            elif choice < 0.2:
                run("decline", p["id"], "--reason", "No")
            elif p["from"] < after + dt.timedelta(hours=47):
                run("emergency", "--start", (p["from"] + 10 * MINUTE).isoformat(), "--duration", "30m", "--title", "Leak",
                    "--reason", "Now", "--service", SERVICE, "--environment", p["environment"], ok=(0, 3, 64))  # fmt: skip
        coming = [p for p in plans if p["state"] == "planned" and p["from"] > after]
        if coming and min(p["from"] for p in coming) < after + dt.timedelta(days=3) and rng.random() < 0.5:
            # Work that begins now and is extended over a plan.
            p = min(coming, key=lambda p: p["from"])
            self.program.now = p["from"]
            if run("start", p["id"], "--reason", "Now", ok=(0, 3)).returncode == 0:
                later = [
                    q for q in coming if q["id"] != p["id"] and q["environment"] == p["environment"]
                    and p["to"] < q["to"] and q["from"] < p["to"] + dt.timedelta(days=2)]  # fmt: skip
                end = (later[0]["from"] if later else p["to"]) + dt.timedelta(minutes=30)
                named = [w for q in later[:1] for w in ("--alongside", q["id"])]
                run("extend", p["id"], "--end", max(end, p["to"] + MINUTE).isoformat(), "--reason", "More", *named,
                    ok=(0, 3, 64))  # fmt: skip

    def compare(self, kind, exports):
        world, program, check = self.world, self.program, self.tally.check
        listed = program.json("list")
        plans = plans_of(listed)
        # A plan whose time is over has no standing: nothing mends it.
        wanted = {
            p["id"]: world.standing(p, plans, program.now) for p in plans
            if p["booked"] and (p["state"] == "in-progress" or p["to"] > program.now)}
        place = f"{program.now:%F} after {kind}"
        for c in listed:
            said = c["standing"] and figures(c["standing"]["findings"])
            check(said == wanted.get(c["id"]), f"{place}: list {c['id']}: {said}, reckoned {wanted.get(c['id'])}")
        conflicts = {
            p["id"]: wanted[p["id"]] for p in plans if p["state"] != "in-progress" and wanted.get(p["id"])}
        answer = program.run("conflicts", "--json", ok=(0, 3))
        found = {c["change"]: figures(c["findings"]) for c in json.loads(answer.stdout)}
        check(found == conflicts, f"{place}: conflicts {found}, reckoned {conflicts}")
        check(answer.returncode == (3 if conflicts else 0), f"{place}: exit {answer.returncode}")
        self.seen["conflicts"] += len(conflicts)
        for codes in conflicts.values():
            for code in codes:
                self.seen["codes"][code] = self.seen["codes"].get(code, 0) + 1
        for p in self.rng.sample(plans, min(2, len(plans))):
            shown = program.json("show", p["id"])["standing"]
            said = shown and figures(shown["findings"])
            check(said == wanted.get(p["id"]), f"{place}: show {p['id']}: {said}, reckoned {wanted.get(p['id'])}")
            check(not shown or shown["status"] == ("refused" if said else "allowed"), f"{place}: status {p['id']}")
        self.ask_gate(plans, place)
        text = program.run("feed", "--profile", "change-calendar").stdout.replace("\r\n ", "")
        told = set(re.findall(r"^UID:(CHG-\d+-\d+)-", text, re.M))
        open_ = {
            p["id"] for p in plans
            if p["booked"] and p["state"] != "requested" and p["environment"] == "production" and p["to"] > program.now
            and not world.obstacles(p)}
        check(told == open_, f"{place}: change calendar {told ^ open_}")
        if exports:
            self.look_at_portal(plans, text, place)

    def ask_gate(self, plans, place):
        rng, world = self.rng, self.world
        booked = [p for p in plans if p["booked"]]
        moments = []
        for p in rng.sample(booked, min(3, len(booked))):
            moments += [p["from"], p["from"] + (p["to"] - p["from"]) / 2, p["to"]][rng.randrange(3):][:1]
        moments.append(self.program.now + dt.timedelta(minutes=rng.randrange(60 * 24 * 30)))
        for at in moments:
            at = at.replace(second=0, microsecond=0)
            environment = rng.choice(booked)["environment"] if booked else "production"
            if environment not in world.environments:
                environment = "production"
            wanted = self.is_gate_open(plans, at, environment)
            answer = self.program.run(
                "gate", "--at", at.isoformat(), "--environment", environment, "--json", ok=(0, 3))
            said = json.loads(answer.stdout)
            self.seen["open" if wanted else "closed"] += 1
            self.tally.check(
                (said["state"] == "OPEN") == wanted and answer.returncode == (0 if wanted else 3),
                f"{place}: gate at {at} in {environment}: {said['state']} {said['reasons']}, reckoned {wanted}")

    def is_gate_open(self, plans, at, environment):
        world = self.world
        for p in plans:
            if p["environment"] != environment or p["state"] not in ("planned", "in-progress", "completed"):
                continue
            start = p["from"]
            if p["kind"] == "emergency" and p["begun"]:
                start = min(start, p["begun"])
            end = min(p["to"], p["done"]) if p["done"] else p["to"]
            if start <= at < end and not world.obstacles(p):
                return True
        v = world.version_at(at)
        if v["gate"] != "window" or not world.is_open(at, environment):
            return False
        return not world.frozen_by(at, at + MINUTE, v)

    def look_at_portal(self, plans, calendar, place):
        target = self.folder / "site"
        self.program.run("export", "--out", str(target))
        check = self.tally.check
        pages = {p.relative_to(target).as_posix(): p for p in target.rglob("*") if p.is_file()}
        own = [p for name, p in pages.items() if name.endswith("feeds/change-calendar.ics")]
        if check(len(own) == 1, f"{place}: {len(own)} change calendars among {len(pages)} files"):
            text = own[0].read_text().replace("\r\n", "\n").replace("\n ", "")
            uids = lambda t: sorted(re.findall(r"^UID:(.*?)\r?$", t, re.M))  # noqa: E731
            check(uids(text) == uids(calendar), f"{place}: the calendar exported is another than that of feed")
        for p in plans:
            if p["revision"] is None:
                check(not any(p["id"] in name for name in pages), f"{place}: the portal tells of {p['id']}, not approved")
            if p["state"] != "planned" or p["revision"] is None:
                continue
            about = [f for name, f in pages.items() if p["id"] in name and name.endswith(".html")]
            check(about, f"{place}: the portal has no page of {p['id']}")
        for name, file in pages.items():
            if file.suffix in (".html", ".json", ".atom", ".xml"):
                text = file.read_text(errors="replace")
                check(
                    not re.search(r"today’s rules|règles d’aujourd’hui|\"standing\"", text, re.I),
                    f"{place}: {name} tells clients of a conflict")
        shutil.rmtree(target)


# The running server.


class Receiver(http.server.ThreadingHTTPServer):
    """Keeps the types and changes of what webhooks are told, by path."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.messages, self.lock = [], threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def of(self, path, kind=None):
        with self.lock:
            return [m for p, m in self.messages if p == path and kind in (None, m["type"])]


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        with self.server.lock:
            self.server.messages.append((self.path, body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *arguments):
        pass


class Server:
    def __init__(self, program, log, before):
        self.log = log
        with log.open("a") as errors:
            self.process = subprocess.Popen(
                [*before, program.path, "serve", "--listen", "127.0.0.1:0", "--allow-private"],
                env=program.variables(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors)
        until = time.monotonic() + 30
        self.port = None
        while self.port is None and time.monotonic() < until and self.process.poll() is None:
            told = [line["message"] for line in self.lines() if line.get("message", "").startswith("Serving")]
            if len(told) > Server.starts:
                self.port = int(re.search(r":(\d+)/", told[-1]).group(1))
            time.sleep(0.05)
        Server.starts += 1

    starts = 0

    def lines(self):
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]

    def get(self, path, token=None):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}")
        if token:
            request.add_header("authorization", f"Bearer {token}")
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def conflicts(self):
        found = re.search(r"^preavis_conflicts (\d+)", self.get("/metrics")[1], re.M)
        return found and int(found.group(1))

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)


def within(seconds, holds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.1)
    return False


def own_zones(folder):
    """A command before which the tz database is a copy that may be edited; none where that is not permitted."""
    zones = folder / "zoneinfo"
    shutil.copytree("/usr/share/zoneinfo", zones, symlinks=True)
    script = 'mount --bind "$0" /usr/share/zoneinfo && exec "$@"'
    before = ["unshare", "--mount", "sh", "-c", script, str(zones)]
    try:
        done = subprocess.run([*before, "true"], capture_output=True)
    except FileNotFoundError:
        return None, zones
    return (before if done.returncode == 0 else None), zones


def serve(path, folder, tally):
    check = tally.check
    world, program, receiver = World(random.Random(1)), Program(path, folder), Receiver()
    world.write(folder / "calendars")
    run = program.run
    run("init", "--simulation")
    url = f"http://127.0.0.1:{receiver.server_port}"
    for name, events in (("/staff", ["--event", "change.conflict"]), ("/clients", [])):
        run("webhook", "create", "--url", url + name, "--allow-private", *events)
    run("submit", "--start", "2026-03-10T06:30", "--duration", "1h", "--title", "Morning")
    run("submit", "--start", "2026-03-11T01:00", "--duration", "1h", "--title", "Night")
    token = program.json("token", "create", "--name", "staff", "--role", "engineer")["secret"]
    before, zones = own_zones(folder)
    log = folder / "server.log"
    log.touch()

    def edited(name, value):
        if value is None:
            del world.freezes[name]
            world.versions[0]["freezes"] = []
        else:
            world.freezes[name] = value
            world.versions[0]["freezes"] = [name]
        world.write(folder / "calendars")

    freeze = ("Year end", dt.date(2026, 3, 11), dt.date(2026, 3, 12))
    told = lambda: len(receiver.of("/staff", "change.conflict"))  # noqa: E731
    server = Server(program, log, before or ())
    try:
        check(within(30, lambda: server.conflicts() == 0), "a server counts no conflict at first")
        start = time.monotonic()
        edited("gel", freeze)
        check(within(30, lambda: server.conflicts() == 1), "a freeze is noticed by itself")
        print(f"a freeze was noticed after {time.monotonic() - start:.1f} s", flush=True)
        said = json.loads(server.get("/api/v1/conflicts", token)[1])
        check([(c["change"], [f["code"] for f in c["findings"]]) for c in said] == [("CHG-2026-0002", ["freeze"])], said)
        check(said == program.json("conflicts", ok=(3,)), "server and command line say the same")
        far = Program(path, folder)
        far.now = program.now
        far.environment |= {
            "PREAVIS_REGISTER": f"http://127.0.0.1:{server.port}", "PREAVIS_TOKEN": token,
            "XDG_CACHE_HOME": str(folder / "cache")}  # fmt: skip
        del far.environment["PREAVIS_CALENDARS"]
        far.variables = lambda: far.environment
        for verb in (["conflicts"], ["show", "CHG-2026-0002"], ["list"], ["gate", "--at", "2026-03-11T01:30"]):
            near = program.json(*verb, ok=(0, 3))
            check(far.json(*verb, ok=(0, 3)) == near, f"{' '.join(verb)} through the server says the same")
        check("\nIn conflict with" in far.run("notices", "due").stdout, "notices due through the server begins with it")
        check(server.get("/api/v1/conflicts")[0] == 401, "conflicts are for staff")
        check(within(30, lambda: told() == 1), "the webhook of staff is told")
        message = (receiver.of("/staff") or [{}])[0].get("data", {}).get("change", {})
        check(message.get("standing", {}).get("status") == "refused" and message["id"] == "CHG-2026-0002", message)
        lines = [line for line in server.lines() if line["message"] == "today's rules refuse a plan"]
        check([line["change"] for line in lines] == ["CHG-2026-0002"], lines)
        server.stop()
        server = Server(program, log, before or ())
        check(within(30, lambda: server.conflicts() == 1), "after a restart the conflict is there")
        time.sleep(2.5)
        check(told() == 1, f"and is not told again: {told()}")
        contract = folder / "calendars" / "services" / f"{SERVICE}.yaml"
        whole = contract.read_text()
        contract.write_text(whole + "nonsense: [\n")
        check(within(30, lambda: server.get("/readyz")[0] == 503), "a mistake in a file is told by /readyz")
        check(any(line["message"].startswith("contracts cannot be read") for line in server.lines()), "and by the log")
        check(json.loads(server.get("/api/v1/conflicts", token)[1]) == said, "the contract of before judges")
        check(json.loads(server.get("/api/v1/gate/hub?at=2026-03-11T01:30")[1])["state"] == "CLOSED", "so does the gate")
        edited("gel", None)
        check(within(30, lambda: server.conflicts() == 0), "a freeze that goes is noticed")
        check(within(30, lambda: server.get("/readyz")[0] == 200), "mended, it is ready")
        edited("gel", freeze)
        check(within(30, lambda: told() == 2), f"the next onset is told: {told()}")
        edited("gel", None)
        check(within(30, lambda: server.conflicts() == 0), "gone again")
        if before:
            paris, athens = zones / "Europe" / "Paris", zones / "Europe" / "Athens"
            kept = paris.read_bytes()

            def install(data):
                new = paris.with_name("Paris.dpkg-new")
                new.write_bytes(data)
                new.rename(paris)

            install(athens.read_bytes())
            check(within(30, lambda: server.conflicts() == 1), "another tzdata is noticed by the server")
            check(within(30, lambda: told() == 3), "and told")
            found = json.loads(run("conflicts", "--json", ok=(0, 3), before=before).stdout)
            check([c["change"] for c in found] == ["CHG-2026-0001"], f"and by the command line: {found}")
            install(kept)
            check(within(30, lambda: server.conflicts() == 0), "the one before is back")
        else:
            print("tzdata: not shown, since mounting is not permitted here", flush=True)
        check(not receiver.of("/clients", "change.conflict"), "whoever did not ask is told nothing")
        check(len(receiver.of("/clients")) == 2, "but of the plans")
    finally:
        server.stop()
    check(run("register", "verify").returncode == 0, "the register verifies")


def ends(path, folder, tally):
    """A conflict that is over because its time is, while register and contracts stay as they are; by the machine's clock."""
    world, program = World(random.Random(1)), Program(path, folder)
    program.variables = lambda: program.environment
    world.write(folder / "calendars")
    program.run("init")
    start = dt.datetime.now(UTC) + dt.timedelta(seconds=5)
    program.run("emergency", "--start", f"{start:%FT%TZ}", "--duration", "PT25S", "--title", "Disk", "--reason", "Full",
                "--component", "flux")  # fmt: skip
    world.components.remove("flux")
    world.write(folder / "calendars")
    log = folder / "server.log"
    log.touch()
    Server.starts = 0
    server = Server(program, log, ())
    try:
        tally.check(within(25, lambda: server.conflicts() == 1), "a component that is gone makes a conflict")
        tally.check(within(40, lambda: server.conflicts() == 0), "which is over when the time of the plan is")
    finally:
        server.stop()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--edits", type=int)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--no-server", action="store_true")
    options = parser.parse_args()
    edits = options.edits or (14 if options.quick else 365)
    tally = Tally()
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        year = Year(options.program, pathlib.Path(folder), options.seed, tally)
        for number in range(edits):
            year.step(max(1, 365 // edits), exports=number % 12 == 3)
        plans = len(year.plans())
    print(
        f"{edits} edits {year.edits}, {plans} changes, {year.seen['conflicts']} conflicts seen {year.seen['codes']}, "
        f"gate {year.seen['open']} open {year.seen['closed']} closed, {time.monotonic() - start:.0f} s", flush=True)
    for code in [] if options.quick else ["outside_window", "freeze", "overlap", "unknown_component", "unknown_environment"]:
        tally.check(code in year.seen["codes"], f"no plan met {code}: the year shows too little")
    if not options.no_server:
        with contextlib.ExitStack() as stack:
            serve(options.program, pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory())), tally)
            ends(options.program, pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory())), tally)
    print(f"{tally.passed} passed, {tally.failed} failed")
    sys.exit(1 if tally.failed else 0)


if __name__ == "__main__":
    main()
