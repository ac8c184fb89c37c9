#!/usr/bin/env python3
"""Every next step that an answer names is typed where it is named, and has to do what was said.

usage: steps.py PREAVIS [--only TEXT] [--show]

A case is a state of a register (simulations, whose clock stands), a command, and what has to hold once the step that its
answer names was typed. Steps are read from the answer itself: `preavis …` up to the end of the sentence, with what `…`
stands for filled in by the name of its option. Each case is walked on a file in English and through a server in French.
Then every example of every help text is typed, in a register where it makes sense. Whatever command the sources name in
a message has to have been met. Ends with "N passed, M failed".
"""
import argparse
import dataclasses
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "Server"))
import running  # noqa: E402
from tally import Tally  # noqa: E402

MONDAY = "2026-11-09T10:00:00+01:00"  # support is open, the maintenance window is not
WORK = "--title Base"
FILL = {"--start": "2026-12-13T01:00", "--duration": "1h", "--title": "Base", "--reason": "Alarme", "--cause": "incident",
        "--name": "ada", "--role": "engineer", "--end": "2026-12-13T02:00"}


@dataclasses.dataclass
class Case:
    what: str
    command: str
    holds: str = ""            # `ID key=value …` of `show --json` after the steps, or `= text` that the last step prints
    setup: tuple = ()          # commands, each `MOMENT command` or at the moment of the case
    now: str = MONDAY
    code: int = 3
    fill: dict = dataclasses.field(default_factory=dict)
    steps: int = 1             # how many the answer names
    codes: tuple = (0,)        # of the steps
    doors: tuple = ("file", "server")
    also: str = ""             # typed instead of the step that is named


PLAN = f"2026-11-01T10:00:00+01:00 submit --start 2026-12-06T01:00 --duration 2h {WORK}"
# The same where the contract asks for approval, and a move of what is published there; what is typed later is judged without.
REQUEST = PLAN.replace("submit", "submit --calendars approving")
MOVE = "2026-11-{} reschedule {} --calendars approving --start 2026-12-13T01:00 --reason x"
RUN = "2026-12-06T01:00:00+01:00 start CHG-2026-0001"
NIGHT = "2026-12-06T01:30:00+01:00"
# Urgent work whose end is not known begins late, and holds a plan's time until more is known.
LATE = "2026-12-06T04:10:00+01:00"
CONFLICT = (
    f"2026-11-01T10:00:00+01:00 submit --start 2026-12-06T04:30 --duration 1h {WORK}",
    f"2026-12-06T00:30:00+01:00 emergency --start 2026-12-06T03:00 {WORK} --reason Alarme",
    "2026-12-06T04:00:00+01:00 start CHG-2026-0003")
