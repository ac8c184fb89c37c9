"""A register of its own with contracts, tokens and a running server on loopback, and calls of its API."""

from __future__ import annotations

import dataclasses
import datetime
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from types import TracebackType
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Modules of Interop are found after this one has been imported.
sys.path.insert(0, str(ROOT / "Tests/Interop"))

SERVICE = "profession-liberale"
START = 20.0  # seconds until a server has to be ready
STOP = 10.0  # seconds that a stop may take (reliability: a stop under load)
CALL = 30.0  # seconds for one call


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def nights(first: int = 10) -> list[datetime.datetime]:
    """Hours that are inside the nightly window in winter and in summer, from some days ahead on, one after another."""
    day = datetime.datetime.now(datetime.timezone.utc).replace(hour=23, minute=0, second=0, microsecond=0)
    # 23:00 to 05:00 UTC: 00:00 to 06:00 in Paris in winter, 01:00 to 07:00 in summer.
    return [day + datetime.timedelta(days=first + number // 6, hours=number % 6) for number in range(6 * 400)]


def iso(moment: datetime.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclasses.dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str | None:
        """Of a problem; None for what is none."""
        try:
            return self.json().get("code") if self.status >= 400 else None
        except (ValueError, AttributeError):
            return None


def call(
    port: int,
    method: str,
    path: str,
    body: Any = None,
    token: str | None = None,
    headers: dict[str, str] | None = None,
    tls: ssl.SSLContext | None = None,
) -> Reply:
    """One request on a connection of its own; raises OSError or HTTPException where no answer came."""
    connection = (
        http.client.HTTPSConnection("127.0.0.1", port, timeout=CALL, context=tls)
        if tls
        else http.client.HTTPConnection("127.0.0.1", port, timeout=CALL)
    )
    fields = dict(headers or {})
    if token:
        fields["Authorization"] = f"Bearer {token}"
    data = None
    if body is not None:
        data = json.dumps(body).encode()
        fields.setdefault("Content-Type", "application/json")
    try:
        connection.request(method, path, body=data, headers=fields)
        answer = connection.getresponse()
        return Reply(answer.status, {key.lower(): value for key, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()


class House:
    """A folder with a copy of calendars/ whose portal is the server, and a register in it."""

    def __init__(self, binary: str, folder: pathlib.Path, tls: bool = False) -> None:
        self.binary, self.folder, self.tls = os.path.abspath(binary), folder, tls
        self.port = free_port()
        self.register = str(folder / "register.sqlite")
        self.calendars = folder / "calendars"
        shutil.copytree(ROOT / "calendars", self.calendars)
        for path in (self.calendars / "services").glob("*.yaml"):
            address = f"{self.address}/{path.stem}"
            path.write_text(re.sub(r"(?m)^portal: .*$", f"portal: {address}", path.read_text()))
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "TZDIR") if name in os.environ} | {"PREAVIS_CONFIG": ""}
        self.environment = keep | {
            "LANG": "C.UTF-8",
            "PREAVIS_REGISTER": self.register,
            "PREAVIS_CALENDARS": str(self.calendars),
            "PREAVIS_TEMPLATES": str(ROOT / "templates"),
        }
        self.run("init")

    @property
    def address(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    def start(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [self.binary, *arguments],
            env=self.environment | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
            cwd=self.folder,
        )

    def run(self, *arguments: str) -> str:
        """A command that has to succeed, on the file."""
        done = self.start(*arguments)
        if done.returncode != 0:
            raise SystemExit(f"{' '.join(arguments)}: exit {done.returncode}: {done.stderr.decode()[-500:]}")
        return done.stdout.decode()

    def json(self, *arguments: str) -> Any:
        return json.loads(self.run(*arguments, "--json"))

    def token(self, name: str, role: str) -> str:
        return self.run("token", "create", "--name", name, "--role", role, "--expires", "1d").strip()


class Server:
    """`preavis serve` on the house's port; ends with the block, by its own process and no other."""

    def __init__(self, house: House, *options: str) -> None:
        self.house, self.options = house, options
        self.log = house.folder / "server.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.context: ssl.SSLContext | None = None

    def __enter__(self) -> Server:
        self.begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def begin(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [self.house.binary, "serve", "--listen", f"127.0.0.1:{self.house.port}", *self.options],
                env=self.house.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.house.folder,
            )
        until = time.monotonic() + START
        while time.monotonic() < until and self.process.poll() is None:
            try:
                if self.call("GET", "/readyz").status == 200:
                    return
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.05)
        self.stop()
        raise SystemExit(f"the server was not ready: {self.log.read_text()[-500:]}")

    def stop(self) -> tuple[int | None, float]:
        """SIGTERM; exit code (None: it had to be killed) and seconds."""
        if self.process is None:
            return 0, 0
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            code: int | None = self.process.wait(STOP + 5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)
            code = None
        self.process = None
        return code, time.monotonic() - began

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        token: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> Reply:
        return call(self.house.port, method, path, body, token, headers, self.context)

    def metrics(self) -> dict[str, float]:
        found = {}
        for line in self.call("GET", "/metrics").body.decode().splitlines():
            if line and not line.startswith("#"):
                name, _, value = line.rpartition(" ")
                found[name] = float(value)
        return found

    def answered(self, status: int) -> float:
        """Requests answered so far with a status, by whichever handler."""
        return sum(
            value
            for name, value in self.metrics().items()
            if name.startswith("preavis_http_requests_total{") and f'status="{status}"' in name
        )
