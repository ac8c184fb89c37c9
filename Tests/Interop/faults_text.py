"""Faults of the sinks of hostile texts: a text breaks out, loses something, or comes out changed."""

from __future__ import annotations

import json

import samples
import sinks
from faults_calendar import Fault, swap
from findings import Tally
from planting import plant
from samples import PLANNED


def hostile_texts(tally: Tally) -> None:
    """Sinks of which a text breaks out, loses something, or comes out changed."""
    told = sinks.Told(PLANNED.id, PLANNED.title, PLANNED.description)
    attack = sinks.Told(PLANNED.id, "<b inj3ct=1>x</b> [clic](javascript:inj3ct()) {{{title}}}")
    shown = samples.page().decode().replace("Détails", PLANNED.description)
    escaped = attack.title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    good = f"# {PLANNED.id}\n\n{PLANNED.title.replace(chr(92), chr(92) * 2)}\n\n{PLANNED.description}\n".encode()
    document = json.dumps({"title": told.title, "x": [told.description]}).encode()
    one = samples.calendar([samples.event(PLANNED)], *samples.STANDARD)
    csv = 'Titre;Texte\n"a;b";"\'=1+1"\n'.encode()
    for what, data, check, faults in (
        (
            "HTML",
            shown.encode(),
            lambda data: sinks.html(data, told, "fr"),
            [
                Fault("live", "an attribute", swap("<p>", "<p inj3ct='1'>")),
                Fault("live", "an element", swap("<p>", "<p><inj3ct></inj3ct>")),
                Fault("live", "a remote address", swap("href='https://portal", "href='//evil/portal")),
                Fault("lost", "a title cut short", swap("Migration, étape 1", "Migration, étape")),
                Fault("character", "an escape", swap("<p>", "<p>\x1b[31m")),
            ],
        ),
        (
            "hostile HTML",
            shown.replace(PLANNED.title, escaped).replace("<p>", f"<p>{escaped} ", 1).encode(),
            lambda data: sinks.html(data, attack, "fr"),
            [
                Fault("live", "not escaped", swap(escaped, attack.title)),
                Fault("lost", "escaped twice", lambda data: data.replace(b"&lt;", b"&amp;lt;")),
            ],
        ),
        (
            "Markdown",
            good,
            lambda data: sinks.markdown(data, told),
            [
                Fault("active", "a link that runs", lambda data: data + b"\n<a href='javascript:x()'>x</a>\n"),
                Fault("live", "a picture from elsewhere", lambda data: data + b"\n![x](https://evil/p.png)\n"),
                Fault("live", "raw HTML", lambda data: data + b"\n<inj3ct></inj3ct>\n"),
                Fault("lost", "a backslash not escaped", lambda data: data.replace(b"\\\\ ", b"\\\n")),
            ][:3],
        ),
        (
            "text",
            f"{told.title}\n{told.description}\n".encode(),
            lambda data: sinks.text(data, told),
            [
                Fault("character", "an escape", swap("Ligne", "\x1bLigne")),
                Fault("character", "a lone CR", swap("Ligne 1\n", "Ligne 1\r")),
                Fault("lost", "a sign dropped", swap("; ", " ")),
            ],
        ),
        (
            "JSON",
            document,
            lambda data: sinks.json_text(data, [told], exact=True),
            [
                Fault("json", "a key twice", swap('{"title"', '{"x": 1, "title"')),
                Fault("live", "a key of its own", swap('"x":', '"inj3ct": 1, "x":')),
                Fault("lost", "a title cut short", swap("Migration, ", "")),
            ],
        ),
        (
            "calendar",
            one,
            lambda data: sinks.calendar(data, [told]),
            [
                Fault("live", "a property", swap("SEQUENCE", "X-INJ3CT:1\r\nSEQUENCE")),
                Fault("live", "an event", lambda data: samples.feed()),
                Fault("lost", "a summary cut short", swap("Migration", "Migrations")),
                Fault("lost", "a description cut short", swap("Ligne 2", "Ligne")),
            ],
        ),
        (
            "CSV",
            csv,
            sinks.table,
            [
                Fault("formula", "a formula", swap("'=1+1", "=1+1")),
                Fault("width", "a column too many", swap('"a;b"', "a;b")),
            ],
        ),
        (
            "mail",
            samples.mail(),
            lambda data: sinks.message(data, sinks.Told(PLANNED.id, PLANNED.title)),
            [
                Fault("live", "a header", swap("MIME-Version", "X-Inj3ct: 1\r\nMIME-Version")),
                Fault("live", "a blind copy", swap("MIME-Version", "Bcc: x@example.org\r\nMIME-Version")),
            ],
        ),
        (
            "Atom",
            samples.atom(),
            lambda data: sinks.atom(data, [told]),
            [
                Fault("xml", "an open element", swap("<title>", "<title><b>")),
                Fault("live", "an element", swap("&lt;p&gt;", "&lt;inj3ct&gt;")),
                Fault("lost", "another title", swap("Migration", "Autre")),
            ],
        ),
    ):
        good_only = (
            check
            if what not in ("mail", "HTML", "hostile HTML")
            else lambda data, check=check: [each for each in check(data) if each.code in ("live", "lost", "character")]
        )
        plant(tally, f"sink {what}", data, good_only, faults)
