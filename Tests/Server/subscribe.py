#!/usr/bin/env python3
"""Clients subscribe themselves: the form, the mails and their pages, in headless Chromium and by hand.

usage: subscribe.py PREAVIS [--quick] [--keep FOLDER] [--axe FILE]

Somebody subscribes, confirms from the mail, changes and leaves, with script on and off and in both languages. Somebody else
cannot confirm, change or find them: answers are compared octet by octet, and timed. A thousand attempts from one address are
held off while another's goes through. Neither the log of the register nor that of the server holds an address or what a mail
says. --axe judges each page by axe-core, which is brought along. --keep holds pictures of pages and mails; --quick leaves
out the browser's other rounds, pictures, times, notices and the restart.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import datetime
import email
import email.policy
import email.message
import http.client
import pathlib
import re
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
import zoneinfo
import urllib.parse

from browser import SIZES, Browser
from house import ROOT, SERVICE, House, Server, iso, nights

from findings import Tally

OTHER = "autre-service"
FORM = f"/{SERVICE}/subscribe.html"
KINDS = ["announcement", "reminder", "rescheduled", "amended", "cancelled", "emergency", "regularisation", "update",
         "started", "extended", "completed"]  # fmt: skip
PARTS = ["application", "administration", "flux"]
ALL = [("kind", each) for each in KINDS] + [("component", each) for each in PARTS]
SENDMAIL = """#!/bin/sh
# Takes a mail as sendmail does.
[ -e "{folder}/fails" ] && exit "$(cat "{folder}/fails")"
file=$(mktemp "{folder}/new.XXXXXX")
cat > "$file"
mv "$file" "{folder}/$(date +%s.%N).$$.eml"
"""


class Post:
    """Where the fake sendmail puts what it takes."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder / "post"
        self.folder.mkdir()
        self.program = folder / "sendmail"
        self.program.write_text(SENDMAIL.format(folder=self.folder))
        self.program.chmod(0o755)
        self.seen: set[str] = set()

    def new(self, wait: float = 0) -> list[email.message.EmailMessage]:
        until = time.monotonic() + wait
        while True:
            files = sorted(each for each in self.folder.glob("*.eml") if each.name not in self.seen)
            if files or time.monotonic() >= until:
                break
            time.sleep(0.05)
        self.seen.update(each.name for each in files)
        return [email.message_from_bytes(each.read_bytes(), policy=email.policy.default) for each in files]

    def fails(self, code: int | None) -> None:
        mark = self.folder / "fails"
        if code is None:
            mark.unlink(missing_ok=True)
        else:
            mark.write_text(str(code))


