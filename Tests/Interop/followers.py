"""Clients that subscribe once and follow the feed through its whole life, as people's calendars do."""

from __future__ import annotations

import os
import pathlib
import select
import shutil
import signal
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Callable

import icalendar

import readers
from expectations import Reading
from feedhost import FeedHost
from readers import ALL, TOOLS, Unread

# Of the environment that runs this.
VDIRSYNCER = pathlib.Path(sys.executable).parent / "vdirsyncer"
SETTLE = 8.0  # seconds that a client gets to show what it fetched

VDIRSYNCER_CONFIGURATION = """[general]
status_path = "{folder}/status/"
[pair feed]
a = "here"
b = "there"
collections = null
conflict_resolution = "b wins"
[storage here]
type = "filesystem"
path = "{folder}/items/"
fileext = ".ics"
[storage there]
type = "http"
url = "{address}"
"""

EVOLUTION_SOURCE = """[Data Source]
DisplayName=feed
Enabled=true
Parent=webcal-stub
[Calendar]
BackendName=webcal
Selected=true
[Authentication]
Host=127.0.0.1
Port={port}
Method=none
[Security]
Method=none
[WebDAV Backend]
ResourcePath={path}
[Refresh]
Enabled=false
"""


class Conversation:
    """A process that answers each line with a line."""

    def __init__(self, words: list[str | pathlib.Path], environment: dict[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )

    def ask(self, line: str, timeout: float = 60) -> str:
        stdin, stdout = self.process.stdin, self.process.stdout
        assert stdin is not None and stdout is not None
        try:
            stdin.write(line.encode() + b"\n")
            stdin.flush()
        except BrokenPipeError:
            raise Unread("the client ended") from None
        if not select.select([stdout], [], [], timeout)[0]:
            raise Unread(f"no answer within {timeout:.0f} s")
        return stdout.readline().decode("utf-8", "replace")

    def close(self) -> None:
        """Ends the process and what it started, which share a process group of their own."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(5)
        if self.process.stdout is not None:
            self.process.stdout.close()


class Vdirsyncer:
    """Synchronises into a folder; it names every event by a hash of its content, so that UIDs are lost."""

    name = "vdirsyncer"
    keeps = ALL - {"uid"}

    def __init__(self, folder: pathlib.Path, address: str) -> None:
        self.folder = folder
        (folder / "items").mkdir(parents=True)
        (folder / "config").write_text(VDIRSYNCER_CONFIGURATION.format(folder=folder, address=address))
        self.run("discover")

    def run(self, verb: str) -> None:
        done = subprocess.run(
            [VDIRSYNCER, verb],
            env=os.environ | {"HOME": str(self.folder), "VDIRSYNCER_CONFIG": str(self.folder / "config")},
            capture_output=True,
            text=True,
            timeout=60,
            input="y\ny\n",
        )
        if done.returncode != 0:
            raise Unread(f"{verb}: exit {done.returncode}: {(done.stderr + done.stdout).strip()[-300:]}")

    def look(self, settled: Callable[[list[Reading]], bool]) -> list[Reading]:
        self.run("sync")
        return self.kept()

    def kept(self) -> list[Reading]:
        """What is in the folder, without a look at the address."""
        items = sorted((self.folder / "items").iterdir())
        return [
            readers.component(event)
            for item in items
            for event in icalendar.Calendar.from_ical(item.read_bytes()).walk("VEVENT")
        ]

    def close(self) -> None:
        pass


class Evolution:
    """GNOME's calendar service with its webcal client, in a session bus and a home of its own."""

    name = "evolution"
    keeps = ALL

    def __init__(self, folder: pathlib.Path, address: str) -> None:
        place = urllib.parse.urlsplit(address)
        for part in ("config/evolution/sources", "data", "cache", "run"):
            (folder / part).mkdir(parents=True)
        (folder / "run").chmod(0o700)
        (folder / "config/evolution/sources/feed.source").write_text(EVOLUTION_SOURCE.format(port=place.port, path=place.path))
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "XDG_RUNTIME_DIR": str(folder / "run"),
            "TZ": "UTC",
            "LC_ALL": "C.UTF-8",
            "GSETTINGS_BACKEND": "memory",
            "GIO_USE_NETWORK_MONITOR": "base",
            "NO_PROXY": "*",
            "no_proxy": "*",
        }
        self.client = Conversation(["dbus-run-session", "--", TOOLS / "evolution", "feed"], environment)

    def look(self, settled: Callable[[list[Reading]], bool]) -> list[Reading]:
        """Refreshes, then lists until the cache holds what is wanted or has had its time."""
        readers.decoded(self.client.ask("refresh"))
        until = time.monotonic() + SETTLE
        while True:
            found = readers.decoded(self.client.ask("list"))
            if settled(found) or time.monotonic() > until:
                return found
            time.sleep(0.1)

    def kept(self) -> list[Reading]:
        """What is in the cache, without a look at the address."""
        return readers.decoded(self.client.ask("list"))

    def close(self) -> None:
        self.client.close()


class Fed:
    """A client whose address gives whatever bytes are to be read next."""

    def __init__(self, client: Vdirsyncer | Evolution, host: FeedHost) -> None:
        self.client, self.host = client, host
        self.name, self.keeps = client.name, client.keeps

    def follow(self, data: bytes, settled: Callable[[list[Reading]], bool]) -> list[Reading]:
        self.host.body = data
        return self.client.look(settled)

    def close(self) -> None:
        self.client.close()


def clients(folder: pathlib.Path, address: Callable[[], str]) -> tuple[list[Vdirsyncer | Evolution], dict[str, str]]:
    """The followers that setup.sh could make, each subscribed to an address, and why the others are missing."""
    found: list[Vdirsyncer | Evolution] = []
    missing: dict[str, str] = {}
    if VDIRSYNCER.exists():
        found.append(Vdirsyncer(folder / "vdirsyncer", address()))
    else:
        missing["vdirsyncer"] = "run Tests/Interop/setup.sh full"
    if (TOOLS / "evolution").exists() and shutil.which("dbus-run-session"):
        found.append(Evolution(folder / "evolution", address()))
    else:
        missing["evolution"] = "run Tests/Interop/setup.sh full"
    return found, missing


def start(folder: pathlib.Path, host: Callable[[], FeedHost]) -> tuple[list[Fed], dict[str, str]]:
    """The followers, each with a host of its own."""
    hosts: list[FeedHost] = []

    def address() -> str:
        hosts.append(host())
        return hosts[-1].address

    found, missing = clients(folder, address)
    return [Fed(*pair) for pair in zip(found, hosts, strict=True)], missing
