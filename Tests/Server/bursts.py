#!/usr/bin/env python3
"""Many subscribers while commits come one upon the other: nobody waits for a feed to be rendered, and none is old.

usage: bursts.py PREAVIS [--quick] [--subscribers N] [--seconds S] [--commits C] [--changes N] [--every S]

Every subscriber holds a connection and asks for a feed every few seconds with the tag that was served last. Four writers
commit through the API. A reader fetches the feed twice a second: what was acknowledged a second before has to be in it.
"""
import argparse
import collections
import datetime
import gzip
import heapq
import http.client
import itertools
import json
import multiprocessing
import pathlib
import random
import re
import resource
import selectors
import socket
import sys
import tempfile
import time

import running

FEEDS = [f"/{running.SERVICE}/feeds/maintenance.{language}.ics" for language in ("fr", "en")]
# The 99th percentile of a 304, in seconds; the age of a feed; how much the memory may grow in the second half of a run.
LATE, AGE, GROWTH = 0.05, 1.0, 1.15
AHEAD = datetime.date(2033, 1, 1)


class Subscriber:
    """One connection, asked on again and again."""

    def __init__(self, port, feed):
        self.feed, self.sent, self.head, self.left, self.status = feed, None, b"", 0, 0
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


class Crowd:
    """All subscribers, on one thread: they do nothing but ask, read, and note how long the first octet took."""

    def __init__(self, port, count, every):
        self.every, self.tags = every, {feed: "" for feed in FEEDS}
        self.times, self.errors = collections.defaultdict(list), []
        self.selector, self.due = selectors.DefaultSelector(), []
        start = time.monotonic()
        for number in range(count):
            subscriber = Subscriber(port, FEEDS[number % 2])
            self.selector.register(subscriber.socket, selectors.EVENT_READ, subscriber)
            heapq.heappush(self.due, (start + every * number / count, number, subscriber))

    def run(self, seconds):
        end = time.monotonic() + seconds
        while (now := time.monotonic()) < end and len(self.errors) < 20:
            while self.due and self.due[0][0] <= now:
                when, number, subscriber = heapq.heappop(self.due)
                heapq.heappush(self.due, (when + self.every * random.uniform(0.9, 1.1), number, subscriber))
                self.ask(subscriber)
            for key, _ in self.selector.select(max(0, min(self.due[0][0], end) - time.monotonic())):
                self.read(key.data)

    def ask(self, subscriber):
        if subscriber.sent is not None:
            return self.errors.append(f"no answer within {self.every} s")
        head = f"GET {subscriber.feed} HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n"
        if self.tags[subscriber.feed]:
            head += f"If-None-Match: {self.tags[subscriber.feed]}\r\n"
        subscriber.sent, subscriber.head, subscriber.status = time.monotonic(), b"", 0
        subscriber.socket.send(head.encode() + b"\r\n")

    def read(self, subscriber):
        try:
            piece = subscriber.socket.recv(1 << 18)
        except BlockingIOError:
            return
        except OSError as error:
            piece = b""
            self.errors.append(str(error))
        if not piece:
            self.selector.unregister(subscriber.socket)
            return self.errors.append("closed")
        if not subscriber.status:
            if not subscriber.head:
                subscriber.first = time.monotonic() - subscriber.sent
            subscriber.head += piece
            head, found, body = subscriber.head.partition(b"\r\n\r\n")
            if not found:
                return
            fields = head.decode().lower()
            subscriber.status = int(fields.split(" ", 2)[1])
            self.tags[subscriber.feed] = re.search(r"\r\netag: (\S+)", fields)[1] if "etag:" in fields else ""
            length = re.search(r"\r\ncontent-length: (\d+)", fields)
            subscriber.left = int(length[1]) if length and subscriber.status == 200 else 0
            piece = body
        subscriber.left -= len(piece)
        if subscriber.left <= 0:
            self.times[subscriber.status].append(subscriber.first)
            if subscriber.status not in (200, 304):
                self.errors.append(f"status {subscriber.status}")
            subscriber.sent = None


def write(port, token, starts, rate, until, results):
    """Submits one change after the other, so many a second, and says when each was acknowledged."""
    connection, done, refused, number, begun = None, [], [], 0, time.monotonic()
    try:
        while time.monotonic() < until:
            time.sleep(max(0, begun + number / rate - time.monotonic()))
            number += 1
            connection = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request(
                "POST", "/api/v1/changes", json.dumps({"title": f"Rafale {next(starts)}", "start": next(starts), "duration": "30m"}),
                {"Authorization": f"Bearer {token}", "Content-Type": "application/json",
                 "Idempotency-Key": f"{token[-6:]}-{number}"})
            answer = connection.getresponse()
            body = json.loads(answer.read())
            if answer.status == 201 and body.get("state") == "planned":
                done.append((time.monotonic(), body["id"]))
            elif answer.status == 503:
                continue
            else:
                refused.append(f"{answer.status} {json.dumps(body)[:200]}")
    except (OSError, http.client.HTTPException) as error:
        refused.append(str(error))
    results.put((done, refused))


