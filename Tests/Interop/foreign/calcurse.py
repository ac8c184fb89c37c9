"""Imports a feed into calcurse, exports it again and reads that: calcurse.py FILE. Prints one line of JSON."""

import json
import re
import subprocess
import sys
import tempfile

import icalendar


def moment(value) -> str:
    """calcurse exports local time; this process and calcurse live in UTC."""
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if hasattr(value, "hour") else value.isoformat()


def main() -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        words = ["calcurse", "-D", folder, "-C", folder]
        done = subprocess.run([*words, "-q", "-i", sys.argv[1]], capture_output=True, text=True, timeout=30)
        said = (done.stdout + done.stderr).strip()
        skipped = re.search(r"(\d+) skipped", said)
        if done.returncode != 0 or (skipped and skipped[1] != "0"):
            return {"ok": False, "error": f"exit {done.returncode}: {said[-300:]}", "events": []}
        written = subprocess.run([*words, "-xical"], capture_output=True, timeout=30).stdout
    # The alarms of its own export are no iCalendar (TRIGGER:-P300S).
    written = re.sub(rb"(?s)BEGIN:VALARM.*?END:VALARM\r?\n", b"", written)
    events = []
    for event in icalendar.Calendar.from_ical(written).walk("VEVENT"):
        start = event["DTSTART"].dt
        # Of a whole day it keeps the first and no end.
        end = event["DTEND"].dt if "DTEND" in event else start + event["DURATION"].dt if "DURATION" in event else None
        summary = str(event.get("SUMMARY", ""))
        events.append({"start": moment(start), "end": None if end is None else moment(end), "summary": summary})
    return {"ok": True, "events": events}


print(json.dumps(main()))
