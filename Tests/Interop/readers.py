"""Programs that other people wrote, each asked what it reads in a feed."""

from __future__ import annotations

import dataclasses
import datetime
import io
import json
import pathlib
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from typing import Any

import icalendar
import ics
import recurring_ical_events
import vobject

import contentlines
from expectations import FIELDS, Reading
from program import BUILD

FOREIGN = pathlib.Path(__file__).resolve().parent / "foreign"
TOOLS = BUILD / "interop-tools"
TIMEOUT = 60  # seconds for one reader and one feed
ALL = frozenset(FIELDS)
UTC = datetime.timezone.utc
HORIZON = datetime.datetime(2020, 1, 1, tzinfo=UTC), datetime.datetime(2030, 1, 1, tzinfo=UTC)


class Unread(Exception):
    """The reader gave up; the text is its own complaint."""


class Reader:
    """`keeps`: the fields that it hands out; without `ends_of_days`, whole days have a beginning only."""

    def __init__(
        self, name: str, read: Callable[[bytes], list[Reading]], keeps: frozenset[str] = ALL, ends_of_days: bool = True
    ) -> None:
        self.name, self.read, self.keeps, self.ends_of_days = name, read, keeps, ends_of_days


def instant(value: Any) -> datetime.datetime | datetime.date | None:
    if isinstance(value, datetime.datetime):
        if value.tzinfo is None:
            raise Unread(f"floating time {value}")
        return value.astimezone(UTC)
    return value if isinstance(value, datetime.date) else None


def component(event: Any) -> Reading:
    for name, message in event.errors:
        raise Unread(f"{name}: {message}")
    end = event["DTEND"].dt if "DTEND" in event else None
    return Reading(
        str(event["UID"]),
        instant(event["DTSTART"].dt),
        instant(end),
        str(event.get("SUMMARY", "")),
        str(event["STATUS"]) if "STATUS" in event else None,
        int(event.get("SEQUENCE", 0)),
    )


def read_icalendar(data: bytes) -> list[Reading]:
    return [component(event) for event in icalendar.Calendar.from_ical(data).walk("VEVENT")]


def read_recurring(data: bytes) -> list[Reading]:
    return [
        component(event) for event in recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(*HORIZON)
    ]


def read_ics(data: bytes) -> list[Reading]:
    def one(event: Any) -> Reading:
        sequence = [line.value for line in event.extra if line.name == "SEQUENCE"]
        dates = (event.begin.date(), event.end.date()) if event.all_day else (event.begin.datetime, event.end.datetime)
        return Reading(
            event.uid,
            instant(dates[0]),
            instant(dates[1]),
            event.name,
            event.status,
            int(sequence[0]) if sequence else 0,
        )

    return [one(event) for event in ics.Calendar(data.decode()).events]


def read_vobject(data: bytes) -> list[Reading]:
    calendar = vobject.readOne(io.StringIO(data.decode(), newline=""))
    calendar.validate(raiseException=True)

    def one(event: Any) -> Reading:
        def value(name: str) -> Any:
            return getattr(event, name).value if hasattr(event, name) else None

        return Reading(
            value("uid"),
            instant(value("dtstart")),
            instant(value("dtend")),
            value("summary"),
            value("status"),
            int(value("sequence") or 0),
        )

    return [one(event) for event in calendar.contents.get("vevent", [])]


def moment(text: str | None) -> datetime.datetime | datetime.date | None:
    if text is None:
        return None
    if text.startswith("floating:"):
        raise Unread(f"floating time {text[9:]}")
    if len(text) == 10:
        return datetime.date.fromisoformat(text)
    return datetime.datetime.fromisoformat(text).astimezone(UTC)


def decoded(answer: str, complaint: str = "") -> list[Reading]:
    """The one line of JSON that every program below foreign/ prints."""
    try:
        found = json.loads(answer)
    except ValueError:
        raise Unread(f"no answer: {answer[:100]} {complaint[-200:]}") from None
    if not found["ok"]:
        raise Unread(str(found.get("error")))
    return [
        Reading(
            event.get("uid"),
            moment(event.get("start")),
            moment(event.get("end")),
            event.get("summary"),
            event.get("status"),
            event.get("sequence"),
        )
        for event in found["events"]
    ]


