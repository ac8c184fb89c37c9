"""Notices as mail: structure, headers, the calendar inside, and the thread that the notices of one change make."""

from __future__ import annotations

import dataclasses
import email
import email.message
import email.policy
import re

import calendars
import form
import pages
from expectations import Expected
from findings import Finding
from readers import PYTHON

SINGLE = ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version")
IDENTIFIER = re.compile(r"<[^<>@\s]+@[^<>@\s]+>")


@dataclasses.dataclass(frozen=True)
class Sent:
    identifier: str
    references: tuple[str, ...]


def opened(data: bytes) -> email.message.EmailMessage:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, email.message.EmailMessage)
    return message


def bytes_of(data: bytes) -> list[Finding]:
    """RFC 5322, section 2.1.1; RFC 2045, section 6."""
    found: list[Finding] = []
    if re.search(rb"(?<!\r)\n|\r(?!\n)", data):
        found.append(Finding("crlf", "a line that does not end with CR LF"))
    for number, line in enumerate(data.split(b"\r\n"), 1):
        if len(line) > 998:
            found.append(Finding("length", f"line {number} has {len(line)} octets"))
    if re.search(rb"[\x80-\xff]", data.split(b"\r\n\r\n")[0]):
        found.append(Finding("header", "octets above 127 in the header"))
    return found


def structure(message: email.message.EmailMessage) -> list[Finding]:
    found: list[Finding] = []
    for name in SINGLE:
        if len(message.get_all(name, [])) != 1:
            found.append(Finding("header", f"{len(message.get_all(name, []))} × {name}"))
    for name in ("Bcc", "Resent-Bcc", "Return-Path"):
        if name in message:
            found.append(Finding("header", f"{name} is there"))
    if not (message.get("Auto-Submitted") or "").startswith("auto-generated"):
        found.append(Finding("header", f"Auto-Submitted: {message.get('Auto-Submitted')} (RFC 3834)"))
    if not IDENTIFIER.fullmatch((message.get("Message-ID") or "").strip()):
        found.append(Finding("header", f"Message-ID {message.get('Message-ID')!r}"))
    for part in message.walk():
        found += [Finding("defect", f"{part.get_content_type()}: {defect!r}") for defect in part.defects]
        for name, value in part.items():
            found += [Finding("defect", f"{name}: {defect!r}") for defect in getattr(value, "defects", ())]
    kinds = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    for kind in ("text/plain", "text/html", "text/calendar"):
        if kind not in kinds:
            found.append(Finding("part", f"no {kind}"))
    if "text/plain" in kinds and "text/html" in kinds and kinds.index("text/html") < kinds.index("text/plain"):
        found.append(Finding("part", "text/html before text/plain: the last alternative is the best (RFC 2046, 5.1.4)"))
    return found


def check(data: bytes, change: Expected, uid: str, language: str) -> list[Finding]:
    message = opened(data)
    found = bytes_of(data) + structure(message)
    if change.id not in (message.get("Subject") or ""):
        found.append(Finding("subject", f"{change.id} is not in {message.get('Subject')!r}"))
    for part in message.walk():
        kind = part.get_content_type()
        if part.is_multipart():
            continue
        if kind.startswith("text/") and (part.get_content_charset() or "").lower() != "utf-8":
            found.append(Finding("charset", f"{kind}; charset={part.get_content_charset()}"))
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        if kind == "text/html":
            found += pages.check(content, language, mail=True) + pages.says(content, change, language)
        elif kind == "text/plain" and change.id not in content.decode("utf-8", "replace"):
            found.append(Finding("says", f"{change.id} is not in the plain text"))
        elif kind == "text/calendar":
            method = str(part.get_param("method") or "").upper()
            written = re.search(rb"(?m)^METHOD:(\S+?)\r?$", content)
            if not written or written[1].decode().upper() != method:
                found.append(
                    Finding("method", f"Content-Type says method={method!r}, the calendar {written and written[1]!r}")
                )
            found += form.feed(content, method=method or None)
            want = calendars.wanted({change.id: change}, {change.id: uid}, language)
            for reader in PYTHON:
                found += [
                    Finding(each.code, f"{reader.name}: {each.text}") for each in calendars.read(reader, content, want)
                ]
    return found


def follows(data: bytes, thread: list[Sent]) -> list[Finding]:
    """The first notice of a change begins a thread; later ones refer to it and those between (RFC 5322, 3.6.4)."""
    message = opened(data)
    identifier = (message.get("Message-ID") or "").strip()
    references = tuple(IDENTIFIER.findall(message.get("References") or ""))
    reply = IDENTIFIER.findall(message.get("In-Reply-To") or "")
    found: list[Finding] = []
    earlier = [sent.identifier for sent in thread]
    if identifier in earlier:
        found.append(Finding("thread", f"{identifier} was sent before"))
    if not thread and references:
        found.append(Finding("thread", f"the first notice refers to {references}"))
    if thread:
        if not references or references[0] != earlier[0]:
            found.append(Finding("thread", f"References {references} do not begin with {earlier[0]}"))
        if [each for each in references if each not in earlier]:
            found.append(Finding("thread", f"References {references} name what was never sent"))
        if reply != list(references[-1:]):
            found.append(Finding("thread", f"In-Reply-To {reply} is not the last of References"))
    thread.append(Sent(identifier, references))
    return found
