"""A reader of iCalendar content lines of our own, written from RFC 5545, section 3.1, and shared with nothing else."""

from __future__ import annotations

import dataclasses
import re

NAME = re.compile(r"^[A-Za-z0-9-]+$")
SEPARATOR = re.compile(r"[;:]")


class LineError(ValueError):
    """A line that is no content line; the text says why."""


@dataclasses.dataclass(frozen=True)
class Line:
    name: str
    parameters: tuple[tuple[str, str], ...]
    value: str

    @property
    def text(self) -> str:
        return unescape(self.value)


@dataclasses.dataclass
class Component:
    name: str
    lines: list[Line] = dataclasses.field(default_factory=list)
    parts: list[Component] = dataclasses.field(default_factory=list)

    def all(self, name: str) -> list[Line]:
        return [line for line in self.lines if line.name == name]

    def value(self, name: str) -> str | None:
        found = self.all(name)
        return found[0].value if found else None

    def text(self, name: str) -> str | None:
        found = self.all(name)
        return found[0].text if found else None

    def walk(self, name: str) -> list[Component]:
        return [part for part in self.parts if part.name == name]


def unescape(value: str) -> str:
    r"""TEXT back to characters: `\\`, `\;`, `\,`, `\n`, `\N` (RFC 5545, section 3.3.11)."""
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)


def unfold(data: bytes) -> list[str]:
    """Logical lines. Bytes are unfolded before they are decoded, as the section asks for."""
    text = re.sub(rb"\r?\n[ \t]", b"", data).decode("utf-8")
    return [line for line in re.split(r"\r?\n", text) if line]


def parse_line(text: str) -> Line:
    parameters: list[tuple[str, str]] = []
    match = SEPARATOR.search(text)
    if match is None:
        raise LineError(f"no colon in {text[:60]!r}")
    name, position = text[: match.start()], match.start()
    if not NAME.match(name):
        raise LineError(f"name {name[:60]!r}")
    while text[position] == ";":
        found = re.match(
            r';([A-Za-z0-9-]+)=("[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x08\x0a-\x1f\x7f]*)', text[position:]
        )
        if found is None or position + found.end() >= len(text):
            raise LineError(f"parameter in {text[:60]!r}")
        parameters.append((found[1].upper(), found[2].strip('"')))
        position += found.end()
    if text[position] != ":":
        raise LineError(f"{text[position]!r} after the parameters of {text[:60]!r}")
    return Line(name.upper(), tuple(parameters), text[position + 1 :])


def parse(data: bytes) -> list[Component]:
    """The components at the top of `data`; raises LineError when lines are no lines or BEGIN and END do not pair."""
    root = Component("")
    stack = [root]
    for text in unfold(data):
        line = parse_line(text)
        if line.name == "BEGIN":
            part = Component(line.value.upper())
            stack[-1].parts.append(part)
            stack.append(part)
        elif line.name == "END":
            if len(stack) == 1 or stack[-1].name != line.value.upper():
                raise LineError(f"END:{line.value} closes nothing")
            stack.pop()
        elif len(stack) == 1:
            raise LineError(f"{line.name} outside any component")
        else:
            stack[-1].lines.append(line)
    if len(stack) > 1:
        raise LineError(f"{stack[-1].name} has no end")
    return root.parts


def events(data: bytes) -> list[Component]:
    return [event for calendar in parse(data) for event in calendar.walk("VEVENT")]
