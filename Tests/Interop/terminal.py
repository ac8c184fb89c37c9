"""A mail program in a terminal: what a reader of the mail sees."""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess
import time

from findings import Tally

WAIT = 15.0  # seconds until the screen has to show what is wanted
SETTINGS = """set folder={folder}
set spoolfile={folder}/inbox
set record=
set header_cache=
set ssl_force_tls=no
set sleep_time=0
set wait_key=no
set mbox_type=mbox
alternative_order text/plain text/html
"""


def neomutt(tally: Tally, folder: pathlib.Path, data: bytes, wanted: str) -> None:
    """Opens a mailbox with the one mail: its subject is listed, its text is read, its calendar part is offered."""
    if not shutil.which("neomutt") or not shutil.which("tmux"):
        tally.skip("neomutt", "neomutt or tmux is not there: run Tests/Interop/setup.sh full")
        return
    place = folder / "mutt"
    place.mkdir()
    body = data.replace(b"\r\n", b"\n")
    (place / "inbox").write_bytes(b"From a@example.org Mon Oct 12 09:00:00 2026\n" + body + b"\n")
    (place / "rc").write_text(SETTINGS.format(folder=place))
    socket = str(place / "tmux.socket")
    environment = os.environ | {"HOME": str(place), "LC_ALL": "C.UTF-8", "TERM": "screen-256color"}

    def tmux(*words: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", socket, *words], env=environment, capture_output=True, text=True, timeout=20
        )
        return done.stdout

    def shows(text: str) -> str:
        """The screen once it holds `text`, or as it is when time is up."""
        until = time.monotonic() + WAIT
        while True:
            screen = tmux("capture-pane", "-p")
            if text in screen or time.monotonic() > until:
                return screen
            time.sleep(0.1)

    tmux("new-session", "-d", "-x", "160", "-y", "60", f"neomutt -n -F {place}/rc -f {place}/inbox")
    try:
        index = shows(wanted)
        tally.expect(wanted in index, "neomutt: index", "shown", f"{wanted} is not in the list: {index[:300]!r}")
        tmux("send-keys", "Enter")
        text = shows("Subject:")
        tally.expect(wanted in text, "neomutt: text", "shown", f"{wanted} is not in the text: {text[:300]!r}")
        tmux("send-keys", "v")
        parts = shows("text/calendar")
        tally.expect(
            "text/calendar" in parts, "neomutt: invitation", "shown", f"no calendar among the parts: {parts[:300]!r}"
        )
    finally:
        tmux("kill-server")