def command(*words: str | pathlib.Path) -> Callable[[bytes], list[Reading]]:
    """A program that is handed a file and prints JSON."""

    def read(data: bytes) -> list[Reading]:
        with tempfile.TemporaryDirectory(prefix="preavis-reader-") as folder:
            path = pathlib.Path(folder) / "feed.ics"
            path.write_bytes(data)
            try:
                done = subprocess.run(
                    [*words, path],
                    capture_output=True,
                    timeout=TIMEOUT,
                    cwd=folder,
                    env={
                        "PATH": "/usr/local/bin:/usr/bin:/bin",
                        "HOME": folder,
                        "LC_ALL": "C.UTF-8",
                        "TZ": "UTC",
                        "ICALJS": str(TOOLS / "Ical.sys.mjs"),
                        "VENV": str(BUILD / "interop-venv"),
                    },
                )
            except subprocess.TimeoutExpired:
                raise Unread(f"still reading after {TIMEOUT} s") from None
        return decoded(done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))

    return read


def unescaping(read: Callable[[bytes], list[Reading]]) -> Callable[[bytes], list[Reading]]:
    """For a reader that hands back TEXT as it stands in the file."""

    def result(data: bytes) -> list[Reading]:
        return [dataclasses.replace(each, summary=contentlines.unescape(each.summary or "")) for each in read(data)]

    return result


def one_line(read: Callable[[bytes], list[Reading]]) -> Callable[[bytes], list[Reading]]:
    """For a reader that unescapes in passes and makes a line break of a backslash before an n: no summary has one."""

    def result(data: bytes) -> list[Reading]:
        return [dataclasses.replace(each, summary=(each.summary or "").replace("\\\n", "\\n")) for each in read(data)]

    return result


PYTHON = [
    Reader("icalendar", read_icalendar),
    Reader("recurring-ical-events", read_recurring),
    Reader("ics", one_line(read_ics)),
    Reader("vobject", read_vobject),
]


MENDED = {"golang-ical": unescaping, "ruby-icalendar": one_line}


def foreign() -> tuple[list[Reader], dict[str, str]]:
    """The readers of other languages that setup.sh could make, and why the others are missing."""
    found: list[Reader] = []
    missing: dict[str, str] = {}
    python = BUILD / "interop-venv/bin/python"
    without_summary = ALL - {"summary"}
    table: list[tuple[str, list[str | pathlib.Path], frozenset[str]]] = [
        ("libical", [TOOLS / "libical"], ALL),
        ("kcalendarcore", [TOOLS / "kcalendarcore"], ALL),
        ("golang-ical", [TOOLS / "golang-ical"], ALL),
        ("thunderbird", ["node", FOREIGN / "thunderbird.mjs"], ALL),
        ("ruby-icalendar", ["ruby", FOREIGN / "icalendar.rb"], ALL),
        # Version 2 leaves TEXT half unescaped, so that the summary cannot be told from what was written.
        ("sabre-vobject", ["php", FOREIGN / "sabre.php"], without_summary),
        # Keeps neither UID nor status, and minutes only.
        ("calcurse", [python, FOREIGN / "calcurse.py"], frozenset({"start", "end", "summary"})),
        ("khal", [python, FOREIGN / "khal.py"], frozenset({"uid", "start", "end", "summary", "status"})),
    ]
    needs = {"thunderbird": [TOOLS / "Ical.sys.mjs"], "khal": [BUILD / "interop-venv/bin/khal"]}
    programs = {"calcurse": "calcurse", "sabre-vobject": "php", "ruby-icalendar": "ruby", "thunderbird": "node"}
    for name, words, keeps in table:
        absent = [
            str(each) for each in [*words, *needs.get(name, [])] if isinstance(each, pathlib.Path) and not each.exists()
        ]
        if name in programs and not shutil.which(programs[name]):
            absent.append(programs[name])
        if absent:
            missing[name] = f"{' '.join(absent)} is not there: run Tests/Interop/setup.sh full"
            continue
        read = command(*words)
        found.append(Reader(name, MENDED.get(name, lambda read: read)(read), keeps, name != "calcurse"))
    return found, missing