HOUR = "--start 2026-11-09T11:00 --duration 1h"
AHEAD = "--start 2026-11-15T02:00 --duration 2h"
CASES = [
    # Drafts: a request that was refused goes on.
    Case("outside the window", f"submit --start 2026-12-08T10:00 --duration 2h {WORK}", "CHG-2026-0001 state=planned"),
    Case("too little notice", f"submit --start 2026-11-10T01:00 --duration 2h {WORK}", "CHG-2026-0001 state=planned"),
    Case("an overlap", f"submit --start 2026-12-06T02:00 --duration 2h {WORK}", "CHG-2026-0002 state=planned", (PLAN,)),
    Case("longer than any window", f"submit --start 2026-12-06T01:00 --duration 100h {WORK}",
         "CHG-2026-0001 state=planned"),
    Case("an update told too late", f"submit --start 2026-11-09T09:00 --duration 1h {WORK} --update 5.2 --category evolution"
         " --no-interruption", "CHG-2026-0001 state=planned kind=update"),
    Case("urgent work without a reason", f"emergency {HOUR} {WORK}", "CHG-2026-0001 state=planned reason=Alarme"),
    Case("the same, amended", f"emergency {HOUR} {WORK}", "CHG-2026-0001 state=planned reason=Alarme",
         also="amend CHG-2026-0001 --reason Alarme"),
    Case("the same, amended in other words too", f"emergency {HOUR} {WORK}",
         "CHG-2026-0001 state=planned reason=Alarme title=Index", also="amend CHG-2026-0001 --title Index --reason Alarme"),
    Case("urgent work under way without a reason", f"emergency --start 2026-11-09T09:30 --duration 1h {WORK}",
         "CHG-2026-0001 state=in-progress reason=Alarme"),
    Case("urgent work that was over, without a reason", f"emergency --start 2026-11-09T08:30 --duration 1h {WORK}",
         "CHG-2026-0001 state=completed reason=Alarme"),
    Case("urgent work over other work", f"emergency --start 2026-12-06T01:30 --duration 1h {WORK} --reason Alarme",
         "CHG-2026-0002 state=in-progress", (PLAN, RUN), NIGHT),
    Case("urgent work over other work, without a reason", f"emergency --start 2026-12-06T02:30 --duration 1h {WORK}",
         "CHG-2026-0002 state=planned reason=Alarme", (PLAN, RUN), NIGHT),
    Case("urgent work that could be planned", f"emergency {AHEAD} {WORK} --reason Alarme",
         "CHG-2026-0002 state=planned kind=maintenance reason=Alarme start=2026-11-15T02:00:00+01:00"),
    Case("the same outside the window, in all its words",
         "emergency --start 2026-11-16T10:00 --duration 90m --title \"L'index « B » $HOME `x`\" --component flux"
         " --component application --impact degraded --environment preproduction --description \"Deux\nlignes\"",
         "CHG-2026-0002 state=planned kind=maintenance impact=degraded environment=preproduction"
         " title=L'index_«_B_»_$HOME_`x` description=Deux\nlignes"),
    Case("a release that is none", "release show REL-2026-0009", "= livraison", code=64, doors=("server",)),
    # States.
    Case("completed before it began", "complete CHG-2026-0001", "CHG-2026-0001 state=in-progress", (PLAN,), NIGHT, steps=2,
         also="start CHG-2026-0001"),
    Case("extended before it began", "extend CHG-2026-0001 --end 2026-12-06T04:00 --reason x",
         "CHG-2026-0001 state=in-progress", (PLAN,), NIGHT, steps=2, also="start CHG-2026-0001"),
    Case("completed long before it began", "complete CHG-2026-0001", "CHG-2026-0001 state=in-progress", (PLAN,), steps=2,
         also="start CHG-2026-0001 --reason Alarme"),
    Case("over, of which nobody said that it began", "complete CHG-2026-0001", "CHG-2026-0001 state=completed", (PLAN,),
         "2026-12-07T09:00:00+01:00", steps=2, also="complete CHG-2026-0001 --started 01:00 --ended 02:50"),
    Case("begun long after its time", "start CHG-2026-0001", "CHG-2026-0001 state=completed", (PLAN,),
         "2026-12-07T09:00:00+01:00", also="complete CHG-2026-0001 --started 01:00 --ended 02:50"),
    Case("more impact than there is notice for", "amend CHG-2026-0001 --impact outage --reason x",
         "CHG-2026-0001 state=planned start=2026-12-06T10:15:00+01:00",
         ("2026-11-01T10:00:00+01:00 submit --start 2026-12-06T01:00 --duration 2h --title Base --impact none",),
         "2026-12-04T10:00:00+01:00"),
    Case("moved although cancelled", "reschedule CHG-2026-0001 --start 2026-12-13T01:00", "CHG-2026-0002 state=planned",
         (PLAN, "cancel CHG-2026-0001 --reason x")),
    Case("started although over", "start CHG-2026-0001", "CHG-2026-0002 state=planned",
         (PLAN, RUN, "2026-12-06T02:00:00+01:00 complete CHG-2026-0001"), "2026-12-06T03:00:00+01:00"),
    Case("begun before its time", "start CHG-2026-0001 --reason x", "CHG-2026-0002 state=in-progress kind=emergency",
         (PLAN,), "2026-12-06T00:30:00+01:00", code=0, steps=2,
         also="emergency --start … --duration … --title … --reason …",
         fill={"--start": "2026-12-06T00:30", "--duration": "25m"}),
    # Approval.
    Case("a request", f"submit --calendars approving --start 2026-12-06T01:00 --duration 2h {WORK}",
         "CHG-2026-0001 state=planned", code=0, doors=("file",)),
    Case("started before it was approved", "start CHG-2026-0001", "CHG-2026-0001 state=planned", (REQUEST,)),
    Case("a list with a request", "list", "CHG-2026-0001 state=planned", (REQUEST,), code=0),
    Case("a request, shown", "show CHG-2026-0001", "CHG-2026-0001 state=planned", (REQUEST,), code=0),
    Case("a move that waits, shown", "show CHG-2026-0001", "CHG-2026-0001 state=planned start=2026-12-13T01:00:00+01:00",
         (PLAN, MOVE.format("02T10:00:00+01:00", "CHG-2026-0001")), code=0),
    Case("approved too late", "approve CHG-2026-0001", "CHG-2026-0001 state=planned", (REQUEST,), "2026-12-05T10:00:00+01:00",
         steps=2),
    Case("a gate that waits for approval", "gate --change CHG-2026-0001", "CHG-2026-0001 state=planned", (REQUEST,)),
    Case("messages that wait", "show CHG-2026-0001", "CHG-2026-0001 state=planned",
         (PLAN.replace("submit", "submit --calendars reviewed"),), code=0, steps=3, codes=(0, 3)),
    Case("nothing to send", "notices send CHG-2026-0001", "= CHG-2026-0001", (PLAN,)),
    Case("nothing to approve", "approve CHG-2026-0001", "= CHG-2026-0001", (PLAN,)),
    # What is not there.
    Case("the same, shown", "show CHG-2026-0002", "CHG-2026-0002 state=planned", (PLAN, *CONFLICT), LATE, code=0),
    Case("a plan that clients have to be told of", f"submit --start 2026-12-06T01:00 --duration 2h {WORK}", "= Base", code=0),
    Case("a plan that today's rules refuse", "conflicts", "= CHG-2026-0002", (PLAN, *CONFLICT), LATE),
    Case("a list with such a plan", "list", "= CHG-2026-0002", (PLAN, *CONFLICT), LATE, code=0, codes=(3,)),
    Case("no such change", "show CHG-2026-0099", "= CHG-2026-0001", (PLAN,), code=64),
    Case("no such outage", "outage amend OUT-2026-0099 --end 2026-11-09T09:00", "= OUT-2026-0001",
         ("outage record --start 2026-11-09T08:00 --cause incident",), code=64),
    Case("an outage that is void", "outage amend OUT-2026-0001 --end 2026-11-09T09:00", "= OUT-2026-0002",
         ("outage record --start 2026-11-09T08:00 --cause incident", "outage void OUT-2026-0001 --reason x"),
         fill={"--start": "2026-11-09T08:00"}),
    Case("no such token", "token revoke TOK-0099", "= TOK-0001", code=64),
    Case("no identifier of a token", "token revoke ada", "= TOK-0001", code=64),
    Case("a name that is taken", "token create --name ada --role engineer", "= ada",
         ("token create --name ada --role engineer",), code=64),
    Case("no such feed", "private-feed revoke PFD-0099", "= ", code=64),
    Case("no identifier of a feed", "private-feed revoke x", "= ", code=64),
    Case("no such webhook", "webhook revoke HOOK-0099", "= ", code=64),
    Case("no identifier of a webhook", "webhook revoke x", "= ", code=64),
    Case("no such mailing", "mailing revoke MAIL-0099", "= ", code=64),
    Case("no identifier of a mailing", "mailing revoke x", "= ", code=64),
    Case("no such message", "deliveries retry msg_0123456789abcdef0123456789abcdef", "= ", code=64),
    Case("no message named", "deliveries retry", "= ", code=64),
    Case("no change named", "notice", "= Base", (PLAN,), code=64),
    Case("no change of evidence named", "notices evidence", "= ", (PLAN,), code=64),
    # Notices and gate.
    Case("a notice that is owed", "notices due", "= ", (PLAN,), code=0),
    Case("notices that are owed", "notices due", "= ", (PLAN, PLAN.replace("12-06", "12-13")), code=0, steps=2),
    Case("a notice that does not fit", "notices published CHG-2026-0001 --kind completed --channel portal",
         "= CHG-2026-0001", (PLAN,), code=64),
    Case("nothing was written there", "notices published --written none --channel portal", "= ", (PLAN,), code=65,
         fill={"--out": "monday"}),
    Case("an override that is too long", "gate override --reason x --for 9h", "CHG-2026-0001 state=planned", code=64, steps=2,
         fill={"emergency --start": "2026-11-09T10:30"}),
    # Registers.
    Case("a register is made", "init --simulation --register new.sqlite", "= ", code=0, doors=("file",), codes=(0, 3)),
    Case("no register", "list --register none.sqlite", "= none.sqlite", code=1, doors=("today",)),
    Case("no token", "list", "= prv_", code=77, doors=("nobody",)),
]
# Named in messages that this script does not bring about, and why.
ELSEWHERE = {
    "register verify": "of a damaged file: Tests/Scripts/damage.py", "register accept": "of a rewritten history: RemoteTests",
    "deliveries list": "that a message waits: needs a receiver, Tests/Scripts/deliveries.py",
    "release plan": "a plan that went stale: ReleaseRecordTests", "release reschedule": "the same",
    "notice": "the notice of a change", "serve": "", "deliveries run": "", "init": "",
}


