#!/usr/bin/env python3
"""Plants one fault at a time in good samples, and fails when the check that is meant to notice it does not.

usage: selftest.py [--quick]

A check that has never been seen to fail proves nothing. --quick leaves out the readers that pip alone cannot give.
"""

from __future__ import annotations

import dataclasses
import gzip
import pathlib
import sys
import tempfile
from collections.abc import Callable

import calendars
import faults_calendar
import faults_web
import form
import mail
import pages
import profiles
import readers
import revision
import samples
import site_folder
import statuspage
import syndication
from expectations import basic
from faults_calendar import Fault, line, swap
from faults_text import hostile_texts
from findings import Finding, Tally
from planting import plant
from samples import EXPECTED, KNOWN, NOW, PLANNED


def learned(data: bytes) -> list[Finding]:
    return calendars.learn(data, EXPECTED, dict(KNOWN))


def foreign(tally: Tally, quick: bool) -> None:
    """Every reader reads the good feed as it is meant, and differs on each field that it keeps."""
    others, missing = ([], {}) if quick else readers.foreign()
    for name, reason in missing.items():
        tally.skip(name, reason)
    good, want = samples.feed(), calendars.wanted(EXPECTED, KNOWN, "fr")
    for reader in [*readers.PYTHON, *others]:
        tally.check(f"{reader.name}: good sample", calendars.read(reader, good, want))
        for field, planted in faults_calendar.READ.items():
            if field in reader.keeps:
                found = calendars.read(reader, planted(good), want)
                tally.expect(bool(found), f"{reader.name}: {field}", "unnoticed", "another value was not noticed")
        found = calendars.read(reader, b"BEGIN:VCALENDAR\r\nVERSION", want)
        tally.expect(bool(found), f"{reader.name}: a file cut short", "unnoticed", "read as if it were whole")


def revisions(tally: Tally) -> None:
    good = samples.feed()
    now = basic(NOW)
    later = "20261013T080000Z"
    next_one = good
    for name, value in (
        ("DTSTAMP", later),
        ("LAST-MODIFIED", later),
        ("SEQUENCE", "2"),
        ("DTSTART", "20261025T001000Z"),
    ):
        next_one = line(name, f"{name}:{value}")(next_one)

    def step(after: bytes, moment: str = later) -> list[Finding]:
        return revision.between(good, after, moment)

    tally.check("revision: nothing happened", step(good, now))
    tally.check("revision: one more", step(next_one))
    for code, name, after in (
        ("sequence", "SEQUENCE stayed", line("SEQUENCE", "SEQUENCE:1")(next_one)),
        ("sequence", "SEQUENCE two more", line("SEQUENCE", "SEQUENCE:3")(next_one)),
        ("moment", "DTSTAMP stayed", line("DTSTAMP", "DTSTAMP:20261012T073000Z")(next_one)),
        ("moment", "DTSTAMP of another moment", line("DTSTAMP", "DTSTAMP:20261013T080001Z")(next_one)),
        ("churn", "SEQUENCE without a change", line("SEQUENCE", "SEQUENCE:2")(good)),
        ("created", "CREATED moved", line("CREATED", f"CREATED:{later}")(next_one)),
        ("vanished", "an event gone", swap("UID:CHG-2026-0001-abc", "UID:CHG-2026-0003-abc")(good)),
        ("sequence", "an event that begins at 1", swap("UID:CHG-2026-0001-abc", "UID:CHG-2026-0003-abc")(good)),
    ):
        codes = {each.code for each in step(after)}
        tally.expect(code in codes, f"revision: {name}", "unnoticed", f"wanted {code}, got {codes}")


def threads(tally: Tally) -> None:
    first = samples.mail()
    second = first.replace(b"<CHG-2026-0001.1@", b"<CHG-2026-0001.2@")

    def reply(references: str, answered: str) -> bytes:
        return second.replace(
            b"MIME-Version", f"References: {references}\r\nIn-Reply-To: {answered}\r\nMIME-Version".encode(), 1
        )

    own = "<CHG-2026-0001.1@portal.example>"
    for name, sent, holds in (
        ("a reply", reply(own, own), True),
        ("no references", second, False),
        ("the same identifier", first, False),
        ("references to another", reply("<x@y>", "<x@y>"), False),
        ("a reply to another", reply(own, "<x@y>"), False),
    ):
        thread: list[mail.Sent] = []
        tally.check("thread: the first", mail.follows(first, thread))
        found = mail.follows(sent, thread)
        tally.expect(bool(found) != holds, f"thread: {name}", "unnoticed" if not holds else "alarm", str(found))


