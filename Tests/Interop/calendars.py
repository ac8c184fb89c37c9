"""What a whole calendar file has to be, against the changes that clients must know."""

from __future__ import annotations

import dataclasses
import datetime
import re

import contentlines
import form
import readers
from expectations import Expected, Reading, compare
from findings import Finding, Tally
from followers import Fed
from readers import PYTHON, Reader, Unread

# A time is never shown without its zone.
ZONE = re.compile(r"heure de Paris|Paris time")


def learn(data: bytes, expected: dict[str, Expected], known: dict[str, str]) -> list[Finding]:
    """Finds the UID of each change by the address of its page, and holds it to the first one seen."""
    found: list[Finding] = []
    for event in contentlines.events(data):
        uid, identifier = event.value("UID") or "", (event.value("URL") or "").rsplit("/", 1)[-1]
        if identifier in expected:
            if not uid.startswith(identifier + "-") or not uid.endswith("@preavis"):
                found.append(Finding("uid", f"{identifier} has UID:{uid}"))
            if known.setdefault(identifier, uid) != uid:
                found.append(Finding("uid", f"{identifier}: UID went from {known[identifier]} to {uid}"))
    return found


def wanted(expected: dict[str, Expected], known: dict[str, str], language: str) -> list[Reading]:
    return [
        dataclasses.replace(change, uid=known.get(key, "never published")).reading(language)
        for key, change in expected.items()
    ]


def read(reader: Reader, data: bytes, want: list[Reading]) -> list[Finding]:
    try:
        got = reader.read(data)
    except Unread as error:
        return [Finding("unread", str(error)[:400])]
    except Exception as error:  # whatever a foreign parser raises is its answer
        return [Finding("unread", f"{type(error).__name__}: {error}"[:400])]
    if not reader.ends_of_days:
        want = [
            each if isinstance(each.start, datetime.datetime) else dataclasses.replace(each, end=None) for each in want
        ]
    return compare(got, want, reader.keeps)


def follow(client: Fed, data: bytes, want: list[Reading]) -> list[Finding]:
    try:
        return compare(client.follow(data, lambda got: not compare(got, want, client.keeps)), want, client.keeps)
    except Unread as error:
        return [Finding("unread", str(error)[:400])]


def details(data: bytes, expected: dict[str, Expected], known: dict[str, str]) -> list[Finding]:
    """What readers do not hand out, by our own parser: the moment of the revision, whether time is busy, texts."""
    found: list[Finding] = []
    by_uid = {event.value("UID"): event for event in contentlines.events(data)}
    for key, change in expected.items():
        event = by_uid.get(known.get(key))
        if event is None:
            found.append(Finding("missing", f"{key} is not in the feed"))
            continue
        if event.value("DTSTAMP") != change.revised:
            found.append(Finding("moment", f"{key}: DTSTAMP:{event.value('DTSTAMP')}, revised at {change.revised}"))
        if event.value("TRANSP") != change.transparency:
            found.append(Finding("busy", f"{key}: TRANSP:{event.value('TRANSP')}, wanted {change.transparency}"))
        text = event.text("DESCRIPTION") or ""
        if change.description not in text:
            found.append(Finding("description", f"{key}: the description did not come through"))
        for part in (*change.components, key):
            if part not in text:
                found.append(Finding("description", f"{key}: {part!r} is not in the description"))
        if not ZONE.search(text):
            found.append(Finding("description", f"{key}: no time with its zone in the description"))
    return found


def placeholder(data: bytes) -> list[Finding]:
    """A feed without changes: one event, past and transparent."""
    events = contentlines.events(data)
    found = [] if len(events) == 1 else [Finding("placeholder", f"{len(events)} events where nothing is planned")]
    for event in events:
        if not (event.value("UID") or "").startswith("nothing-planned-"):
            found.append(Finding("placeholder", f"{event.value('UID')} where nothing is planned"))
        if event.value("TRANSP") != "TRANSPARENT" or (event.value("DTEND") or "9") > "2026":
            found.append(Finding("placeholder", "not past and transparent"))
    return found


