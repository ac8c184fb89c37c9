"""Imports a feed into khal and lists it: khal.py FILE, VENV=…. Prints one line of JSON."""

import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile

CONFIGURATION = """[calendars]
[[feed]]
path = {folder}/feed
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M:%S
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M:%S
longdatetimeformat = %Y-%m-%d %H:%M:%S
[default]
default_calendar = feed
[sqlite]
path = {folder}/cache
"""


def moments(event: dict[str, str]) -> tuple[str, str]:
    start, end = event["start-long-full"], event["end-long-full"]
    if str(event["all-day"]) == "True":
        last = datetime.date.fromisoformat(end[:10])
        return start[:10], (last + datetime.timedelta(days=1)).isoformat()
    return start.replace(" ", "T") + "Z", end.replace(" ", "T") + "Z"


def main() -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        (place / "feed").mkdir()
        (place / "config").write_text(CONFIGURATION.format(folder=folder))
        environment = os.environ | {"HOME": folder, "XDG_CACHE_HOME": folder, "XDG_DATA_HOME": folder}
        khal = [os.path.join(os.environ["VENV"], "bin/khal"), "-c", str(place / "config")]

        def run(*words: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run([*khal, *words], env=environment, capture_output=True, text=True, timeout=50)

        done = run("import", "--batch", "-a", "feed", sys.argv[1])
        if done.returncode != 0 or "Traceback" in done.stderr or "error" in done.stderr.lower():
            return {"ok": False, "error": f"exit {done.returncode}: {done.stderr[-300:]}", "events": []}
        fields = ("uid", "title", "start-long-full", "end-long-full", "status", "all-day")
        done = run("list", *(word for field in fields for word in ("--json", field)), "2020-01-01", "2029-12-31")
        if done.returncode != 0:
            return {"ok": False, "error": f"exit {done.returncode}: {done.stderr[-300:]}", "events": []}
    found = {}
    for line in done.stdout.splitlines():
        for event in json.loads(line) if line.startswith("[") else []:
            start, end = moments(event)
            # An event is listed under each of its days.
            found[event["uid"], start] = {
                "uid": event["uid"], "start": start, "end": end, "summary": event["title"],
                "status": event["status"].strip() or None}
    return {"ok": True, "events": list(found.values())}


print(json.dumps(main()))
