"""Atom (RFC 4287) and JSON Feed 1.1: an entry a revision, dated by its publication."""

from __future__ import annotations

import datetime
import json
import re
import xml.etree.ElementTree as ElementTree

import feedparser

import pages
from expectations import Expected, basic, utc
from findings import Finding

ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# RFC 3339, as RFC 4287, section 3.3 narrows it: upper case, with an offset.
DATE = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
IRI = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:\S+$")


def parsed(data: bytes) -> ElementTree.Element:
    """The document; a DOCTYPE is refused before the parser sees it."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ElementTree.ParseError("a document type")
    return ElementTree.fromstring(data)


def once(parent: ElementTree.Element, name: str, where: str, found: list[Finding]) -> str:
    children = parent.findall(ATOM + name)
    if len(children) != 1:
        found.append(Finding("cardinality", f"{where}: {len(children)} × {name}"))
    return "".join(children[0].itertext()).strip() if children else ""


def atom(data: bytes, expected: dict[str, Expected], now: datetime.datetime, language: str) -> list[Finding]:
    try:
        root = parsed(data)
    except ElementTree.ParseError as error:
        return [Finding("xml", str(error))]
    if root.tag != ATOM + "feed":
        return [Finding("root", root.tag)]
    found: list[Finding] = []
    if (root.get(LANGUAGE) or "").split("-")[0] != language:
        found.append(Finding("lang", f"xml:lang={root.get(LANGUAGE)!r}"))
    if not IRI.match(once(root, "id", "feed", found)):
        found.append(Finding("id", "the feed's id is no IRI"))
    if not once(root, "title", "feed", found):
        found.append(Finding("title", "the feed has no title"))
    moments = [date(once(root, "updated", "feed", found), "feed", now, found)]
    links = root.findall(ATOM + "link")
    if [link.get("rel") for link in links].count("self") != 1:
        found.append(Finding("link", "not exactly one link to itself"))
    entries = root.findall(ATOM + "entry")
    identifiers = [each.findtext(ATOM + "id") or "" for each in entries]
    if len(set(identifiers)) != len(identifiers):
        found.append(Finding("id", "an id twice"))
    for entry in entries:
        moments.append(one_entry(entry, root, now, found))
    known = [moment for moment in moments if moment is not None]
    if known and moments[0] is not None and max(known) > moments[0]:
        found.append(Finding("updated", "the feed is older than an entry"))
    by_reader = feedparser.parse(data)
    if by_reader.bozo:
        found.append(Finding("unread", f"feedparser: {by_reader.bozo_exception}"))
    if [entry.get("id") for entry in by_reader.entries] != identifiers:
        found.append(Finding("unread", "feedparser reads other entries"))
    return found + revisions(
        [(entry.get("id", ""), entry.get("updated", ""), entry.get("title", "")) for entry in by_reader.entries],
        expected,
    )


def one_entry(
    entry: ElementTree.Element, root: ElementTree.Element, now: datetime.datetime, found: list[Finding]
) -> datetime.datetime | None:
    identifier = once(entry, "id", "entry", found)
    if not IRI.match(identifier):
        found.append(Finding("id", f"{identifier!r} is no IRI"))
    if not once(entry, "title", identifier, found):
        found.append(Finding("title", f"{identifier} has no title"))
    if entry.find(ATOM + "author") is None and root.find(ATOM + "author") is None:
        found.append(Finding("author", f"{identifier}: no author (section 4.1.2)"))
    content = entry.find(ATOM + "content")
    if content is None and not any(
        link.get("rel", "alternate") == "alternate" for link in entry.findall(ATOM + "link")
    ):
        found.append(Finding("content", f"{identifier}: neither content nor an alternate link"))
    if entry.find(ATOM + "published") is not None:
        date(once(entry, "published", identifier, found), identifier, now, found)
    for part in (content, entry.find(ATOM + "summary")):
        if part is None:
            continue
        if part.get("type") == "html":
            tree, _ = pages.tree((part.text or "").encode())
            found += pages.active(list(pages.elements(tree)), mail=True)
        elif part.get("type") == "xhtml":
            if [child.tag for child in part] != [XHTML + "div"]:
                found.append(Finding("content", f"{identifier}: xhtml that is not one div"))
            found += pages.active(list(pages.elements(part)), mail=True)
        elif part.get("type", "text") != "text" or len(part):
            found.append(Finding("content", f"{identifier}: type {part.get('type')}"))
    return date(once(entry, "updated", identifier, found), identifier, now, found)


def date(text: str, where: str, now: datetime.datetime, found: list[Finding]) -> datetime.datetime | None:
    if not DATE.match(text):
        found.append(Finding("date", f"{where}: {text!r}"))
        return None
    if utc(text) > now:
        found.append(Finding("future", f"{where}: {text} is still to come"))
    return utc(text)


def revisions(entries: list[tuple[str, str, str]], expected: dict[str, Expected]) -> list[Finding]:
    """The newest revision of each change has an entry of its own, dated by its publication."""
    found = []
    for key, change in expected.items():
        own = [each for each in entries if key in each[0] and re.search(rf":{change.sequence}:(?:fr|en)$", each[0])]
        if len(own) != 1:
            found.append(Finding("revision", f"{key} revision {change.sequence}: {len(own)} entries"))
        elif basic(utc(own[0][1])) != change.revised:
            found.append(Finding("revision", f"{key}: dated {own[0][1]}, revised at {change.revised}"))
        elif change.title not in own[0][2]:
            found.append(Finding("revision", f"{key}: the title is not in {own[0][2]!r}"))
    return found


def entries_stay(data: bytes, known: dict[str, str]) -> list[Finding]:
    """What was published once stays as it was."""
    found: list[Finding] = []
    try:
        entries = parsed(data).findall(ATOM + "entry")
    except ElementTree.ParseError:
        return []  # said by atom()
    for entry in entries:
        identifier = entry.findtext(ATOM + "id") or ""
        entry.tail = None  # the blank after it belongs to the feed
        written = ElementTree.tostring(entry, "unicode")
        if known.setdefault(identifier, written) != written:
            found.append(Finding("history", f"{identifier} was changed after its publication"))
    return found


def json_feed(data: bytes, expected: dict[str, Expected], now: datetime.datetime) -> list[Finding]:
    """Source: jsonfeed.org/version/1.1."""
    try:
        feed = json.loads(data)
    except ValueError as error:
        return [Finding("json", str(error))]
    found: list[Finding] = []
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        found.append(Finding("version", f"{feed.get('version')!r}"))
    if not feed.get("title"):
        found.append(Finding("title", "no title"))
    items = feed.get("items", [])
    identifiers = [item.get("id") for item in items]
    if len(set(identifiers)) != len(identifiers) or not all(isinstance(each, str) and each for each in identifiers):
        found.append(Finding("id", "ids are not texts that differ"))
    for item in items:
        if not item.get("content_html") and not item.get("content_text"):
            found.append(Finding("content", f"{item.get('id')}: no content"))
        date(item.get("date_published") or "", str(item.get("id")), now, found)
        if item.get("content_html"):
            tree, _ = pages.tree(item["content_html"].encode())
            found += pages.active(list(pages.elements(tree)), mail=True)
    return found + revisions(
        [
            (
                str(item.get("id")),
                item.get("date_modified") or item.get("date_published") or "",
                item.get("title") or "",
            )
            for item in items
            if DATE.match(item.get("date_published") or "")
        ],
        expected,
    )
