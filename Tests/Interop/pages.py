"""HTML pages and notices: parse errors, landmarks, names, headings, languages, links, and nothing that runs."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

import html5lib

import contrast
from expectations import SERVICE, Expected
from findings import Finding

Element = ElementTree.Element
ACTIVE = {"script", "iframe", "object", "embed", "applet", "frame", "frameset", "base", "noscript"}
MAIL_BANNED = ACTIVE | {"form", "link", "video", "audio", "svg", "input", "button"}
ADDRESSES = ("href", "src", "action", "formaction", "poster", "srcset", "data", "background")
VAGUE = {"ici", "cliquez ici", "lien", "here", "click here", "link", "more", "plus"}
MOMENT = re.compile(r"^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?$|^\d{4}-\d\d$|^P")


def tree(data: bytes) -> tuple[Element, list[Finding]]:
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    root = parser.parse(data, transport_encoding="utf-8")
    errors = [Finding("parse", f"line {at[0]}, column {at[1]}: {code}") for at, code, _ in parser.errors[:10]]
    return root, errors


def elements(root: Element) -> Iterator[Element]:
    return (element for element in root.iter() if isinstance(element.tag, str))


def local(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1].lower()


def text(element: Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def name_of(element: Element) -> str:
    """The accessible name, as far as our pages use the means to give one."""
    own = element.get("aria-label") or text(element) or element.get("title") or ""
    return own.strip() or " ".join(image.get("alt", "") for image in element.iter("img")).strip()


def check(data: bytes, language: str, mail: bool = False) -> list[Finding]:
    found: list[Finding] = []

    def say(code: str, words: str) -> None:
        found.append(Finding(code, words))

    try:
        source = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return [Finding("utf8", str(error))]
    if re.search(r"\{\{|\}\}", source):
        say("template", "template braces are left")
    root, errors = tree(data)
    found += errors
    every = list(elements(root))
    tags = [local(element) for element in every]
    if (root.get("lang") or "").split("-")[0] != language:
        say("lang", f"lang={root.get('lang')!r}, wanted {language}")
    titles = [element for element in every if local(element) == "title"]
    if not titles or not text(titles[0]):
        say("title", "no title")
    if not mail and not re.search(rb"<meta charset=[\"']?utf-8", data[:1024], re.I):
        say("charset", "no charset in the first 1,024 bytes")
    if not mail and tags.count("main") != 1:
        say("landmark", f"{tags.count('main')} × main")
    found += headings(every) + names(every) + active(every, mail) + identifiers(every)
    for element in every:
        if local(element) == "time" and not MOMENT.match(element.get("datetime") or text(element)):
            say("time", f"datetime={element.get('datetime')!r}")
        if (
            local(element) == "meta"
            and element.get("name") == "viewport"
            and re.search(r"user-scalable\s*=\s*(no|0)|maximum-scale\s*=\s*1(\.0)?\b", element.get("content") or "")
        ):
            say("zoom", "the viewport forbids zooming")
    return found + contrast.check(root, dark=not mail)


def headings(every: list[Element]) -> list[Finding]:
    found: list[Finding] = []
    levels = [(int(local(element)[1]), text(element)) for element in every if re.fullmatch(r"h[1-6]", local(element))]
    if [level for level, _ in levels].count(1) != 1:
        found.append(Finding("heading", f"{[level for level, _ in levels].count(1)} × h1"))
    previous = 0
    for level, words in levels:
        if not words:
            found.append(Finding("heading", f"an empty h{level}"))
        if level > previous + 1:
            found.append(Finding("heading", f"h{level} {words[:40]!r} after h{previous}"))
        previous = level
    return found


def names(every: list[Element]) -> list[Finding]:
    """What can be used or looked at has a name (WCAG 2.2: 1.1.1, 1.3.1, 2.4.4, 4.1.2)."""
    found: list[Finding] = []
    labelled = {element.get("for") for element in every if local(element) == "label"}
    wrapped = {id(inner) for element in every if local(element) == "label" for inner in element.iter()}
    for element in every:
        tag = local(element)
        if tag in ("a", "button") and (tag == "button" or element.get("href") is not None):
            if not name_of(element):
                found.append(Finding("name", f"<{tag}> without a name"))
            elif name_of(element).lower() in VAGUE:
                found.append(Finding("name", f"<{tag}> named {name_of(element)!r}"))
        if tag in ("input", "select", "textarea") and element.get("type") not in (
            "hidden",
            "submit",
            "reset",
            "button",
        ):
            if id(element) not in wrapped and element.get("id") not in labelled and not element.get("aria-label"):
                found.append(Finding("label", f"<{tag} name={element.get('name')!r}> without a label"))
        if tag == "img" and element.get("alt") is None:
            found.append(Finding("alt", f"<img src={element.get('src')!r}> without alt"))
        if (
            tag == "svg"
            and element.get("aria-hidden") != "true"
            and not (
                element.get("aria-label")
                or element.get("aria-labelledby")
                or any(local(child) == "title" for child in element)
            )
        ):
            found.append(Finding("alt", "<svg> without a name"))
        if tag == "table" and element.get("role") not in ("presentation", "none") and element.find(".//th") is None:
            found.append(Finding("table", "a table without th"))
        if tag == "th" and not element.get("scope"):
            found.append(Finding("table", f"th {text(element)[:30]!r} without scope"))
    return found


def active(every: list[Element], mail: bool) -> list[Finding]:
    """Nothing runs, nothing is fetched from elsewhere, nothing redirects."""
    found: list[Finding] = []
    for element in every:
        tag = local(element)
        if tag in (MAIL_BANNED if mail else ACTIVE):
            found.append(Finding("active", f"<{tag}>"))
        if tag == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
            found.append(Finding("active", "meta refresh"))
        for key, value in element.attrib.items():
            key = str(key).rsplit("}", 1)[-1].lower()
            if re.fullmatch(r"on[a-z]+", key):
                found.append(Finding("active", f"<{tag} {key}>"))
            if key in ADDRESSES and re.match(r"[\x00-\x20]*(javascript|vbscript|data):", value, re.I):
                found.append(Finding("active", f"<{tag} {key}={value[:40]!r}>"))
            if key in ("src", "srcset", "poster", "background") and re.match(r"\s*(https?:)?//", value):
                found.append(Finding("remote", f"<{tag} {key}={value[:60]!r}>"))
        if (
            tag == "link"
            and element.get("rel") == "stylesheet"
            and re.match(r"\s*(https?:)?//", element.get("href") or "")
        ):
            found.append(Finding("remote", f"style sheet {element.get('href')}"))
    return found


def identifiers(every: list[Element]) -> list[Finding]:
    found: list[Finding] = []
    given = [element.get("id") for element in every if element.get("id") is not None]
    for identifier in {each for each in given if given.count(each) > 1}:
        found.append(Finding("id", f"id {identifier!r} twice"))
    for element in every:
        for key in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
            for target in (element.get(key) or "").split():
                if target not in given:
                    found.append(Finding("id", f"{key}={target!r} points nowhere"))
        address = element.get("href") or ""
        if local(element) == "a" and len(address) > 1 and address.startswith("#") and address[1:] not in given:
            found.append(Finding("id", f"{address} has no target"))
    return found


def version(number: int) -> str:
    """`version 2,`."""
    return f"version {number},"


def says(data: bytes, change: Expected, language: str) -> list[Finding]:
    """A notice names the change, its service, its title, which version it is and a zone, as text that one can read."""
    words = text(tree(data)[0])
    found = []
    for part in (
        change.id,
        SERVICE,
        change.title,
        *([version(change.sequence + 1)] if change.sequence else []),
    ):
        if re.sub(r"\s+", " ", part) not in words:
            found.append(Finding("says", f"{part!r} is not in the notice"))
    if not re.search(r"heure de Paris|Paris time", words):
        found.append(Finding("says", "no time with its zone in the notice"))
    return found
