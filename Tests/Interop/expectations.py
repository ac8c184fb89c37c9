"""What clients must read of a change, worked out from what was asked for and never from what the program wrote."""

from __future__ import annotations

import dataclasses
import datetime

from findings import Finding

SERVICE = "Cegid Profession Libérale"
HARD = "\u00a0"  # the blank before a French colon
KINDS = {
    "fr": {"maintenance": "Maintenance", "emergency": "Maintenance urgente", "update": "Mise à jour"},
    "en": {"maintenance": "Maintenance", "emergency": "Emergency maintenance", "update": "Update"},
}
CANCELLED = {"fr": "[ANNULÉ] ", "en": "[CANCELLED] "}
KEPT = datetime.timedelta(days=90)  # publication.keep-past of the shipped contract


def utc(text: str) -> datetime.datetime:
    """An instant from ISO 8601 with an offset."""
    moment = datetime.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} has no offset")
    return moment.astimezone(datetime.timezone.utc)


def basic(moment: datetime.datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%SZ")


@dataclasses.dataclass(frozen=True)
class Reading:
    """An event as one reader gives it; a field that the reader does not keep is None."""

    uid: str | None
    start: datetime.datetime | datetime.date | None
    end: datetime.datetime | datetime.date | None
    summary: str | None
    status: str | None
    sequence: int | None


FIELDS = tuple(field.name for field in dataclasses.fields(Reading))


@dataclasses.dataclass(frozen=True)
class Expected:
    """One change that clients know of."""

    id: str
    kind: str
    title: str
    start: datetime.datetime
    end: datetime.datetime
    sequence: int = 0
    state: str = "planned"
    impact: str = "outage"
    components: tuple[str, ...] = ()
    description: str = ""
    revised: str = ""  # the moment of the newest revision, 20261012T070000Z
    uid: str = ""  # learned when the change is first published, then fixed

    def summary(self, language: str) -> str:
        mark = CANCELLED[language] if self.state == "cancelled" else ""
        colon = HARD + ":" if language == "fr" else ":"
        return f"[SIMULATION] {mark}{KINDS[language][self.kind]}{colon} {self.title} – {SERVICE}"

    @property
    def status(self) -> str:
        return "CANCELLED" if self.state == "cancelled" else "CONFIRMED"

    @property
    def transparency(self) -> str:
        return "TRANSPARENT" if self.state == "cancelled" or self.impact == "none" else "OPAQUE"

    def has_left(self, now: datetime.datetime) -> bool:
        # What was told last counts too: urgent work of long ago that is recorded today is news.
        told = datetime.datetime.strptime(self.revised, "%Y%m%dT%H%M%S%z") if self.revised else self.end
        return max(self.end, told) <= now - KEPT

    def reading(self, language: str) -> Reading:
        return Reading(self.uid, self.start, self.end, self.summary(language), self.status, self.sequence)


def compare(got: list[Reading], wanted: list[Reading], keeps: frozenset[str]) -> list[Finding]:
    """Differences in the fields that the reader keeps. Without UIDs, as sets of what is left."""

    def visible(reading: Reading) -> tuple[object, ...]:
        return tuple(getattr(reading, name) for name in FIELDS if name in keeps)

    if "uid" not in keeps:
        left = [visible(reading) for reading in wanted]
        other = []
        for seen in map(visible, got):
            if seen in left:
                left.remove(seen)
            else:
                other.append(seen)
        return [Finding("read", f"missing {each}") for each in left] + [
            Finding("read", f"other {each}") for each in other
        ]
    found: list[Finding] = []
    by_uid: dict[str | None, Reading] = {}
    for reading in got:
        if reading.uid in by_uid:
            found.append(Finding("read", f"{reading.uid} twice"))
        by_uid[reading.uid] = reading
    for want in wanted:
        have = by_uid.pop(want.uid, None)
        if have is None:
            found.append(Finding("read", f"{want.uid} is missing"))
            continue
        for name in FIELDS:
            if name in keeps and getattr(have, name) != getattr(want, name):
                found.append(
                    Finding("read", f"{want.uid} {name}: {getattr(have, name)!r}, wanted {getattr(want, name)!r}")
                )
    return found + [Finding("read", f"{uid} was not expected") for uid in by_uid]
