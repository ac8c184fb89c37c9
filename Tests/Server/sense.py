"""Hooks of schemathesis: some of its cases get values that mean something, so that answers other than refusals are
checked.

A schema says that a start is a text; which texts are hours of a window that is still free, it cannot say. Only cases
that fit the schema are touched, and not all of them.
"""

from __future__ import annotations

import datetime
import os
import random
import urllib.error
import urllib.request
from typing import Any

import schemathesis

SERVICE = "profession-liberale"
ADDRESS = os.environ.get("PREAVIS_ADDRESS", "")
TOKEN = os.environ.get("PREAVIS_TOKEN_OF_TEST", "")
OWN = "TOK-0001"
SHARE = 0.7
chance = random.Random(1)  # not the one that Hypothesis watches
NOW = datetime.datetime.now(datetime.timezone.utc).replace(minute=0, second=0, microsecond=0)


@schemathesis.serializer("application/jsonl", "application/x-ndjson")
def json_lines(_: Any, value: Any) -> bytes:
    """An example of lines is sent as it stands; schemathesis knows no such type by itself."""
    return str(value).encode()


def night() -> str:
    day = NOW + datetime.timedelta(days=chance.randrange(15, 400))
    return day.strftime(f"%Y-%m-%dT{chance.randrange(0, 5):02d}:{chance.randrange(60):02d}:00Z")


def past() -> str:
    return (NOW - datetime.timedelta(hours=chance.randrange(1, 400))).strftime("%Y-%m-%dT%H:%M:%SZ")


def month() -> str:
    return (NOW - datetime.timedelta(days=chance.randrange(0, 200))).strftime("%Y-%m")


def change() -> str:
    return f"CHG-{NOW.year}-{chance.randrange(1, 6):04d}"


def outage() -> str:
    return f"OUT-{NOW.year}-{chance.randrange(1, 4):04d}"


VALUES: dict[str, Any] = {
    "service": lambda: SERVICE,
    "environment": lambda: chance.choice(["production", "preproduction"]),
    "components": lambda: chance.sample(["application", "administration", "flux"], chance.randrange(0, 3)),
    "component": lambda: "flux",
    "start": night,
    "duration": lambda: chance.choice(["1m", "10m", "PT1H"]),
    "alongside": lambda: [],
    "title": lambda: chance.choice(["Migration", "Étape 2 : « flux »", "<b>", "x" * 150]),
    "description": lambda: chance.choice(["", "Une ligne\net une autre"]),
    "reason": lambda: "Essai",
    "documentation": lambda: "https://portal.example/doc",
    "rollback": lambda: "15m",
    "within": lambda: "72h",
    "simulate": lambda: f"{past()}/2h",
    "month": month,
    "change": change,
    "outage": outage,
    "name": lambda: f"holder {chance.randrange(10**9)}",
    "client": lambda: "Martin",
    "expires": lambda: chance.choice(["30d", "12h"]),
    "services": lambda: chance.choice([[], [{"service": SERVICE, "components": ["flux"]}]]),
    "until": lambda: (NOW + datetime.timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%SZ"),
    "zone": lambda: "metropole",
    "year": lambda: NOW.year,
}


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    if (case.path_parameters or {}).get("token") == OWN:
        # Revoked, it would be of no more use for the rest of the run.
        case.path_parameters["token"] = "TOK-9999"
    if case.meta is None or not case.meta.generation.mode.is_positive or chance.random() > SHARE:
        return
    path = case.operation.path
    for values in (case.path_parameters, case.query, case.body):
        if isinstance(values, dict):
            for name in values:
                if name in VALUES and values[name] is not None:
                    values[name] = VALUES[name]()
    if isinstance(case.body, dict):
        sensible(path, case.body)
    if isinstance(case.body, list) and path.endswith("/support-report"):
        for row in case.body:
            row |= {name: None for name in row if name.endswith("_at")} | {"registered_at": past()}
    if isinstance(case.query, dict):
        for name in ("from", "to"):
            if name in case.query:
                case.query[name] = month() if "availability" in path else past() if name == "from" else night()
        for name in ("at", "qualified_at", "as_of"):
            if name in case.query:
                case.query[name] = past() if name != "as_of" else NOW.strftime("%Y-%m-%dT%H:%M:%SZ")
        if "simulate" in case.query:
            for name in ("month", "from", "to"):
                case.query.pop(name, None)
        elif "month" in case.query and "availability" in path:
            for name in ("from", "to"):
                case.query.pop(name, None)
    if case.headers is not None and "If-Match" in case.headers:
        for name in ("change", "outage"):
            path = path.replace(f"{{{name}}}", str((case.path_parameters or {}).get(name, "")))
        if tag := newest(path):
            case.headers["If-Match"] = tag


def sensible(path: str, body: dict[str, Any]) -> None:
    """What goes together: an end or a duration; an outage is over; a reason where clients are owed one."""
    if "outages" in path or "emergencies" in path:
        if "start" in body:
            body["start"] = past()
    if "end" in body and body["end"] is not None:
        if "start" in body or path.endswith("reschedule"):
            body["end"] = None
            body.setdefault("start", night())
            body["duration"] = "10m"
        else:
            body["end"] = night()
    elif "start" in body and body.get("duration") is None and not path.endswith("/amend"):
        body["duration"] = "10m"
    if path.endswith("/overrides"):
        body |= {"until": None, "duration": "10m", "reason": "Essai"}
    if body.get("at") is not None:
        body["at"] = past()
    if path.endswith(("amend", "cancel", "reschedule", "extend", "emergencies", "void")):
        body["reason"] = "Essai"
    if body.get("kind") == "update" and "update" not in body and path.endswith("/changes"):
        body["kind"] = "maintenance"
    elif body.get("kind") != "update" and path.endswith("/changes"):
        body.pop("update", None)


def newest(path: str) -> str | None:
    """The ETag of the change or outage that a move is about."""
    request = urllib.request.Request(f"{ADDRESS}/api/v1/" + "/".join(path.strip("/").split("/")[:2]))
    if TOKEN:
        request.add_header("Authorization", f"Bearer {TOKEN}")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.headers["ETag"]
    except (urllib.error.URLError, OSError):
        return None
