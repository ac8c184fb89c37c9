#!/usr/bin/env python3
"""The portal of the running server in headless Chromium, used as a person would.

usage: portal.py PREAVIS [--quick] [--keep FOLDER] [--axe FILE]

Chooses the service, reads, switches the language and back, opens a change, copies the address of the calendar and
fetches it, turns the months, goes through a page by keyboard, and prints. Fails on any complaint of the browser, any
breach of the content security policy, any request to elsewhere, and any page that has to be scrolled sideways. --keep
holds the pictures; --quick makes none of them. --axe judges each page by axe-core, which is brought along, folded parts
open and closed.
"""

from __future__ import annotations

import argparse
import datetime
import http.server
import json
import pathlib
import shutil
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import zoneinfo

from browser import SIZES, Browser
from house import ROOT, SERVICE, House, Server, call, iso, nights

from findings import Tally

WORDS = {
    "fr": {"now": "En ce moment", "ahead": "À venir", "running": "Disque plein", "missing": "Page introuvable"},
    "en": {"now": "Now", "ahead": "Upcoming", "running": "Disque plein", "missing": "Page not found"},
}
MARKUP = "Base <b>gras</b> & \"guillemets\" 'apostrophes' ${7*7}"
LONG = "Réplication-" + "trèslongmot" * 12


def certificate(folder: pathlib.Path) -> tuple[pathlib.Path, pathlib.Path]:
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    return certificate, key


def furnished(server: Server, token: str) -> dict[str, str]:
    """Changes in every state that a page shows; gives identifiers by what they are."""
    free, now = nights(), datetime.datetime.now(datetime.timezone.utc)

    def made(path: str, body: dict[str, object], headers: dict[str, str] | None = None) -> tuple[str, str]:
        answer = server.call("POST", f"/api/v1/{path}", body, token, headers)
        if answer.status not in (200, 201):
            raise SystemExit(f"{path}: HTTP {answer.status}: {answer.body[:400]!r}")
        return answer.json()["id"], answer.headers["etag"]

    def planned(title: str, index: int, **more: object) -> tuple[str, str]:
        return made("changes", {"title": title, "start": iso(free[index]), "duration": "1h", **more})

    found: dict[str, str] = {}
    found["markup"], _ = planned(MARKUP, 0, description="Une ligne\n<script>alert(1)</script>\n" + "mot " * 120)
    found["long"], _ = planned(LONG, 2, components=["flux"], impact="degraded")
    moved, tag = planned("Migration de la base", 6)
    found["moved"], _ = made(
        f"changes/{moved}/reschedule",
        {"start": iso(free[12]), "duration": "2h", "reason": "Livraison en retard"},
        {"If-Match": tag},
    )
    dropped, tag = planned("Abandonné", 18)
    found["cancelled"], _ = made(f"changes/{dropped}/cancel", {"reason": "Plus besoin"}, {"If-Match": tag})
    minutes = datetime.timedelta(minutes=1)
    found["running"], _ = made(
        "emergencies",
        {"title": "Disque plein", "start": iso(now - 10 * minutes), "end": iso(now + 50 * minutes), "reason": "Alarme"},
    )
    return found


def shown(house: House) -> None:
    """A contract that shows all that a portal can: a number to call, and the availability."""
    path = house.calendars / f"services/{SERVICE}.yaml"
    text = path.read_text()
    for old, new in (("contact: { name: Support,", "contact: { name: Support, phone: +33 1 23 45 67 89,"),
                     ("publication: { keep-past", "publication: { availability: true, keep-past")):  # fmt: skip
        if old not in text:
            raise SystemExit(f"{path}: {old!r} is not there")
        text = text.replace(old, new)
    path.write_text(text)


class Faulty(http.server.BaseHTTPRequestHandler):
    """A page with everything that ours must not have."""

    PAGE = b"""<!DOCTYPE html><html lang="fr"><title>x</title><script>console.error(1)</script>
        <img src="http://127.0.0.2:9/x.png"><p style="width: 3000px">x</p><a href="/">y</a>"""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/" else 404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        self.send_header("Content-Length", str(len(self.PAGE)))
        self.end_headers()
        self.wfile.write(self.PAGE)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


