#!/usr/bin/env python3
"""The short forms of all scripts here, two at a time; fails when one fails.

usage: quick.py PREAVIS
"""

from __future__ import annotations

import concurrent.futures
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
# The longest first: the others take turns beside it.
SCRIPTS = ("schema", "together", "subscribers", "stops", "portal", "bursts", "trust", "reload", "subscribe")
TIMEOUT = 240  # seconds for one, on a machine that is busy


def run(script: str) -> tuple[str, int, str]:
    words = [sys.executable, "-W", "ignore", str(HERE / f"{script}.py"), sys.argv[1], "--quick"]
    process = subprocess.Popen(
        words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        output, _ = process.communicate(timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        process.terminate()
        output, _ = process.communicate(timeout=30)
        output += f"stopped after {TIMEOUT} s\n"
    return script, process.returncode, output


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__)
        return 64
    began, failed = time.monotonic(), []
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for done in concurrent.futures.as_completed([pool.submit(run, script) for script in SCRIPTS]):
            script, code, output = done.result()
            lines = output.strip().splitlines()
            print(f"{script}: {'; '.join(lines[-2:]) if code == 0 else output.strip()[-4000:]}", flush=True)
            if code != 0:
                failed.append(script)
    print(f"server, quick: {len(SCRIPTS) - len(failed)} passed, {len(failed)} failed, {time.monotonic() - began:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