def joined(text):
    """Lines that were broken between words, as one; steps that stand alone have two blanks before them."""
    return re.sub(r"(?<=\S)\n {4,}(?=\S)", " ", text)


def steps(text):
    """The commands that a text names."""
    found = []
    for line in joined(text).replace(" ", " ").replace("\u202f", " ").splitlines():
        alone = re.match(r" {2}preavis (.*)$", line)
        if alone:
            found.append(alone[1])
            continue
        for part in re.findall(r"preavis ([a-z][^;,)]*?)(?=[;,)]|\.? *$|\. )", line):
            found.append(part.strip().rstrip("."))
    return found


def multiline(text):
    """A step whose quotation goes over several lines, put together."""
    lines, result = text.split("\n"), []
    while lines:
        line = lines.pop(0)
        while re.match(r" {2}preavis ", line) and len(re.findall(r"(?<!\\)'", line)) % 2 and lines:
            line += "\0" + lines.pop(0)
        result.append(line)
    return "\n".join(result)


def filled(step, fill):
    words, verb = shlex.split(step.replace("\0", "\n")), step.split(" ")[0]
    for index, word in enumerate(words):
        if "…" in word:
            option = words[index - 1]
            words[index] = fill.get(f"{verb} {option}") or fill.get(option) or {"CHG-…": "CHG-2026-0001"}.get(word) or word
    return words