def notices(tally: Tally, browser: Browser) -> None:
    """Faults that are planted are noticed; what the browser said of them is forgotten."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Faulty) as host:
        thread = threading.Thread(target=host.serve_forever, daemon=True)
        thread.start()
        browser.wish("fr", size="phone")
        browser.open(f"http://127.0.0.1:{host.server_address[1]}/")
        until = time.monotonic() + 5
        while time.monotonic() < until and not any("issue" in each for each in browser.complaints):
            browser.evaluate("1")
        said = " ".join(browser.complaints)
        for word in ("Content Security Policy", "ContentSecurityPolicyIssue"):
            tally.expect(word in said, "planted", "complaint", f"{word!r} is not among {said[:300]!r}")
        elsewhere = any(address.startswith("http://127.0.0.2") for address in browser.requests)
        tally.expect(elsewhere, "planted", "elsewhere", f"the picture was not seen: {list(browser.requests)}")
        wide = browser.evaluate("document.documentElement.scrollWidth")
        tally.expect(wide > SIZES["phone"][0], "planted", "sideways", f"{wide} pixels")
        host.shutdown()
    browser.complaints.clear()
    browser.requests.clear()


class Visit:
    def __init__(
        self, tally: Tally, house: House, browser: Browser, changes: dict[str, str], authority: ssl.SSLContext, axe: str
    ) -> None:
        self.axe = axe
        self.tally, self.house, self.browser, self.changes = tally, house, browser, changes
        self.authority = authority

    def expect(self, holds: bool, what: str, code: str, text: str) -> None:
        self.tally.expect(holds, what, code, f"{text} ({self.browser.place})")

    def address(self, path: str) -> str:
        return f"{self.house.address}/{path}"

    def french(self) -> None:
        browser = self.browser
        browser.wish("fr-FR,fr;q=0.9")
        browser.open(self.address(""))
        self.expect(self.tally_of("h1") == 1, "start", "heading", "not one h1")
        browser.follow('a[hreflang="fr"]')
        self.expect(browser.language == "fr", "service", "language", browser.language)
        text = browser.text
        for word in (*list(WORDS["fr"].values())[:3], "Migration de la base", MARKUP, "heure de Paris", "Abandonné"):
            self.expect(word in text, "service", "reads", f"{word!r} is not to be read")
        browser.follow("a.language")
        self.expect((browser.language, "/en/" in browser.place) == ("en", True), "switch", "language", browser.language)
        browser.follow("a.language")
        self.expect(browser.language == "fr", "switch back", "language", browser.language)
        browser.follow(f'a[href*="{self.changes["moved"]}"]')
        text = browser.text
        for word in (self.changes["moved"], "Migration de la base", "Version 2", "Livraison en retard"):
            self.expect(word in text, "change", "reads", f"{word!r} is not to be read")
        self.subscribe("fr")
        self.month("Calendrier")

    def english(self) -> None:
        """Who prefers English is led there, and who then chooses French is left there."""
        browser = self.browser
        browser.wish("en-GB,en;q=0.9")
        browser.open(self.address(f"{SERVICE}/"))
        self.expect(browser.place.endswith(f"/{SERVICE}/en/"), "english", "led", "not led to the English page")
        for word in list(WORDS["en"].values())[:3]:
            self.expect(word in browser.text, "english", "reads", f"{word!r} is not to be read")
        browser.follow("a.language")
        self.expect(browser.language == "fr", "french link", "language", browser.language)
        browser.follow(f'a[href*="{self.changes["moved"]}"]')
        self.expect(browser.language == "fr", "change", "language", "fell back to English")
        browser.follow("a.brand")
        self.expect(browser.language == "fr", "home", "language", "fell back to English")
        browser.follow("a.language")
        self.expect(browser.language == "en", "english link", "language", browser.language)
        browser.follow(f'a[href*="{self.changes["cancelled"]}"]')
        self.expect("Cancelled" in browser.text, "change", "reads", "not to be seen that it is cancelled")
        self.subscribe("en")
        self.month("Calendar")
        browser.open(self.address("nowhere/at/all"))
        self.expect(WORDS["en"]["missing"] in browser.text, "missing page", "reads", browser.text[:80])
        # The browser notes that answer itself.
        self.browser.complaints = [each for each in self.browser.complaints if "404" not in each]

    def subscribe(self, language: str) -> None:
        browser = self.browser
        browser.follow('header a[href$="subscribe.html"]')
        link = browser.evaluate("document.querySelector('a[href^=\"webcal:\"]')?.href") or ""
        copied = browser.copied("dl.addresses div:nth-child(1) code")
        other = browser.copied("dl.addresses div:nth-child(2) code")
        wanted = f"{self.house.address}/{SERVICE}/feeds/maintenance.{language}.ics"
        self.expect(copied == wanted, "subscribe", "https", f"{copied!r} was copied, wanted {wanted!r}")
        webcal = wanted.replace("https:", "webcal:")
        self.expect(link == other == webcal, "subscribe", "webcal", f"{link!r} and {other!r}")
        path = urllib.parse.urlsplit(copied).path
        answer = call(self.house.port, "GET", path, tls=self.authority)
        fits = answer.status == 200 and answer.body.startswith(b"BEGIN:VCALENDAR") and b"Disque plein" in answer.body
        self.expect(fits, "subscribe", "feed", f"the copied address gives {answer.status}")

    def month(self, name: str) -> None:
        """To the month of the change that was moved, and to the change from its day."""
        browser = self.browser
        browser.follow('header a[href*="calendar/"]')
        self.expect(name in browser.text, "month", "reads", f"{name} is not in the menu")
        moved = f"/api/v1/changes/{self.changes['moved']}"
        change = call(self.house.port, "GET", moved, tls=self.authority).json()
        start = datetime.datetime.fromisoformat(change["start"]).astimezone(zoneinfo.ZoneInfo("Europe/Paris"))
        # This month's page has no name of its own.
        today = datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Paris"))
        for _ in range(3):
            if f"{start:%Y-%m}" in browser.place or f"{start:%Y-%m}" == f"{today:%Y-%m}":
                break
            browser.follow('a[rel="next"]')
        self.expect(
            f"{start:%Y-%m}" in browser.place or browser.place.endswith("index.html"), "month", "month", "not there"
        )
        browser.follow(f'main a[href*="{self.changes["moved"]}"]')
        self.expect(self.changes["moved"] in browser.text, "month", "change", "the day does not lead to the change")

    def keyboard(self, folder: pathlib.Path | None) -> None:
        """No pointer: the skip link first, then everything in the order in which it stands, always to be seen."""
        browser = self.browser
        for path in (f"{SERVICE}/index.html", f"{SERVICE}/en/calendar/index.html", f"{SERVICE}/subscribe.html"):
            browser.wish("fr")
            browser.open(self.address(path))
            first = browser.tab()
            self.expect(first is not None and first["href"] == "#content", path, "skip", f"first is {first}")
            if folder is not None:
                browser.picture(folder / f"skip-link.{path.replace('/', '-')}.png", whole=False)
            browser.key("Enter", 13, "\r")
            at = browser.evaluate("document.activeElement.id")
            self.expect(at == "content", path, "skip", f"the skip link leads to {at!r}")
            inside = browser.tab()
            within = browser.evaluate("document.activeElement.closest('main') !== null")
            self.expect(within, path, "skip", f"after the skip link comes {inside}")
            browser.open(self.address(path))
            places = []
            for _ in range(200):
                focused = browser.tab()
                if focused is None:
                    break
                places.append(focused["index"])
                seen = focused["outline"] and focused["inside"] and focused["visible"]
                self.expect(seen, path, "focus", f"the focus does not show on {focused}")
                if folder is not None and len(places) == 8:
                    browser.picture(folder / f"focus.{path.replace('/', '-')}.png", whole=False)
            # What is folded away is reached once it is open.
            links = browser.evaluate(
                "[...document.querySelectorAll('a[href], button, summary')]"
                ".filter(e => e.tagName === 'SUMMARY' || !e.closest('details:not([open])')).length"
            )
            self.expect(places == sorted(set(places)), path, "order", f"the focus jumps: {places}")
            self.expect(len(places) == links, path, "reach", f"{len(places)} of {links} links are reached")

    def open_by_keyboard(self) -> None:
        browser = self.browser
        browser.open(self.address(f"{SERVICE}/index.html"))
        for _ in range(60):
            focused = browser.tab()
            if focused is None or self.changes["moved"] in (focused["href"] or ""):
                break
        since = len(browser.events)
        browser.key("Enter", 13, "\r")
        browser.loaded(since)
        self.expect(self.changes["moved"] in browser.place, "keyboard", "open", "Enter does not open the change")

    def printed(self, folder: pathlib.Path) -> None:
        browser = self.browser
        pages = {"service": f"{SERVICE}/index.html", "change": f"{SERVICE}/{self.changes['moved']}/index.html",
                 "month": f"{SERVICE}/en/calendar/index.html"}  # fmt: skip
        for name, path in pages.items():
            browser.wish("fr", scheme="dark")
            browser.open(self.address(path))
            data = browser.paper(folder / f"{name}.pdf")
            self.expect(data.startswith(b"%PDF") and len(data) > 5000, f"print {name}", "paper", f"{len(data)} octets")
            if shutil.which("pdftotext"):
                done = subprocess.run(
                    ["pdftotext", "-layout", folder / f"{name}.pdf", "-"], capture_output=True, timeout=30, text=True
                )
                sheets = done.stdout.count("\f")
                most = 1 if name == "month" else 3
                self.expect(1 <= sheets <= most, f"print {name}", "sheets", f"{sheets} sheets, {most} at most")
                if name == "change":
                    self.expect("Migration de la base" in done.stdout, "print", "reads", "the title is not on paper")

    def widths(self, folder: pathlib.Path | None) -> int:
        """Every page in both languages at three widths: nothing scrolls sideways. Gives the number of pictures."""
        browser, pictures = self.browser, 0
        for language, prefix in (("fr", ""), ("en", "en/")):
            pages = {"start": "", "service": f"{SERVICE}/{prefix}index.html"}
            pages |= {name: f"{SERVICE}/{prefix}{each}/index.html" for name, each in self.changes.items()}
            pages |= {name: f"{SERVICE}/{prefix}{name}.html" for name in ("subscribe", "past")}
            pages["month"] = f"{SERVICE}/{prefix}calendar/index.html"
            pages["component"] = f"{SERVICE}/{prefix}component/flux.html"
            for name, path in pages.items():
                for size in SIZES:
                    for scheme in ("light", "dark"):
                        browser.wish(language, scheme, size)
                        browser.open(self.address(path))
                        wide = browser.evaluate("document.documentElement.scrollWidth")
                        width = SIZES[size][0]
                        self.expect(
                            wide <= width, f"{name} {size}", "sideways", f"{wide} pixels wide, {width} are there"
                        )
                        self.judged(f"{name} {language} {size} {scheme}")
                        if folder is not None and size != "narrow":
                            browser.picture(folder / f"{name}.{language}.{size}.{scheme}.png")
                            pictures += 1
                        elif folder is None:
                            break
        return pictures

    def judged(self, name: str) -> None:
        """axe-core on the page as it stands, and with everything unfolded."""
        if not self.axe:
            return
        self.browser.evaluate(self.axe)
        for state in ("false", "true"):
            self.browser.evaluate(f"document.querySelectorAll('details').forEach(each => each.open = {state})")
            found = self.browser.evaluate(
                "axe.run().then(each => each.violations.map(one => [one.id, one.nodes[0].html]))"
            )
            self.expect(not found, "axe", name, f"{found}")
        self.browser.evaluate("document.querySelectorAll('details').forEach(each => each.open = false)")

    def first(self) -> None:
        """What a client looks for first: whom to call, the window, one component, and how available the service was."""
        browser = self.browser
        browser.wish("fr", size="phone")
        browser.open(self.address(f"{SERVICE}/index.html"))
        for word in ("annoncée au moins 48 heures à l’avance : chaque nuit de 0 h à 7 h, le dimanche et les jours fériés",
                     "99 %, provisoire", "Ces chiffres sont provisoires : le mois n’est pas terminé"):  # fmt: skip
            self.expect(word in browser.text, "first", "reads", f"{word!r} is not to be read")
        self.expect(self.tally_of('header a[href="tel:+33123456789"]') == 1, "first", "phone", "no link to call")
        browser.follow('nav a[href="component/flux.html"]')
        text = browser.text
        holds = LONG in text and "Migration de la base" in text
        self.expect(holds, "component", "reads", "what touches the component is not to be read")
        browser.follow("a.language")
        self.expect(browser.place.endswith("/en/component/flux.html"), "component", "language", "not led to the other")
        browser.follow(f'main a[href*="{self.changes["moved"]}"]')
        self.expect(self.changes["moved"] in browser.text, "component", "change", "the card does not lead to the change")

    def narrow(self) -> None:
        """A month on a phone has the days that matter, and no hundred lines on an ordinary night."""
        browser = self.browser
        for prefix in ("", "en/"):
            browser.wish("fr", size="phone")
            browser.open(self.address(f"{SERVICE}/{prefix}calendar/index.html"))
            days = browser.evaluate(
                "[...document.querySelectorAll('td:not(.outside)')].map(e => [e.className, e.getClientRects().length > 0])"
            )
            shown = [style for style, seen in days if seen]
            wrong = [style for style, seen in days if seen == (style == "ordinary")]
            self.expect(not wrong, "month phone", "days", f"shown or left out though it should not be: {wrong}")
            self.expect(4 <= len(shown) < 28, "month phone", "days", f"{len(shown)} days of {len(days)} are shown")

    def tally_of(self, selector: str) -> int:
        return self.browser.evaluate(f"document.querySelectorAll({json.dumps(selector)}).length")

    def quiet(self) -> None:
        """What the browser held against any page, and where it asked."""
        for complaint in self.browser.complaints:
            self.tally.expect(False, "browser", "complaint", complaint)
        self.tally.expect(not self.browser.complaints, "browser", "quiet", f"{len(self.browser.complaints)} complaints")
        own = tuple(f"{scheme}://127.0.0.1:{self.house.port}/" for scheme in ("https", "data"))
        for address, status in self.browser.requests.items():
            here = address.startswith(own) or address.startswith(("data:", "about:"))
            self.tally.expect(here, "browser", "elsewhere", f"asked for {address}")
            fits = status is None or status < 400 or address.endswith("/nowhere/at/all")
            self.tally.expect(fits, "browser", "status", f"{status} for {address}")


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("program")
    options.add_argument("--quick", action="store_true")
    options.add_argument("--axe", type=pathlib.Path)
    options.add_argument("--keep", type=pathlib.Path, default=ROOT / ".build/server-kept/portal")
    chosen = options.parse_args()
    tally, began = Tally(), time.monotonic()
    if shutil.which("chromium") is None:
        tally.skip("portal", "chromium is not there: run Tests/Interop/setup.sh full")
        return 0 if chosen.quick else 1
    with tempfile.TemporaryDirectory(prefix="preavis-portal-", ignore_cleanup_errors=True) as name:
        folder = pathlib.Path(name)
        house = House(chosen.program, folder, tls=True)
        shown(house)
        chain, key = certificate(folder)
        token = house.token("ada", "engineer")
        server = Server(house, "--tls-certificate", str(chain), "--tls-key", str(key))
        server.context = ssl.create_default_context(cafile=str(chain))
        pictures = None if chosen.quick else chosen.keep
        if pictures is not None:
            shutil.rmtree(pictures, ignore_errors=True)
            pictures.mkdir(parents=True)
        with server, Browser(folder / "browser") as browser:
            notices(tally, browser)
            visit = Visit(tally, house, browser, furnished(server, token), server.context, chosen.axe.read_text() if chosen.axe else "")
            visit.french()
            visit.english()
            visit.first()
            visit.narrow()
            visit.keyboard(pictures)
            visit.open_by_keyboard()
            visit.printed(pictures or folder)
            count = visit.widths(pictures)
            visit.quiet()
            print(f"{len(browser.requests)} addresses asked for, {count} pictures in {pictures}", flush=True)
    print(f"{time.monotonic() - began:.0f} s")
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
