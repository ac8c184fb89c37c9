#!/usr/bin/env python3
"""Several processes send one outbox at the same time, and some are killed as their message arrives.

usage: deliveries.py PREAVIS [--quick]

The receiver checks every signature with Python's own HMAC. Fails when a signature or a timestamp does not hold, when a
message is missing, when one comes twice although nobody was killed, when one that comes again has another body, when the
messages of a webhook come out of order, or when register verify finds something.
"""
import argparse
import base64
import collections
import hashlib
import hmac
import http.server
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROCESSES = 4
NIGHTS = ["2026-12-06", "2026-12-13", "2026-12-20", "2026-12-27", "2027-01-03"]


class Program:
    def __init__(self, path, register):
        self.path = os.path.abspath(path)
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "TZDIR") if name in os.environ} | {"PREAVIS_CONFIG": ""}
        self.environment = keep | {
            "LANG": "C.UTF-8", "PREAVIS_REGISTER": register, "PREAVIS_CALENDARS": os.path.join(ROOT, "calendars"),
            "PREAVIS_TEMPLATES": os.path.join(ROOT, "templates"),
        }

    def start(self, minutes, *arguments):
        now = f"2026-11-02T{10 + minutes // 60:02}:{minutes % 60:02}:00+01:00"
        return subprocess.Popen(
            [self.path, *arguments], env=self.environment | {"PREAVIS_NOW": now}, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, minutes, *arguments):
        process = self.start(minutes, *arguments)
        output, errors = process.communicate(timeout=120)
        if process.returncode != 0:
            sys.exit(f"{' '.join(arguments)}: exit {process.returncode}: {errors.strip()}")
        return output


class Receiver(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.lock = threading.Lock()
        self.secrets = {}
        self.messages = []
        self.faults = []
        self.victim = None
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def take(self, path, headers, body):
        key = base64.b64decode(self.secrets[path].removeprefix("whsec_"))
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        wanted = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        with self.lock:
            if headers["webhook-signature"] != wanted:
                self.faults.append(f"{path}: the signature does not hold")
            if abs(int(headers["webhook-timestamp"]) - time.time()) > 300:
                self.faults.append(f"{path}: the timestamp is not that of sending")
            self.messages.append((path, headers["webhook-id"], body))
            if self.victim:
                self.victim.send_signal(signal.SIGKILL)
                self.victim = None


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers["content-length"])
        body = self.rfile.read(length)
        # A sender that was killed while it wrote has sent nothing.
        if len(body) < length:
            self.close_connection = True
            return
        self.server.take(self.path, self.headers, body)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *arguments):
        pass


def order(receiver, hooks):
    """Titles per webhook, each message counted where it came first."""
    first, bodies, faults = collections.defaultdict(list), {}, []
    for path, message, body in receiver.messages:
        if message not in bodies:
            first[path].append(json.loads(body)["data"]["change"]["title"])
        elif bodies[message] != body:
            faults.append(f"{message} came again with another body")
        bodies[message] = body
    for path in hooks:
        if first[path] != NIGHTS:
            faults.append(f"{path}: {first[path]}")
    return faults


def trial(path, hooks, kills):
    with tempfile.TemporaryDirectory() as folder:
        program, receiver = Program(path, os.path.join(folder, "register.sqlite")), Receiver()
        program.run(0, "init", "--simulation")
        paths = [f"/{number}" for number in range(hooks)]
        for name in paths:
            url = f"http://127.0.0.1:{receiver.server_port}{name}"
            made = program.run(0, "webhook", "create", "--url", url, "--allow-private", "--json")
            receiver.secrets[name] = json.loads(made)["secret"]
        for night in NIGHTS:
            program.run(0, "submit", "--start", f"{night}T01:00", "--duration", "1h", "--title", night)
        minutes = 0
        for _ in range(kills):
            receiver.victim = process = program.start(minutes, "deliveries", "run", "--allow-private")
            process.communicate(timeout=120)
            minutes += 3  # What the dead one had claimed is free again.
        processes = [program.start(minutes, "deliveries", "run", "--allow-private") for _ in range(PROCESSES)]
        codes = []
        for process in processes:
            process.communicate(timeout=300)
            codes.append(process.returncode)
        program.run(minutes, "deliveries", "run", "--allow-private")
        faults = receiver.faults + order(receiver, paths)
        total = hooks * len(NIGHTS)
        counts = collections.Counter(message for _, message, _ in receiver.messages)
        if len(counts) != total:
            faults.append(f"{len(counts)} messages of {total}")
        again = sum(counts.values()) - total
        if not kills and again:
            faults.append(f"{again} came twice although nobody was killed")
        if kills and not again:
            faults.append("nothing came twice: the killing shows nothing")
        if any(code not in (0, 75) for code in codes):
            faults.append(f"exit codes {codes}")
        waiting = [
            row for row in json.loads(program.run(minutes, "deliveries", "list", "--pending", "--json"))
            if "lead_seconds" not in row]
        if waiting:
            faults.append(f"{len(waiting)} still wait")
        program.run(minutes, "register", "verify")
        receiver.shutdown()
        print(f"{hooks} webhooks, {kills} killed: {total} messages, {again} twice, {len(faults)} faults")
        return faults


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("preavis")
    arguments.add_argument("--quick", action="store_true")
    given = arguments.parse_args()
    faults = trial(given.preavis, 6 if given.quick else 20, 0) + trial(given.preavis, 3, 4 if given.quick else 12)
    for fault in faults:
        print(fault, file=sys.stderr)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
