#!/usr/bin/env python3
"""Puts every hostile string into every text field, and reads every publication back with a second parser.

usage: hostile.py PREAVIS [--quick]

--quick tries fields that only take known words with strings that a terminal must not see, and not with all.
What is refused is refused with exit 64 and a reason; what is taken comes out of every sink whole, and as text. Then
every hostile calendar goes through import --dry-run: bounded in time, and refused unless the manifest accepts it.
"""

from __future__ import annotations

import argparse
import base64
import datetime
import itertools
import json
import pathlib
import sys
import tempfile
import time
from collections.abc import Iterator

import profiles
import sinks
import site_folder
from findings import Finding, Tally
from lifecycle import workplace
from program import ROOT, Answer, Program
from publications import CLIENT
from sinks import Told

FIXTURES = ROOT / "Tests/Fixtures/hostile"
IMPORT_LIMIT = 3.0  # seconds for one file
WORDS = {"component", "environment", "service", "start", "key", "identifier"}  # free text is never taken here
UPDATE = ("--update=5.2", "--category", "evolution", "--no-interruption")


def half_hours() -> Iterator[tuple[str, ...]]:
    """Nights in which nothing overlaps: eight half hours each, from 00:00Z on."""
    first = datetime.datetime(2026, 11, 1)
    for count in itertools.count():
        start = first + datetime.timedelta(days=count // 8, minutes=30 * (count % 8))
        yield "--start", f"{start.isoformat()[:16]}Z", "--duration", "30m"


def fields(text: bytes, times: Iterator[tuple[str, ...]]) -> dict[str, tuple[list[str | bytes], bytes]]:
    """The commands that take a text, by field: arguments, and what standard input holds."""
    plain: list[str | bytes] = ["submit", *next(times), "--title=x"]
    return {
        "title": (["submit", *next(times), b"--title=" + text], b""),
        "description": ([*plain, b"--description=" + text], b""),
        "standard input": (["submit", *next(times), "--title=x", "--description", "-"], text),
        "reason": (["submit", *next(times), "--title=x", b"--reason=" + text], b""),
        "version": (["submit", *next(times), "--title=x", b"--update=" + text, *UPDATE[1:]], b""),
        "documentation": (["submit", *next(times), "--title=x", *UPDATE, b"--documentation=" + text], b""),
        "component": ([*plain, b"--component=" + text], b""),
        "environment": ([*plain, b"--environment=" + text], b""),
        "service": ([*plain, b"--service=" + text], b""),
        "start": (["submit", b"--start=" + text, "--duration", "30m", "--title=x"], b""),
        "key": (["submit", *next(times), "--title=x", b"--idempotency-key=" + text], b""),
        "identifier": (["show", b"--", text], b""),
    }


def refused(answer: Answer) -> list[Finding]:
    """A refusal that a person can read on a terminal, and no crash."""
    # Where octets were no UTF-8, U+FFFD stands for them.
    found = sinks.seen(answer.errors.replace("\ufffd".encode(), b"?"))
    if answer.code != 64:
        found.append(Finding("exit", f"exit {answer.code}: {answer.message[:200]}"))
    if len(answer.message) < 20:
        found.append(Finding("reason", f"said only {answer.message!r}"))
    return found


def probe(
    tally: Tally, name: str, octets: bytes, program: Program, times: Iterator[tuple[str, ...]], quick: bool
) -> set[str]:
    """The fields that take the text."""
    taken: set[str] = set()
    for field, (arguments, given) in fields(octets, times).items():
        if quick and field in WORDS and not sinks.seen(octets):
            continue
        if b"\x00" in b"".join(each.encode() if isinstance(each, str) else each for each in arguments):
            continue  # no process can be handed such an argument
        answer = program.run(*arguments, "--json", given=given)
        if answer.code in (0, 3):
            taken.add(field)
            tally.check(f"{name} in {field}: answer", sinks.parsed_json(answer.output)[1])
        elif field == "identifier" and answer.code == 1:
            tally.check(f"{name} in {field}", sinks.seen(answer.errors.replace("\ufffd".encode(), b"?")))
        else:
            tally.check(f"{name} in {field}", refused(answer))
    return taken


def clean(text: str) -> str:
    """What the program may do to a text that it takes: line ends made one, blanks at the ends taken off."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def record(
    tally: Tally,
    program: Program,
    entry: dict[str, str],
    octets: bytes,
    taken: set[str],
    times: Iterator[tuple[str, ...]],
) -> Told | None:
    """One change that carries the text wherever it may stand."""
    text = octets.decode("utf-8", "replace")
    title = b"--title=" + octets if "title" in taken else b"--title=HOSTILE"
    arguments: list[str | bytes] = ["submit", *next(times), title, "--json"]
    if "description" in taken:
        arguments.append(b"--description=" + octets)
    if "reason" in taken:
        arguments.append(b"--reason=" + octets)
    answer = program.run(*arguments)
    tally.expect(answer.code == 0, f"{entry['id']}: record", "exit", f"exit {answer.code}: {answer.message[:200]}")
    if answer.code != 0:
        return None
    told = Told(
        json.loads(answer.output)["id"],
        clean(text) if "title" in taken else "HOSTILE",
        clean(text) if "description" in taken else "",
        clean(text) if "reason" in taken else "",
    )
    value = json.loads(answer.output)["title"]
    tally.expect(value == told.title, f"{entry['id']}: title", "lost", f"{value!r}, wanted {told.title!r}")
    return told


def one_change(tally: Tally, program: Program, told: Told) -> None:
    what = told.id
    for format_, check in (("html", sinks.html), ("markdown", sinks.markdown), ("text", sinks.text)):
        answer = program.run("notice", told.id, "--format", format_, "--lang", "en")
        tally.check(
            f"{what}: {format_} ({told.title[:30]!r})",
            check(answer.output, told) if answer.code == 0 else failed(answer),
        )
    if program.has("notice", "eml"):
        answer = program.run("notice", told.id, "--format", "eml", "--to", "a@example.org", "--lang", "en")
        tally.check(
            f"{what}: eml ({told.title[:30]!r})",
            sinks.message(answer.output, told) if answer.code == 0 else failed(answer),
        )
    else:
        tally.skip("mail", "not yet in the program")
    if program.has("notice", "json"):
        answer = program.run("notice", told.id, "--format", "json", "--lang", "en")
        tally.check(
            f"{what}: notice json",
            sinks.json_text(answer.output, [told], exact=False) if answer.code == 0 else failed(answer),
        )
    for verb in ("show", "history"):
        answer = program.run(verb, told.id)
        tally.check(f"{what}: {verb}", sinks.seen(answer.output) if answer.code == 0 else failed(answer))


def failed(answer: Answer) -> list[Finding]:
    return [Finding("exit", f"exit {answer.code}: {answer.message[:300]}")]


def together(tally: Tally, program: Program, every: list[Told], folder: pathlib.Path) -> None:
    """All changes in one publication each."""

    def publish(what: str, *arguments: str) -> bytes | None:
        if not all(
            program.has(arguments[0], word) for word in arguments[1:] if word.isalpha() or "-" in word.strip("-")
        ):
            tally.skip(what, "not yet in the program")
            return None
        answer = program.run(*arguments)
        tally.check(f"{what}: exit", [] if answer.code == 0 else failed(answer))
        return answer.output if answer.code == 0 else None

    if (data := publish("feed", "feed")) is not None:
        tally.check("feed", sinks.calendar(data, every))
    if program.has("feed", "--client"):
        answer = program.run("feed", "--profile", "maintnote", "--client", CLIENT, "--lang", "en")
        tally.check("maintnote", sinks.calendar(answer.output, every, None) if answer.code == 0 else failed(answer))
        reader = profiles.MaintnoteReader()
        if reader.process is not None and answer.code == 0:
            got = {str(each["maintenance_id"]): str(each["summary"]) for each in reader.read(answer.output)}
            for told in every:
                tally.expect(
                    # Behind the last dash stands the service.
                    even_ends(got.get(told.id, "").rpartition(" – ")[0], told.title),
                    f"maintnote: {told.id}",
                    "lost",
                    f"{got.get(told.id)!r}",
                )
        reader.close()
    for profile in ("change-calendar", "atom", "json-feed", "statuspage"):
        if (data := publish(profile, "feed", "--profile", profile)) is None:
            continue
        if profile == "change-calendar":
            tally.check(
                profile,
                [each for each in sinks.calendar(data, every, None) if each.code in ("live", "line", "character")],
            )
        elif profile == "atom":
            tally.check(profile, sinks.atom(data, every))
        else:
            tally.check(profile, sinks.json_text(data, every, exact=False))
    if (data := publish("list", "list")) is not None:
        tally.check("list", sinks.seen(data))
    if (data := publish("list --json", "list", "--json")) is not None:
        tally.check("list --json", sinks.json_text(data, every, exact=True))
    if not program.has("export"):
        tally.skip("export", "not yet in the program")
        return
    site = folder / "site"
    answer = program.run("export", "--out", str(site))
    tally.check("export: exit", [] if answer.code == 0 else failed(answer))
    for path in sorted(site.rglob("*")):
        name = f"export: {path.relative_to(site)}"
        if path.suffix == ".html":
            data = path.read_bytes()
            own = [told for told in every if told.id == path.parent.name]
            language = "fr" if b'lang="fr"' in data[:300] else "en"
            tally.check(name, sinks.html(data, own[0] if own else None, language))
        elif path.suffix == ".xml":
            tally.check(name, sinks.atom(path.read_bytes(), every))
        elif path.name.startswith("maintenance."):
            tally.check(name, sinks.calendar(path.read_bytes(), every) if path.suffix == ".ics" else [])
        elif path.suffix == ".csv":
            tally.check(name, sinks.table(path.read_bytes()))
        elif path.suffix == ".json":
            tally.check(name, sinks.parsed_json(path.read_bytes())[1])
        tally.expect(not sinks.CANARY.search(path.name), name, "live", "a canary names a file")
    site_folder.check(tally, site, braces=True)


def even_ends(text: str, title: str) -> bool:
    return sinks.even(text).endswith(sinks.even(title))


def imports(tally: Tally, program: Program) -> None:
    if not program.has("import", "--dry-run"):
        tally.skip("import", "not yet in the program")
        return
    manifest = json.loads((FIXTURES / "ics/MANIFEST.json").read_text())
    for name, entry in manifest.items():
        began = time.monotonic()
        answer = program.run("import", str(FIXTURES / "ics" / name), "--dry-run")
        seconds = time.monotonic() - began
        # A limit may be reached or not; an accepted file may hold rows that the rules refuse (exit 3).
        allowed = {"accept": {0, 3}, "reject": {65}, "limit": {0, 3, 65}}[entry["do"]]
        # Where the manifest would guess between two instants, refusing is right as well: the program never guesses.
        if "reject" in entry["right"] or "ambiguous" in entry["right"]:
            allowed |= {65}
        found = sinks.seen(answer.errors) + sinks.seen(answer.output)
        if answer.code not in allowed:
            found.append(
                Finding(
                    "exit", f"exit {answer.code}, wanted {sorted(allowed)} ({entry['right']}): {answer.message[:200]}"
                )
            )
        if answer.code == 65 and name not in answer.message:
            found.append(Finding("reason", f"{name} is not named: {answer.message[:200]}"))
        if seconds > IMPORT_LIMIT:
            found.append(Finding("time", f"{seconds:.1f} s, at most {IMPORT_LIMIT} wanted"))
        tally.check(f"import {name}", found)


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("program")
    options.add_argument("--quick", action="store_true")
    chosen = options.parse_args()
    tally, began = Tally(), time.monotonic()
    entries = json.loads((FIXTURES / "strings.json").read_text())["strings"]
    with tempfile.TemporaryDirectory(prefix="preavis-hostile-") as name:
        folder = pathlib.Path(name)
        calendars = workplace(folder)
        scratch = Program(chosen.program, folder / "scratch", calendars)
        program = Program(chosen.program, folder / "register", calendars)
        for each in (scratch, program):
            each.folder.mkdir()
            begun = each.run("init", "--simulation")
            tally.expect(begun.code == 0, "init", "exit", begun.message)
        every: list[Told] = []
        tries, times = half_hours(), half_hours()
        for entry in entries:
            octets = base64.b64decode(entry["bytes_b64"])
            taken = probe(tally, entry["id"], octets, scratch, tries, chosen.quick)
            if told := record(tally, program, entry, octets, taken, times):
                every.append(told)
                one_change(tally, program, told)
        together(tally, program, every, folder)
        imports(tally, program)
        verified = program.run("register", "verify")
        tally.expect(verified.code == 0, "register verify", "exit", verified.message[:300])
    print(f"{len(entries)} strings, {time.monotonic() - began:.0f} s")
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
