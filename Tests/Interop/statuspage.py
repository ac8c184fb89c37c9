"""summary.json of the Statuspage API, version 2: the schema, then what tools that read it take for granted."""

from __future__ import annotations

import datetime
import json
import pathlib
from typing import Any

import jsonschema

from expectations import Expected, utc
from findings import Finding

SCHEMA = json.loads((pathlib.Path(__file__).resolve().parent / "schemas/statuspage-summary.json").read_text())
STATES = {"planned": "scheduled", "in-progress": "in_progress"}


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys differ; JSON parsers disagree on the others."""
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError(f"a key twice among {keys}")
    return dict(pairs)


def check(data: bytes, expected: dict[str, Expected], now: datetime.datetime) -> list[Finding]:
    try:
        summary = json.loads(data.decode("utf-8"), object_pairs_hook=once)
    except ValueError as error:
        return [Finding("json", str(error))]
    validator = jsonschema.Draft202012Validator(SCHEMA)
    found = [
        Finding("schema", f"{'/'.join(map(str, error.absolute_path)) or '(root)'}: {error.message[:200]}")
        for error in list(validator.iter_errors(summary))[:10]
    ]
    if found:
        return found
    components = {each["id"] for each in summary["components"]}
    entries = summary["scheduled_maintenances"] + summary["incidents"]
    identifiers = [each["id"] for each in entries]
    if len(set(identifiers)) != len(identifiers):
        found.append(Finding("id", "an id twice"))
    for each in entries:
        found += consistent(each, summary["page"], components, now)
    newest = max((utc(each["updated_at"]) for each in entries), default=None)
    if newest is not None and utc(summary["page"]["updated_at"]) < newest:
        found.append(Finding("order", "the page is older than an entry"))
    if any(each["status"] == "in_progress" for each in entries) and summary["status"]["indicator"] == "none":
        found.append(Finding("indicator", "none while work is in progress"))
    return found + agrees(entries, expected, now)


def consistent(
    each: dict[str, Any], page: dict[str, Any], components: set[str], now: datetime.datetime
) -> list[Finding]:
    found: list[Finding] = []
    where = each["id"]
    if each["page_id"] != page["id"]:
        found.append(Finding("reference", f"{where}: page_id {each['page_id']}"))
    if "scheduled_for" in each and utc(each["scheduled_for"]) >= utc(each["scheduled_until"]):
        found.append(Finding("order", f"{where}: scheduled_until is not after scheduled_for"))
    if not utc(each["created_at"]) <= utc(each["updated_at"]) <= now:
        found.append(Finding("order", f"{where}: created {each['created_at']}, updated {each['updated_at']}"))
    if each["status"] == "completed" or each["resolved_at"] is not None:
        found.append(Finding("status", f"{where}: ended work in the summary"))
    updates = each["incident_updates"]
    moments = [utc(update["display_at"]) for update in updates]
    if moments != sorted(moments, reverse=True):
        found.append(Finding("order", f"{where}: updates are not newest first"))
    if not updates or updates[0]["status"] != each["status"]:
        found.append(Finding("status", f"{where}: {each['status']}, and the newest update says otherwise"))
    if any(update["incident_id"] != where for update in updates):
        found.append(Finding("reference", f"{where}: an update of another incident"))
    if not {component["id"] for component in each["components"]} <= components:
        found.append(Finding("reference", f"{where}: a component that the page does not have"))
    return found


def agrees(entries: list[dict[str, Any]], expected: dict[str, Expected], now: datetime.datetime) -> list[Finding]:
    """What is ahead or under way is there with its state and its times; what has ended is not."""
    found: list[Finding] = []
    for key, change in expected.items():
        own = [each for each in entries if key in json.dumps([each["id"], each["name"], each["shortlink"]])]
        open_ = change.state in STATES and (change.end > now or change.state == "in-progress")
        if not open_:
            if own and change.state not in STATES:
                found.append(Finding("agree", f"{key} is {change.state} and in the summary"))
            continue
        if len(own) != 1:
            if change.impact != "none":
                found.append(Finding("agree", f"{key} is {change.state} and {len(own)} times in the summary"))
            continue
        each = own[0]
        if change.title not in each["name"]:
            found.append(Finding("agree", f"{key}: name {each['name']!r}"))
        if "scheduled_for" in each:
            if each["status"] != STATES[change.state]:
                found.append(Finding("agree", f"{key}: {each['status']}, wanted {STATES[change.state]}"))
            if (utc(each["scheduled_for"]), utc(each["scheduled_until"])) != (change.start, change.end):
                found.append(Finding("agree", f"{key}: {each['scheduled_for']} to {each['scheduled_until']}"))
    return found