class Place:
    """A register of its own, on a file or behind a server."""

    def __init__(self, binary, door, now):
        self.binary, self.door, self.now = binary, door, now
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="preavis-steps-"))
        self.register = self.folder / "register.sqlite"
        self.server = self.token = None
        for name, old, new in (
            ("approving", "    time-zone:", "    approval: { clause: article 7, four-eyes: false }\n    time-zone:"),
            ("reviewed", "publication: { keep", "publication: { send: reviewed, keep"),
        ):
            shutil.copytree(ROOT / "calendars", self.folder / name)
            contract = self.folder / name / "services" / "profession-liberale.yaml"
            contract.write_text(contract.read_text().replace(old, new))
        self.on_file("init --simulation", "2026-10-01T10:00:00+02:00")
        self.token = self.on_file(
            "token create --name walker --role admin", "2026-10-01T10:00:00+02:00").stdout.strip()

    def on_file(self, command, moment):
        return self.type(shlex.split(command), moment, codes=(0, 3))

    def prepare(self, commands):
        for command in commands:
            first, _, rest = command.partition(" ")
            done = self.on_file(rest, first) if first[0] == "2" else self.on_file(command, self.now)
            assert done.returncode in (0, 3), (command, done.stderr)

    def serve(self):
        self.server = running.Server(self.binary, self.register, now=self.now)

    def type(self, words, moment=None, codes=None, input=None):
        environment = running.environment(self.register, moment or self.now) | {"COLUMNS": "200"}
        if self.door == "today" and not codes:
            del environment["PREAVIS_NOW"]
        if self.server:
            del environment["PREAVIS_NOW"], environment["PREAVIS_CALENDARS"]
            environment |= {"PREAVIS_REGISTER": f"http://127.0.0.1:{self.server.port}", "XDG_CACHE_HOME": str(self.folder)}
            if self.door != "nobody":
                environment["PREAVIS_TOKEN"] = self.token
        lang = ["--lang", "fr"] if self.server else []
        done = subprocess.run([self.binary, *words, *lang], env=environment, cwd=self.folder, input=input or "",
                              capture_output=True, text=True, timeout=120)
        if codes and done.returncode not in codes:
            raise running.Failed(f"{words}: exit {done.returncode}: {done.stderr[:400]}")
        return done

    def close(self):
        if self.server:
            self.server.stop()
        shutil.rmtree(self.folder)


