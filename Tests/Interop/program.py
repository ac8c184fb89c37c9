"""The program under test: a simulation register of its own, at a clock that the caller sets."""

from __future__ import annotations

import dataclasses
import functools
import json
import os
import pathlib
import re
import subprocess
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / ".build"
TIMEOUT = 60  # seconds; a command that takes longer has hung


@dataclasses.dataclass(frozen=True)
class Answer:
    code: int
    output: bytes
    errors: bytes

    @property
    def text(self) -> str:
        return self.output.decode("utf-8", "replace")

    @property
    def message(self) -> str:
        return self.errors.decode("utf-8", "replace").strip()


class Program:
    def __init__(self, binary: str, folder: pathlib.Path, calendars: pathlib.Path = ROOT / "calendars") -> None:
        self.binary = os.path.abspath(binary)
        self.folder = folder
        self.now = "2026-10-12T09:00:00+02:00"
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "TZDIR") if name in os.environ} | {"PREAVIS_CONFIG": ""}
        self.environment = keep | {
            "LANG": "C.UTF-8",
            "PREAVIS_REGISTER": str(folder / "register.sqlite"),
            "PREAVIS_CALENDARS": str(calendars),
            "PREAVIS_TEMPLATES": str(ROOT / "templates"),
        }

    def run(self, *arguments: str | bytes, given: bytes = b"") -> Answer:
        """Runs one command; code 124 stands for a command that had to be stopped."""
        try:
            done = subprocess.run(
                [self.binary, *arguments],
                env=self.environment | {"PREAVIS_NOW": self.now},
                input=given,
                capture_output=True,
                timeout=TIMEOUT,
                cwd=self.folder,
            )
        except subprocess.TimeoutExpired:
            return Answer(124, b"", b"stopped after %d s" % TIMEOUT)
        # A process ended by signal N counts as 128 + N, as in a shell.
        return Answer(done.returncode if done.returncode >= 0 else 128 - done.returncode, done.stdout, done.stderr)

    def json(self, *arguments: str) -> Any:
        answer = self.run(*arguments, "--json")
        if answer.code != 0:
            raise SystemExit(f"{' '.join(arguments)}: exit {answer.code}: {answer.message}")
        return json.loads(answer.output)

    @functools.cache
    def help(self, verb: str) -> str:
        """The help of a verb with its blanks made one; empty when there is no such verb."""
        # `feed` writes by itself; its options stand with the verb that does so.
        words = [verb, "write"] if verb == "feed" else [verb]
        answer = self.run(*words, "--help")
        known = answer.code == 0 and re.search(rf"USAGE: preavis {re.escape(verb)}\b", answer.text)
        return re.sub(r"\s+", " ", answer.text) if known else ""

    def has(self, verb: str, option: str = "") -> bool:
        """Whether the verb is there, and takes the option (or names the word in its help)."""
        text = self.help(verb)
        return bool(text) and (not option or re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", text) is not None)