def exported(tally: Tally) -> None:
    """A site of two pages, whole; then with a dead link, a way out, a lost place, a compressed copy that differs."""

    def judge(plant: Callable[[pathlib.Path], object]) -> Tally:
        inner = Tally()
        inner.reported = set(map(str, range(Tally.LIMIT)))  # what it finds is wanted here, and not for the log
        with tempfile.TemporaryDirectory(prefix="preavis-selftest-") as name:
            site = pathlib.Path(name)
            page = samples.page().replace(samples.PORTAL.encode(), b"other.html#d").replace(b"a.png", b"")
            page = page.replace(b"<img src='' alt='Plan'>", b"")
            (site / "index.html").write_bytes(page)
            (site / "other.html").write_bytes(page.replace(b"other.html#d", b"index.html"))
            (site / "index.html.gz").write_bytes(gzip.compress(page))
            (site / "feed.ics").write_bytes(samples.feed())
            (site / "summary.json").write_bytes(samples.statuspage())
            plant(site)
            site_folder.check(inner, site)
        return inner

    whole = judge(lambda site: None)
    tally.expect(whole.failed == 0 and whole.passed > 4, "export: good sample", "alarm", f"{whole.failed} failed")

    def edit(name: str, old: bytes, new: bytes) -> Callable[[pathlib.Path], object]:
        return lambda site: (site / name).write_bytes((site / name).read_bytes().replace(old, new))

    for name, planted in (
        ("a dead link", edit("index.html", b"other.html#d", b"missing.html")),
        ("a way out", edit("index.html", b"other.html#d", b"../../etc/passwd")),
        ("a lost place", edit("index.html", b"other.html#d", b"other.html#gone")),
        ("a stale copy", edit("index.html", b"02:15", b"03:15")),
        ("a copy of nothing", lambda site: (site / "index.html").unlink()),
        ("a broken feed", edit("feed.ics", b"END:VEVENT", b"END:VTODO")),
        ("broken JSON", edit("summary.json", b"}", b"")),
        ("no pages", lambda site: [page.unlink() for page in site.glob("*.html*")]),
    ):
        tally.expect(judge(planted).failed > 0, f"export: {name}", "unnoticed", "was not noticed")


def main() -> int:
    quick = "--quick" in sys.argv[1:]
    tally = Tally()
    plant(tally, "form", samples.feed(), form.feed, faults_calendar.FORM)
    plant(
        tally, "details", samples.feed(), lambda data: calendars.details(data, EXPECTED, KNOWN), faults_calendar.DETAILS
    )
    plant(tally, "UID", samples.feed(), learned, faults_calendar.LEARN)
    plant(
        tally,
        "placeholder",
        samples.placeholder(),
        calendars.placeholder,
        [
            Fault("placeholder", "a real event", lambda data: samples.feed()),
            Fault("placeholder", "ahead", line("DTEND", "DTEND:20991017T220100Z")),
            Fault("placeholder", "opaque", swap("TRANSP:TRANSPARENT", "TRANSP:OPAQUE")),
        ],
    )
    plant(
        tally,
        "change-calendar",
        samples.change_calendar(),
        lambda data: profiles.change_calendar(data, {PLANNED.id: PLANNED}, basic(NOW)),
        faults_calendar.AWS,
    )
    alarm = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-PT1H\r\nEND:VALARM\r\n"
    plant(
        tally,
        "alarm",
        swap("END:VEVENT", alarm + "END:VEVENT")(samples.feed()),
        lambda data: calendars.alarms(data, "-PT1H"),
        [
            Fault("alarm", "none", lambda data: samples.feed()),
            Fault("alarm", "after it", swap("-PT1H", "PT1H")),
            Fault("alarm", "cancelled", swap("END:VEVENT", alarm + "END:VEVENT", 2)),
            Fault("alarm", "by mail", swap("DISPLAY", "EMAIL")),
        ],
    )
    plant(
        tally,
        "availability",
        samples.availability(),
        calendars.availability,
        [
            Fault("availability", "none", lambda data: samples.feed()),
            Fault("availability", "no UID", line("UID", None)),
            Fault("availability", "nothing open", swap("AVAILABLE\r\n", "OTHER\r\n", 2)),
        ],
    )
    reader = profiles.MaintnoteReader()
    if reader.process is None:
        tally.skip("maintnote", "circuit-maintenance-parser is not there: run Tests/Interop/setup.sh quick")
    else:
        plant(
            tally,
            "maintnote",
            samples.maintnote(),
            lambda data: profiles.maintnote(data, reader, list(EXPECTED.values()), KNOWN, "acme"),
            faults_calendar.MAINTNOTE,
        )
        reader.close()
    plant(tally, "page", samples.page(), lambda data: pages.check(data, "fr"), faults_web.PAGE)
    plant(tally, "notice", samples.page(), lambda data: pages.says(data, PLANNED, "fr"), faults_web.SAYS)
    plant(tally, "mail", samples.mail(), lambda data: mail.check(data, PLANNED, PLANNED.uid, "fr"), faults_web.MAIL)
    plant(tally, "atom", samples.atom(), lambda data: syndication.atom(data, EXPECTED, NOW, "fr"), faults_web.ATOM)
    known: dict[str, str] = {}
    plant(
        tally,
        "atom history",
        samples.atom(),
        lambda data: syndication.entries_stay(data, known),
        [Fault("history", "an entry reworded", swap("Texte", "Autre texte"))],
    )
    plant(
        tally,
        "json-feed",
        samples.json_feed(),
        lambda data: syndication.json_feed(data, EXPECTED, NOW),
        faults_web.JSON_FEED,
    )
    only = {PLANNED.id: PLANNED} | {key: dataclasses.replace(change) for key, change in EXPECTED.items()}
    plant(
        tally, "statuspage", samples.statuspage(), lambda data: statuspage.check(data, only, NOW), faults_web.STATUSPAGE
    )
    foreign(tally, quick)
    revisions(tally)
    threads(tally)
    exported(tally)
    hostile_texts(tally)
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
