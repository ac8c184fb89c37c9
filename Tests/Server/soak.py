#!/usr/bin/env python3
"""Slow clients by the thousand against a running server, beside a good one whose answers have to stay quick.

usage: soak.py PREAVIS [--quick] [--clients N]

For slow heads, slow bodies and slow readers in turn: so many connections at once, each of which has to be closed by the
server within 15 s while a client that behaves keeps a 99th percentile under 200 ms. A reader that is slow but goes on is
served whole. A body of 2 GB is cut at the limit: counted is what the server has read.
"""
import argparse
import http.client
import pathlib
import resource
import shutil
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import running

LIMIT = 15.0
GOOD = 0.2
FEED = f"/{running.SERVICE}/feeds/maintenance.fr.ics"


class GoodClient(threading.Thread):
    """Asks for the feed again and again, and remembers how long each answer took."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.port, self.times, self.failures, self.going = port, [], 0, True

    def run(self):
        connection = None
        while self.going:
            start = time.monotonic()
            try:
                connection = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
                connection.request("GET", FEED, headers={"Accept-Encoding": "gzip"})
                answer = connection.getresponse()
                answer.read()
                self.failures += answer.status != 200
            except OSError:
                self.failures += 1
                connection = None
            self.times.append(time.monotonic() - start)
            time.sleep(0.01)

    def end(self):
        self.going = False
        self.join()
        times = sorted(self.times)
        return times[int(len(times) * 0.99)], statistics.median(times), len(times), self.failures


class Slow:
    """One slow client: what it sends at first, what it sends now and then, and whether it reads."""

    def __init__(self, port, first, drip, reads, receive=None):
        self.socket = socket.socket()
        if receive:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setblocking(False)
        self.drip, self.reads, self.number = drip, reads, 0
        self.begun, self.closed = time.monotonic(), None
        self.socket.send(first)

    def step(self):
        """Sends a little; notes when the server has closed."""
        try:
            if self.drip:
                self.socket.send(self.drip)
            if self.reads:
                while True:
                    if not self.socket.recv(65536):
                        raise ConnectionResetError
            elif self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) or state(self.socket) not in (1,):
                raise ConnectionResetError
        except BlockingIOError:
            pass
        except OSError:
            self.closed = time.monotonic() - self.begun
            self.socket.close()


def state(sock):
    """State of the connection as the kernel has it: 1 is established; without reading what waits."""
    return sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]


KINDS = {
    "slow heads": (b"GET / HTTP/1.1\r\nHost: a\r\n", b"X: y\r\n", True, None),
    "slow bodies": (
        b"POST /api/v1/changes HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n{", b" ", True, None),
    "slow readers": (
        f"GET /{running.SERVICE}/changes.json HTTP/1.1\r\nHost: a\r\n\r\n".encode(), b"", False, 4096),
    "silent": (b"", b"", True, None),
}


def attack(kind, server, count, report):
    good = GoodClient(server.port)
    good.start()
    slow = []
    for _ in range(count):
        slow.append(Slow(server.port, *KINDS[kind]))
    begun = time.monotonic()
    while any(client.closed is None for client in slow) and time.monotonic() - begun < LIMIT + 5:
        for client in slow:
            if client.closed is None:
                client.step()
        time.sleep(0.5)
    left = [client for client in slow if client.closed is None]
    for client in left:
        client.socket.close()
    late, middle, answers, failures = good.end()
    longest = max((client.closed for client in slow if client.closed is not None), default=0)
    report.show(f"{count} {kind} are closed within {LIMIT:.0f} s", not left and longest <= LIMIT,
                f"the last after {longest:.1f} s, {len(left)} left; {server.memory()[0]:.0f} MB")
    report.show("  beside them a good client's 99th percentile is under 200 ms", late < GOOD and failures == 0,
                f"{late * 1000:.1f} ms, median {middle * 1000:.1f} ms, {answers} answers, {failures} failures")


def patient(server, report, seconds):
    """Reads a large answer for longer than the stall limit, in small sips."""
    path = f"/{running.SERVICE}/changes.json"
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", path)
    whole = connection.getresponse().read()
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16384)
        sock.connect(("127.0.0.1", server.port))
        sock.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
        start, received = time.monotonic(), b""
        sip = max(4096, len(whole) // (seconds * 20))
        pause = seconds / (len(whole) / sip)
        while True:
            piece = sock.recv(sip)
            if not piece:
                break
            received += piece
            time.sleep(pause * len(piece) / sip)
    body = received.split(b"\r\n\r\n", 1)[1]
    report.show("a slow reader that goes on is served whole", body == whole,
                f"{len(body):,} octets in {time.monotonic() - start:.0f} s")


def huge(server, report, octets, chunked):
    """Sends until the server closes; what it read is told by the kernel."""
    before = server.read_octets()
    block = b"x" * 65536
    sent, answer = 0, b""
    with socket.socket() as sock:
        sock.settimeout(20)
        sock.connect(("127.0.0.1", server.port))
        framing = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {octets}"
        sock.sendall(f"POST /api/v1/imports HTTP/1.1\r\nHost: a\r\n{framing}\r\n\r\n".encode())
        piece = b"10000\r\n" + block + b"\r\n" if chunked else block
        try:
            while sent < octets:
                sock.sendall(piece)
                sent += len(block)
        except OSError:
            pass
        try:
            answer = sock.recv(65536)
        except OSError:
            pass
    read = server.read_octets() - before
    name = "without a length" if chunked else "with its length"
    report.show(f"a body of {octets / 1e9:.0f} GB {name} is cut at the limit", read < 4 << 20,
                f"the server read {read / 1e6:.2f} MB of {sent / 1e6:.1f} MB sent, "
                f"answered {answer.split(b' ')[1].decode() if answer else 'nothing that could be read'}")


def encrypted(binary, register, folder, report):
    """The same limits under TLS, whose own farewell would take seconds more."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
         "-keyout", folder / "key.pem", "-out", folder / "cert.pem"], check=True, capture_output=True)
    context = ssl.create_default_context(cafile=str(folder / "cert.pem"))
    context.check_hostname = False
    options = ("--tls-certificate", str(folder / "cert.pem"), "--tls-key", str(folder / "key.pem"))
    with running.serving(binary, register, *options) as server:
        path = f"/{running.SERVICE}/changes.json"
        connection = http.client.HTTPSConnection("127.0.0.1", server.port, timeout=60, context=context)
        connection.request("GET", path)
        connection.getresponse().read()
        silent = socket.create_connection(("127.0.0.1", server.port))
        plain = socket.socket()
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        plain.connect(("127.0.0.1", server.port))
        reader = context.wrap_socket(plain)
        reader.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        begun = time.monotonic()
        open_ = {"a silent connection": silent, "a slow reader": reader}
        while open_ and time.monotonic() - begun < LIMIT + 5:
            for name in [name for name, sock in open_.items() if state(sock) != 1]:
                took = time.monotonic() - begun
                report.show(f"{name} is closed within {LIMIT:.0f} s under TLS", took <= LIMIT, f"{took:.1f} s")
                open_.pop(name).close()
            time.sleep(0.1)
        for name in open_:
            report.show(f"{name} is closed within {LIMIT:.0f} s under TLS", False)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--clients", type=int)
    options = parser.parse_args()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    count = options.clients or (100 if options.quick else 1000)
    report = running.Report()
    with tempfile.TemporaryDirectory(prefix="preavis-soak-") as folder:
        register = running.register(options.binary, pathlib.Path(folder) / "r.sqlite", 300 if options.quick else 2000)
        with running.serving(options.binary, register) as server:
            for path in (FEED, f"/{running.SERVICE}/changes.json"):
                connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
                connection.request("GET", path)
                connection.getresponse().read()
                connection.close()
            for chunked in (False, True):
                huge(server, report, 2_000_000_000, chunked)
            if options.quick:
                mixed(server, count, report)
            else:
                for kind in KINDS:
                    attack(kind, server, count, report)
                patient(server, report, 25)
        if not options.quick and shutil.which("openssl"):
            encrypted(options.binary, register, pathlib.Path(folder), report)
    report.end()


def mixed(server, count, report):
    """All kinds at once, for a run of some seconds."""
    threads = [threading.Thread(target=attack, args=(kind, server, count, report)) for kind in KINDS]
    threads.append(threading.Thread(target=patient, args=(server, report, 12)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    try:
        main()
    except running.Failed as failure:
        sys.exit(f"soak: {failure}")
