"""A register with many changes, and a server on it: what the scripts beside this file have in common."""
import contextlib
import datetime
import hashlib
import json
import os
import pathlib
import select
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SERVICE = "profession-liberale"
# Work is planned long before this, and half of it is over now.
PLANNED = "2025-01-01T12:00:00+01:00"
NOW = "2026-11-23T10:00:00+01:00"


class Failed(Exception):
    """What was to be shown does not hold."""


def environment(register, now=NOW):
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "TZDIR") if name in os.environ} | {"PREAVIS_CONFIG": ""}
    return keep | {
        "PREAVIS_NOW": now, "PREAVIS_REGISTER": str(register), "LANG": "C.UTF-8",
        "PREAVIS_CALENDARS": str(ROOT / "calendars"), "PREAVIS_TEMPLATES": str(ROOT / "templates"),
    }


def half_hours(count, first=datetime.date(2025, 1, 10), minutes=30):
    """Twelve half hours a night, 00:00 to 06:00 in Paris, night after night; nights of clock changes are left out."""
    day = first
    while count > 0:
        change = day.month in (3, 10) and day.weekday() == 6 and day.day > 24
        for start in range(0, 0 if change else 360, minutes):
            if count > 0:
                yield f"{day}T{start // 60:02}:{start % 60:02}"
                count -= 1
        day += datetime.timedelta(days=1)


def register(binary, path, changes, first=datetime.date(2025, 1, 10)):
    """Makes a simulation register with so many published changes or some more, half an hour each; ten minutes where there
    are so many that they would reach further than the ten years that are allowed."""
    minutes = 30 if changes < 35_000 else 10
    path = pathlib.Path(path)
    run(binary, path, "init", "--simulation", now=PLANNED)
    rows = path.with_suffix(".jsonl")
    with rows.open("w") as file:
        for number, start in enumerate(half_hours(changes + changes // 10, first, minutes)):
            file.write(json.dumps({
                "title": f"Mise à jour {number} de la base", "start": start, "duration": f"{minutes}m",
                "description": f"Correctif {hashlib.sha256(str(number).encode()).hexdigest()} ; les connexions reprennent.",
                "impact": ("none", "degraded", "outage")[number % 3],
            }) + "\n")
    # What falls on a freeze of the contract is refused.
    run(binary, path, "import", str(rows), "--keep-going", "--json", now=PLANNED, codes=(0, 3))
    return path


def run(binary, register, *arguments, now=NOW, codes=(0,)):
    done = subprocess.run(
        [str(binary), *arguments], env=environment(register, now), stdin=subprocess.DEVNULL, capture_output=True,
        text=True, timeout=600)
    if done.returncode not in codes:
        raise Failed(f"{' '.join(arguments)}: exit {done.returncode}: {done.stderr.strip()[:400]}")
    return done


class Server:
    """`preavis serve` on a free port of the loopback."""

    def __init__(self, binary, register, *options, listen="127.0.0.1:0", log=None, now=NOW):
        self.log = open(log, "wb") if log else subprocess.DEVNULL
        arguments = [str(binary), "serve", "--listen", listen, *options]
        reading, writing = os.pipe()
        self.process = subprocess.Popen(
            arguments, env=environment(register, now), stdin=subprocess.DEVNULL, stdout=self.log, stderr=writing)
        os.close(writing)
        self.errors = reading
        self.port = None
        self._listening()

    def _listening(self):
        text, end = b"", time.monotonic() + 30
        while time.monotonic() < end:
            if not select.select([self.errors], [], [], 0.5)[0]:
                continue
            piece = os.read(self.errors, 65536)
            if not piece:
                break
            text += piece
            for line in text[: text.rfind(b"\n") + 1].splitlines():
                if b'"message":"Serving ' in line or '"message":"À l’écoute'.encode() in line:
                    address = json.loads(line)["message"].split()[-1]
                    self.port = int(address.rstrip("/").rsplit(":", 1)[1]) if "://" in address else 0
                    self._drain()
                    return
        raise Failed("serve did not start: " + text.decode(errors="replace")[:400])

    def _drain(self):
        """The log goes to the file, or nowhere, by a process of its own: nothing here holds the server up."""
        target = self.log if self.log is not subprocess.DEVNULL else subprocess.DEVNULL
        self.drain = subprocess.Popen(["cat"], stdin=self.errors, stdout=target)
        os.close(self.errors)

    def memory(self):
        """Resident and peak, in MB."""
        values = {}
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(("VmRSS", "VmHWM")):
                values[line.split(":")[0]] = int(line.split()[1]) / 1024
        return values["VmRSS"], values["VmHWM"]

    def read_octets(self):
        """What the process has read from files and sockets since its start."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/io").read_text().splitlines():
            if line.startswith("rchar:"):
                return int(line.split()[1])
        raise Failed("no /proc/PID/io")

    def stop(self, wait=30):
        """Seconds that SIGTERM took; fails on another exit code than 0."""
        start = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(wait)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise Failed(f"still there {wait} s after SIGTERM") from None
        finally:
            self.drain.wait(10)
            if self.log is not subprocess.DEVNULL:
                self.log.close()
        if code != 0:
            raise Failed(f"exit {code} after SIGTERM")
        return time.monotonic() - start


@contextlib.contextmanager
def serving(binary, register, *options, **more):
    server = Server(binary, register, *options, **more)
    try:
        yield server
    finally:
        server.stop()


class Report:
    """Counts what was shown."""

    def __init__(self):
        self.passed = self.failed = 0

    def show(self, name, holds, detail=""):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
        print(f"{'ok  ' if holds else 'FAIL'} {name}{': ' + detail if detail else ''}", flush=True)

    def end(self):
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed else 0)
