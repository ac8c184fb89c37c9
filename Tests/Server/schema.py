#!/usr/bin/env python3
"""schemathesis asks the running server everything that its OpenAPI document allows, and much that it does not.

usage: schema.py PREAVIS [--quick] [--seconds N]

Once with an admin's token and once without any. Fails on an answer that the document does not describe, on a status
of 500 or above, and when the register does not verify afterwards.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

from house import ROOT, House, Server, iso, nights

from findings import Tally

TOOL = pathlib.Path(sys.executable).parent / "schemathesis"
CONFIGURATION = pathlib.Path(__file__).resolve().parent / "schemathesis.toml"
SECONDS = {"quick": 45, "full": 300}


def prepared(server: Server, token: str) -> None:
    """Changes and an outage, so that identifiers of examples name something."""
    free = nights()
    for title, start in zip(("Migration", "Réplication", "Purge"), free, strict=False):
        body = {"title": title, "start": iso(start), "duration": "1h"}
        answer = server.call("POST", "/api/v1/changes", body, token)
        if answer.status != 201:
            raise SystemExit(f"HTTP {answer.status}: {answer.body[:300]!r}")
    body = {"cause": "incident", "title": "Panne", "start": "2026-01-05T09:00Z", "duration": "1h"}
    server.call("POST", "/api/v1/outages", body, token)


def hurried(tally: Tally, server: Server) -> None:
    """What the server answers before the API, who asks too fast, is described like all else."""
    document = server.call("GET", "/api/v1/openapi.json").json()
    described = document["paths"]["/services"]["get"]["responses"]
    answers = [server.call("GET", "/api/v1/services") for _ in range(30)]
    refused = [each for each in answers if each.status == 429]
    tally.expect(bool(refused), "hurried", "429", "30 calls at once were all answered")
    for each in refused[:1]:
        problem = each.json()
        fits = {"type", "title", "status", "detail", "code"} <= problem.keys() and "retry-after" in each.headers
        schemas = document["components"]["schemas"]
        code = schemas["Problem"]["properties"]["code"]
        codes = schemas[code["$ref"].rsplit("/", 1)[-1]]["enum"] if "$ref" in code else code["enum"]
        tally.expect(fits and problem["code"] in codes, "hurried", "problem", f"{problem}")
        tally.expect(each.headers["content-type"] == "application/problem+json", "hurried", "type", str(each.headers))
    tally.expect({"408", "429", "431"} <= described.keys(), "hurried", "described", str(sorted(described)))


def ask(house: House, seconds: int, token: str | None, out: pathlib.Path) -> tuple[int, str]:
    words = [
        str(TOOL), "--config-file", str(CONFIGURATION), "run", f"{house.address}/api/v1/openapi.json",
        "--max-time", str(seconds), "--no-color", "--continue-on-failure",
        "--suppress-health-check", "all", "--request-timeout", "20",
        "--workers", "1",  # CPython 3.11 compiles in one thread at a time only
    ]  # fmt: skip
    if token:
        words += ["-H", f"Authorization: Bearer {token}"]
    with out.open("wb") as log:
        try:
            done = subprocess.run(
                words, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, timeout=seconds * 2 + 120,
                cwd=house.folder, env={name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | {
                    "SCHEMATHESIS_HOOKS": "sense", "PYTHONPATH": str(CONFIGURATION.parent),
                    "PREAVIS_ADDRESS": house.address, "PREAVIS_TOKEN_OF_TEST": token or "",
                },
            )  # fmt: skip
            code = done.returncode
        except subprocess.TimeoutExpired:
            code = 124
    return code, out.read_text("utf-8", "replace")


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("program")
    options.add_argument("--quick", action="store_true")
    options.add_argument("--seconds", type=int, help="for both runs together")
    options.add_argument("--keep", type=pathlib.Path, default=ROOT / ".build/server-kept")
    chosen = options.parse_args()
    whole = chosen.seconds or SECONDS["quick" if chosen.quick else "full"]
    tally, began = Tally(), time.monotonic()
    if not TOOL.exists():
        tally.expect(False, "schemathesis", "missing", "run Tests/Interop/setup.sh server")
        return tally.finish()
    chosen.keep.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="preavis-schema-") as name:
        house = House(chosen.program, pathlib.Path(name))
        token = house.token("root", "admin")
        with Server(house, "--api-rate", "0") as server:
            prepared(server, token)
            for who, bearer, seconds in (("admin", token, whole * 2 // 3), ("nobody", None, whole // 3)):
                code, report = ask(house, seconds, bearer, chosen.keep / f"schemathesis-{who}.txt")
                said = re.sub(r"(?s).*(=+ SUMMARY =+)", r"\1", report)
                print(f"{who}: exit {code}\n{said.strip()[-1500:]}", flush=True)
                tally.expect(code == 0, f"schemathesis as {who}", "exit", f"exit {code}; see {chosen.keep}")
                tally.expect("Test cases" in report or code != 0, f"schemathesis as {who}", "ran", "no case was run")
            counts = server.metrics()
            statuses = {
                key[-5:-2]: int(value)
                for key, value in counts.items()
                if key.startswith("preavis_http_requests_total{") and 'handler="api"' in key
            }
            tally.expect(
                {"200", "201", "400", "401", "404", "422"} <= statuses.keys(), "answers", "breadth", str(statuses)
            )
            failures = {key: value for key, value in counts.items() if 'status="5' in key and value}
            tally.expect(not failures, "metrics", "5xx", str(failures))
            print(f"{sum(statuses.values())} calls: {statuses}", flush=True)
        with Server(house, "--api-rate", "2") as server:
            hurried(tally, server)
        verified = house.start("register", "verify")
        tally.expect(verified.returncode == 0, "register verify", "exit", verified.stderr.decode()[-300:])
    print(f"{time.monotonic() - began:.0f} s")
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
