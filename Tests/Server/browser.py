"""A headless Chromium that is used as a person uses it: pointer, keys, what is on the screen. DevTools, by pipe."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import pathlib
import select
import shutil
import subprocess
import time
from types import TracebackType
from typing import Any

PATIENCE = 20.0  # seconds for an answer or a page
SIZES = {"phone": (390, 844), "narrow": (320, 640), "laptop": (1366, 900)}


class Browser:
    """One page. `complaints`: what the browser held against it; `requests`: what it asked for, with the status."""

    def __init__(self, folder: pathlib.Path) -> None:
        program = shutil.which("chromium")
        if program is None:
            raise FileNotFoundError("chromium is not there: run Tests/Interop/setup.sh full")
        ours, theirs = os.pipe(), os.pipe()
        # Out of the way of 3 and 4, which are the browser's ends.
        reads, writes = (fcntl.fcntl(end, fcntl.F_DUPFD, 20) for end in (ours[0], theirs[1]))
        self.process = subprocess.Popen(
            ["bash", "-c", 'r=$1 w=$2; shift 2; exec "$@" 3<&"$r" 4>&"$w"', "bash", str(reads), str(writes), program,
             "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
             "--force-color-profile=srgb", "--ignore-certificate-errors", "--hide-scrollbars",
             f"--user-data-dir={folder}", "about:blank"],
            pass_fds=(reads, writes), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for end in (reads, writes, ours[0], theirs[1]):
            os.close(end)
        self.write, self.read = ours[1], theirs[0]
        self.buffer, self.number, self.session = b"", 0, ""
        self.events: list[dict[str, Any]] = []
        self.complaints: list[str] = []
        self.requests: dict[str, int | None] = {}
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log", "Audits", "DOM"):
            self.ask(f"{domain}.enable")
        self.agent = self.evaluate("navigator.userAgent").replace("Headless", "")

    def __enter__(self) -> Browser:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.session = ""
            self.ask("Browser.close")
        except OSError:
            pass
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)
        os.close(self.write)
        os.close(self.read)

    # What the browser says

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        self.number += 1
        number = self.number
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.write, json.dumps(message).encode() + b"\0")
        until = time.monotonic() + PATIENCE
        while True:
            answer = self.message(until, method)
            if answer.get("id") == number:
                if "error" in answer:
                    raise OSError(f"{method}: {answer['error']}")
                return answer["result"]

    def message(self, until: float, what: str) -> dict[str, Any]:
        while b"\0" not in self.buffer:
            if not select.select([self.read], [], [], max(0, until - time.monotonic()))[0]:
                raise OSError(f"{what}: no answer within {PATIENCE:.0f} s")
            piece = os.read(self.read, 1 << 20)
            if not piece:
                raise OSError(f"{what}: the browser ended")
            self.buffer += piece
        line, _, self.buffer = self.buffer.partition(b"\0")
        found = json.loads(line)
        if "method" in found:
            self.note(found["method"], found["params"])
        return found

    def note(self, method: str, event: dict[str, Any]) -> None:
        self.events.append({"method": method, **event})
        if method == "Network.requestWillBeSent":
            self.requests.setdefault(event["request"]["url"], None)
        elif method == "Network.responseReceived":
            self.requests[event["response"]["url"]] = event["response"]["status"]
        elif method == "Network.loadingFailed" and not event.get("canceled"):
            self.complaints.append(f"load: {event.get('errorText')} {event.get('blockedReason', '')}")
        elif method == "Runtime.consoleAPICalled":
            self.complaints.append(f"console: {event['type']} {event['args']}")
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(f"exception: {event['exceptionDetails'].get('text')}")
        elif method == "Log.entryAdded" and event["entry"]["level"] in ("error", "warning"):
            self.complaints.append(f"log: {event['entry']['text']} {event['entry'].get('url', '')}")
        elif method == "Audits.issueAdded":
            issue = event["issue"]
            self.complaints.append(f"issue: {issue['code']} {json.dumps(issue['details'])[:300]}")

    def loaded(self, since: int) -> None:
        until = time.monotonic() + PATIENCE
        while not any(event["method"] == "Page.loadEventFired" for event in self.events[since:]):
            self.message(until, "page")

    # What a person sees

    def evaluate(self, script: str) -> Any:
        answer = self.ask(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True, userGesture=True
        )
        if "exceptionDetails" in answer:
            raise OSError(f"{script[:80]}: {answer['exceptionDetails'].get('exception', {}).get('description')}")
        return answer["result"].get("value")

    @property
    def place(self) -> str:
        return self.evaluate("location.href")

    @property
    def language(self) -> str:
        return self.evaluate("document.documentElement.lang")

    @property
    def text(self) -> str:
        return self.evaluate("document.body.innerText").replace("\u00a0", " ").replace("\u202f", " ")

    def picture(self, path: pathlib.Path, whole: bool = True) -> None:
        size = self.ask("Page.getLayoutMetrics")["cssContentSize"]
        more: dict[str, Any] = {}
        if whole:
            clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 6000), "scale": 1}
            more = {"captureBeyondViewport": True, "clip": clip}
        path.write_bytes(base64.b64decode(self.ask("Page.captureScreenshot", format="png", **more)["data"]))

    def paper(self, path: pathlib.Path) -> bytes:
        data = base64.b64decode(
            self.ask("Page.printToPDF", preferCSSPageSize=True, paperWidth=8.27, paperHeight=11.69)["data"]
        )
        path.write_bytes(data)
        return data

    # What a person does

    def wish(self, language: str, scheme: str = "light", size: str = "laptop") -> None:
        """How the browser was set up: language, colours, width."""
        width, height = SIZES[size]
        self.ask("Emulation.setUserAgentOverride", userAgent=self.agent, acceptLanguage=language)
        self.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=size != "laptop",
        )  # fmt: skip

    def open(self, address: str) -> None:
        since = len(self.events)
        failed = self.ask("Page.navigate", url=address).get("errorText")
        if failed:
            raise OSError(f"{address}: {failed}")
        self.loaded(since)

    def middle(self, selector: str) -> tuple[float, float]:
        """Where to point at the first visible element that fits."""
        script = """(() => { for (const e of document.querySelectorAll(%s)) {
          e.scrollIntoView({block: 'center'}); const r = e.getClientRects()[0];
          if (r && r.width > 0) return [r.x + r.width / 2, r.y + r.height / 2]; } })()"""
        found = self.evaluate(script % json.dumps(selector))
        if not found:
            raise OSError(f"{self.place}: nothing visible fits {selector}")
        return found[0], found[1]

    def press(self, selector: str, times: int = 1) -> None:
        x, y = self.middle(selector)
        self.ask("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        for count in range(1, times + 1):
            for kind in ("mousePressed", "mouseReleased"):
                self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=count)

    def follow(self, selector: str) -> None:
        """Clicks on a link and waits for its page."""
        since = len(self.events)
        self.press(selector)
        self.loaded(since)

    def key(self, name: str, code: int, text: str = "", modifiers: int = 0, commands: tuple[str, ...] = ()) -> None:
        common = {"key": name, "code": name, "windowsVirtualKeyCode": code, "modifiers": modifiers}
        down = {"type": "keyDown" if text else "rawKeyDown", "text": text, "commands": list(commands)}
        self.ask("Input.dispatchKeyEvent", **common, **down)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **common)

    def tab(self) -> dict[str, Any] | None:
        """Moves the focus on; gives what has it, and how that shows. None where it left the page."""
        self.key("Tab", 9)
        return self.evaluate(
            """(() => { const e = document.activeElement;
            if (!e || e === document.body || e === document.documentElement) return null;
            const r = e.getBoundingClientRect(), s = getComputedStyle(e);
            // The whole ring counts, not the element alone.
            const ring = parseFloat(s.outlineOffset) + parseFloat(s.outlineWidth);
            const all = [...document.querySelectorAll('a[href], button, summary, [tabindex]')];
            return {tag: e.tagName, text: e.innerText, href: e.getAttribute('href'), index: all.indexOf(e),
              outline: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1,
              visible: e.matches(':focus-visible'),
              inside: r.width > 1 && r.height > 1 && r.top - ring >= -1 && r.bottom + ring <= innerHeight + 1
                && r.left - ring >= -1 && r.right + ring <= innerWidth + 1
            }; })()"""
        )

    def copied(self, selector: str) -> str:
        """Clicks into a text that selects itself whole, copies it, and reads the clipboard."""
        self.press(selector)
        self.key("c", 67, modifiers=2, commands=("copy",))
        session, self.session = self.session, ""
        self.ask("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
        self.session = session
        return self.evaluate("navigator.clipboard.readText()")
