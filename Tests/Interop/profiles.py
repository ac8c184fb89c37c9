"""The iCalendar profiles for machines: maintenance notifications of carriers, and the change calendar of AWS."""

from __future__ import annotations

import json
import tempfile

import contentlines
import form
from expectations import Expected, basic
from findings import Finding
from followers import Conversation
from program import BUILD
from readers import FOREIGN, Unread

AWS_PRODID = "-//AWS//Change Calendar 1.0//EN"
MAINTNOTE_IMPACT = {
    "none": "NO-IMPACT",
    "reduced-redundancy": "REDUCED-REDUNDANCY",
    "degraded": "DEGRADED",
    "outage": "OUTAGE",
}
MAINTNOTE_STATUS = {
    "planned": "CONFIRMED",
    "in-progress": "IN-PROCESS",
    "completed": "COMPLETED",
    "cancelled": "CANCELLED",
}
MAINTNOTE_ONCE = ("X-MAINTNOTE-PROVIDER", "X-MAINTNOTE-ACCOUNT", "X-MAINTNOTE-MAINTENANCE-ID", "X-MAINTNOTE-IMPACT")


def change_calendar(data: bytes, expected: dict[str, Expected], now: str) -> list[Finding]:
    """AWS Systems Manager's Change Calendar: closed but for its events; their open time is what may go on.

    `now` as `20261012T070000Z`. Source: AWS, "Systems Manager Change Calendar", importing iCalendar files.
    """
    try:
        calendar = contentlines.parse(data)[0]
    except (contentlines.LineError, UnicodeDecodeError, IndexError) as error:
        return [Finding("line", str(error))]
    found = form.bytes_of(data)
    for name, value in (("PRODID", AWS_PRODID), ("X-CALENDAR-TYPE", "DEFAULT_CLOSED")):
        if [line.value for line in calendar.all(name)] != [value]:
            found.append(Finding("aws", f"{name} {[line.value for line in calendar.all(name)]}, wanted {value}"))
    if not calendar.all("X-WR-CALDESC"):
        found.append(Finding("aws", "no X-WR-CALDESC"))
    events = calendar.walk("VEVENT")
    if not events:
        found.append(Finding("aws", "no event"))
    for event in events:
        if any(event.all(name) for name in ("RRULE", "EXDATE", "RDATE")):
            found.append(Finding("aws", f"{event.value('UID')} recurs"))
        if event.value("STATUS") == "CANCELLED":
            found.append(Finding("aws", f"{event.value('UID')} is cancelled and would open the gate"))
    ahead = {(event.value("DTSTART"), event.value("DTEND")) for event in events if (event.value("DTEND") or "") > now}
    want = {
        (basic(change.start), basic(change.end))
        for change in expected.values()
        if change.state in ("planned", "in-progress") and basic(change.end) > now
    }
    if ahead != want:
        found.append(Finding("aws", f"open at {sorted(ahead - want, key=str)} and not at {sorted(want - ahead)}"))
    return found


class MaintnoteReader:
    def __init__(self) -> None:
        python = BUILD / "interop-venv-maintnote/bin/python"
        self.process = Conversation([python, FOREIGN / "maintnote.py"]) if python.exists() else None

    def read(self, data: bytes) -> list[dict[str, object]]:
        assert self.process is not None
        with tempfile.NamedTemporaryFile(suffix=".ics") as file:
            file.write(data)
            file.flush()
            answer = json.loads(self.process.ask(file.name))
        if not answer["ok"]:
            raise Unread(answer["error"])
        return answer["maintenances"]

    def close(self) -> None:
        if self.process is not None:
            self.process.close()


def maintnote(
    data: bytes, reader: MaintnoteReader, want: list[Expected], known: dict[str, str], account: str
) -> list[Finding]:
    """One account a file, exactly what the standard asks of each event, and the parser's own view of it."""
    found = form.feed(data, method=None)
    for event in contentlines.events(data):
        for name in MAINTNOTE_ONCE:
            if len(event.all(name)) != 1:
                found.append(Finding("maintnote", f"{event.value('UID')}: {len(event.all(name))} × {name}"))
        if not event.all("X-MAINTNOTE-OBJECT-ID"):
            found.append(Finding("maintnote", f"{event.value('UID')}: no X-MAINTNOTE-OBJECT-ID"))
    try:
        got = {str(each["maintenance_id"]): each for each in reader.read(data)}
    except Unread as error:
        return [*found, Finding("unread", str(error))]
    for change in want:
        each = got.pop(change.id, None)
        if each is None:
            found.append(Finding("maintnote", f"{change.id} is missing"))
            continue
        iso = "%Y-%m-%dT%H:%M:%SZ"
        for name, value in (
            ("uid", known.get(change.id)),
            ("start", change.start.strftime(iso)),
            ("end", change.end.strftime(iso)),
            ("sequence", change.sequence),
            ("status", MAINTNOTE_STATUS[change.state]),
            ("account", account),
        ):
            if each[name] != value:
                found.append(Finding("maintnote", f"{change.id} {name}: {each[name]!r}, wanted {value!r}"))
        impacts = {impact for _, impact in each["circuits"]}  # type: ignore[attr-defined]
        if impacts != {MAINTNOTE_IMPACT[change.impact]}:
            found.append(
                Finding("maintnote", f"{change.id} impact: {impacts}, wanted {MAINTNOTE_IMPACT[change.impact]}")
            )
    return found + [Finding("maintnote", f"{key} was not expected") for key in got]
