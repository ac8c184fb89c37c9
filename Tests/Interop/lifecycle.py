#!/usr/bin/env python3
"""Plays the life of changes in a simulated register and reads every publication after each step.

usage: lifecycle.py PREAVIS [--quick] [--keep FOLDER]

--quick leaves out the readers that pip alone cannot give, the clients that follow, neomutt and the screenshots.
--keep copies every distinct feed and the exported site into a folder, and puts the screenshots there.
"""

from __future__ import annotations

import argparse
import pathlib
import shutil
import sys
import tempfile
import time

import pages
import readers
import site_folder
import terminal
from expectations import Expected
from feedhost import FeedHost
from findings import Tally
from followers import start
from life import life
from program import ROOT, Program
from publications import CLIENTS, Publications

MINIMUM = {"quick": 4, "full": 12}


def workplace(folder: pathlib.Path) -> pathlib.Path:
    """A copy of calendars/ whose contract has clients with feeds of their own."""
    calendars = folder / "calendars"
    shutil.copytree(ROOT / "calendars", calendars)
    clients = ["clients:"]
    for name, components in CLIENTS.items():
        clients += [f"  - name: {name}", f"    components: [{', '.join(components)}]"]
    for path in (calendars / "services").glob("*.yaml"):
        lines = [line for line in path.read_text().splitlines() if not line.startswith("clients:")]
        path.write_text("\n".join([*lines, *clients, ""]))
    return calendars


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("program")
    options.add_argument("--quick", action="store_true")
    options.add_argument("--keep", type=pathlib.Path)
    chosen = options.parse_args()
    tally, began = Tally(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="preavis-interop-") as name:
        folder = pathlib.Path(name)
        program = Program(chosen.program, folder, workplace(folder))
        others, missing = ([], {}) if chosen.quick else readers.foreign()
        hosts: list[FeedHost] = []

        def host() -> FeedHost:
            hosts.append(FeedHost().__enter__())
            return hosts[-1]

        clients, absent = ([], {}) if chosen.quick else start(folder / "clients", host)
        for reader, reason in (missing | absent).items():
            tally.skip(reader, reason)
        everyone = [*(each.name for each in [*readers.PYTHON, *others]), *(each.name for each in clients)]
        print(f"{len(everyone)} readers: {', '.join(everyone)}", flush=True)
        least = MINIMUM["quick" if chosen.quick else "full"]
        tally.expect(len(everyone) >= least, "readers", "readers", f"only {len(everyone)}, at least {least} wanted")
        publications = Publications(program, tally, others, clients, client=True)
        try:
            play(program, publications, tally, folder, chosen)
        finally:
            publications.close()
            for each in hosts:
                each.__exit__(None, None, None)
    print(f"{time.monotonic() - began:.0f} s")
    return tally.finish()


def play(
    program: Program, publications: Publications, tally: Tally, folder: pathlib.Path, chosen: argparse.Namespace
) -> None:
    begun = program.run("init", "--simulation")
    tally.expect(begun.code == 0, "init", "exit", begun.message)
    met: set[str] = set()
    for step, expected in life():
        program.now = step.now
        if step.arguments:
            answer = program.run(*step.arguments, "--json")
            tally.expect(
                answer.code == step.code,
                step.name,
                "exit",
                f"exit {answer.code}, wanted {step.code}: {answer.message[:300]}",
            )
        met |= expected.keys()
        publications.after(step, expected, frozenset(met - expected.keys()))
        if chosen.keep:
            chosen.keep.mkdir(parents=True, exist_ok=True)
            for language, data in publications.before.items():
                (chosen.keep / f"{step.now[:16].replace(':', '')}.{language}.ics").write_bytes(data)
        if "2026-10-24T02:50" in step.now:
            publications.alarms()
            exported(program, publications, tally, folder, chosen, expected)
    publications.own_calendars()
    verified = program.run("register", "verify")
    tally.expect(verified.code == 0, "register verify", "exit", verified.message)


def exported(
    program: Program,
    publications: Publications,
    tally: Tally,
    folder: pathlib.Path,
    chosen: argparse.Namespace,
    expected: dict[str, Expected],
) -> None:
    """In the middle of the life, when changes of every state are there: the site, and a mail in a mail program."""
    if publications.offered("export", "export", "--out"):
        site = folder / "site"
        answer = program.run("export", "--out", str(site))
        tally.expect(answer.code == 0, "export", "exit", answer.message)
        site_folder.check(tally, site)
        for change in expected.values():
            for path in site.glob(f"*/{change.id}/index.html"):
                tally.check(f"page of {change.id}", pages.says(path.read_bytes(), change, "fr"))
            found = len(list(site.glob(f"**/{change.id}/index.html")))
            tally.expect(found == 2, f"page of {change.id}", "pages", f"{found} pages, one in each language wanted")
        if chosen.keep:
            shutil.copytree(site, chosen.keep / "site", dirs_exist_ok=True)
        if not chosen.quick:
            site_folder.screenshots(tally, site, (chosen.keep or ROOT / ".build/interop-kept") / "screenshots")
    if not chosen.quick and publications.offered("neomutt", "notice", "eml", "--to"):
        data = publications.write(
            "neomutt", "notice", "CHG-2026-0001", "--format", "eml", "--to", "a@example.org", "--lang", "fr"
        )
        if data is not None:
            terminal.neomutt(tally, folder, data, "CHG-2026-0001")


if __name__ == "__main__":
    sys.exit(main())
