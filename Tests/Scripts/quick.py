#!/usr/bin/env python3
"""The short forms of all trials, two at a time; fails when one fails.

usage: quick.py PREAVIS [scripts|interop|server]…

All of them where no group is named. What the readers and clients of other people need is installed first (with pip alone),
while trials run that need nothing. Of each the last lines are shown, of one that fails its whole end.
"""

from __future__ import annotations

import concurrent.futures
import pathlib
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
TIMEOUT = 900  # seconds for one, on a machine that is busy
INTEROP, STATUSPAGE, SERVER = (f".build/{name}/bin/python" for name in ("interop-venv", "interop-venv-statuspage", "server-venv"))
# Script, interpreter, and whether it takes the program and has a short form; the longest first of each group.
GROUPS = {
    "scripts": [
        ("Tests/Scripts/steps.py", "python3", True, False),
        *((f"Tests/Scripts/{name}.py", "python3", True, True) for name in (
            "standing", "damage", "races", "crashes", "approvals", "reminders", "pipeline", "deliveries", "releases")),
    ],
    "interop": [
        ("Tests/Interop/hostile.py", INTEROP, True, True), ("Tests/Interop/lifecycle.py", INTEROP, True, True),
        ("Tests/Interop/chat.py", INTEROP, True, False), ("Tests/Interop/statusclients.py", STATUSPAGE, True, False),
        ("Tests/Interop/foreigners.py", INTEROP, True, True), ("Tests/Interop/selftest.py", INTEROP, False, True),
    ],
    "server": [
        (f"Tests/Server/{name}.py", SERVER, True, True)
        for name in ("schema", "generated", "subscribe", "together", "subscribers", "stops", "portal", "bursts", "trust", "reload")
    ],
}  # fmt: skip
# Measures how fast a good client is served: nothing beside it.
ALONE = ("Tests/Server/soak.py", "python3", True, True)

ready = {name: threading.Event() for name in GROUPS}


def command(script: str, interpreter: str, takes_program: bool, is_short: bool) -> list[str]:
    return [interpreter, "-W", "ignore", script] + [sys.argv[1]] * takes_program + ["--quick"] * is_short


def run(words: list[str], group: str = "scripts") -> tuple[str, int, str, float]:
    ready[group].wait()
    began = time.monotonic()
    process = subprocess.Popen(
        words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT)
    try:
        output, _ = process.communicate(timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        process.terminate()
        output, _ = process.communicate(timeout=30)
        output += f"stopped after {TIMEOUT} s\n"
    return " ".join(words), process.returncode, output, time.monotonic() - began


def install(groups: list[str]) -> list[tuple[str, int, str, float]]:
    done = []
    try:
        for group, form in (("interop", "quick"), ("server", "server")):
            if group in groups:
                done.append(run(["Tests/Interop/setup.sh", form]))
                ready[group].set()
    finally:
        for event in ready.values():
            event.set()
    return done


def main() -> int:
    groups = sys.argv[2:] or list(GROUPS)
    if len(sys.argv) < 2 or not set(groups) <= set(GROUPS):
        print(__doc__)
        return 64
    began, failed, total = time.monotonic(), 0, 0

    def show(words: str, code: int, output: str, seconds: float) -> None:
        nonlocal failed, total
        total += 1
        failed += code != 0
        lines = output.strip().splitlines()
        print(f"{words} ({seconds:.0f} s): {'; '.join(lines[-2:]) if code == 0 else output.strip()[-4000:]}", flush=True)

    ready["scripts"].set()
    if "scripts" in groups:
        show(*run(command(*ALONE)))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(install, groups)]
        for group in groups:
            waiting += [pool.submit(lambda given, group: [run(command(*given), group)], given, group) for given in GROUPS[group]]
        for done in concurrent.futures.as_completed(waiting):
            for each in done.result():
                show(*each)
    print(f"trials, quick: {total - failed} passed, {failed} failed, {time.monotonic() - began:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