def check_feed(
    tally: Tally,
    what: str,
    data: bytes,
    expected: dict[str, Expected],
    known: dict[str, str],
    language: str,
    others: list[Reader],
) -> None:
    """The standard feed in one language: form, UIDs, details, then every reader."""
    tally.check(f"{what}: form", form.feed(data))
    try:
        if not expected:
            tally.check(f"{what}: placeholder", placeholder(data))
        tally.check(f"{what}: UID", learn(data, expected, known))
        tally.check(f"{what}: details", details(data, expected, known))
    except (contentlines.LineError, UnicodeDecodeError) as error:
        tally.check(what, [Finding("line", str(error))])
        return
    for reader in [*PYTHON, *others]:
        want = wanted(expected, known, language)
        if not expected:
            # Nothing is planned: what readers must agree on is our own reading of the one event.
            want = reader_free(data)
        tally.check(f"{what}: {reader.name}", read(reader, data, want))


def single(data: bytes, change: Expected, known: dict[str, str], method: str, others: list[Reader]) -> list[Finding]:
    """One change alone, published or taken back (RFC 5546, sections 3.2.1 and 3.2.5)."""
    found = form.feed(data, method=method.upper())
    want = wanted({change.id: change}, known, "fr")
    for reader in [*PYTHON, *others]:
        found += [Finding(each.code, f"{reader.name}: {each.text}") for each in read(reader, data, want)]
    return found


def alarms(data: bytes, before: str) -> list[Finding]:
    """`before` as `-PT1H`: an event that takes place rings so long before it, or not at all; a cancelled one never."""
    found: list[Finding] = []
    for event in contentlines.events(data):
        triggers = [alarm.value("TRIGGER") for alarm in event.walk("VALARM")]
        if event.value("STATUS") == "CANCELLED" and triggers:
            found.append(Finding("alarm", f"{event.value('UID')} is cancelled and rings"))
        if event.value("STATUS") != "CANCELLED" and triggers not in ([before], []):
            found.append(Finding("alarm", f"{event.value('UID')} rings at {triggers}, wanted {before}"))
        for alarm in event.walk("VALARM"):
            if alarm.value("ACTION") != "DISPLAY" or not alarm.value("DESCRIPTION"):
                found.append(
                    Finding("alarm", f"{event.value('UID')}: not a DISPLAY with a text (RFC 5545, section 3.6.6)")
                )
    if not any(event.walk("VALARM") for event in contentlines.events(data)):
        found.append(Finding("alarm", "nothing rings"))
    return found


def availability(data: bytes) -> list[Finding]:
    """VAVAILABILITY with its AVAILABLE parts (RFC 7953, section 3.1)."""
    found = form.bytes_of(data)
    try:
        parts = [part for calendar in contentlines.parse(data) for part in calendar.walk("VAVAILABILITY")]
    except (contentlines.LineError, UnicodeDecodeError) as error:
        return [*found, Finding("line", str(error))]
    if not parts:
        found.append(Finding("availability", "no VAVAILABILITY"))
    for part in [*parts, *(inner for part in parts for inner in part.walk("AVAILABLE"))]:
        for name in ("UID", "DTSTAMP") if part in parts else ("UID", "DTSTAMP", "DTSTART"):
            if len(part.all(name)) != 1:
                found.append(Finding("availability", f"{part.name}: {len(part.all(name))} × {name}"))
    if parts and not any(part.walk("AVAILABLE") for part in parts):
        found.append(Finding("availability", "no AVAILABLE"))
    return found


def reader_free(data: bytes) -> list[Reading]:
    """The events by our own parser."""
    return [
        Reading(
            event.value("UID"),
            readers.moment(iso(event.value("DTSTART"))),
            readers.moment(iso(event.value("DTEND"))),
            event.text("SUMMARY"),
            event.value("STATUS"),
            int(event.value("SEQUENCE") or 0),
        )
        for event in contentlines.events(data)
    ]


def iso(text: str | None) -> str | None:
    if text is None:
        return None
    day = f"{text[:4]}-{text[4:6]}-{text[6:8]}"
    return day if len(text) == 8 else f"{day}T{text[9:11]}:{text[11:13]}:{text[13:15]}Z"
