"""Faults that can be planted in a calendar, each with the code of the check that has to notice it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from samples import fold


@dataclasses.dataclass(frozen=True)
class Fault:
    code: str
    name: str
    plant: Callable[[bytes], bytes]


def swap(old: str, new: str, count: int = 1) -> Callable[[bytes], bytes]:
    """Puts `new` in the place of `old`, which has to be there."""

    def plant(data: bytes) -> bytes:
        if old.encode() not in data:
            # It may lie across a fold: without folds, then folded again.
            whole = data.replace(b"\r\n ", b"")
            if old.encode() not in whole:
                raise ValueError(f"{old!r} is not in the sample: the fault cannot be planted")
            lines = whole.replace(old.encode(), new.encode(), count).decode().split("\r\n")
            return b"".join(fold(each) for each in lines if each)
        return data.replace(old.encode(), new.encode(), count)

    return plant


def line(name: str, new: str | None) -> Callable[[bytes], bytes]:
    """Changes the first line that begins with `name`, or takes it away."""

    def plant(data: bytes) -> bytes:
        lines = data.split(b"\r\n")
        at = next(index for index, each in enumerate(lines) if each.startswith(name.encode()))
        lines[at : at + 1] = [] if new is None else [new.encode()]
        return b"\r\n".join(lines)

    return plant


def add(after: str, new: str) -> Callable[[bytes], bytes]:
    return swap(after + "\r\n", f"{after}\r\n{new}\r\n")


def split_character(data: bytes) -> bytes:
    at = data.index("é".encode())
    return data[: at + 1] + b"\r\n " + data[at + 1 :]


FORM = [
    Fault("utf8", "an octet of Latin-1", lambda data: data.replace("é".encode(), b"\xe9", 1)),
    Fault("bom", "a byte order mark", lambda data: b"\xef\xbb\xbf" + data),
    Fault("crlf", "LF alone", lambda data: data.replace(b"\r\n", b"\n", 1)),
    Fault("crlf", "CR in a value", swap("Flux", "Fl\rux")),
    Fault("end", "bytes after the end", lambda data: data + b"\r\n"),
    Fault("end", "a file cut short", lambda data: data[:-40]),
    Fault("length", "a line of 80 octets", add("VERSION:2.0", "X-LONG:" + "a" * 73)),
    Fault("fold", "a fold inside a character", split_character),
    Fault("character", "a control character", swap("NAME:Flux", "NAME:Fl\x0bux")),
    Fault("character", "a directional override", swap("NAME:Flux", "NAME:Fl\u202eux")),
    Fault("line", "a line without a colon", add("VERSION:2.0", "NO-COLON")),
    Fault("line", "an END too many", swap("END:VEVENT\r\n", "END:VEVENT\r\nEND:VEVENT\r\n")),
    Fault("line", "a parameter with an open quotation mark", swap("CN=Support", 'CN="Support')),
    Fault("calendar", "two calendars", lambda data: data + data),
    Fault("header", "no PRODID", line("PRODID", None)),
    Fault("header", "version 1.0", line("VERSION", "VERSION:1.0")),
    Fault("header", "no METHOD", line("METHOD", None)),
    Fault("name", "two names", line("X-WR-CALNAME", "X-WR-CALNAME:Autre")),
    Fault("refresh", "two intervals", line("X-PUBLISHED-TTL", "X-PUBLISHED-TTL:PT1H")),
    Fault("zone", "X-WR-TIMEZONE", add("VERSION:2.0", "X-WR-TIMEZONE:Europe/Paris")),
    Fault("empty", "no event", lambda data: data[: data.index(b"BEGIN:VEVENT")] + b"END:VCALENDAR\r\n"),
    Fault("unique", "one UID for two events", swap("UID:CHG-2026-0002", "UID:CHG-2026-0001")),
    Fault("cardinality", "no UID", line("UID", None)),
    Fault("cardinality", "no ORGANIZER under METHOD:PUBLISH", line("ORGANIZER", None)),
    Fault("cardinality", "two descriptions", add("BEGIN:VEVENT", "DESCRIPTION:Autre")),
    Fault("recurrence", "a rule", add("BEGIN:VEVENT", "RRULE:FREQ=DAILY")),
    Fault("forbidden", "an attendee", add("BEGIN:VEVENT", "ATTENDEE:mailto:a@example.org")),
    Fault("stamp", "a stamp in local time", line("DTSTAMP", "DTSTAMP:20261012T093000")),
    Fault("stamp", "LAST-MODIFIED and DTSTAMP differ", line("LAST-MODIFIED", "LAST-MODIFIED:20261012T073001Z")),
    Fault("time", "a start in local time", line("DTSTART", "DTSTART;TZID=Europe/Paris:20261025T021500")),
    Fault("order", "an end at the start", line("DTEND", "DTEND:20261025T001500Z")),
    Fault("status", "a status of MAINTNOTE", line("STATUS", "STATUS:COMPLETED")),
    Fault("mark", "cancelled without a mark", swap("[ANNULÉ] ", "")),
    Fault("busy", "cancelled and still busy", swap("TRANSP:TRANSPARENT", "TRANSP:OPAQUE")),
    Fault("busy", "Outlook told otherwise", swap("BUSYSTATUS:BUSY", "BUSYSTATUS:FREE")),
]

DETAILS = [
    Fault("missing", "an event left out", swap("UID:CHG-2026-0001", "UID:CHG-2026-0009")),
    Fault("moment", "the moment of the request", line("DTSTAMP", "DTSTAMP:20261012T080000Z")),
    Fault("busy", "free while the service is down", swap("TRANSP:OPAQUE", "TRANSP:TRANSPARENT")),
    Fault("description", "a description cut short", swap("Ligne 2", "Ligne")),
    Fault("description", "a time without its zone", swap("heure de Paris", "heure locale")),
]

LEARN = [Fault("uid", "another UID for the same page", swap("UID:CHG-2026-0001-abc", "UID:CHG-2026-0001-abd"))]

# What every foreign reader has to notice, as far as it keeps the field.
READ = {
    "uid": swap("UID:CHG-2026-0001", "UID:CHG-2026-0003"),
    "start": line("DTSTART", "DTSTART:20261025T011500Z"),
    "end": line("DTEND", "DTEND:20261025T014500Z"),
    "summary": swap("Migration", "Migrations"),
    "status": line("STATUS", "STATUS:TENTATIVE"),
    "sequence": line("SEQUENCE", "SEQUENCE:2"),
}

AWS = [
    Fault("aws", "our own PRODID", line("PRODID", "PRODID:-//Preavis//Preavis//EN")),
    Fault("aws", "open by default", swap("DEFAULT_CLOSED", "DEFAULT_OPEN")),
    Fault("aws", "no description", line("X-WR-CALDESC", None)),
    Fault("aws", "a rule", add("BEGIN:VEVENT", "RRULE:FREQ=DAILY")),
    Fault("aws", "a cancelled event", line("STATUS", "STATUS:CANCELLED")),
    Fault("aws", "open an hour longer", line("DTEND", "DTEND:20261025T014500Z")),
    Fault("aws", "no event", lambda data: data[: data.index(b"BEGIN:VEVENT")] + b"END:VCALENDAR\r\n"),
]

MAINTNOTE = [
    Fault("maintnote", "no provider", line("X-MAINTNOTE-PROVIDER", None)),
    Fault("maintnote", "two accounts", add("X-MAINTNOTE-ACCOUNT:acme", "X-MAINTNOTE-ACCOUNT:other")),
    Fault("maintnote", "no object", line("X-MAINTNOTE-OBJECT-ID", None)),
    Fault("maintnote", "another account", swap("ACCOUNT:acme", "ACCOUNT:other")),
    Fault("maintnote", "another impact", swap("IMPACT:OUTAGE", "IMPACT:NO-IMPACT")),
    Fault("maintnote", "another status", swap("STATUS:CANCELLED\r\nEND", "STATUS:COMPLETED\r\nEND")),
    Fault("maintnote", "another start", line("DTSTART", "DTSTART:20261025T001400Z")),
    Fault("header", "a METHOD", add("VERSION:2.0", "METHOD:PUBLISH")),
]