def text(mail: email.message.EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def link(mail: email.message.EmailMessage) -> str:
    found = re.findall(r"^http\S+", text(mail), re.M)
    return found[0] if found else ""


class Trial:
    def __init__(self, tally: Tally, house: House, server: Server, post: Post, axe: str) -> None:
        self.axe = axe
        self.tally, self.house, self.server, self.post = tally, house, server, post
        self.sender = 0

    def expect(self, holds: bool, what: str, said: str = "") -> None:
        self.tally.expect(bool(holds), "subscribe", what, said)

    def call(
        self, method: str, path: str, fields: list[tuple[str, str]] | bytes | None = None,
        headers: dict[str, str] | None = None, sender: str | None = None,
    ) -> tuple[int, dict[str, str], bytes]:  # fmt: skip
        """One request, of another sender each time unless told."""
        if sender is None:
            self.sender += 1
            sender = f"198.51.{self.sender // 250}.{self.sender % 250 + 1}"
        given = {"X-Forwarded-For": sender} | (headers or {})
        body = fields if isinstance(fields, bytes | None) else urllib.parse.urlencode(fields).encode()
        if body is not None:
            given.setdefault("Content-Type", "application/x-www-form-urlencoded")
        connection = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=60)
        try:
            connection.request(method, path, body, given)
            answer = connection.getresponse()
            return answer.status, {key.lower(): value for key, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def ask(
        self, address: str, more: list[tuple[str, str]] | None = None, **others: str
    ) -> tuple[int, dict[str, str], bytes]:
        return self.call("POST", FORM, [("address", address)] + (ALL if more is None else more), **others)  # type: ignore[arg-type]

    def mailings(self) -> list[dict[str, object]]:
        return self.house.json("mailing", "list")

    def active(self) -> list[str]:
        return sorted(str(each["address"]) for each in self.mailings() if each["state"] == "active")

    @staticmethod
    def path(address: str) -> str:
        return urllib.parse.urlsplit(address).path

    # What a person does

    def walk(self, browser: Browser, language: str, script: bool, pictures: pathlib.Path | None) -> None:
        who = f"{language}-{'with' if script else 'without'}@example.org"
        folder = "" if language == "fr" else "en/"
        browser.wish(language, size="phone" if script else "laptop")
        browser.ask("Emulation.setScriptExecutionDisabled", value=not script)
        words = {
            "fr": ("Consultez votre messagerie", "Confirmez votre abonnement", "Votre abonnement est confirmé", "Enregistré",
                   "Votre désabonnement est enregistré", "Ce lien n’est pas valable", "Erreur"),
            "en": ("Check your mailbox", "Confirm your subscription", "Your subscription is confirmed", "Saved",
                   "You have unsubscribed", "This link is not valid", "Error"),
        }[language]  # fmt: skip

        def seen(name: str) -> None:
            if self.axe and script:
                browser.evaluate(self.axe)
                found = browser.evaluate(
                    "axe.run().then(each => each.violations.map(one => [one.id, one.nodes[0].html]))"
                )
                self.expect(not found, "axe", f"{name} {language}: {found}")
            for size in SIZES if pictures is not None else ():
                browser.wish(language, "dark" if size == "narrow" else "light", size)
                wide = browser.evaluate("document.documentElement.scrollWidth")
                self.expect(wide <= SIZES[size][0], "sideways", f"{name} {size}: {wide}")
                if not script:
                    assert pictures is not None
                    browser.picture(pictures / f"{name}.{language}.{size}.png")
            browser.wish(language, size="phone" if script else "laptop")

        def enter(selector: str, value: str) -> None:
            browser.press(selector, 3)
            browser.ask("Input.insertText", text=value)

        browser.open(f"{self.house.address}/{SERVICE}/{folder}subscribe.html")
        seen("1-form")
        enter("#mail-address", "nobody%at.all@example.org")
        browser.evaluate("document.querySelector('#mail-address').type = 'text'")
        browser.follow("form .button")
        self.expect(words[6] in browser.evaluate("document.title"), "error-title", browser.evaluate("document.title"))
        self.expect(browser.language == language, "language", browser.language)
        described = browser.evaluate(
            """document.querySelector('#mail-address').getAttribute('aria-describedby').split(' ')
            .every(each => document.getElementById(each))"""
        )
        self.expect(described, "described", "aria-describedby names what is not there")
        seen("2-error")
        enter("#mail-address", who)
        # Without the notices of the start.
        browser.press("#kind-started")
        browser.follow("form .button")
        self.expect(words[0] in browser.text, "asked", browser.text[:300])
        self.expect(who not in browser.text, "echo", "the answer names the address")
        seen("3-asked")
        mails = self.post.new(5)
        self.expect(len(mails) == 1 and mails[0]["To"] == who, "mail", f"{[str(each['To']) for each in mails]}")
        mail = mails[0]
        self.expect(mail["Content-Language"] == language and mail["Auto-Submitted"] == "auto-generated", "mail-headers")
        self.expect("List-Unsubscribe" not in mail and "48" in text(mail), "mail-text", text(mail))
        address = link(mail)
        if pictures is not None and not script:
            html = mail.get_body(("html",))
            assert html is not None
            page = pictures / f"4-mail.{language}.html"
            page.write_text(html.get_content())
            (pictures / f"4-mail.{language}.txt").write_text(f"Subject: {mail['Subject']}\n\n{text(mail)}")
        browser.open(address)
        self.expect(words[1] in browser.text, "confirm", browser.text[:300])
        seen("5-confirm")
        self.expect(who not in self.active(), "early", "subscribed before the button")
        browser.follow("form .button")
        self.expect(words[2] in browser.text, "confirmed", browser.text[:300])
        seen("6-confirmed")
        made = [each for each in self.mailings() if each["address"] == who]
        self.expect(
            len(made) == 1 and made[0]["origin"] == "portal" and made[0]["created_by"] == "client"
            and made[0]["kinds"] == [each for each in KINDS if each != "started"] and made[0]["components"] == []
            and made[0]["language"] == language, "made", f"{made}",
        )  # fmt: skip
        browser.follow("main p a")
        seen("7-choices")
        for each in ("application", "administration"):
            browser.press(f"#component-{each}")
        browser.press("#kind-started")
        browser.press("#language-en" if language == "fr" else "#language-fr")
        browser.follow("form .button")
        self.expect(words[3] in browser.text, "saved", browser.text[:300])
        seen("8-saved")
        kept = [each for each in self.mailings() if each["address"] == who][0]
        self.expect(
            kept["components"] == ["flux"] and kept["kinds"] == [] and kept["language"] != language, "kept", f"{kept}"
        )
        choices = browser.place
        for kind in KINDS:
            browser.press(f"#kind-{kind}")
        browser.follow("form .button")
        self.expect(words[6] in browser.evaluate("document.title"), "no-kind", browser.evaluate("document.title"))
        seen("9-no-kind")
        browser.follow(".quiet-button")
        self.expect(words[4] in browser.text, "left", browser.text[:300])
        seen("10-left")
        self.expect(who not in self.active(), "ended", "still subscribed")
        browser.open(choices)
        self.expect(words[5] in browser.text, "gone", browser.text[:300])
        seen("11-nothing")
        browser.open(address)
        browser.follow("form .button")
        self.expect(who not in self.active(), "back", "an old mail brought back who had left")
        seen("12-overtaken")
        browser.ask("Emulation.setScriptExecutionDisabled", value=False)

    # What others try

    def asks(self, addresses: list[str]) -> list[tuple[int, dict[str, str], bytes]]:
        """All at once, each from an address of its own."""
        with concurrent.futures.ThreadPoolExecutor(len(addresses)) as pool:
            return list(pool.map(self.ask, addresses))

    def subscribed(self, *addresses: str) -> list[str]:
        """The paths of the choices of people who have just subscribed."""
        self.asks(list(addresses))
        mails = {str(each["To"]): each for each in self.post.new(5)}
        found = []
        for address in addresses:
            status, _, page = self.call("POST", self.path(link(mails[address])), [("act", "confirm")])
            self.expect(status == 200, "confirm", f"{status}")
            match = re.search(rb'href="([0-9]+-[a-z2-7]{32})"', page)
            found.append(f"/{SERVICE}/subscription/{match[1].decode() if match else ''}")
        return found

    def unfindable(self, quick: bool) -> None:
        """Known, unknown, left and exhausted addresses are answered by the same octets, after the same time."""
        self.house.run("mailing", "create", "--service", SERVICE, "--to", "known@example.org")
        own, left = self.subscribed("own@example.org", "left@example.org")
        self.call("POST", left, [("act", "leave")])
        addresses = ["known@example.org", "KNOWN@Example.org", "own@example.org", "left@example.org", "new@example.org"]
        answers = self.asks(addresses)
        mails = {str(each["To"]): text(each) for each in self.post.new(5)}
        self.asks(["new@example.org"] * 4)
        self.expect(len(self.post.new(1)) == 2, "three-mails", "one address got more than three, or fewer")
        answers.append(self.ask("new@example.org"))
        self.expect(not self.post.new(0.2), "limit", "a fourth mail to one address")

        def shown(answer: tuple[int, dict[str, str], bytes]) -> tuple[object, ...]:
            fields = {key: value for key, value in answer[1].items() if key not in ("date", "x-request-id")}
            return answer[0], sorted(fields.items()), answer[2]

        for address, answer in zip(addresses + ["exhausted"], answers):
            self.expect(shown(answer) == shown(answers[4]), "alike", f"{address} is answered otherwise")
        self.expect("Elle les reçoit déjà" in mails.get("known@example.org", ""), "known", f"{mails}")
        self.expect(
            own in mails.get("own@example.org", ""), "own", "the mail to a subscriber has no way to the choices"
        )
        self.expect("/subscription/" in mails.get("left@example.org", ""), "left", "who left is not let in again")
        if not quick:
            self.timed()

    def timed(self, rounds: int = 12) -> None:
        times: dict[str, list[float]] = {"known": [], "unknown": [], "exhausted": []}
        for number in range(rounds):
            self.house.run("mailing", "create", "--service", SERVICE, "--to", f"k{number}@example.org")
            for kind, address in (
                ("known", f"k{number}@example.org"), ("unknown", f"u{number}@example.org"), ("exhausted", "new@example.org"),
            ):  # fmt: skip
                began = time.monotonic()
                self.ask(address)
                times[kind].append(time.monotonic() - began)
        self.post.new(1)
        middle = {kind: statistics.median(each) for kind, each in times.items()}
        spread = max(middle.values()) - min(middle.values())
        self.expect(spread < 0.05, "time", f"{middle}")
        print("seconds to an answer:", ", ".join(f"{kind} {each:.3f}" for kind, each in middle.items()), flush=True)

    def forged(self) -> None:
        """Somebody with a mail of their own tries to reach another's subscription."""
        victim = self.subscribed("victim@example.org")[0]
        self.ask("mallory@example.org")
        own = self.path(link(self.post.new(5)[-1]))
        before, size = self.active(), self.events()
        number = int(victim.rsplit("/", 1)[1].split("-")[0])
        code = victim.rsplit("-", 1)[1]
        tried = [
            own[:-1] + ("a" if own[-1] != "a" else "b"), own[:60] + ("a" if own[60] != "a" else "b") + own[61:],
            own.replace(SERVICE, OTHER, 1), own[: own.rindex("/") + 1] + "a" * 200, own[: own.rindex("/") + 1] + "a" * 90,
            f"/{SERVICE}/subscription/{number + 1}-{code}", f"/{SERVICE}/subscription/{number}-{'a' * 32}",
            f"/{SERVICE}/subscription/{number}-{code[:-1]}", victim.replace(SERVICE, OTHER, 1),
            f"/{SERVICE}/subscription/", f"/{SERVICE}/subscription/0-{code}", f"/{SERVICE}/subscription/{number}-{code}x",
            f"/{SERVICE}/unsubscribe/{number}-{code}", own + "/", own + "/x", own.replace("/subscription/", "//subscription/"),
        ]  # fmt: skip
        for path in tried:
            for method, fields in (("GET", None), ("POST", [("act", "confirm")]),
                                   ("POST", [("act", "save"), ("language", "en"), *ALL]), ("POST", [("act", "leave")])):  # fmt: skip
                status, headers, page = self.call(method, path, fields)
                self.expect(
                    "/unsubscribe/" in path or status in (400, 404, 405), "forged", f"{method} {path[:80]}: {status}"
                )
                self.expect(b"victim" not in page and b"@example.org" not in page, "told", f"{method} {path[:80]}")
        unknown = {self.call("GET", f"/{SERVICE}/subscription/{number + add}-{'b' * 32}")[0] for add in (-1, 0, 1, 900)}
        self.expect(unknown == {404}, "number", f"{unknown}")
        self.expect((self.active(), self.events()) == (before, size), "unmoved", "something was recorded")
        # Reading is not doing: programs that look for harm follow links.
        self.expect(self.call("GET", own)[0] == 200 and self.call("HEAD", own)[0] == 200, "look")
        self.call("GET", own + "?act=confirm")
        self.expect("mallory@example.org" not in self.active(), "link", "a link confirmed")
        status, headers, _ = self.call("GET", victim)
        self.expect(
            headers.get("cache-control") == "no-store" and headers.get("referrer-policy") == "no-referrer"
            and headers.get("x-frame-options") == "DENY" and headers.get("x-robots-tag") == "noindex"
            and "form-action 'self'" in headers.get("content-security-policy", ""), "fields", f"{headers}",
        )  # fmt: skip
        # Twice by the same mail is once; and not at all for who left.
        for _ in range(2):
            self.expect(self.call("POST", own, [("act", "confirm")])[0] == 200, "twice")
        self.expect(self.active().count("mallory@example.org") == 1, "twice", f"{self.active()}")
        # Nor by two mails at the same moment.
        self.asks(["race@example.org"] * 2)
        paths = [self.path(link(each)) for each in self.post.new(5)]
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            codes = set(pool.map(lambda path: self.call("POST", path, [("act", "confirm")])[0], paths * 8))
        self.expect(codes == {200} and self.active().count("race@example.org") == 1, "race", f"{codes} {self.active()}")

    def wrong(self) -> None:
        """What is no form, no address, or sent by a page of another site."""
        size = self.events()
        bad = ["", "x", "x@", "@x.org", "x@localhost", "a b@x.org\r\nBcc: c@x.org", "a@x.org\nBcc: c@x.org", "a@x.org,b@x.org",
               "a@x.org;b@x.org", "<a@x.org>", "A <a@x.org>", "\"a b\"@x.org", "a@[127.0.0.1]", "a@1.2.3.4", "-f@x.org",
               "a%b@x.org", "a!b@x.org", "|id@x.org", "/tmp/x@x.org", "é@x.org", "a@é.org", "a@x.org\0", "a@x..org",
               "a" * 65 + "@x.org", "a@" + "x" * 64 + ".org", "a@" + "x." * 130 + "org", "${jndi:x}@x.org", "a@x.org%0aBcc:b@x.org"]  # fmt: skip
        for address in bad:
            status, _, page = self.ask(address)
            self.expect(status == 422, "address", f"{address!r}: {status}")
            self.expect(b"Bcc" not in page or b'value="' in page, "shown", f"{address!r}")
        forms = [
            (b"address=%ff%fe", {}, 400), (b"address=a%", {}, 400), (b"address", {}, 400), (b"", {}, 400),
            (b"address=a@x.org&address=b@x.org&kind=update", {}, 400), (b"address=a@x.org&admin=1", {}, 400),
            (b"address=a@x.org&kind=nothing", {}, 400), (b"address=a@x.org&kind=update&component=nothing", {}, 400),
            (b"address=a@x.org&component=flux", {}, 422), (b"address=a@x.org&kind=update", {}, 422),
            (b'{"address":"a@x.org"}', {"Content-Type": "application/json"}, 415),
            (b"address=a@x.org", {"Content-Type": "text/plain"}, 415), (b"address=a@x.org", {"Content-Type": ""}, 415),
            (b"address=a@x.org", {"Content-Type": "multipart/form-data; boundary=x"}, 415),
            (b"address=a@x.org&kind=update&component=flux", {"Sec-Fetch-Site": "cross-site"}, 403),
            (b"address=" + b"a" * 20000, {}, 413),
        ]  # fmt: skip
        for body, headers, wanted in forms:
            status, _, _ = self.call("POST", FORM, body, headers)
            self.expect(status == wanted, "form", f"{body[:60]!r} {headers}: {status}, {wanted} was due")
        for method in ("PUT", "DELETE", "PATCH"):
            self.expect(self.call(method, FORM, b"")[0] == 405, "method", method)
        self.expect(not self.post.new(0.3) and self.events() == size, "quiet", "a wrong form had an effect")

    def honest(self, quick: bool) -> None:
        """Where no mail can go, nobody is told that one went."""
        for code in (75,) if quick else (75, 64):
            self.post.fails(code)
            status, headers, page = self.ask(f"fails{code}@example.org")
            self.expect(
                status == 503 and "retry-after" in headers and b"Aucun courriel" in page, "fails", f"{code}: {status}"
            )
        # That the mailbox is not there is nobody else's business.
        self.post.fails(67)
        self.expect(self.ask("nobody@example.org")[0] == 200, "no-user")
        self.post.fails(None)
        moved = self.post.program.rename(self.post.program.with_name("away"))
        status, _, page = self.ask("missing@example.org")
        self.expect(status == 503 and b"Aucun courriel" in page, "missing", f"{status}")
        moved.rename(self.post.program)
        self.expect(self.ask("missing@example.org")[0] == 200, "there-again")
        self.post.new(2)

    def crowd(self) -> None:
        """A thousand attempts from one address, and one from another meanwhile."""

        def attempt(number: int) -> tuple[int, str, bytes]:
            status, headers, page = self.ask(f"crowd{number}@example.org", sender="203.0.113.7")
            return status, headers.get("retry-after", ""), page

        began = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(50) as pool:
            running = [pool.submit(attempt, number) for number in range(1000)]
            time.sleep(0.5)
            calm = time.monotonic()
            status, _, _ = self.ask("calm@example.org", sender="203.0.113.8")
            calm = time.monotonic() - calm
            answers = [each.result() for each in running]
        taken = [each for each in answers if each[0] == 200]
        held = [each for each in answers if each[0] == 429]
        self.expect(
            len(taken) <= 21 and len(taken) + len(held) == 1000, "held", f"{len(taken)} taken, {len(held)} held off"
        )
        self.expect(all(each[1].isdigit() and 1 <= int(each[1]) <= 60 for each in held), "retry-after", f"{held[:1]}")
        self.expect(all(b"<h1>" in each[2] for each in held), "page", "a person is held off by what no person reads")
        self.expect(status == 200 and calm < 5, "calm", f"{status} after {calm:.1f} s")
        mails = self.post.new(3)
        self.expect(sum(str(each["To"]).startswith("crowd") for each in mails) == len(taken), "mails", f"{len(mails)}")
        self.expect(any(each["To"] == "calm@example.org" for each in mails), "calm-mail")
        print(f"1000 attempts in {time.monotonic() - began:.1f} s: {len(taken)} taken, {len(held)} held off, "
              f"the other's after {calm:.1f} s", flush=True)  # fmt: skip

    def notices(self) -> None:
        """What is chosen is what comes, and each mail has its way out."""
        flux = self.subscribed("flux@example.org", "whole@example.org")[0]
        self.call(
            "POST",
            flux,
            [("act", "save"), ("language", "en"), ("component", "flux"), *[("kind", each) for each in KINDS]],
        )
        free = nights()
        for index, component in ((0, "application"), (3, "flux")):
            self.house.run("submit", "--service", SERVICE, "--title", f"Work on {component}", "--start", iso(free[index]), "--duration", "1h",
                           "--component", component)  # fmt: skip
        found: dict[str, list[str]] = {}
        out = ""
        until = time.monotonic() + 20
        while (
            time.monotonic() < until
            and len(found.get("whole@example.org", [])) + len(found.get("flux@example.org", [])) < 3
        ):
            for mail in self.post.new(1):
                found.setdefault(str(mail["To"]), []).append(text(mail))
                if mail["To"] == "flux@example.org":
                    out = str(mail["List-Unsubscribe"]).strip("<>")
        self.expect(
            len(found.get("whole@example.org", [])) == 2,
            "whole",
            f"{ {key: len(each) for key, each in found.items()} }",
        )
        mails = found.get("flux@example.org", [])
        self.expect(len(mails) == 1 and "Work on flux" in mails[0], "flux", f"{mails}")
        self.expect(flux.replace("/subscription", "/en/subscription") in "".join(mails), "footer", f"{mails}")
        self.expect(all("\n-- \n" in each for each in mails), "signature", f"{mails}")
        # What was told is known again in the mail, below which stands what only its reader has.
        kept = max(self.post.folder.glob("*.eml"), key=lambda each: b"Work on flux" in each.read_bytes())
        month = datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Paris")).strftime("%Y-%m")
        until, code = time.monotonic() + 20, None
        while code != 0 and time.monotonic() < until:
            code = self.house.start(
                "notices", "evidence", "--service", SERVICE, "--month", month, "--check", str(kept)
            ).returncode
            time.sleep(0.2)
        self.expect(code == 0, "evidence", f"{code}")
        self.call("POST", self.path(out), b"List-Unsubscribe=One-Click")
        self.expect(
            "flux@example.org" not in self.active() and "whole@example.org" in self.active(),
            "one-click",
            f"{self.active()}",
        )
        self.expect(self.call("GET", flux)[0] == 404, "over")

    def events(self) -> int:
        base = sqlite3.connect(f"file:{self.house.register}?mode=ro", uri=True)
        try:
            return base.execute("SELECT max(sequence) FROM events").fetchone()[0]
        finally:
            base.close()

    def private(self) -> None:
        """No address and nothing that mails say in either log; and the register is whole."""
        base = sqlite3.connect(f"file:{self.house.register}?mode=ro", uri=True)
        bodies = "\n".join(row[0] for row in base.execute("SELECT body FROM events"))
        key = base.execute("SELECT secret FROM grants WHERE kind = 'KEY-'").fetchall()
        base.close()
        log = self.server.log.read_text()
        for name, whole in (("register", bodies), ("server", log)):
            found = re.findall(r"[\w.+-]+@example\.org", whole)
            self.expect(not found, f"{name}-address", f"{found[:3]}")
            found = re.findall(r"[0-9]+-[a-z2-7]{32}|[a-z2-7]{80,}", whole)
            self.expect(
                not [each for each in found if not re.fullmatch("[0-9a-f]+", each)], f"{name}-secret", f"{found[:3]}"
            )
        self.expect(len(key) == 1 and key[0][0] not in bodies, "key", f"{len(key)} keys")
        self.expect(b"" != self.house.run("register", "verify").encode(), "verify")

    def restart(self) -> None:
        """What was asked before a restart is confirmed after it; a copy of the site has no form."""
        self.ask("restart@example.org")
        path = self.path(link(self.post.new(5)[-1]))
        self.server.stop()
        self.server.begin()
        self.expect(self.call("POST", path, [("act", "confirm")])[0] == 200, "restart")
        self.expect("restart@example.org" in self.active(), "restart", f"{self.active()}")
        self.house.run("export", "--out", "site")
        page = (self.house.folder / f"site{FORM}").read_bytes()
        self.expect(b"<form" not in page and b"<form" in self.call("GET", FORM)[2], "export", "a file has a form")

    def closed(self) -> None:
        """What no contract opens is not there."""
        path = f"/{OTHER}/subscribe.html"
        status, headers, page = self.call("GET", path)
        self.expect(status == 200 and b"<form" not in page, "closed", f"{status}")
        self.expect("form-action" in headers.get("content-security-policy", ""), "closed-policy")
        answer = self.call("POST", path, [("address", "a@example.org")])
        self.expect(answer[0] == 404 and b"introuvable" in answer[2], "closed-post", f"{answer[0]}")
        self.expect(
            self.call("POST", "/nothing/subscribe.html", [("address", "a@example.org")])[0] in (404, 405), "no-service"
        )
        self.expect(not self.post.new(0.2), "closed-mail", "a mail went")


def contracts(house: House) -> None:
    """One that is open, and another that says nothing of it."""
    services = house.calendars / "services"
    own = services / f"{SERVICE}.yaml"
    text = own.read_text()
    other = services / f"{OTHER}.yaml"
    other.write_text(text.replace(f"service: {SERVICE}", f"service: {OTHER}").replace(f"/{SERVICE}", f"/{OTHER}"))
    text = text.replace("publication: {", "publication: { portal: served,")
    own.write_text(text + "\nsubscriptions: open\n")
    for each in services.glob("*.yaml"):
        if each.stem not in (SERVICE, OTHER):
            each.unlink()


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("program")
    options.add_argument("--quick", action="store_true")
    options.add_argument("--axe", type=pathlib.Path)
    options.add_argument("--keep", type=pathlib.Path, default=ROOT / ".build/server-kept/subscribe")
    chosen = options.parse_args()
    tally, began = Tally(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="preavis-subscribe-", ignore_cleanup_errors=True) as name:
        folder = pathlib.Path(name)
        house = House(chosen.program, folder)
        contracts(house)
        post = Post(folder)
        server = Server(house, "--sendmail", str(post.program), "--trusted-proxy", "127.0.0.1")
        pictures = None if chosen.quick else chosen.keep
        if pictures is not None:
            shutil.rmtree(pictures, ignore_errors=True)
            pictures.mkdir(parents=True)
        with server:
            trial = Trial(tally, house, server, post, chosen.axe.read_text() if chosen.axe else "")
            if shutil.which("chromium") is None:
                tally.skip("browser", "chromium is not there: run Tests/Interop/setup.sh full")
                if not chosen.quick:
                    tally.expect(False, "subscribe", "browser", "the whole needs it")
            else:
                with Browser(folder / "browser") as browser:
                    for language in ("fr",) if chosen.quick else ("fr", "en"):
                        for script in (False,) if chosen.quick else (True, False):
                            trial.walk(browser, language, script, pictures)
                    for page in sorted(pictures.glob("*.html")) if pictures is not None else ():
                        browser.wish("fr", size="laptop")
                        browser.open(page.as_uri())
                        browser.picture(page.with_suffix(".png"))
                    own = [
                        each
                        for each in browser.complaints
                        if "422" not in each and "404" not in each and "410" not in each
                    ]
                    tally.expect(not own, "browser", "complaint", f"{own[:3]}")
            trial.closed()
            trial.wrong()
            trial.forged()
            trial.unfindable(chosen.quick)
            trial.honest(chosen.quick)
            if not chosen.quick:
                trial.notices()
                trial.restart()
            trial.crowd()
            trial.private()
    print(f"{time.monotonic() - began:.0f} s")
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
