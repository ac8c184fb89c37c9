#!/usr/bin/env python3
"""Completion in the three shells, typed in a terminal: completion.py PREAVIS [--show]

Needs tmux, bash, zsh and fish. Each shell gets the script that the program prints, types the beginning of a command and the
Tab key, and has to have the rest on its line or below it. Ends with "N passed, M failed".
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "Server"))
import running  # noqa: E402
from tally import Tally  # noqa: E402

NOW = "2026-11-20T10:00:00+01:00"
# What is typed before the Tab key, how often it is pressed, and what has to be seen after it.
CASES = [
    ("preavis comp", 1, ["preavis complete"]),
    ("preavis outage v", 1, ["preavis outage void"]),
    ("preavis submit --imp", 1, ["preavis submit --impact"]),
    ("preavis submit --impact d", 1, ["preavis submit --impact degraded"]),
    ("preavis submit --component ad", 1, ["preavis submit --component administration"]),
    ("preavis submit --environment pre", 1, ["preavis submit --environment preproduction"]),
    ("preavis notices published 1 --channel p", 1, ["preavis notices published 1 --channel portal"]),
    ("preavis show CHG-2026-0002", 1, ["preavis show CHG-2026-0002"]),
    ("preavis start CHG", 3, ["2026-0001", "2026-0003", "Work of 2026-12-13"]),
    ("preavis show chg-2026-0002", 1, ["preavis show CHG-2026-0002"]),
    ("preavis show 2026-0", 3, ["2026-0001", "2026-0003", "Work of 2026-11-29"]),
    ("preavis submit --impact ", 3, ["none", "degraded", "outage"]),
    ("preavis cancel --lang e", 1, ["preavis cancel --lang en"]),
    ("preavis export --out pap", 1, ["preavis export --out papers"]),
    ("preavis feed -o mai", 1, ["preavis feed -o maintenance.ics"]),
    ("preavis submit --service prof", 1, ["preavis submit --service profession-liberale"]),
]
START = {
    "bash": ["bash", "--norc", "--noprofile"],
    "zsh": ["zsh", "-f"],
    "fish": ["fish", "--no-config"],
}
SOURCE = {
    "bash": "source completion.bash",
    "zsh": "autoload -Uz compinit && compinit -u -d ./zcompdump && source completion.zsh",
    "fish": "source completion.fish",
}


class Terminal:
    def __init__(self, shell, folder, environment):
        self.name = f"preavis-{shell}-{os.getpid()}"
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "30", "-c", str(folder),
                  "env", "-i", *(f"{key}={value}" for key, value in environment.items()), *START[shell])
        # What is typed before the shell reads it may be lost.
        self.wait(lambda shown: shown.strip())
        self.type(SOURCE[shell] + "; echo re''ady")
        self.tmux("send-keys", "-t", self.name, "Enter")
        self.wait(lambda shown: "\nready" in shown)

    def tmux(self, *words):
        where = ["-L", self.name]
        session = ["-s", self.name] if "new-session" in words else []
        place = words.index("-d") + 1 if session else 0
        words = [*words[:place], *session, *words[place:]] if session else list(words)
        return subprocess.run(["tmux", *where, *words], capture_output=True, text=True, check=True, timeout=20).stdout

    def type(self, text):
        self.tmux("send-keys", "-t", self.name, "-l", text)

    def screen(self):
        return self.tmux("capture-pane", "-p", "-t", self.name)

    def wait(self, holds, most=30.0):
        end = time.monotonic() + most
        while time.monotonic() < end and not holds(self.screen()):
            time.sleep(0.2)
        self.settle()

    def settle(self, most=8.0):
        """Until nothing moves any more."""
        end, before, still = time.monotonic() + most, None, 0
        while time.monotonic() < end and still < 4:
            time.sleep(0.15)
            now = self.screen()
            still = still + 1 if now == before else 0
            before = now
        return before

    def complete(self, text, tabs):
        self.tmux("send-keys", "-t", self.name, "C-u")
        self.tmux("send-keys", "-t", self.name, "C-l")
        self.settle()
        self.type(text)
        for _ in range(tabs):
            self.tmux("send-keys", "-t", self.name, "Tab")
            self.settle()
        # Until the program has answered, which a debug build takes its time for.
        end = time.monotonic() + 6
        while time.monotonic() < end:
            shown = self.settle()
            yield shown

    def close(self):
        subprocess.run(["tmux", "-L", self.name, "kill-server"], capture_output=True, timeout=20)


def main():
    show = "--show" in sys.argv
    tally = Tally()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="preavis-completion-"))
    try:
        binary = folder / "bin" / "preavis"
        binary.parent.mkdir()
        binary.symlink_to(pathlib.Path(sys.argv[1]).resolve())
        environment = running.environment(folder / "register.sqlite", NOW) | {
            "PATH": f"{binary.parent}:{os.environ['PATH']}", "TERM": "screen", "HOME": str(folder), "PREAVIS_CONFIG": "",
        }

        def run(*words):
            return subprocess.run([binary, *words], env=environment, capture_output=True, text=True, timeout=60).stdout

        run("init", "--simulation")
        for day in ("2026-11-29", "2026-12-06", "2026-12-13"):
            run("submit", "--start", f"{day}T01:00", "--duration", "2h", "--title", f"Work of {day}")
        run("cancel", "2", "--reason", "No")
        (folder / "papers").mkdir()
        (folder / "maintenance.ics").write_text("")
        for shell in START:
            if not shutil.which(shell):
                tally.check(False, f"{shell} is not installed")
                continue
            (folder / f"completion.{shell}").write_text(run("--generate-completion-script", shell))
            terminal = Terminal(shell, folder, environment)
            try:
                for text, tabs, wanted in CASES:
                    for shown in terminal.complete(text, tabs):
                        if all(part in shown for part in wanted):
                            break
                    tally.check(all(part in shown for part in wanted), f"{shell}: {text!r}: {shown.rstrip()!r}")
                    if show:
                        print(f"--- {shell}: {text}<Tab>\n{shown.rstrip()}")
            finally:
                terminal.close()
    finally:
        shutil.rmtree(folder)
    print(f"{tally.passed} passed, {tally.failed} failed")
    sys.exit(1 if tally.failed else 0)


main()