def walk(binary, case, door, tally, seen, show):
    place = Place(binary, door, case.now)
    what = f"{case.what} ({door})"
    try:
        place.prepare(case.setup)
        if door in ("server", "nobody"):
            place.serve()
        answer = place.type(shlex.split(case.command))
        text = multiline(answer.stdout + answer.stderr)
        named = steps(text)
        if show:
            print(f"--- {what}: {case.command}\n{answer.stdout}{answer.stderr}>>> {named}")
        tally.check(answer.returncode == case.code, f"{what}: exit {answer.returncode}: {text}")
        if not tally.check(len(named) == case.steps, f"{what}: names {named}: {text}"):
            return
        seen.update(named)
        if door == "nobody":  # to be typed where the register lies
            place.server.stop()
            place.server = None
        done = None
        for step in [case.also] if case.also else named:
            done = place.type(filled(step, FILL | case.fill))
            tally.check(done.returncode in case.codes, f"{what}: {step}: exit {done.returncode}: {done.stdout}{done.stderr}")
        if case.holds.startswith("= "):
            tally.check(case.holds[2:] in done.stdout + done.stderr, f"{what}: {done.stdout}{done.stderr}")
            return
        id, *wanted = case.holds.split(" ")
        shown = json.loads(place.type(["show", id, "--json"], codes=(0,)).stdout)
        for pair in wanted:
            key, value = pair.split("=", 1)
            tally.check(shown[key] == (value.replace("_", " ") if key == "title" else value), f"{what}: {key} {shown[key]!r}")
    finally:
        place.close()


# MARK: Help

WORLD = "2026-11-20T10:00:00+01:00"

