#!/usr/bin/env python3
"""What every verb and every file costs with 1,000, 10,000 and 100,000 changes, and what one commit costs: a table.

usage: costs.py PREAVIS [--quick] [--sizes N,N,N] [--keep FOLDER] [--export]

Each verb is a process of its own: its time and the peak of its memory. Of a server: the first octet of each file as it is
asked for the first time, and after a commit that changed something in it. Fails where a cost grows faster than the number
of changes, where a file takes longer than it may after a commit, or where memory is beyond its bound.
"""
import argparse
import http.client
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import running

# Bounds at the largest size: first octet after a commit in seconds, memory in MB of the server and of `list --json`.
FIRST, SERVE, LIST = 0.1, 250, 60
# When nearly all changes are still ahead, so that feeds hold them.
NOW = "2025-02-10T10:00:00+01:00"
VERBS = {
    "`list`": ["list"], "`list --json`": ["list", "--json"], "`notices due --json`": ["notices", "due", "--json"],
    "`show`": ["show", "CHG-2025-0003"], "`gate`": ["gate"], "`availability`": ["availability", "--month", "2025-03"],
    "`slots`": ["slots", "--duration", "2h"],
    "`feed`": ["feed"], "`feed --profile maintnote`": ["feed", "--profile", "maintnote"],
    "`feed --profile change-calendar`": ["feed", "--profile", "change-calendar"],
    "`feed --profile atom`": ["feed", "--profile", "atom"],
    "`feed --profile statuspage`": ["feed", "--profile", "statuspage"],
    "`register verify`": ["register", "verify"], "`register backup`": ["register", "backup", "-o", "{folder}/backup-{size}.sqlite"],
}
EXPORT = {"`export`": ["export", "--out", "{folder}/site-{size}"]}
FILES = [
    "feeds/maintenance.fr.ics", "feeds/maintenance.en.ics", "feeds/change-calendar.ics", "changes.json",
    "feeds/atom.fr.xml", "feeds/feed.en.json", "index.html", "en/index.html", "calendar/2025-03.html", "past.html",
    "api/v2/summary.json", "api/v2/scheduled-maintenances.json", "CHG-2025-0003/index.html",
]


def measured(binary, register, arguments):
    """Seconds, and the peak of the memory in MB."""
    begun = time.monotonic()
    process = subprocess.Popen(
        [binary, *arguments], env=running.environment(register, NOW), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 3):
        raise running.Failed(f"{' '.join(arguments)}: exit {process.returncode}: {errors.decode()[:300]}")
    return time.monotonic() - begun, usage.ru_maxrss / 1024


