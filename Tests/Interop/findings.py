"""What a check has to say, and the tally that ends every script."""

from __future__ import annotations

import dataclasses
import sys


@dataclasses.dataclass(frozen=True)
class Finding:
    """One breach. `code` names the rule and never changes; `text` says what was found and what was wanted."""

    code: str
    text: str

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"


class Tally:
    """Counts what passed and what failed, and ends with the line that scripts read."""

    LIMIT = 200

    def __init__(self) -> None:
        self.passed = 0
        self.failed = 0
        self.skipped: dict[str, str] = {}
        self.reported: set[str] = set()

    def check(self, what: str, findings: list[Finding]) -> None:
        """One check: passed when there is no finding. The same breach is told once, and counted each time."""
        if not findings:
            self.passed += 1
            return
        self.failed += 1
        for finding in findings[:5]:
            line = str(finding)
            if line not in self.reported and len(self.reported) < self.LIMIT:
                self.reported.add(line)
                print(f"FAIL {what}: {line[:600]}", file=sys.stderr, flush=True)

    def expect(self, holds: bool, what: str, code: str, text: str) -> None:
        self.check(what, [] if holds else [Finding(code, text)])

    def skip(self, what: str, reason: str) -> None:
        if what not in self.skipped:
            self.skipped[what] = reason
            print(f"skipped {what}: {reason}", flush=True)

    def finish(self) -> int:
        if self.passed + self.failed == 0:
            print("nothing was checked", file=sys.stderr)
            self.failed = 1
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        return 1 if self.failed else 0