def fetch(port, path, **headers):
    """Status, body, seconds to the first octet of the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    begun = time.monotonic()
    answer = connection.getresponse()
    first = time.monotonic() - begun
    body = answer.read()
    connection.close()
    return answer, body, first


def watch(port, pid, until, results):
    """What the feed held, and since when that was asked for; and the memory of the server."""
    seen, memory = [], []
    while time.monotonic() < until:
        begun = time.monotonic()
        answer, body, _ = fetch(port, FEEDS[0], Accept_Encoding="gzip")
        text = gzip.decompress(body) if answer.getheader("content-encoding") == "gzip" else body
        seen.append((begun, max((int(number) for number in re.findall(rb"UID:CHG-\d+-(\d+)", text)), default=0)))
        with open(f"/proc/{pid}/status") as file:
            memory.append(next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmRSS")))
        time.sleep(max(0, 0.5 - (time.monotonic() - begun)))
    results.put((seen, memory))


def slots(number, writers):
    """Titles and starts for one of the writers, which never meet the others'."""
    for index, start in enumerate(itertools.islice(running.half_hours(10 ** 6, AHEAD), number, None, writers)):
        yield index
        yield start


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else 0.0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--subscribers", type=int)
    parser.add_argument("--seconds", type=int)
    parser.add_argument("--commits", type=float, default=14)
    parser.add_argument("--changes", type=int)
    parser.add_argument("--every", type=float, default=5)
    options = parser.parse_args()
    count = options.subscribers or (300 if options.quick else 2000)
    seconds = options.seconds or (12 if options.quick else 600)
    changes = options.changes or (200 if options.quick else 2000)
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    report = running.Report()
    with tempfile.TemporaryDirectory(prefix="preavis-bursts-") as folder:
        register = running.register(options.binary, pathlib.Path(folder) / "r.sqlite", changes)
        tokens = [
            running.run(options.binary, register, "token", "create", "--name", f"w{number}", "--role", "release-manager",
                        "--expires", "1d").stdout.strip().splitlines()[0] for number in range(4)]
        with running.serving(options.binary, register, "--api-rate", "0") as server:
            for feed in FEEDS:
                fetch(server.port, feed, Accept_Encoding="gzip")
            burst(server, tokens, count, seconds, options, report)
    report.end()


def burst(server, tokens, count, seconds, options, report):
    crowd = Crowd(server.port, count, options.every)
    until = time.monotonic() + seconds
    written, watched = multiprocessing.Queue(), multiprocessing.Queue()
    helpers = [multiprocessing.Process(target=watch, args=(server.port, server.process.pid, until, watched))]
    for number, token in enumerate(tokens):
        helpers.append(multiprocessing.Process(target=write, args=(
            server.port, token, slots(number, len(tokens)), options.commits / len(tokens), until, written)))
    for helper in helpers:
        helper.start()
    crowd.run(seconds)
    done, refused = [], []
    for _ in tokens:
        some, others = written.get(timeout=60)
        done += some
        refused += others
    seen, memory = watched.get(timeout=60)
    for helper in helpers:
        helper.join(30)
    acknowledged = sorted((int(change.rsplit("-", 1)[1]), when) for when, change in done)
    oldest = 0.0
    for begun, newest in seen:
        missing = [when for number, when in acknowledged if number > newest and when < begun]
        oldest = max(oldest, begun - min(missing, default=begun))
    _, text, _ = fetch(server.port, "/metrics")
    told = re.search(rb"^preavis_http_previous_age_seconds_max (\S+)", text, re.M)
    half = len(memory) // 2
    report.show(
        f"{count} subscribers, {len(done) / seconds:.1f} commits a second, {seconds} s: no error",
        not crowd.errors and not refused and len(done) > seconds, "; ".join((crowd.errors + refused)[:3])
        or f"{sum(map(len, crowd.times.values()))} answers, {sum(map(len, crowd.times.values())) / seconds:.0f} a second")
    for status in sorted(crowd.times):
        times = crowd.times[status]
        # Those of 200 wait for each other in here: a new feed is fetched by all who asked before its tag was known.
        bound = LATE if status == 304 else 10 * LATE
        report.show(
            f"  {len(times)} answers {status}: the 99th percentile of the first octet is under {bound * 1000:.0f} ms",
            percentile(times, 0.99) < bound,
            f"{percentile(times, 0.99) * 1000:.1f} ms, median {percentile(times, 0.5) * 1000:.1f}, most {max(times) * 1000:.0f}")
    report.show(f"  what was acknowledged is in the feed within {AGE:.0f} s", oldest < AGE,
                f"missing for {oldest:.2f} s at most, in {len(seen)} looks; /metrics says {float(told[1]) if told else -1:.2f} s")
    report.show("  memory does not grow", max(memory[half:]) < GROWTH * max(memory[:half]) + 8,
                f"{max(memory[:half]):.0f} MB in the first half, {max(memory[half:]):.0f} MB in the second")


if __name__ == "__main__":
    try:
        main()
    except running.Failed as failure:
        sys.exit(f"bursts: {failure}")
