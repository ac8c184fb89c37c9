#!/usr/bin/env python3
"""SIGTERM under load: the server is gone within 10 s, and no answer was cut in the middle.

usage: stop.py PREAVIS [--times N]

Clients ask without pause for files from memory and for pages that have to be rendered, on connections that stay and on
new ones, while a command line commits to the same register; after a random moment the server is told to stop. Each answer
that has begun has to be whole: its head, all octets that its length promised, and for feeds the end of the calendar.
"""
import argparse
import pathlib
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time

import running

WITHIN = 10.0
PATHS = [
    f"/{running.SERVICE}/feeds/maintenance.fr.ics", f"/{running.SERVICE}/changes.json", f"/{running.SERVICE}/",
    "/api/v1/services", "/healthz", "/metrics", f"/{running.SERVICE}/calendar/2025-02.html?anew",
]


class Client(threading.Thread):
    """One request after the other; notes every answer that ends before it is whole."""

    def __init__(self, port, seed, slow=False):
        super().__init__(daemon=True)
        self.port, self.random, self.slow = port, random.Random(seed), slow
        self.whole, self.cut, self.none, self.going = 0, [], 0, True

    def run(self):
        while self.going:
            try:
                with socket.create_connection(("127.0.0.1", self.port), 15) as sock:
                    if self.slow:
                        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16384)
                    self.ask_on(sock, self.random.choice((1, 100)))
            except OSError:
                # Nothing was promised on a connection that was refused or closed between answers.
                self.none += 1
                time.sleep(0.005)

    def ask_on(self, sock, times):
        rest = b""
        for _ in range(times):
            if not self.going:
                return
            path = self.random.choice(PATHS)
            sock.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
            received = rest
            try:
                while b"\r\n\r\n" not in received:
                    piece = sock.recv(65536)
                    if not piece:
                        raise ConnectionResetError
                    received += piece
            except OSError:
                if received:
                    self.cut.append(f"{path}: {received[:80]!r}")
                raise
            head, rest = received.split(b"\r\n\r\n", 1)
            length = int(re.search(rb"(?i)\r\ncontent-length: (\d+)", head)[1])
            while len(rest) < length:
                try:
                    piece = sock.recv(8192 if self.slow else 65536)
                except OSError:
                    piece = b""
                if not piece:
                    self.cut.append(f"{path}: {len(rest)} of {length} octets")
                    raise ConnectionResetError
                rest += piece
                if self.slow:
                    time.sleep(0.001)
            body, rest = rest[:length], rest[length:]
            if path.endswith(".ics") and b" 200 " in head and not body.endswith(b"END:VCALENDAR\r\n"):
                self.cut.append(f"{path}: no end")
            self.whole += 1
            if b"close" in (re.search(rb"(?i)\r\nconnection: (\S+)", head) or [b"", b""])[1]:
                return


def once(options, register, number):
    server = running.Server(options.binary, register)
    clients = [Client(server.port, number * 100 + index, slow=index == 0) for index in range(12)]
    for client in clients:
        client.start()
    committing = subprocess.Popen(
        [options.binary, "submit", "--start", f"2027-0{1 + number % 9}-1{number // 9}T01:00", "--duration", "30m",
         "--title", "Correctif"],
        env=running.environment(register), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(random.Random(number).uniform(0.1, 1.2))
    took = server.stop()
    for client in clients:
        client.going = False
    for client in clients:
        client.join(20)
    committing.wait(30)
    return took, sum(client.whole for client in clients), [cut for client in clients for cut in client.cut]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--times", type=int, default=20)
    options = parser.parse_args()
    report = running.Report()
    with tempfile.TemporaryDirectory(prefix="preavis-stop-") as folder:
        register = running.register(options.binary, pathlib.Path(folder) / "r.sqlite", 300)
        longest, answers, cuts = 0.0, 0, []
        for number in range(options.times):
            took, whole, cut = once(options, register, number)
            longest, answers, cuts = max(longest, took), answers + whole, cuts + cut
        report.show(f"{options.times} times SIGTERM under load: gone within {WITHIN:.0f} s, exit 0", longest <= WITHIN,
                    f"the longest took {longest:.2f} s")
        report.show("no answer was cut in the middle", not cuts, f"{answers} whole answers, {len(cuts)} cut {cuts[:3]}")
        running.run(options.binary, register, "register", "verify")
    report.end()


if __name__ == "__main__":
    try:
        main()
    except running.Failed as failure:
        sys.exit(f"stop: {failure}")
