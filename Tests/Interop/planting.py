"""Plants faults in a good sample and asks whether the check notices each of them."""

from __future__ import annotations

from collections.abc import Callable

from faults_calendar import Fault
from findings import Finding, Tally

Check = Callable[[bytes], list[Finding]]


def plant(tally: Tally, what: str, good: bytes, check: Check, faults: list[Fault]) -> None:
    """The good sample passes; each fault is noticed under its own code."""
    tally.check(f"{what}: good sample", check(good))
    for fault in faults:
        found = check(fault.plant(good))
        tally.expect(
            fault.code in {each.code for each in found},
            f"{what}: {fault.name}",
            "unnoticed",
            f"wanted {fault.code}, got {[str(each)[:120] for each in found]}",
        )