# Where an example needs another state than the one below: its moment, and what was done before.
FREE = ("2026-11-20T10:00:00+01:00 cancel CHG-2026-0042 --reason x",)
RELEASE = "2026-11-20T10:00:00+01:00 release submit winter.yaml --budget 20000"
STATES = {
    "release reschedule": (WORLD, (RELEASE,)), "release cancel": (WORLD, (RELEASE,)), "release show": (WORLD, (RELEASE,)),
    "release leave": (WORLD, (RELEASE, "2026-11-20T10:00:00+01:00 release leave REL-2026-0001 --change 45")),
    "notice REL": (WORLD, (RELEASE,)),
    "release approve": (WORLD, (RELEASE + " --calendars approving",)),
    "release decline": (WORLD, (RELEASE + " --calendars approving",)),
    "check": ("2026-11-20T10:00:00+01:00", FREE), "submit": ("2026-11-20T10:00:00+01:00", FREE),
    "start": ("2026-12-06T01:10:00+01:00", ()),
    "extend": ("2026-12-06T02:00:00+01:00", ("2026-12-06T01:05:00+01:00 start CHG-2026-0042",)),
    "extend CHG-2026-0043": ("2026-12-08T10:50:00+01:00", (
        "2026-12-08T10:05:00+01:00 emergency --start 2026-12-08T10:00 --title Base --reason x",)),
    "complete 42 --ended": ("2026-12-07T09:00:00+01:00", (
        "2026-12-06T01:05:00+01:00 start CHG-2026-0042", "2026-12-06T03:00:00+01:00 complete CHG-2026-0042")),
    "complete 42 --started": ("2026-12-07T09:00:00+01:00", ()),
    "complete": ("2026-12-06T02:55:00+01:00", ("2026-12-06T01:05:00+01:00 start CHG-2026-0042",)),
    "approve": (WORLD, (MOVE.format("20T10:00:00+01:00", "CHG-2026-0042"),)), "decline": (WORLD, (MOVE.format("20T10:00:00+01:00", "CHG-2026-0042"),)),
    "notices send": (WORLD, (MOVE.format("20T10:00:00+01:00", "CHG-2026-0042").replace("approving", "reviewed"),)),
    "emergency": ("2026-12-01T10:00:00+01:00", ()),
    "gate": ("2026-12-06T01:30:00+01:00", ("2026-12-06T01:05:00+01:00 start CHG-2026-0042",)),
    "show": ("2026-12-06T01:30:00+01:00", ("2026-12-06T01:05:00+01:00 start CHG-2026-0042",)),
    "notices published": ("2026-12-05T10:00:00+01:00", ()),
    "gate override": ("2026-12-01T10:00:00+01:00", (
        "2026-12-01T09:50:00+01:00 gate override --environment preproduction --for 1h --reason x",)),
}
# Exit codes other than 0 that the examples themselves are about.
CODES = {'check --start "2026-12-07': (3,), "gate": (0, 3), "feed doctor": (0, 1), "register verify --against": (1,),
         "deliveries retry msg_": (64,),
         # Nothing came between: the best times are those that it has.
         "release reschedule REL-2026-0001 --replan": (64,), "register restore": (1,), "webhook test": (69, 1)}
# Of another machine, without an end, or of a mail that was sent (Tests/Scripts/reminders.py).
NOT_TYPED = ("notices evidence CHG-2026-0042 --check", "serve", "feed doctor https", "webhook test", "register accept",
             "register restore", "register verify --against", "deliveries retry msg_", "webhook create",
             # Of a change of that release, which the state of the verb leaves with.
             "release leave REL-2026-0001 --change CHG-2026-0042",
             # Of a folder that was written, and of a second change.
             "notices published --written", "notices published CHG-2026-0042 CHG-2026-0043")


# Source: RFC 3464, appendix E.1.
BOUNCE = """MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822;m1@example.org
Action: failed
Status: 5.1.1

--b--
"""


def examples(tree, path=()):
    """Each example of each help text, one a line."""
    discussion = tree.get("discussion", "")
    text = re.sub(r" \\\n\s*", " ", discussion)
    for line in text.splitlines():
        found = re.match(r"\s+(?:.*[|(] *)?preavis ([a-z].*)$", line)
        if found and "preavis" in line.split("#")[0]:
            yield path, re.sub(r"\s*[|)>].*$", "", found[1])
    for child in tree.get("subcommands", []):
        yield from examples(child, path + (child["commandName"],))


