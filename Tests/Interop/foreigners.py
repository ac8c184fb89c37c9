#!/usr/bin/env python3
"""Calendars with the habits of other programs, each imported on trial and compared with recurring-ical-events.

usage: foreigners.py PREAVIS [--quick] [--keep FOLDER]

A file is a program's habits (header, how it writes zones and lines) times a shape (one event, days, series, exceptions…). Taken
are at least 95 in 100; of what is taken, every time is that of the peer, to the second. --quick tries each shape with two
programs and each program with two shapes. --keep writes the files, to be looked at.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import pathlib
import sys
import tempfile
import time
import zoneinfo

import icalendar
import recurring_ical_events
from findings import Finding, Tally
from lifecycle import workplace
from program import Program

PARIS = zoneinfo.ZoneInfo("Europe/Paris")
NOW = datetime.datetime(2026, 10, 12, 9, tzinfo=PARIS)
GERMAN = "(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien"
UNTIL = datetime.date(2027, 6, 30)
OUTLOOK_PARIS = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""
IANA_PARIS = OUTLOOK_PARIS.replace("16010101T03", "19961027T03").replace("16010101T02", "19810329T02")
ALARM = "BEGIN:VALARM\nTRIGGER:-PT15M\nACTION:DISPLAY\nDESCRIPTION:REMINDER\nEND:VALARM\n"
# Name: PRODID, further lines of the calendar, zone name (empty: UTC, None: no zone), VTIMEZONE or nothing, lines of the event
# beside its times, line end, whether lines are folded as the standard says.
PROGRAMS: dict[str, tuple[str, str, str | None, str, str, str, bool]] = {
    "outlook-classic": (
        "-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN", "METHOD:PUBLISH\nX-MS-OLK-FORCEINSPECTOROPEN:TRUE\n",
        "Romance Standard Time", OUTLOOK_PARIS,
        "CLASS:PUBLIC\nPRIORITY:5\nTRANSP:OPAQUE\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY\nX-MICROSOFT-CDO-IMPORTANCE:1\n"
        "X-ALT-DESC;FMTTYPE=text/html:<html><body>\\n</body></html>\nX-MICROSOFT-DISALLOW-COUNTER:FALSE\n" + ALARM, "\r\n", True),
    "outlook-new": (
        "Microsoft Exchange Server 2010", "METHOD:PUBLISH\nX-WR-CALNAME:Calendrier\n", "W. Europe Standard Time", OUTLOOK_PARIS,
        "CLASS:PUBLIC\nX-MICROSOFT-CDO-APPT-SEQUENCE:0\nX-MICROSOFT-CDO-ALLDAYEVENT:FALSE\nX-MICROSOFT-DONOTFORWARDMEETING:FALSE\n"
        "X-MICROSOFT-LOCATIONS:[{\"DisplayName\":\"Salle\"}]\nATTENDEE;ROLE=REQ-PARTICIPANT;CN=\"Équipe; nuit\":mailto:a@b.example\n",
        "\r\n", True),
    "exchange-french": (
        "Microsoft Exchange Server 2010", "METHOD:REQUEST\n", "(UTC+01:00) Bruxelles, Copenhague, Madrid, Paris", OUTLOOK_PARIS,
        "ORGANIZER;CN=Chef:mailto:c@b.example\nSTATUS:CONFIRMED\nX-MICROSOFT-CDO-INTENDEDSTATUS:BUSY\n", "\r\n", True),
    "exchange-german": (
        "Microsoft Exchange Server 2010", "METHOD:PUBLISH\n", GERMAN, "",
        "DESCRIPTION:\nX-MICROSOFT-CDO-INSTTYPE:0\n", "\r\n", True),
    "exchange-customised": (
        "Microsoft Exchange Server 2010", "METHOD:PUBLISH\n", "Customized Time Zone", OUTLOOK_PARIS, "LOCATION:\n", "\r\n", True),
    "google": (
        "-//Google Inc//Google Calendar 70.9054//EN", "CALSCALE:GREGORIAN\nMETHOD:PUBLISH\nX-WR-CALNAME:Nuit\nX-WR-TIMEZONE:Europe/Paris\n",
        "Europe/Paris", IANA_PARIS.replace("TZID:{name}\n", "TZID:{name}\nX-LIC-LOCATION:{name}\n"),
        "CREATED:20260901T000000Z\nDESCRIPTION:\nLOCATION:\nTRANSP:OPAQUE\n", "\r\n", True),
    "google-utc": (
        "-//Google Inc//Google Calendar 70.9054//EN", "X-WR-TIMEZONE:UTC\n", "", "", "DESCRIPTION:\nCREATED:00001231T000000Z\n", "\r\n", True),
    "apple": (
        "-//Apple Inc.//macOS 15.1//EN", "X-APPLE-CALENDAR-COLOR:#63DA38\nX-WR-TIMEZONE:Europe/Paris\n", "Europe/Paris", IANA_PARIS,
        "X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC\nX-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-APPLE-RADIUS=72:geo:48.8,2.3\n"
        "BEGIN:VALARM\nX-WR-ALARMUID:1\nTRIGGER;VALUE=DATE-TIME:19760401T005545Z\nACTION:NONE\nEND:VALARM\n", "\r\n", True),
    "thunderbird": (
        "-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN", "", "Europe/Paris", IANA_PARIS,
        "X-MOZ-GENERATION:4\nX-MOZ-LASTACK:20260901T000000Z\nBEGIN:VALARM\nTRIGGER;RELATED=END:PT0S\nACTION:DISPLAY\nEND:VALARM\n", "\r\n", True),
    "lightning-old": (
        "-//Mozilla.org/NONSGML Mozilla Calendar V1.0//EN", "", "/mozilla.org/20050126_1/Europe/Paris", IANA_PARIS, "", "\n", True),
    "zimbra": (
        "Zimbra-Calendar-Provider", "METHOD:PUBLISH\n", "Europe/Brussels", OUTLOOK_PARIS.replace("16010101", "19710101"),
        "CLASS:PUBLIC\nX-MICROSOFT-CDO-INTENDEDSTATUS:BUSY\nX-ZIMBRA-LOCAL-ONLY:1\n", "\r\n", False),
    "nextcloud": (
        "-//IDN nextcloud.com//Calendar app 4.7.16//EN", "CALSCALE:GREGORIAN\nREFRESH-INTERVAL;VALUE=DURATION:PT4H\n", "Europe/Paris", IANA_PARIS,
        "CATEGORIES:Nuit,Réseau\nSTATUS:CONFIRMED\nX-NC-GROUP-ID:1\nLINK;VALUE=URI:https://b.example\n", "\r\n", True),
    "korganizer": (
        "-//K Desktop Environment//NONSGML libkcal 4.3//EN", "X-KDE-ICAL-IMPLEMENTATION-VERSION:1.0\n", "Europe/Paris", IANA_PARIS,
        "X-KDE-KCALCORE-ENABLED:TRUE\nATTACH;ENCODING=BASE64;VALUE=BINARY:QUJD\n", "\r\n", True),
    "evolution": (
        "-//Ximian//NONSGML Evolution Calendar//EN", "", "/freeassociation.sourceforge.net/Europe/Paris",
        IANA_PARIS.replace("TZID:{name}\n", "TZID:{name}\nX-LIC-LOCATION:Europe/Paris\n"), "X-EVOLUTION-CALDAV-ETAG:1\n", "\r\n", True),
    "lotus": (
        "-//Lotus Development Corporation//NONSGML Notes 9.0//EN_C", "METHOD:PUBLISH\n", "Romance", OUTLOOK_PARIS,
        "X-LOTUS-CHILD_UID:ABC\nX-LOTUS-NOTICETYPE:I\n", "\r\n", True),
    "zoom": (
        "-//zoom.us//iCalendar Event//EN", "METHOD:PUBLISH\n", "Europe/Paris", IANA_PARIS,
        "DESCRIPTION:Rejoindre\\nhttps://zoom.example/j/1\nURL:https://zoom.example/j/1\nBEGIN:VALARM\nTRIGGER:-PT10M\nACTION:DISPLAY\nEND:VALARM\n", "\r\n", True),
    "teams": (
        "Microsoft Exchange Server 2010", "METHOD:REQUEST\n", "Romance Standard Time", OUTLOOK_PARIS,
        "X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.example/l\nX-MICROSOFT-ONLINEMEETINGINFORMATION:{}\nX-MICROSOFT-REQUESTEDATTENDANCEMODE:\n",
        "\r\n", True),
    "provider": (
        "-//Example Carrier//NONSGML Maint//EN", "", "", "",
        "X-MAINTNOTE-PROVIDER:carrier.example\nX-MAINTNOTE-ACCOUNT:1\nX-MAINTNOTE-MAINTENANCE-ID:M-1\nX-MAINTNOTE-IMPACT:OUTAGE\n"
        "X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT=OUTAGE:circuit-1\nX-MAINTNOTE-STATUS:CONFIRMED\nPRIORITY:1\n", "\r\n", True),
    "script": ("-//Un script//FR", "", None, "", "", "\n", False),
    "marked": ("-//Bloc-notes//FR", "BEGIN:VTODO\nUID:t\nDTSTAMP:20261001Z\nEND:VTODO\n", "europe/paris", "", "PRIORITY:high\n", "\r\n", False),
}  # fmt: skip
# Name: start, length in hours (days where it has no T), further lines with {time} for a time in the program's own form.
SHAPES: dict[str, tuple[str, float, str]] = {
    "one": ("20261206T010000", 2, ""),
    "summer": ("20270509T000000", 6.5, ""),
    "days": ("20261224", 3, ""),
    "one-day": ("20261225", 0, ""),
    "weekly": ("20261108T010000", 2, "RRULE:FREQ=WEEKLY;COUNT=6;BYDAY=SU\nEXDATE{20261122T010000}\n"),
    "second-weeks": ("20261103T010000", 3, "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=7;BYDAY=TU,TH;WKST=SU\n"),
    "until": ("20261101T030000", 2, "RRULE:FREQ=DAILY;UNTIL=20261110T235959Z\n"),
    "monthly": ("20261110T010000", 4, "RRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=5\n"),
    "last-workday": ("20261130T220000", 2, "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=4\n"),
    "endless": ("20200106T010000", 2, "RRULE:FREQ=WEEKLY;BYDAY=MO\n"),
    "dates": ("20261103T010000", 1, "RDATE{20261117T010000}\nRDATE{20261124T010000}\n"),
    "moved": ("20261102T010000", 1, "RRULE:FREQ=DAILY;COUNT=5\n|RECURRENCE-ID{20261104T010000}\n|20261104T040000"),
    "dropped": ("20261102T010000", 1, "RRULE:FREQ=DAILY;COUNT=5\n|RECURRENCE-ID{20261104T010000}\nSTATUS:CANCELLED\n|20261104T010000"),
    "past": ("20150105T010000", 1, "RRULE:FREQ=WEEKLY;UNTIL=20151231T000000Z\n"),
}


def written(civil: str, zone: str | None) -> str:
    """Parameters, colon and value of a time, or of a day."""
    if "T" not in civil:
        return f";VALUE=DATE:{civil}"
    if zone is None:
        return f":{civil}"
    if not zone:
        return f":{datetime.datetime.strptime(civil, '%Y%m%dT%H%M%S').replace(tzinfo=PARIS).astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"
    quoted = f'"{zone}"' if set(zone) & set(",:;") else zone
    return f";TZID={quoted}:{civil}"


def event(uid: str, start: str, hours: float, more: str, zone: str | None, own: str) -> str:
    while "{" in more:
        before, _, rest = more.partition("{")
        civil, _, after = rest.partition("}")
        more = before + written(civil, zone) + after
    if "T" in start:
        end = f"{datetime.datetime.strptime(start, '%Y%m%dT%H%M%S') + datetime.timedelta(hours=hours):%Y%m%dT%H%M%S}"
    else:
        end = f"{datetime.datetime.strptime(start, '%Y%m%d') + datetime.timedelta(days=hours):%Y%m%d}"
    return (
        f"BEGIN:VEVENT\nUID:{uid}\nDTSTAMP:20261001T080000Z\nSUMMARY:Bascule du réseau, étage {hours}\n"
        f"DTSTART{written(start, zone)}\nDTEND{written(end, zone)}\n{more}{own}END:VEVENT\n"
    )


def calendar(program: str, shape: str) -> bytes:
    prodid, header, zone, definition, own, end, folds = PROGRAMS[program]
    start, hours, more = SHAPES[shape]
    more, _, override = more.partition("|")
    uid = f"{shape}-{program}@b.example"
    text = f"BEGIN:VCALENDAR\nPRODID:{prodid}\nVERSION:2.0\n{header}{definition.format(name=zone)}{event(uid, start, hours, more, zone, own)}"
    if override:
        lines, _, moved = override.partition("|")
        text += event(uid, moved, hours, lines, zone, own.replace("\nSTATUS:CONFIRMED\n", "\n") if shape == "dropped" else own)
    lines = []
    for line in (text + "END:VCALENDAR").split("\n"):
        data = line.encode()
        while folds and len(data) > 75:
            lines.append(data[:75])
            data = b" " + data[75:]
        lines.append(data)
    return (b"\xef\xbb\xbf" if program == "marked" else b"") + end.encode().join(lines) + end.encode()


def moments(first: object, last: object) -> tuple[str, str]:
    def moment(value: object) -> str:
        if not isinstance(value, datetime.datetime):
            value = datetime.datetime.combine(value, datetime.time(0))  # type: ignore[arg-type]
        value = value.replace(tzinfo=PARIS) if value.tzinfo is None else value
        return value.astimezone(datetime.UTC).isoformat()

    return moment(first), moment(last)


def expected(data: bytes) -> list[tuple[str, str]]:
    """What lies ahead, as recurring-ical-events has it: floating times are of Paris, and a day that ends on itself is one."""
    times = []
    # This peer knows no mark, no names in other case or of Windows in German, and stumbles over a task that nobody asked for.
    text = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n ", b"").replace(b"europe/paris", b"Europe/Paris")
    text = text.replace(GERMAN.encode(), b"Europe/Berlin").replace(b"DTSTAMP:20261001Z\r\n", b"").replace(b"PRIORITY:high\r\n", b"")
    for each in recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(NOW, UNTIL + datetime.timedelta(days=1)):
        start, end = each.start, each.end
        if not isinstance(start, datetime.datetime) and start == end:
            end = start + datetime.timedelta(days=1)
        if str(each.get("STATUS", "")) != "CANCELLED":
            times.append(moments(start, end))
    return sorted(times)


def found(output: bytes) -> list[tuple[str, str]]:
    rows = [row for row in json.loads(output) if row["status"] in ("allowed", "refused")]
    return sorted(moments(*(datetime.datetime.fromisoformat(row[name]) for name in ("start", "end"))) for row in rows)


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("program")
    options.add_argument("--quick", action="store_true")
    options.add_argument("--keep", type=pathlib.Path)
    chosen = options.parse_args()
    pairs = [(program, shape) for program in PROGRAMS for shape in SHAPES]
    if chosen.quick:
        turn = {pair: int(hashlib.sha256("/".join(pair).encode()).hexdigest(), 16) for pair in pairs}
        few = {pair for name in PROGRAMS for pair in sorted((p for p in pairs if p[0] == name), key=turn.__getitem__)[:2]}
        few |= {pair for name in SHAPES for pair in sorted((p for p in pairs if p[1] == name), key=turn.__getitem__)[:2]}
        pairs = [pair for pair in pairs if pair in few]
    tally, taken, began = Tally(), 0, time.monotonic()
    with tempfile.TemporaryDirectory(prefix="preavis-foreigners-") as name:
        folder = pathlib.Path(name)
        program = Program(chosen.program, folder, workplace(folder))
        begun = program.run("init", "--simulation")
        tally.expect(begun.code == 0, "init", "exit", begun.message)
        for each, shape in pairs:
            what, data = f"{each}/{shape}", calendar(each, shape)
            if chosen.keep:
                (chosen.keep / f"{each}-{shape}.ics").write_bytes(data)
            answer = program.run("import", "-", "--format", "ics", "--dry-run", "--json", "--until", str(UNTIL), given=data)
            if answer.code not in (0, 3):
                print(f"{what}: {answer.message[:300]}")
                continue
            taken += 1
            wanted, got = expected(data), found(answer.output)
            tally.check(what, [] if wanted == got else [Finding("time", f"{got[:3]}, wanted {wanted[:3]} ({len(got)}, {len(wanted)})")])
    tally.expect(taken >= 0.95 * len(pairs), "share", "share", f"{taken} of {len(pairs)} taken")
    print(f"{len(pairs)} calendars, {taken} taken, {time.monotonic() - began:.0f} s")
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
