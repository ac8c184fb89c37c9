"""The form of a feed: bytes, lines, cardinalities and the promises of docs/design.md on what an event carries."""

from __future__ import annotations

import re

import contentlines
from contentlines import Component
from findings import Finding

ONCE = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "LAST-MODIFIED", "STATUS", "TRANSP", "ORGANIZER")
AT_MOST_ONCE = ("CREATED", "DESCRIPTION", "URL", "LOCATION", "CLASS", "PRIORITY", "X-MICROSOFT-CDO-BUSYSTATUS")
STAMP = re.compile(r"^\d{8}T\d{6}Z$")
# General category Cc but for the horizontal tab (RFC 5545, section 3.1: CONTROL), and the directional overrides.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\ufffd]")


def bytes_of(data: bytes) -> list[Finding]:
    """Line ends, lengths, folds and characters."""
    found: list[Finding] = []
    try:
        # A fold inside a character is a breach of its own, below.
        text = re.sub(rb"\r?\n[ \t]", b"", data).decode("utf-8")
    except UnicodeDecodeError as error:
        return [Finding("utf8", str(error))]
    if data.startswith(b"\xef\xbb\xbf"):
        found.append(Finding("bom", "a byte order mark"))
    if re.search(rb"(?<!\r)\n|\r(?!\n)", data):
        found.append(Finding("crlf", "a line that does not end with CR LF"))
    if not data.endswith(b"END:VCALENDAR\r\n"):
        found.append(Finding("end", f"ends with {data[-20:]!r}"))
    for number, line in enumerate(data.split(b"\r\n"), 1):
        if len(line) > 75:
            found.append(Finding("length", f"line {number} has {len(line)} octets"))
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            found.append(Finding("fold", f"line {number} begins or ends inside a character"))
    if match := FORBIDDEN.search(text):
        found.append(Finding("character", f"U+{ord(match[0]):04X} at {match.start()}"))
    return found


def feed(data: bytes, method: str | None = "PUBLISH") -> list[Finding]:
    """Everything that holds for a calendar of events that Préavis writes; `method` None: no METHOD line."""
    found = bytes_of(data)
    try:
        calendars = contentlines.parse(data)
    except (contentlines.LineError, UnicodeDecodeError) as error:
        return [*found, Finding("line", str(error))]
    if [calendar.name for calendar in calendars] != ["VCALENDAR"]:
        return [*found, Finding("calendar", "not exactly one VCALENDAR")]
    calendar = calendars[0]
    for name, wanted in (("VERSION", "2.0"), ("METHOD", method)):
        values = [line.value for line in calendar.all(name)]
        if values != ([wanted] if wanted else []):
            found.append(Finding("header", f"{name} {values}, wanted {wanted}"))
    if len(calendar.all("PRODID")) != 1:
        found.append(Finding("header", "not exactly one PRODID"))
    if calendar.value("NAME") != calendar.value("X-WR-CALNAME"):
        found.append(Finding("name", "NAME and X-WR-CALNAME differ"))
    if calendar.value("REFRESH-INTERVAL") != calendar.value("X-PUBLISHED-TTL"):
        found.append(Finding("refresh", "REFRESH-INTERVAL and X-PUBLISHED-TTL differ"))
    if calendar.all("X-WR-TIMEZONE"):
        found.append(Finding("zone", "X-WR-TIMEZONE shifts times in one reader"))
    events = calendar.walk("VEVENT")
    if not events:
        found.append(Finding("empty", "no event: a client keeps what it had"))
    for event in events:
        found += check_event(event)
    for name in ("UID", "URL"):
        given = [event.value(name) for event in events if event.value(name)]
        if len(set(given)) != len(given):
            found.append(Finding("unique", f"a {name} twice"))
    return found


def check_event(event: Component) -> list[Finding]:
    found: list[Finding] = []
    uid = event.value("UID")

    def say(code: str, text: str) -> None:
        found.append(Finding(code, f"{uid}: {text}"))

    for name in ONCE:
        if len(event.all(name)) != 1:
            say("cardinality", f"{len(event.all(name))} × {name}, wanted one")
    for name in AT_MOST_ONCE:
        if len(event.all(name)) > 1:
            say("cardinality", f"{len(event.all(name))} × {name}, wanted one at most")
    for name in ("RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"):
        if event.all(name):
            say("recurrence", f"{name}: events are single")
    for name in ("ATTENDEE", "ATTACH", "X-ALT-DESC", "STYLED-DESCRIPTION", "LINK"):
        if event.all(name):
            say("forbidden", f"{name} (RFC 5546, section 3.2.1, or measured readers)")
    for name in ("DTSTAMP", "LAST-MODIFIED", "CREATED"):
        for line in event.all(name):
            if not STAMP.match(line.value):
                say("stamp", f"{name}:{line.value} is not in UTC")
    if event.value("DTSTAMP") != event.value("LAST-MODIFIED"):
        say("stamp", "DTSTAMP and LAST-MODIFIED differ")
    for name in ("DTSTART", "DTEND"):
        for line in event.all(name):
            if dict(line.parameters).get("VALUE") == "DATE":
                if not re.match(r"^\d{8}$", line.value):
                    say("time", f"{name};VALUE=DATE:{line.value}")
            elif line.parameters or not STAMP.match(line.value):
                say("time", f"{name} {line.value} is not in UTC")
    start, end = event.value("DTSTART") or "", event.value("DTEND") or ""
    if start >= end:
        say("order", f"{start} to {end}")
    found += [Finding(each.code, f"{uid}: {each.text}") for each in busy(event)]
    return found


def busy(event: Component) -> list[Finding]:
    """STATUS, TRANSP, Outlook's property and the mark in the summary say the same."""
    found: list[Finding] = []
    status, transparency = event.value("STATUS"), event.value("TRANSP")
    if status not in ("TENTATIVE", "CONFIRMED", "CANCELLED"):
        found.append(Finding("status", f"STATUS:{status}"))
    marked = re.search(r"\[(ANNULÉ|CANCELLED)\] ", event.text("SUMMARY") or "") is not None
    if marked != (status == "CANCELLED"):
        found.append(Finding("mark", f"STATUS:{status} under {event.text('SUMMARY')!r}"))
    if status == "CANCELLED" and transparency != "TRANSPARENT":
        found.append(Finding("busy", f"cancelled and TRANSP:{transparency}"))
    outlook = event.value("X-MICROSOFT-CDO-BUSYSTATUS")
    wanted = "FREE" if transparency == "TRANSPARENT" else "BUSY"
    if outlook is not None and outlook != wanted:
        found.append(Finding("busy", f"TRANSP:{transparency} and X-MICROSOFT-CDO-BUSYSTATUS:{outlook}"))
    return found