def first_octet(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    begun = time.monotonic()
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    first = time.monotonic() - begun
    size = len(answer.read())
    connection.close()
    if answer.status != 200:
        raise running.Failed(f"{path}: {answer.status}")
    return first, size


def served(binary, register, private, token, report, size):
    """First octets when nothing is known, after commits, and the memory."""
    rows = {}
    with running.serving(binary, register, "--api-rate", "0", now=NOW) as server:
        first_octet(server.port, "/readyz")
        rows["memory of `serve`, idle"] = (0, server.memory()[0])
        paths = [f"/{running.SERVICE}/{file}" for file in FILES] + private
        names = FILES + [f"private, {'one component' if number else 'all'}: {path.rsplit('/', 1)[1]}"
                         for number, path in enumerate(private)]
        for name, path in zip(names, paths):
            rows[f"{name}, first time"] = (first_octet(server.port, path)[0], None)
        worst = 0.0
        for name, path in zip(names, paths):
            times = []
            for turn in range(3):
                time.sleep(1)
                commit(server.port, token, f"CHG-2025-{size // 2 + 7 * turn:04}", f"{name} {turn} {time.time()}")
                times.append(first_octet(server.port, path)[0])
            rows[f"{name}, after a commit"] = (sorted(times)[1], None)
            worst = max(worst, sorted(times)[1])
        now, peak = server.memory()
        rows["memory of `serve`, all of these asked for"] = (0, now)
    report.show(f"{size:,}: the first octet of every file after a commit", worst < FIRST, f"{worst * 1000:.0f} ms at most")
    report.show(f"{size:,}: memory of serve", now < SERVE, f"{now:.0f} MB, {peak:.0f} MB at most")
    return rows


def commit(port, token, change, title):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    fields = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    connection.request("GET", f"/api/v1/changes/{change}", headers=fields)
    answer = connection.getresponse()
    answer.read()
    body = json.dumps({"title": title[:80], "reason": "Mesure"})
    connection.request(
        "POST", f"/api/v1/changes/{change}/amend", body, fields | {"If-Match": answer.getheader("etag") or "*"})
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    if answer.status != 200:
        raise running.Failed(f"amend {change}: {answer.status} {text[:300]}")


def private_feeds(binary, register):
    paths = []
    for component in ([], ["--component", "application"]):
        answer = running.run(
            binary, register, "private-feed", "create", "--client", f"Mesure {len(paths)}", "--service", running.SERVICE,
            *component, "--json", now=NOW).stdout
        address = next(word for word in answer.split('"') if "/private/" in word and word.endswith(".fr.ics"))
        paths.append("/" + address[address.index("private/"):])
    return paths


def table(sizes, columns):
    lines = ["| | " + " | ".join(f"{size:,}" for size in sizes) + " |", "| --- |" + " ---: |" * len(sizes)]
    for name in columns[0]:
        cells = []
        for column in columns:
            seconds, memory = column.get(name, (None, None))
            parts = [] if not seconds else [f"{seconds * 1000:,.0f} ms" if seconds < 10 else f"{seconds:,.0f} s"]
            cells.append(", ".join(parts + ([f"{memory:.0f} MB"] if memory else [])))
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--sizes")
    parser.add_argument("--keep", help="a folder for the registers, which are made once")
    parser.add_argument("--export", action="store_true")
    options = parser.parse_args()
    sizes = [int(size) for size in (options.sizes or ("100,1000" if options.quick else "1000,10000,100000")).split(",")]
    report = running.Report()
    with tempfile.TemporaryDirectory(prefix="preavis-costs-") as folder:
        kept = pathlib.Path(options.keep or folder)
        kept.mkdir(exist_ok=True)
        columns = []
        for size in sizes:
            columns.append(costs(options, pathlib.Path(folder), kept, size, report))
        print(table(sizes, columns))
        for name in columns[0]:
            for (small, before), (large, after) in zip(zip(sizes, columns), list(zip(sizes, columns))[1:]):
                was, now = before[name][0] or 0, after[name][0] or 0
                if now > 0.3 and now > 1.6 * max(was, 0.02) * large / small:
                    report.show(f"{name} grows no faster than the number of changes", False, f"{was:.2f} s, {now:.2f} s")
        memory = columns[-1]["`list --json`"][1]
        report.show("memory of `list --json`", memory < LIST, f"{memory:.0f} MB")
    report.end()


def costs(options, folder, kept, size, report):
    register = kept / f"changes-{size}.sqlite"
    column = {}
    if not register.exists():
        begun = time.monotonic()
        running.register(options.binary, register, size)
        print(f"{size:,} changes imported in {time.monotonic() - begun:.0f} s", flush=True)
    token = running.run(options.binary, register, "token", "create", "--name", f"costs{time.time()}", "--role",
                        "release-manager", "--expires", "1d", now=NOW).stdout.split()[0]
    private = private_feeds(options.binary, register)
    for name, arguments in (VERBS | (EXPORT if options.export else {})).items():
        arguments = [argument.format(folder=folder, size=size) for argument in arguments]
        column[name] = measured(options.binary, register, arguments)
        print(f"{size:,} {name}: {column[name][0]:.2f} s, {column[name][1]:.0f} MB", flush=True)
    return column | served(options.binary, register, private, token, report, size)


if __name__ == "__main__":
    try:
        main()
    except running.Failed as failure:
        sys.exit(f"costs: {failure}")
