"""Every place where a text of a change comes out, read back by a parser that is not ours: the text is there, whole, and
is nothing but text."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
import xml.etree.ElementTree as ElementTree
from typing import Any

import markdown_it

import contentlines
import form
import mail
import pages
import readers
import syndication
from findings import Finding
from statuspage import once

# Control characters but for line feed and tab, directional marks, line separators, surrogates and noncharacters.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffd\ufffe\uffff]")
CANARY = re.compile(r"inj3ct", re.I)
FORMULA = re.compile("^[\\s\u00a0]*[=+@\uff1d\uff0b\uff0d\uff20]|^-[^\\d\\s]|^-\\d+[^\\d.,\\s]|^[\t\r]")
# Template braces may be literal text of a change here, so that a page with them is no finding.
LITERAL = {"template"}


@dataclasses.dataclass(frozen=True)
class Told:
    """What one change was given, field by field, as it has to come out again."""

    id: str
    title: str
    description: str = ""
    reason: str = ""

    @property
    def texts(self) -> list[str]:
        return [each for each in (self.title, self.description, self.reason) if each]


def even(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def whole(words: str, told: Told, where: str) -> list[Finding]:
    return [
        Finding("lost", f"{told.id}: {each[:60]!r} is not in the {where}")
        for each in told.texts
        if even(each) not in even(words)
    ]


def seen(data: bytes) -> list[Finding]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return [Finding("utf8", str(error))]
    match = UNSEEN.search(text.replace("\r\n", "\n"))
    return (
        [Finding("character", f"U+{ord(match[0]):04X} in {text[max(0, match.start() - 30) : match.start()]!r}")]
        if match
        else []
    )


def live(root: ElementTree.Element) -> list[Finding]:
    """A canary that became an element, an attribute or an address that acts."""
    found: list[Finding] = []
    for element in pages.elements(root):
        if CANARY.search(pages.local(element)):
            found.append(Finding("live", f"<{pages.local(element)}>"))
        for key, value in element.attrib.items():
            if CANARY.search(str(key)) or "evil" in value or (CANARY.search(value) and key != "content"):
                found.append(Finding("live", f"<{pages.local(element)} {key}={value[:60]!r}>"))
    return found


def html(data: bytes, told: Told | None, language: str = "en", in_mail: bool = False) -> list[Finding]:
    root, _ = pages.tree(data)
    found = [each for each in pages.check(data, language, in_mail) if each.code not in LITERAL]
    return found + live(root) + seen(data) + (whole(pages.text(root), told, "page") if told else [])


def markdown(data: bytes, told: Told) -> list[Finding]:
    """As a portal would show it, raw HTML let through: what is not escaped becomes an element."""
    rendered = markdown_it.MarkdownIt("commonmark", {"html": True}).enable("table").render(data.decode("utf-8"))
    root, _ = pages.tree(f"<!DOCTYPE html><title>x</title><main>{rendered}</main>".encode())
    found = pages.active(list(pages.elements(root)), mail=True) + live(root) + seen(data)
    return found + whole(pages.text(root), told, "rendered Markdown")


def text(data: bytes, told: Told) -> list[Finding]:
    return seen(data) + whole(data.decode("utf-8"), told, "text")


def calendar(data: bytes, every: list[Told], method: str | None = "PUBLISH") -> list[Finding]:
    found = form.feed(data, method)
    try:
        events = contentlines.events(data)
    except contentlines.LineError as error:
        return [Finding("line", str(error))]
    for event in events:
        for each in event.lines:
            if CANARY.search(each.name) or any(CANARY.search(name) for name, _ in each.parameters):
                found.append(Finding("live", f"property {each.name}"))
    if {told.id for told in every} - {(event.value("URL") or "").rsplit("/", 1)[-1] for event in events}:
        found.append(Finding("lost", "a change without its event"))
    if len(events) != len(every):
        found.append(Finding("live", f"{len(events)} events of {len(every)} changes"))
    for reader in readers.PYTHON:
        try:
            got = {(reading.uid or "")[:13]: reading.summary or "" for reading in reader.read(data)}
        except Exception as error:  # whatever a foreign parser raises is its answer
            found.append(Finding("unread", f"{reader.name}: {type(error).__name__}: {error}"[:300]))
            continue
        for told in every:
            # Behind the last dash stands the service.
            if not got.get(told.id, "").rpartition(" – ")[0].endswith(f" {told.title}"):
                found.append(Finding("lost", f"{reader.name}: {told.id}: {got.get(told.id)!r}, wanted {told.title!r}"))
    for event in events:
        for told in every:
            if told.id in (event.value("URL") or ""):
                found += whole(event.text("DESCRIPTION") or "", dataclasses.replace(told, title=""), "DESCRIPTION")
    return found


def parsed_json(data: bytes) -> tuple[Any, list[Finding]]:
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=once)
    except ValueError as error:
        return None, [Finding("json", str(error))]
    found: list[Finding] = []

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            found.extend(Finding("live", f"key {key!r}") for key in part if CANARY.search(key))
            for each in part.values():
                walk(each)
        elif isinstance(part, list):
            for each in part:
                walk(each)

    walk(value)
    return value, found


def values(part: Any) -> list[str]:
    if isinstance(part, str):
        return [part]
    return [
        each
        for inner in (part.values() if isinstance(part, dict) else part if isinstance(part, list) else [])
        for each in values(inner)
    ]


def json_text(data: bytes, every: list[Told], exact: bool) -> list[Finding]:
    """`exact`: the title is a value of its own; otherwise it is somewhere inside one."""
    value, found = parsed_json(data)
    inside = values(value)
    for told in every:
        if not any(told.title == each if exact else even(told.title) in even(each) for each in inside):
            found.append(Finding("lost", f"{told.id}: {told.title[:60]!r} is not in the JSON"))
    return found


def atom(data: bytes, every: list[Told]) -> list[Finding]:
    try:
        root = syndication.parsed(data)
    except ElementTree.ParseError as error:
        return [Finding("xml", str(error))]
    found = live(root) + seen(data)
    titles = [entry.findtext(syndication.ATOM + "title") or "" for entry in root.findall(syndication.ATOM + "entry")]
    for told in every:
        if not any(even(told.title) in even(title) for title in titles):
            found.append(Finding("lost", f"{told.id}: {told.title[:60]!r} is no title"))
    for part in [*root.iter(syndication.ATOM + "content"), *root.iter(syndication.ATOM + "summary")]:
        tree = pages.tree((part.text or "").encode())[0] if part.get("type") == "html" else part
        found += live(tree) + pages.active(list(pages.elements(tree)), mail=True)
    return found


def message(data: bytes, told: Told) -> list[Finding]:
    """The header is ours alone, and each part holds the text and nothing of its making."""
    opened = mail.opened(data)
    found = mail.bytes_of(data) + mail.structure(opened)
    for name in opened.keys():
        if CANARY.search(name) or name.lower() == "bcc":
            found.append(Finding("live", f"header {name}"))
    if len(opened.get_all("Subject", [])) == 1 and UNSEEN.search(str(opened["Subject"])):
        found.append(Finding("character", f"in the subject: {str(opened['Subject'])!r}"))
    for part in opened.walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(content, bytes):
            found += html(content, told, in_mail=True)
        elif part.get_content_type() == "text/plain" and isinstance(content, bytes):
            found += whole(content.decode("utf-8", "replace"), told, "mail's text")
        elif part.get_content_type() == "text/calendar" and isinstance(content, bytes):
            found += calendar(content, [told], str(part.get_param("method") or "").upper() or None)
    return found


def table(data: bytes) -> list[Finding]:
    """CSV: rows as wide as their header, and no cell that a spreadsheet would reckon."""
    text_of = data.decode("utf-8-sig")
    delimiter = ";" if text_of.split("\n")[0].count(";") > text_of.split("\n")[0].count(",") else ","
    rows = list(csv.reader(io.StringIO(text_of, newline=""), delimiter=delimiter, strict=True))
    found = seen(text_of.encode())
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            found.append(Finding("width", f"row {number} has {len(row)} cells, the header {len(rows[0])}"))
        found += [Finding("formula", f"row {number}: {cell[:40]!r}") for cell in row if FORMULA.search(cell)]
    return found
