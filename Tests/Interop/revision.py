"""What may happen between two states of one feed (RFC 5546, section 2.1.4; docs/design.md)."""

from __future__ import annotations

import contentlines
from contentlines import Component
from findings import Finding

BOOKKEEPING = {"DTSTAMP", "LAST-MODIFIED", "SEQUENCE"}


def published(data: bytes) -> dict[str, Component]:
    return {event.value("UID") or "": event for event in contentlines.events(data)}


def content(event: Component) -> list[tuple[str, str]]:
    return sorted((line.name, line.value) for line in event.lines if line.name not in BOOKKEEPING)


def between(before: bytes, after: bytes, now: str, may_leave: frozenset[str] = frozenset()) -> list[Finding]:
    """Breaches from `before` to `after`.

    `now` is the moment of the step as `20261012T070000Z`; `may_leave` holds the UIDs that are old enough to be gone.
    """
    found: list[Finding] = []
    old, new = published(before), published(after)
    for uid, event in old.items():
        if uid not in new:
            if not uid.startswith("nothing-planned-") and uid not in may_leave:
                found.append(Finding("vanished", f"{uid} is no longer in the feed"))
            continue
        found += one(uid, event, new[uid], now)
    for uid in new.keys() - old.keys():
        if new[uid].value("SEQUENCE") != "0":
            found.append(Finding("sequence", f"{uid} appears with SEQUENCE:{new[uid].value('SEQUENCE')}"))
    return found


def one(uid: str, old: Component, new: Component, now: str) -> list[Finding]:
    found: list[Finding] = []
    sequence = int(old.value("SEQUENCE") or 0), int(new.value("SEQUENCE") or 0)
    stamp = old.value("DTSTAMP") or "", new.value("DTSTAMP") or ""
    created = old.value("CREATED"), new.value("CREATED")
    if created[0] != created[1]:
        found.append(Finding("created", f"{uid}: CREATED went from {created[0]} to {created[1]}"))
    if content(old) == content(new):
        if sequence[0] != sequence[1] or stamp[0] != stamp[1]:
            found.append(Finding("churn", f"{uid}: nothing changed but SEQUENCE or DTSTAMP"))
        return found
    if sequence[1] != sequence[0] + 1:
        found.append(Finding("sequence", f"{uid}: changed, SEQUENCE from {sequence[0]} to {sequence[1]}"))
    if stamp[1] != now:
        found.append(Finding("moment", f"{uid}: revised at {now}, DTSTAMP:{stamp[1]}"))
    if stamp[1] <= stamp[0]:
        found.append(Finding("moment", f"{uid}: DTSTAMP did not move ({stamp[0]} to {stamp[1]})"))
    return found
