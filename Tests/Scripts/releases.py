#!/usr/bin/env python3
"""Random releases, placed by the program and judged here: by a checker, by trying everything, and by changing them.

usage: releases.py PREAVIS [--quick] [--count N] [--seed N]

Fails when a plan breaks a rule or is worth something else than it says, when a proven plan is not the one that trying
everything finds, when a release with more room gets a worse plan, when two runs differ, or when a small budget makes
a plan that breaks a rule. Then the same of files as people write them: twelve changes over three services, with contracts
and a register of their own; and a search that is stopped. Windows, holidays and rules are written here anew, from the text of the problem
(docs/releases.md) and the calendar of public holidays; nothing is taken from the program.
"""
import argparse
import copy
import datetime as dt
import itertools
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zoneinfo

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PARIS = zoneinfo.ZoneInfo("Europe/Paris")
UTC = dt.timezone.utc


# -- time ---------------------------------------------------------------------------------------------------------

def minute(text):
    return int(dt.datetime.fromisoformat(text).timestamp()) // 60


def text(minutes):
    return dt.datetime.fromtimestamp(minutes * 60, PARIS).isoformat()


def civil(day, minutes):
    day, minutes = day + dt.timedelta(days=minutes // 1440), minutes % 1440
    return int(dt.datetime(day.year, day.month, day.day, minutes // 60, minutes % 60, tzinfo=PARIS).timestamp()) // 60


def easter(year):
    """Source: Oudin's algorithm, as in the Explanatory Supplement to the Astronomical Almanac."""
    g, c = year % 19, year // 100
    h = (c - c // 4 - (8 * c + 13) // 25 + 19 * g + 15) % 30
    i = h - h // 28 * (1 - h // 28 * (29 // (h + 1)) * ((21 - g) // 11))
    j = (year + year // 4 + i + 2 - c + c // 4) % 7
    k = i - j
    month = 3 + (k + 40) // 44
    return dt.date(year, month, k + 28 - 31 * (month // 4))


def is_holiday(day, zone):
    fixed = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
    moved = {1, 39, 50}
    if zone == "alsace-moselle":
        fixed, moved = fixed | {(12, 26)}, moved | {-2}
    return (day.month, day.day) in fixed or (day - easter(day.year)).days in moved


def windows(terms, now, horizon):
    day = dt.datetime.fromtimestamp(now * 60, PARIS).date() - dt.timedelta(days=14)
    last = dt.datetime.fromtimestamp(horizon * 60, PARIS).date() + dt.timedelta(days=14)
    pieces = []
    while day <= last:
        for night in terms.get("nights", []):
            if day.isoweekday() in night.get("days", range(1, 8)):
                a, b = (int(t[:2]) * 60 + int(t[3:]) for t in (night["from"], night["to"]))
                pieces.append((civil(day, a), civil(day, b if b > a else b + 1440)))
        if day.isoweekday() in terms.get("weekdays", []) or terms.get("holidays") and is_holiday(day, terms["holidays"]):
            pieces.append((civil(day, 0), civil(day, 1440)))
        day += dt.timedelta(days=1)
    merged = []
    for a, b in sorted(pieces):
        if merged and a <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(b, merged[-1][1]))
        else:
            merged.append((a, b))
    return merged


# -- rules --------------------------------------------------------------------------------------------------------

class Release:
    def __init__(self, raw):
        self.raw = raw
        self.now = int(dt.datetime.fromisoformat(raw["now"]).timestamp())
        self.base, self.horizon = self.now // 60, minute(raw["horizon"])
        self.services = {s["name"]: s for s in raw["services"]}
        self.windows = {n: windows(s["windows"], self.base, self.horizon) for n, s in self.services.items()}
        self.changes = {c["id"]: c for c in raw["changes"]}
        self.people = {p["name"]: p for p in raw["people"]}

    def window(self, service, start, end):
        return next((w for w in self.windows[service] if w[0] <= start and end <= w[1]), None)

    def alone(self, change, start):
        """Whether the rules that look at one change allow the start."""
        end = start + change["duration"]
        if start * 60 < self.now or end > self.horizon:
            return False
        if "fixed" in change:
            if start != minute(change["fixed"]):
                return False
        elif start % self.raw["grid"]:
            return False
        if "not_before" in change and start < minute(change["not_before"]):
            return False
        if "deadline" in change and end > minute(change["deadline"]):
            return False
        blocks = [b for p in change["crew"] for b in self.people.get(p, {}).get("unavailable", [])]
        for name in change["services"]:
            service = self.services[name]
            if start * 60 < self.now + service["notice"]:
                return False
            if not self.window(name, start, end + change["rollback"]) or not self.window(name, start, end):
                return False
            blocks += service["freezes"] + service["bookings"]
        return all(end <= minute(b["start"]) or minute(b["end"]) <= start for b in blocks)

    def together(self, a, sa, b, sb):
        """Whether both lie in one window of the intersection of all their services."""
        names = a["services"] + b["services"]
        low, high = min(sa, sb), max(sa + a["duration"], sb + b["duration"])
        return all(self.window(n, low, high) for n in names)

    def faults(self, plan):
        placed = {i: s for i, s in plan.items() if s is not None}
        found = []
        for i, s in placed.items():
            c = self.changes[i]
            e = s + c["duration"]
            if not self.alone(c, s):
                found.append((i, "alone"))
            for j, t in placed.items():
                d = self.changes[j]
                if i < j and s < t + d["duration"] and t < e and (
                        set(c["services"]) & set(d["services"]) or set(c["crew"]) & set(d["crew"])):
                    found.append((i, j, "overlap"))
            for row in c.get("after", []):
                p = row["change"]
                gap = None if p not in placed else s - placed[p] - self.changes[p]["duration"]
                if gap is None or gap < row.get("gap_min", 0) or gap > row.get("gap_max", gap):
                    found.append((i, p, "after"))
            for p in c.get("together", []):
                if p not in placed or not self.together(c, s, self.changes[p], placed[p]):
                    found.append((i, p, "together"))
        for person in {p for c in self.changes.values() for p in c["crew"]}:
            rest = self.people.get(person, {}).get("rest", 660)
            if not rest:
                continue
            works = sorted((s, s + self.changes[i]["duration"]) for i, s in placed.items()
                           if person in self.changes[i]["crew"])
            first = last = None
            for s, e in works:
                if last is None or s - last >= rest:
                    first = s
                last = e
                if last - first > 1440 - rest:
                    found.append((person, "rest"))
        for name, service in self.services.items():
            booked = self.booked(name)
            if "max_interruptions" in service and len(booked | self.interrupted(name, placed)) > max(
                    service["max_interruptions"], len(booked)):
                found.append((name, "limit"))
        return found

    def booked(self, name):
        found = {self.window(name, minute(b["start"]), minute(b["end"])) for b in self.services[name]["bookings"]
                 if b["impact"] in ("degraded", "outage")}
        return found - {None}

    def interrupted(self, name, placed):
        return {self.window(name, s, s + self.changes[i]["duration"]) for i, s in placed.items()
                if name in self.changes[i]["services"] and self.changes[i]["impact"] in ("degraded", "outage")}

    def score(self, plan):
        placed = {i: s for i, s in plan.items() if s is not None}
        disturbance = 0
        for i, s in placed.items():
            c = self.changes[i]
            if c["impact"] not in ("degraded", "outage"):
                continue
            for m in range(s, s + c["duration"]):
                hour = dt.datetime.fromtimestamp(m * 60, PARIS)
                index = (hour.isoweekday() - 1) * 24 + hour.hour
                disturbance += sum(self.services[n]["usage"][index] for n in c["services"])
        return [
            sum(2 ** self.changes[i]["priority"] for i in placed),
            sum(len(self.booked(n) | self.interrupted(n, placed)) for n in self.services),
            disturbance,
            sum(self.changes[i]["priority"] * (s + self.changes[i]["duration"] - self.base) for i, s in placed.items()),
        ]

    def best(self):
        """The best plan by trying all; nil where there are too many."""
        choices = {}
        for i, c in sorted(self.changes.items()):
            # Starts ascend, and none comes last: the first of several best plans is the one of the tie-break.
            starts = range(self.base, self.horizon) if "fixed" in c else range(
                -(-self.base // self.raw["grid"]) * self.raw["grid"], self.horizon, self.raw["grid"])
            choices[i] = [s for s in starts if self.alone(c, s)] + [None]
        total = 1
        for values in choices.values():
            total *= len(values)
        if total > 6000:
            return None
        best = None
        for values in itertools.product(*choices.values()):
            plan = dict(zip(choices, values))
            if not self.faults(plan):
                score = self.score(plan)
                if best is None or better(score, best[0]):
                    best = (score, plan)
        return best


def better(a, b):
    return [-a[0], *a[1:]] < [-b[0], *b[1:]]


# -- releases -----------------------------------------------------------------------------------------------------

TERMS = [
    {"nights": [{"from": "00:00", "to": "07:00"}], "weekdays": [7], "holidays": "metropole"},
    {"nights": [{"from": "21:00", "to": "05:00", "days": [1, 2, 3, 4]}], "weekdays": [6, 7]},
    {"nights": [{"from": "20:00", "to": "23:30"}, {"from": "04:00", "to": "06:00"}], "holidays": "alsace-moselle"},
    {"weekdays": [6, 7], "holidays": "metropole"},
    {"weekdays": [1, 2, 3, 4, 5, 6, 7]},
]
DAYS = ["2026-03-25", "2026-04-30", "2026-10-20", "2026-12-20", "2027-05-12", "2027-07-10", "2027-10-28"]


def make(number, seed):
    r = random.Random(f"{seed} {number}")
    tiny = number % 4 == 0
    day = dt.date.fromisoformat(r.choice(DAYS)) + dt.timedelta(days=r.randrange(5))
    now = civil(day, r.randrange(1440))
    length = r.choice([2, 3]) if tiny else r.choice([4, 8, 14])
    horizon = civil(day + dt.timedelta(days=length), r.randrange(24) * 60)
    grid = 60 if tiny else r.choice([15, 15, 20, 30])

    def interval(hours):
        start = now + r.randrange(-60, horizon - now)
        return {"start": text(start), "end": text(start + 60 * r.randrange(1, hours))}

    services = []
    for name in ["alpha", "beta", "gamma"][:r.randrange(1, 4)]:
        service = {
            "name": name, "windows": r.choice(TERMS), "notice": r.choice([0, 3600, 86400, 100000]),
            "freezes": [interval(30) for _ in range(r.choice([0, 0, 1]))],
            "bookings": [interval(5) | {"impact": r.choice(["none", "outage"])} for _ in range(r.choice([0, 1, 2]))],
            "usage": [r.choice([0, 1, 2, 5, 40]) for _ in range(168)],
        }
        if r.random() < 0.3:
            service["max_interruptions"] = r.randrange(0, 4)
        services.append(service)
    people = [{"name": p, "rest": r.choice([660, 660, 0, 480]),
               "unavailable": [interval(20) for _ in range(r.choice([0, 0, 1]))]} for p in ["ana", "bob"]]
    changes = []
    for n in range(r.randrange(2, 4) if tiny else r.randrange(3, 13)):
        c = {
            "id": f"C{n:02}", "services": r.sample([s["name"] for s in services], r.choice([1, 1, 1, min(2, len(services))])),
            "duration": r.choice([15, 45, 60, 90, 130, 240]), "rollback": r.choice([0, 0, 30]),
            "crew": r.sample(["ana", "bob", "cyd"], r.choice([0, 1, 1, 2])),
            "impact": r.choice(["none", "reduced-redundancy", "degraded", "outage"]), "priority": r.randrange(1, 6),
        }
        if r.random() < 0.2:
            c["deadline"] = text(now + r.randrange(600, horizon - now + 600))
        if r.random() < 0.2:
            c["not_before"] = text(now + r.randrange(0, horizon - now))
        if r.random() < 0.1:
            c["fixed"] = text(now + r.randrange(0, horizon - now))
        if changes and r.random() < 0.3:
            c["after"] = [{"change": r.choice(changes)["id"], "gap_min": r.choice([0, 30, 600])}]
            if r.random() < 0.5:
                c["after"][0]["gap_max"] = c["after"][0]["gap_min"] + r.choice([60, 1440])
        if changes and r.random() < 0.15:
            c["together"] = [r.choice(changes)["id"]]
        changes.append(c)
    seconds = r.choice([0, 23])
    return {"now": dt.datetime.fromtimestamp(now * 60 + seconds, PARIS).isoformat(), "horizon": text(horizon),
            "grid": grid, "services": services, "changes": changes, "people": people}


def roomier(raw, r):
    """The same release with one rule less."""
    raw = copy.deepcopy(raw)
    service, change, person = r.choice(raw["services"]), r.choice(raw["changes"]), r.choice(raw["people"])
    r.choice([
        lambda: service.update(notice=0), lambda: service.update(freezes=[]), lambda: change.pop("deadline", None),
        lambda: service.pop("max_interruptions", None), lambda: person.update(rest=0), lambda: change.update(crew=[]),
        lambda: person.update(unavailable=[]), lambda: change.update(rollback=0), lambda: change.pop("after", None),
        lambda: change.pop("not_before", None), lambda: change.pop("together", None),
        lambda: raw.update(horizon=text(minute(raw["horizon"]) + 1440)),
    ])()
    return raw


# -- runs ---------------------------------------------------------------------------------------------------------

def place(program, lines, budget):
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PREAVIS_CALENDARS": os.path.join(ROOT, "calendars")}
    run = subprocess.run(
        [os.path.abspath(program), "release", "plan", "--batch", "-", "--budget", str(budget)], env=environment,
        input="".join(json.dumps(line) + "\n" for line in lines), text=True, capture_output=True)
    if run.returncode:
        sys.exit(f"exit code {run.returncode}: {run.stderr[-500:]} {run.stdout[-500:]}")
    return run.stdout


# -- files that people write --------------------------------------------------------------------------------------

FILE_NOW = "2026-11-27T10:00:23+01:00"
# Name, what its contract says instead of the sample's, and the same terms for the judge.
CONTRACTS = [
    ("alpha", {}, {"nights": [{"from": "00:00", "to": "07:00"}], "weekdays": [7], "holidays": "metropole"}, 48),
    ("beta", {"nights: 00:00-07:00": "nights: [{ hours: 21:00-05:00, days: monday-thursday }]",
              "weekdays: [sunday]": "weekdays: [saturday, sunday]", "holidays: true ": "holidays: false ",
              "notice: 48h": "notice: 24h"},
     {"nights": [{"from": "21:00", "to": "05:00", "days": [1, 2, 3, 4]}], "weekdays": [6, 7]}, 24),
    ("gamma", {"nights: 00:00-07:00": "nights: [20:00-23:30, 04:00-06:00]", "weekdays: [sunday]": "weekdays: []",
               "fr/metropole": "fr/alsace-moselle", "notice: 48h": "notice: 72h"},
     {"nights": [{"from": "20:00", "to": "23:30"}, {"from": "04:00", "to": "06:00"}], "holidays": "alsace-moselle"}, 72),
]


def hours(minutes):
    return f"{minutes // 60}h{minutes % 60:02}"


def civil_text(minutes):
    return dt.datetime.fromtimestamp(minutes * 60, PARIS).strftime("%Y-%m-%dT%H:%M")


def written(number, seed):
    """A release as a person writes it, and the same for the judge but for terms and bookings."""
    r = random.Random(f"file {seed} {number}")
    start = civil(dt.date(2026, 12, 1), 0)
    end = civil(dt.date(2026, 12, r.choice([8, 14, 20])), r.choice([0, 300]))
    # Both days included.
    away = dt.date(2026, 12, r.randrange(1, 12))
    last = away + dt.timedelta(days=r.randrange(3))
    people = {"ana": {"away": [f"{away}/{last}"], "rest": "11h"}, "bob": None}
    judged = [{"name": "ana", "rest": 660, "unavailable": [
        {"start": text(civil(away, 0)), "end": text(civil(last + dt.timedelta(days=1), 0))}]}, {"name": "bob", "rest": 660}]
    file, changes = [], []
    for n in range(12):
        names = r.sample([c[0] for c in CONTRACTS], r.choice([1, 1, 1, 2]))
        length, back = r.choice([15, 45, 90, 120, 200]), r.choice([0, 0, 30, 60])
        impact, crew, priority = r.choice(["none", "degraded", "outage"]), r.sample(["ana", "bob", "cyd"], r.choice([0, 1, 1, 2])), r.randrange(1, 6)
        row = {"id": f"c{n:02}", "title": f"Change {n}: é, \"x\"", "services": names, "duration": hours(length), "rollback": f"{back}m",
               "impact": impact, "crew": crew, "priority": priority}
        judge = {"id": row["id"], "services": names, "duration": length, "rollback": back, "impact": impact, "crew": crew,
                 "priority": priority, "not_before": text(start), "deadline": text(end)}
        if n and r.random() < 0.4:
            other, least, most = f"c{r.randrange(n):02}", r.choice([0, 30]), r.choice([600, 4320])
            row["after"] = [{"change": other, "gap": f"{least}m..{hours(most)}"}]
            judge["after"] = [{"change": other, "gap_min": least, "gap_max": most}]
        elif n and r.random() < 0.3:
            row["together"] = judge["together"] = [f"c{r.randrange(n):02}"]
        if r.random() < 0.2:
            judge["deadline"] = text(end - 2880)
            row["deadline"] = civil_text(end - 2880)
        if r.random() < 0.1:
            fixed = start + r.randrange(0, end - start)
            row["start"], judge["fixed"] = civil_text(fixed), text(fixed)
        file.append(row)
        changes.append(judge)
    usage = [r.choice([0, 1, 2, 5, 40]) for _ in range(168)]
    release = {"release": "R", "not-before": "2026-12-01", "deadline": civil_text(end), "people": people,
               "usage": "usage.csv", "changes": file}
    return release, changes, judged, usage


def run_files(program, seed, count):
    faults, folder = [], pathlib.Path(tempfile.mkdtemp(prefix="preavis-release-"))
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PREAVIS_CALENDARS": str(folder / "calendars"),
                   "PREAVIS_REGISTER": str(folder / "r.sqlite"), "PREAVIS_NOW": FILE_NOW}

    def run(*words, codes=(0,)):
        done = subprocess.run([os.path.abspath(program), *words], env=environment, cwd=folder, text=True, capture_output=True)
        if done.returncode not in codes:
            sys.exit(f"{words}: exit code {done.returncode}: {done.stderr[-800:]}")
        return done.stdout

    try:
        shutil.copytree(os.path.join(ROOT, "calendars"), folder / "calendars")
        sample = folder / "calendars/services/profession-liberale.yaml"
        contract = sample.read_text()
        sample.unlink()
        for name, edits, _, _ in CONTRACTS:
            made = contract.replace("service: profession-liberale", f"service: {name}")
            for old, new in edits.items():
                if old not in made:
                    sys.exit(f"the sample contract does not say {old}")
                made = made.replace(old, new, 1)
            (sample.parent / f"{name}.yaml").write_text(made)
        run("init", "--simulation")
        booked = {"alpha": ("2026-12-06T01:00", "outage"), "beta": ("2026-12-05T03:00", "none"), "gamma": ("2026-12-07T20:30", "degraded")}
        for name, (start, impact) in booked.items():
            run("submit", "--service", name, "--start", start, "--duration", "2h", "--title", "B", "--impact", impact)
        for number in range(count):
            release, changes, people, usage = written(number, seed)
            (folder / "release.yaml").write_text(json.dumps(release, indent=1, ensure_ascii=False))
            days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
            (folder / "usage.csv").write_text("weekday,hour,weight\n" + "".join(
                f"{days[i // 24]},{i % 24},{w}\n" for i, w in enumerate(usage)))
            answer = json.loads(run("release", "plan", "release.yaml", "--json", "--budget", "20000"))
            services = []
            for name, _, terms, notice in CONTRACTS:
                start, impact = booked[name]
                begin = civil(dt.date.fromisoformat(start[:10]), int(start[11:13]) * 60 + int(start[14:]))
                services.append({"name": name, "windows": terms, "notice": notice * 3600, "freezes": [], "usage": usage,
                                 "bookings": [{"start": text(begin), "end": text(begin + 120), "impact": impact}]})
            judge = Release({"now": FILE_NOW, "horizon": answer["horizon"], "grid": 15, "services": services,
                             "changes": changes, "people": people})
            plan = {c["id"]: c["start"] and minute(c["start"]) for c in answer["changes"]}
            broken = judge.faults(plan)
            if broken or sorted(plan) != sorted(judge.changes):
                faults.append((f"file {number}", "breaks", broken))
            elif judge.score(plan) != answer["objective"]:
                faults.append((f"file {number}", "score", judge.score(plan), answer["objective"]))
            if better(answer["slot_by_slot"]["objective"], answer["objective"]):
                faults.append((f"file {number}", "slot by slot is better"))
            # What is said to have no place has none; what would give it one, is said.
            for change in answer["changes"]:
                if (change["start"] is None) != ("why" in change) or "why" in change and not change["why"]["text"]:
                    faults.append((f"file {number}", change["id"], "has no place, and no reason"))
            # Judged once more by the rules that `submit` asks: all or nothing. Nobody may be told of a plan in one's own way.
            (folder / "plan.csv").write_text(run("release", "plan", "release.yaml", "--format", "csv", "--budget", "20000"), newline="")
            placed = sum(len(c["services"]) for c in answer["changes"] if c["start"])
            if placed:
                rows = json.loads(run("import", "plan.csv", "--dry-run", "--json", codes=(0, 3)))
                if len(rows) != placed or any(row["status"] != "allowed" for row in rows):
                    faults.append((f"file {number}", "refused", [row for row in rows if row["status"] != "allowed"][:1]))
        # The first Ctrl-C ends the search.
        many = [{"id": f"m{n}", "title": "T", "services": ["alpha"], "duration": "50m"} for n in range(60)]
        (folder / "many.yaml").write_text(json.dumps({"release": "M", "changes": many}))
        with subprocess.Popen([os.path.abspath(program), "release", "plan", "many.yaml", "--json", "--budget", "60"], env=environment,
                              cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as search:
            time.sleep(4)
            search.send_signal(signal.SIGINT)
            output, errors = search.communicate(timeout=60)
        if search.returncode or not json.loads(output)["interrupted"]:
            faults.append(("interrupt", search.returncode, errors[-300:]))
    finally:
        shutil.rmtree(folder)
    return faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    count = options.count or (8 if options.quick else 1000)
    lines = []
    for number in range(count):
        raw = make(number, options.seed)
        lines.append({"id": f"{number}", "instance": raw})
        lines.append({"id": f"{number}+", "instance": roomier(raw, random.Random(number))})
    output = place(options.program, lines, 300_000)
    answers = {a["id"]: a for a in map(json.loads, output.splitlines())}
    cut = {a["id"]: a for a in map(json.loads, place(options.program, lines, 10_000).splitlines())}
    if place(options.program, lines[:200], 300_000) != "".join(output.splitlines(keepends=True)[:200]):
        sys.exit("two runs differ")
    faults, tried, proven = [], 0, 0
    for line in lines:
        release = Release(line["instance"])
        for answer in (answers[line["id"]], cut[line["id"]]):
            plan = {i: None if s is None else minute(s) for i, s in answer["plan"].items()}
            broken = release.faults(plan)
            if broken or sorted(plan) != sorted(release.changes):
                faults.append((line["id"], "breaks", broken))
            elif release.score(plan) != answer["objective"]:
                faults.append((line["id"], "score", release.score(plan), answer["objective"]))
        answer = answers[line["id"]]
        proven += answer["proven"]
        if answer["proven"] and better(cut[line["id"]]["objective"], answer["objective"]):
            faults.append((line["id"], "proven, and beaten by a smaller budget"))
        best = release.best() if answer["proven"] and len(release.changes) <= 3 else None
        if best:
            tried += 1
            plan = {i: None if s is None else minute(s) for i, s in answer["plan"].items()}
            if (best[0], best[1]) != (answer["objective"], plan):
                faults.append((line["id"], "not the best", best, answer["objective"], plan))
    for number in range(count):
        plain, more = answers[f"{number}"], answers[f"{number}+"]
        if plain["proven"] and more["proven"] and better(plain["objective"], more["objective"]):
            faults.append((number, "worse with more room", plain["objective"], more["objective"]))
    files = 3 if options.quick else max(20, count // 10)
    faults += run_files(options.program, options.seed, files)
    for fault in faults[:20]:
        print(*fault)
    print(f"{len(lines)} releases and {files} files, {proven} proven, {tried} by trying everything, {len(faults)} faults")
    sys.exit(bool(faults))


main()
