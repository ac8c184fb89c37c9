#!/usr/bin/env python3
"""Plays the life of changes, of urgent work without a known end and of outages, and reads the status page after each step
with public client libraries, over HTTP.

usage: statusclients.py PREAVIS

aRez parses every time with milliseconds and an offset, and fails on a key that is missing; DiscordStatus and whadup fetch
each document; statuspage-prometheus-exporter judges it. What they have to find follows from what was asked for.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import functools
import http.server
import logging
import os
import pathlib
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from typing import Any

from findings import Tally
from program import ROOT, Program

COMPONENTS = {"application", "administration", "flux"}
ENDED = {"completed", "resolved"}


@dataclasses.dataclass
class World:
    """What clients must find: the state of each piece of work and of each outage, and what is down."""

    works: dict[str, str] = dataclasses.field(default_factory=dict)
    outages: dict[str, str] = dataclasses.field(default_factory=dict)
    down: set[str] = dataclasses.field(default_factory=set)
    maintained: set[str] = dataclasses.field(default_factory=set)

    @property
    def indicator(self) -> str:
        if self.down:
            return "critical" if self.down == COMPONENTS else "major"
        return "maintenance" if "in_progress" in self.works.values() else "none"

    def state(self, component: str) -> str:
        if component in self.down:
            return "major_outage"
        return "under_maintenance" if component in self.maintained else "operational"


Step = tuple[str, tuple[str, ...], Callable[[World], None]]


def life() -> Iterator[Step]:
    def work(key: str, state: str, *maintained: str) -> Callable[[World], None]:
        def apply(world: World) -> None:
            world.works[key] = state
            world.maintained = set(maintained)

        return apply

    def outage(key: str, state: str, *down: str) -> Callable[[World], None]:
        def apply(world: World) -> None:
            world.outages[key] = state
            world.down = set(down)

        return apply

    first, second, urgent, third = (f"CHG-2026-{number:04d}" for number in (1, 2, 3, 4))
    everything = tuple(COMPONENTS)
    yield "2026-10-12T09:00:00+02:00", (), lambda world: None
    yield (
        "2026-10-12T09:00:00+02:00",
        ("submit", "--start", "2026-10-18T02:40", "--duration", "1h", "--title", "Base", "--component", "flux"),
        work(first, "scheduled"),
    )
    yield (
        "2026-10-12T09:01:00+02:00",
        ("submit", "--start", "2026-10-19T02:00", "--duration", "1h", "--title", "Jamais fait"),
        work(second, "scheduled"),
    )
    # Urgent work whose end nobody knows: no estimate moved, one, three, and its end.
    yield (
        "2026-10-13T14:05:00+02:00",
        ("emergency", "--start", "2026-10-13T14:00", "--title", "Disques", "--reason", "Alarme"),
        work(urgent, "in_progress", *everything),
    )
    for moment in ("15:00", "16:20", "17:00"):
        yield f"2026-10-13T{moment}:00+02:00", ("extend", urgent), work(urgent, "in_progress", *everything)
    yield "2026-10-13T18:03:00+02:00", ("complete", urgent), work(urgent, "completed")
    # An outage of a part, its end and a correction; one of everything, begun earlier than was thought, and withdrawn.
    yield (
        "2026-10-14T10:00:00+02:00",
        ("outage", "record", "--start", "2026-10-14T09:40", "--cause", "incident", "--component", "administration"),
        outage("OUT-2026-0001", "investigating", "administration"),
    )
    yield (
        "2026-10-14T10:30:00+02:00",
        ("outage", "amend", "OUT-2026-0001", "--end", "2026-10-14T10:20"),
        outage("OUT-2026-0001", "resolved"),
    )
    yield (
        "2026-10-14T11:00:00+02:00",
        ("outage", "amend", "OUT-2026-0001", "--end", "2026-10-14T10:25", "--reason", "Journal"),
        outage("OUT-2026-0001", "resolved"),
    )
    yield (
        "2026-10-15T10:00:00+02:00",
        ("outage", "record", "--start", "2026-10-15T09:50", "--cause", "incident", "--title", "Tout"),
        outage("OUT-2026-0002", "investigating", *everything),
    )
    yield (
        "2026-10-15T10:05:00+02:00",
        ("outage", "amend", "OUT-2026-0002", "--start", "2026-10-15T09:45", "--reason", "Sonde"),
        outage("OUT-2026-0002", "investigating", *everything),
    )
    yield (
        "2026-10-15T10:10:00+02:00",
        ("outage", "void", "OUT-2026-0002", "--reason", "Fausse alerte"),
        outage("OUT-2026-0002", "resolved"),
    )
    yield "2026-10-18T02:41:00+02:00", ("start", first), work(first, "in_progress", "flux")
    yield (
        "2026-10-18T03:30:00+02:00",
        ("extend", first, "--end", "2026-10-18T04:00", "--reason", "Index"),
        work(first, "in_progress", "flux"),
    )
    yield "2026-10-18T03:50:00+02:00", ("complete", first), work(first, "completed")
    yield "2026-10-19T03:00:00+02:00", (), work(second, "completed")
    yield (
        "2026-10-19T09:00:00+02:00",
        ("submit", "--start", "2026-10-25T02:15+02:00", "--end", "2026-10-25T02:45+01:00", "--title", "Deux fois"),
        work(third, "scheduled"),
    )
    yield "2026-10-19T10:00:00+02:00", ("cancel", third, "--reason", "Retirée"), work(third, "completed")


@contextlib.contextmanager
def served(folder: pathlib.Path) -> Iterator[str]:
    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def arez(base: str) -> Any:
    from arez.statuspage import StatusPage

    async def read() -> Any:
        async with StatusPage(base, loop=asyncio.get_running_loop()) as page:
            return await page.get_status()

    return asyncio.run(read())


def title(word: str) -> str:
    return word.replace("_", " ").title()


def check_arez(tally: Tally, what: str, base: str, world: World) -> None:
    page = arez(base)
    got = (page.impact, {each.name: each.status for each in page.components})
    want = (title(world.indicator), {name: title(world.state(name)) for name in COMPONENTS})
    tally.expect(got == want, what, "aRez", f"{got}, wanted {want}")
    # It leaves out what it finds no time or no update in.
    works = {each.id: (each.status, each.last_update.status) for each in page.maintenances}
    open_works = {key: (title(state),) * 2 for key, state in world.works.items() if state not in ENDED}
    tally.expect(works == open_works, what, "aRez", f"{works}, wanted {open_works}")
    incidents = {each.id: (each.status, {part.name for part in each.components}) for each in page.incidents}
    down = {key: (title(state), world.down) for key, state in world.outages.items() if state not in ENDED}
    tally.expect(incidents == down, what, "aRez", f"{incidents}, wanted {down}")


DOCUMENTS = {
    "incidents/unresolved": "unresolved_incidents",
    "incidents": "all_incidents",
    "scheduled-maintenances/upcoming": "upcoming_maintenances",
    "scheduled-maintenances/active": "active_maintenances",
    "scheduled-maintenances": "all_maintenances",
}


def wanted(document: str, world: World) -> dict[str, str]:
    if document == "incidents":
        return world.outages
    if document == "incidents/unresolved":
        return {key: state for key, state in world.outages.items() if state not in ENDED}
    states = {"upcoming": {"scheduled"}, "active": {"in_progress"}}.get(document.split("/")[-1])
    return {key: state for key, state in world.works.items() if states is None or state in states}


def check_documents(tally: Tally, what: str, base: str, world: World) -> None:
    """Both fetch each document at its address; what they hand out is compared with each other and with what was asked for."""
    import discordstatus
    import whadup

    whadup.API_BASE_URL = f"{base}/api/"
    discord, github = discordstatus.DiscordStatus(), whadup.GithubStatus()
    discord.base_target = f"{base}/api/v2"
    others = {
        "incidents": github.Incidents,
        "incidents/unresolved": github.Incidents.unresolved,
        "scheduled-maintenances": github.Maintenances,
        "scheduled-maintenances/upcoming": github.Maintenances.upcoming,
        "scheduled-maintenances/active": github.Maintenances.active,
    }
    for document, name in DOCUMENTS.items():
        one, other = getattr(discord, name), others[document]()
        tally.expect(one == other, f"{what}: {document}", "clients", "the two read otherwise")
        kind = "incidents" if document.startswith("incidents") else "scheduled_maintenances"
        got = {each["id"]: each["status"] for each in one[kind]}
        want = wanted(document, world)
        tally.expect(got == want, f"{what}: {document}", "clients", f"{got}, wanted {want}")
    summary = discord.summary
    tally.expect(summary == github.summary(), f"{what}: summary", "clients", "the two read otherwise")
    tally.expect(
        discord.status["status"] == summary["status"] == github.status()["status"], what, "clients", "two statuses"
    )
    tally.expect(
        discord.components["components"] == summary["components"], what, "clients", "components differ from the summary"
    )


def check_exporter(tally: Tally, what: str, base: str, world: World, count: int) -> None:
    from statuspage_prometheus_exporter.service_checker import check_status_page_service

    # It keeps what it saw of a service: each look is at another.
    found = check_status_page_service(f"page{count}", {"name": "P", "url": f"{base}/api/v2/summary.json"})
    tally.expect(found["success"], what, "exporter", str(found.get("error")))
    components = {each["name"]: each["status"] for each in found["component_metadata"]}
    want = {name: world.state(name) for name in COMPONENTS}
    tally.expect(components == want, what, "exporter", f"{components}, wanted {want}")
    incidents = {each["id"] for each in found["incident_metadata"]}
    tally.expect(
        incidents == set(wanted("incidents/unresolved", world)), what, "exporter", f"incidents {sorted(incidents)}"
    )
    works = {each["id"] for each in found["maintenance_metadata"]}
    open_works = {key for key, state in world.works.items() if state not in ENDED}
    tally.expect(works == open_works, what, "exporter", f"maintenances {sorted(works)}")


def check_history(tally: Tally, what: str, base: str, world: World) -> None:
    import feedparser

    atom, rss = (feedparser.parse(f"{base}/history.{kind}") for kind in ("atom", "rss"))
    for kind, feed in (("atom", atom), ("rss", rss)):
        tally.expect(not feed.bozo, f"{what}: history.{kind}", "feedparser", str(feed.get("bozo_exception")))
    read = [[(entry.id, entry.title, entry.published_parsed) for entry in feed.entries] for feed in (atom, rss)]
    tally.expect(read[0] == read[1], f"{what}: history", "feedparser", "Atom and RSS tell otherwise")
    for key in [*world.works, *world.outages]:
        tally.expect(any(key in entry[0] for entry in read[0]), f"{what}: history", "feedparser", f"{key} is not told")


def main() -> int:
    binary = os.path.abspath(sys.argv[1])
    logging.disable(logging.CRITICAL)
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="preavis-statuspage-") as name:
        folder = pathlib.Path(name)
        os.chdir(folder)
        (folder / "services.json").write_text("{}")
        os.environ["SERVICES_JSON_PATH"] = str(folder / "services.json")
        calendars = folder / "calendars"
        shutil.copytree(ROOT / "calendars", calendars)
        for path in (calendars / "services").glob("*.yaml"):
            text = path.read_text()
            path.write_text(text.replace("publication: {", "publication: { outages: full,"))
        program = Program(binary, folder, calendars)
        tally.expect(program.run("init", "--simulation").code == 0, "init", "exit", "no register")
        world = World()
        site = folder / "site"
        with served(site / "profession-liberale") as base:
            for count, (moment, arguments, effect) in enumerate(life()):
                program.now = moment
                what = f"{moment[:16]} {' '.join(arguments[:2]) or 'only time passes'}"
                if arguments:
                    answer = program.run(*arguments)
                    tally.expect(answer.code == 0, what, "exit", answer.message[:300])
                effect(world)
                answer = program.run("export", "--out", str(site))
                tally.expect(answer.code == 0, what, "exit", answer.message[:300])
                for check in (check_arez, check_documents, check_history, functools.partial(check_exporter, count=count)):
                    try:
                        check(tally, what, base, world)
                    except Exception as error:  # a client that stops is what this looks for
                        tally.expect(False, what, "stops", f"{type(error).__name__}: {error}")
        report = program.json("report", "--month", "2026-10")
        late = {each["change"]: each["seconds"] for each in report["overruns"]["changes"]}
        # Planned work was, ten minutes; urgent work without a known end cannot be.
        tally.expect(late == {"CHG-2026-0001": 600}, "report", "overruns", str(late))
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