class World:
    """A register in which the examples make sense, copied for each."""

    def __init__(self, binary):
        self.binary = binary
        self.place = Place(binary, "file", WORLD)
        self.folder = self.place.folder
        rows = ["title,start,duration"] + [f"Base {n},2027-{1 + n // 25:02}-{1 + n % 25:02}T04:00,1h" for n in range(41)]
        (self.folder / "first.csv").write_text("\n".join(rows))
        self.at("2026-11-01T10:00:00+01:00", "import first.csv")
        self.at("2026-11-01T10:00:00+01:00", f"submit --start 2026-12-06T01:00 --duration 2h {WORK} --component flux")
        for start in ("2026-11-09T08:00", "2026-11-09T09:00", "2026-11-09T10:05"):
            self.at(WORLD, f"outage record --start {start} --cause incident")
        for number in range(3):
            self.at(WORLD, f"token create --name t{number} --role engineer")
            self.at(WORLD, f"webhook create --url https://hooks.example.org/{number}")
            self.at(WORLD, f"mailing create --to m{number}@example.org")
            self.at(WORLD, f"private-feed create --client c{number} --service profession-liberale")
        files = {
            "requests.csv": "registered_at,taken_in_charge_at\n2026-03-09T09:00,2026-03-09T10:00\n",
            "requests.jsonl": '{"registered_at":"2026-03-09T09:00:00","planned_at":"2026-03-01T09:00:00",'
                              '"start":"2026-03-29T03:00:00","end":"2026-03-29T04:00:00","zone":"metropole"}\n',
            "ranges.jsonl": '{"from":"2026-03-01T00:00:00","to":"2026-03-08T00:00:00","zone":"metropole"}\n',
            "searches.jsonl": '{"planned_at":"2026-03-01T09:00:00","not_before":null,"duration_seconds":3600,"booked":[],'
                              '"search_until":"2026-04-01T00:00:00","zone":"metropole"}\n',
            "years.jsonl": '{"year":2026,"zone":"metropole"}\n',
            "months.jsonl": '{"month":"2026-03","zone":"metropole","outages":[]}\n',
            "incidents-2026.csv": "start,end,cause,title\n2026-11-03T07:30,2026-11-03T07:50,incident,Login\n",
            "winter.yaml": (ROOT / "examples/releases/winter.yaml").read_text(),
            "releases.jsonl": (ROOT / "Tests/Fixtures/plans.jsonl").read_text().splitlines()[0] + "\n",
            "clients.csv": "email;nom\nc1@example.org;C1\nm1@example.org;M1\n",
            "tax-offices.txt": "t1@example.org\nt2@example.org\n",
            "bounces.mbox": "From MAILER-DAEMON Thu Jul  7 17:16:05 2026\n" + BOUNCE,
            "report.eml": BOUNCE,
            "plan-2027.csv": "title,start,duration\nBase,2027-03-07T01:00,1h\n",
            "agenda.ics": "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a@b.example\r\n"
                          "DTSTAMP:20261101T100000Z\r\nDTSTART:20270307T010000Z\r\nDTEND:20270307T020000Z\r\n"
                          "SUMMARY:Base\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        }
        for name, text in files.items():
            (self.folder / name).write_text(text, newline="")
        (self.folder / "plan.json").write_text(self.at(WORLD, "release plan winter.yaml --budget 20000 --json").stdout)
        calendar = self.at(WORLD, "feed").stdout
        for name in ("maintenance.ics", "new.ics", "old.ics"):
            (self.folder / name).write_text(calendar, newline="")
        # The examples of calendars that name clients.
        calendars = self.folder / "calendars"
        shutil.copytree(ROOT / "calendars", calendars)
        shutil.copytree(ROOT / "templates", self.folder / "templates")
        contract = calendars / "services" / "profession-liberale.yaml"
        text = contract.read_text()
        contract.write_text(text.replace("clients: []", 'clients:\n  - { name: "Cabinet Martin", components: [flux] }\n#'))
        for service in ("paie", "compta"):
            (calendars / "services" / f"{service}.yaml").write_text(
                text.replace("service: profession-liberale", f"service: {service}")
                .replace("components: [application, administration, flux]", "components: [application, bulletins, flux]"))
        self.calendars = calendars
        for name in ("next", "before", "after"):
            shutil.copytree(calendars, self.folder / name)
        shutil.copyfile(self.place.register, self.folder / "plans.sqlite")

    def at(self, moment, command):
        return self.place.type(shlex.split(command), moment, codes=(0, 3))

    def type(self, path, example, tally, seen):
        if any(example.startswith(words) for words in NOT_TYPED):
            return
        seen.add(example)
        verb = max((key for key in STATES if example.startswith(key)), key=len, default="")
        moment, before = STATES.get(verb, (WORLD, ()))
        folder = pathlib.Path(tempfile.mkdtemp(prefix="preavis-example-"))
        try:
            shutil.copytree(self.folder, folder, dirs_exist_ok=True)
            place = self.place
            place.register, place.folder, place.now = folder / "register.sqlite", folder, moment
            place.prepare(before)
            words = [word.replace("/var/www", str(folder)) for word in shlex.split(example)]
            if words[0] == "init":
                (folder / "plans.sqlite").unlink()
                words += [] if "--register" in words else ["--register", "plans.sqlite"]
            if words[0] == "init" and "--simulation" not in words:
                words.append("--simulation")
            if "--client" in words or "paie" in words:
                words += ["--calendars", str(self.calendars)]
            given = {"support-clock": "requests.csv"}.get(words[0]) if "-" in words else None
            done = place.type(words, input=given and (folder / given).read_text())
            codes = next((codes for start, codes in CODES.items() if example.startswith(start)), (0,))
            tally.check(done.returncode in codes, f"help of {' '.join(path)}: {example}: exit {done.returncode}: {done.stderr}")
        finally:
            place.register, place.folder = self.folder / "register.sqlite", self.folder
            shutil.rmtree(folder)


def named_in_sources():
    """The commands that messages name, without those of help texts: of `Step`, and those that stand in a sentence."""
    verbs = set()
    for file in sorted((ROOT / "Sources").rglob("*.swift")):
        if file.name.startswith("FrenchHelp"):
            continue
        text = file.read_text()
        verbs.update(re.findall(r'Step\(\s*command: "([a-z][^"\\]*)"', text))
        text = re.sub(r'discussion:\s*""".*?"""', "", text, flags=re.S)
        for line in text.splitlines():
            if line.strip().startswith("//") or "help:" in line or "abstract:" in line or "discussion:" in line:
                continue
            verbs.update(re.findall(r'"[^"]*\bpreavis ([a-z][a-z-]*\b(?! récent)(?: [a-z]+)?)', line))
    return verbs


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("preavis", type=lambda path: str(pathlib.Path(path).resolve()))
    parser.add_argument("--only", default="")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    tally, seen, typed = Tally(), set(), set()
    for case in CASES:
        for door in case.doors:
            if options.only in f"{case.what} {case.command}":
                walk(options.preavis, case, door, tally, seen, options.show)
    if not options.only:
        tree = json.loads(subprocess.run([options.preavis, "--experimental-dump-help"], capture_output=True, text=True,
                                         check=True).stdout)["command"]
        world = World(options.preavis)
        for path, example in examples(tree):
            world.type(path, example, tally, typed)
        world.place.close()
        met = {" ".join(step.split()[:count]) for step in seen for count in (1, 2)}
        for named in sorted(named_in_sources()):
            short = " ".join(word for word in named.split()[:2] if re.fullmatch("[a-z][a-z-]*", word))
            tally.check(short in met or short in ELSEWHERE, f"the sources name preavis {named}, and no case has met it")
    print(f"{tally.passed} passed, {tally.failed} failed")
    sys.exit(1 if tally.failed else 0)


if __name__ == "__main__":
    main()
