"""Reads MAINTNOTE files with circuit-maintenance-parser: one path a line in, one line of JSON each out.

It stays alive between files because its imports take longer than its work.
"""

import datetime
import json
import sys

from circuit_maintenance_parser import NotificationData, init_provider


def moment(seconds: int) -> str:
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def read(path: str) -> dict[str, object]:
    with open(path, "rb") as file:
        found = init_provider().get_maintenances(NotificationData.init_from_raw("ical", file.read()))
    return {"ok": True, "maintenances": [
        {
            "uid": each.uid, "start": moment(each.start), "end": moment(each.end), "summary": each.summary,
            "status": each.status.value, "sequence": each.sequence, "provider": each.provider, "account": each.account,
            "maintenance_id": each.maintenance_id, "organizer": each.organizer, "stamp": moment(each.stamp),
            "circuits": sorted([circuit.circuit_id, circuit.impact.value] for circuit in each.circuits),
        }
        for each in found
    ]}


for line in sys.stdin:
    try:
        answer = read(line.strip())
    except Exception as error:  # whatever a foreign parser raises is its answer
        answer = {"ok": False, "error": f"{type(error).__name__}: {error}", "maintenances": []}
    print(json.dumps(answer), flush=True)
