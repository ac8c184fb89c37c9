#!/usr/bin/env python3
"""Requests a second of `preavis serve` and of nginx on the same feed, and the memory of serve.

usage: bench-http.py PREAVIS [--rounds N] [--seconds S] [--connections C] [--changes N] [--quick]

Rounds alternate between the two in the same run, on the same machine, with two workers each: only the ratios count.
Needs nginx and wrk (Debian: nginx-light, wrk). Ends with 1 when an answer is wrong, whatever the ratios.
"""
import argparse
import datetime
import http.client
import os
import pathlib
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Tests" / "Server"))
import running  # noqa: E402

FEED = f"/{running.SERVICE}/feeds/maintenance.fr.ics"
TICK = os.sysconf("SC_CLK_TCK")
CONFIGURATION = """
daemon off; worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; gzip_static on; etag on;
  open_file_cache max=100 inactive=600s; open_file_cache_valid 600s; client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi; types {{ text/calendar ics; }}
  server {{ listen 127.0.0.1:{port}; root {folder}/site; add_header Cache-Control "public, no-cache"; }}
}}
"""


def get(port, path, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def cpu(pids):
    """Seconds of processor time that these processes have used."""
    total = 0
    for pid in pids:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICK


def wrk(port, options, headers, path=FEED):
    command = ["wrk", "-t", "1", "-c", str(options.connections), "-d", f"{options.seconds}s", "--latency"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    text = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in text or "Socket errors" in text:
        raise running.Failed(text)
    return (float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]), int(re.search(r"(\d+) requests in", text)[1]),
            re.search(r"99%\s+(\S+)", text)[1])


def compare(options, work):
    today = datetime.date(2026, 9, 1)
    register = running.register(options.binary, work / "feed.sqlite", options.feed_changes, first=today)
    site = work / "site"
    with running.serving(options.binary, register, "--threads", "2") as ours:
        _, plain = get(ours.port, FEED, Accept_Encoding="identity")
        answer, packed = get(ours.port, FEED, Accept_Encoding="gzip")
        if answer.getheader("content-encoding") != "gzip":
            raise running.Failed("our feed came without gzip")
        target = site / FEED[1:]
        target.parent.mkdir(parents=True)
        target.write_bytes(plain)
        target.with_name(target.name + ".gz").write_bytes(packed)
        os.utime(target.with_name(target.name + ".gz"), (target.stat().st_atime, target.stat().st_mtime))
        peer, port = start_nginx(work)
        try:
            peers = [int(pid) for pid in subprocess.run(
                ["pgrep", "-P", str(peer.pid)], capture_output=True, text=True, check=True).stdout.split()]
            return measure(options, ours, port, peers, len(plain), len(packed))
        finally:
            peer.send_signal(signal.SIGTERM)
            peer.wait(10)


def start_nginx(work):
    import socket
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    configuration = work / "nginx.conf"
    configuration.write_text(CONFIGURATION.format(folder=work, port=port))
    work.chmod(0o755)
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    peer = subprocess.Popen([nginx, "-c", str(configuration), "-p", str(work)], stderr=subprocess.DEVNULL)
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            if get(port, FEED)[0].status == 200:
                return peer, port
        except OSError:
            time.sleep(0.05)
    peer.kill()
    raise running.Failed("nginx did not start: " + (work / "error.log").read_text()[-400:])


def measure(options, ours, port, peers, plain, packed):
    both = {"preavis": (ours.port, [ours.process.pid]), "nginx": (port, peers)}
    tags = {name: get(place, FEED, Accept_Encoding="gzip")[0].getheader("etag") for name, (place, _) in both.items()}
    rows = []
    for row in ("304", "200 gzip"):
        figures = {name: [] for name in both}
        costs = {name: [] for name in both}
        late = {}
        for name, (place, _) in both.items():
            headers = {"Accept-Encoding": "gzip"} | ({"If-None-Match": tags[name]} if row == "304" else {})
            answer, body = get(place, FEED, **{key.replace("-", "_"): value for key, value in headers.items()})
            if (answer.status, len(body)) != ((304, 0) if row == "304" else (200, packed)):
                raise running.Failed(f"{name} {row}: {answer.status}, {len(body)} octets")
        for turn in range(options.rounds):
            for name in sorted(both, reverse=turn % 2 == 0):
                place, pids = both[name]
                headers = {"Accept-Encoding": "gzip"} | ({"If-None-Match": tags[name]} if row == "304" else {})
                before = cpu(pids)
                rate, count, late[name] = wrk(place, options, headers)
                figures[name].append(rate)
                costs[name].append((cpu(pids) - before) / count * 1e6)
        ratios = [mine / theirs for mine, theirs in zip(figures["preavis"], figures["nginx"])]
        rows.append((row, figures, costs, ratios, late))
    print(f"feed: {plain:,} octets, {packed:,} with gzip; {options.connections} connections, {options.rounds} rounds "
          f"of {options.seconds} s, two workers each\n")
    print("| answer | preavis/s | nginx/s | ratio (rounds) | CPU µs a request: preavis, nginx | 99 %: preavis, nginx |")
    print("| --- | --- | --- | --- | --- | --- |")
    for row, figures, costs, ratios, late in rows:
        print(f"| {row} | {statistics.median(figures['preavis']):,.0f} | {statistics.median(figures['nginx']):,.0f} "
              f"| {statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f}) "
              f"| {statistics.median(costs['preavis']):.1f}, {statistics.median(costs['nginx']):.1f} "
              f"| {late['preavis']}, {late['nginx']} |")


def memory(options, work):
    """What serve holds in memory with many changes: as it starts, after the feeds, and after every page."""
    register = running.register(options.binary, work / "many.sqlite", options.changes)
    out = work / "export"
    running.run(options.binary, register, "export", "--out", str(out))
    files = sorted(
        str(path.relative_to(out)) for path in out.rglob("*") if path.is_file() and not str(path.relative_to(out)).startswith(".")
        and path.suffix != ".gz")
    feeds = [path for path in files if "/feeds/" in path]
    rows = []
    with running.serving(options.binary, register, "--threads", "2") as server:
        get(server.port, "/readyz")
        rows.append(("idle", 0, *server.memory()))
        for path in feeds:
            get(server.port, "/" + path, Accept_Encoding="gzip")
        rows.append(("all feeds asked for", len(feeds), *server.memory()))
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
        start = time.monotonic()
        for path in files:
            connection.request("GET", "/" + path, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise running.Failed(f"{path}: {answer.status}")
        seconds = time.monotonic() - start
        rows.append(("all files asked for", len(files), *server.memory()))
    print(f"\n{options.changes:,} changes; {len(files):,} files crawled one by one in {seconds:.0f} s\n")
    print("| serve | files | resident MB | peak MB |")
    print("| --- | --- | --- | --- |")
    for name, count, now, peak in rows:
        print(f"| {name} | {count:,} | {now:.0f} | {peak:.0f} |")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--changes", type=int, default=10_000)
    parser.add_argument("--feed-changes", type=int, default=160)
    parser.add_argument("--only", choices=("speed", "memory"))
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    options.binary = os.path.abspath(options.binary)
    if options.quick:
        options.rounds, options.seconds, options.changes = 2, 2, 1000
    with tempfile.TemporaryDirectory(prefix="preavis-bench-") as folder:
        work = pathlib.Path(folder)
        if options.only != "memory":
            compare(options, work)
        if options.only != "speed":
            memory(options, work)


if __name__ == "__main__":
    try:
        main()
    except running.Failed as failure:
        sys.exit(f"bench-http: {failure}")
