#!/usr/bin/env python3
"""SIGHUP: certificate, contracts and templates are read anew, nobody is cut off, and a file that is wrong changes nothing.

usage: reload.py PREAVIS [--quick]

Needs openssl. Fails also when a line of the log is no JSON, or when a server whose terminal closes stays.
"""

from __future__ import annotations

import http.client
import json
import os
import pathlib
import pty
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import time

from running import ROOT, Failed, Report, Server, environment, run
from trust import key, openssl


def certificate(folder: pathlib.Path, name: str) -> None:
    key(folder, name)
    openssl(folder, "req", "-x509", "-new", "-key", f"{name}.key", "-subj", f"/CN={name}", "-days", "2", "-out",
            f"{name}.pem", "-addext", "subjectAltName=DNS:localhost")  # fmt: skip


def served(port: int) -> str:
    """The certificate that a new connection is given."""
    return ssl.get_server_certificate(("127.0.0.1", port)).replace("\n", "")


def wait(what: str, holds, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def status(binary: str, port: int, path: str) -> int:
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=ssl._create_unverified_context(), timeout=10)
    connection.request("GET", path)
    return connection.getresponse().status


def terminal(binary: str, register: pathlib.Path, report: Report) -> None:
    """A server in a terminal that closes ends, as every program there does."""
    child, master = pty.fork()
    if child == 0:
        os.execve(binary, [binary, "serve", "--listen", "127.0.0.1:0"], environment(register))
    text = b""
    while b"127.0.0.1:" not in text:
        text += os.read(master, 1000)
    os.kill(child, signal.SIGHUP)
    time.sleep(1)
    report.show("in a terminal that is there it reloads", os.waitpid(child, os.WNOHANG) == (0, 0))
    os.close(master)
    ended = wait("end", lambda: os.waitpid(child, os.WNOHANG)[0] == child, 15)
    report.show("when its terminal closes it ends", ended)
    if not ended:
        os.kill(child, signal.SIGKILL)


def main() -> None:
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    report = Report()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for owner in ("first", "second"):
            certificate(folder, owner)
        pem = {owner: (folder / f"{owner}.pem").read_text().replace("\n", "") for owner in ("first", "second")}
        chain, own_key, log = folder / "chain.pem", folder / "key.pem", folder / "log"

        def install(of: str, with_key: str) -> None:
            shutil.copy(folder / f"{of}.pem", chain)
            shutil.copy(folder / f"{with_key}.key", own_key)

        shutil.copytree(ROOT / "calendars", folder / "calendars")
        register = folder / "register.sqlite"
        run(binary, register, "init", "--simulation")
        install("first", "first")
        server = Server(
            binary, register, "--tls-certificate", str(chain), "--tls-key", str(own_key), "--calendars",
            str(folder / "calendars"), log=log)  # fmt: skip

        def lines() -> list[dict]:
            return [json.loads(line) for line in log.read_text().splitlines()]

        def hang_up() -> list[dict]:
            """What the log says of it."""
            before = len(lines())
            os.kill(server.process.pid, signal.SIGHUP)
            wait("lines", lambda: sum("what" in line for line in lines()[before:]) >= 3)
            return [line for line in lines()[before:] if "what" in line]

        try:
            report.show("the first certificate is served", served(server.port) == pem["first"])
            held = http.client.HTTPSConnection(
                "127.0.0.1", server.port, context=ssl._create_unverified_context(), timeout=10)
            held.request("GET", "/healthz")
            held.getresponse().read()
            install("second", "second")
            said = hang_up()
            report.show(
                "three things are told as read anew",
                [(line["message"], line["what"]) for line in said]
                == [("reloaded", what) for what in ("certificate", "contracts", "templates")], str(said))
            report.show("the second certificate is served", served(server.port) == pem["second"])
            held.request("GET", "/healthz")
            report.show("a connection that was open goes on", held.getresponse().read() is not None)

            install("first", "second")
            said = hang_up()
            report.show(
                "a key of another certificate is told", [line["level"] for line in said] == ["error", "info", "info"])
            report.show("and the one before is served", served(server.port) == pem["second"])
            chain.unlink()
            report.show("so is a file that is gone", hang_up()[0]["level"] == "error")
            report.show("and the one before is still served", served(server.port) == pem["second"])

            contract = next((folder / "calendars" / "services").glob("*.yaml"))
            whole = contract.read_text()
            contract.write_text(whole + "\nnonsense: [")
            said = hang_up()
            report.show("a contract that is wrong is told, with its file",
                        said[1]["level"] == "error" and contract.name in said[1]["error"], str(said[1]))  # fmt: skip
            report.show("and is not ready", status(binary, server.port, "/readyz") == 503)
            contract.write_text(whole)
            hang_up()
            report.show("mended, it is ready", status(binary, server.port, "/readyz") == 200)
            install("first", "first")
            for _ in range(40):
                os.kill(server.process.pid, signal.SIGHUP)
                served(server.port)
            report.show("forty in a row, with a client between each", status(binary, server.port, "/healthz") == 200)
        finally:
            took = server.stop()
        report.show("SIGTERM ends it", took < 10)
        # The first one, which says where it listens, was read as JSON by `Server`.
        report.show("each line of the log is JSON", len(lines()) > 10)
        terminal(binary, register, report)
    report.end()


if __name__ == "__main__":
    main()
