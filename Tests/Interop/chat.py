#!/usr/bin/env python3
"""Plays the life of changes with hostile texts into a receiver that answers as Slack, Teams, Mattermost and Google Chat do.

usage: chat.py PREAVIS [--schema adaptive-card.json]

Each body is judged by the rules that the service publishes, and refused with 400 where it breaks one: Slack's limits by its
own SDK, Adaptive Cards by a table of elements of version 1.4 (with --schema by the published schema too), the others by what
their pages say. What people then read is taken out of each body by a second reader (SDK, markdown-it, an HTML parser), and
has to hold the title, the days and hours, and the link that follow from what was asked for, and no mention and no link but
ours. Faults planted in good bodies have to be refused. Then a secret is rotated, and every signature checked by Python's HMAC.
"""

from __future__ import annotations

import argparse
import base64
import collections
import copy
import hashlib
import hmac
import html.parser
import http.server
import json
import pathlib
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from typing import Any

import jsonschema
import markdown_it
import slack_sdk.errors
import slack_sdk.models.blocks as slack

from findings import Tally
from program import ROOT, Program

SERVICES = ("slack", "teams", "mattermost", "google-chat")
LINK = "https://portal.example/maintenance/"
TITLE = "<!channel> & *gras* _a_ `c` ~x~ @all <users/all> [l](https://evil.example) <https://evil.example|x> {{DATE(x)}}"
LONG = "Raison – " + "é&<>*_`~@all " * 120
MONTHS = {"fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
          "en": "January February March April May June July August September October November December".split()}
DAYS = {"fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
        "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()}


class Play(Tally):
    def hold(self, what: str, holds: bool, found: str = "") -> None:
        self.expect(holds, what, "chat", found)


class Wrong(Exception):
    """What the service would answer 400 for."""


def need(condition: object, why: str) -> None:
    if not condition:
        raise Wrong(why)


# MARK: What the services take


def check_slack(body: Any) -> None:
    """docs.slack.dev: "Sending messages using incoming webhooks", Block Kit."""
    need(isinstance(body, dict) and set(body) <= {"text", "blocks"}, "no_text")
    need(isinstance(body.get("text"), str) and 0 < len(body["text"]) <= 4000, "no_text")
    blocks = body["blocks"]
    need(isinstance(blocks, list) and 0 < len(blocks) <= 50, "invalid_blocks")
    known = {"header": {"type", "text"}, "section": {"type", "text", "fields"}, "context": {"type", "elements"}}
    for block in blocks:
        need(block.get("type") in known and set(block) <= known[block["type"]], f"invalid_blocks {block.get('type')}")
        texts = [block["text"]] if "text" in block else block.get("fields") or block.get("elements") or []
        need(texts, "invalid_blocks: empty")
        most = {"header": 150, "section": 2000 if "fields" in block else 3000, "context": 2000}[block["type"]]
        need(len(texts) <= 10, "invalid_blocks: more than 10")
        for text in texts:
            kind = text.get("type")
            need(kind == "plain_text" if block["type"] == "header" else kind == "mrkdwn", "invalid_blocks: kind of text")
            need(set(text) <= {"type", "text", "emoji" if kind == "plain_text" else "verbatim"}, "invalid_blocks: member")
            need(isinstance(text["text"], str) and 0 < len(text["text"]) <= most, f"invalid_blocks: {block['type']} text")
        try:
            slack.Block.parse(copy.deepcopy(block)).validate_json()
        except (slack_sdk.errors.SlackObjectFormationError, ValueError, TypeError, AttributeError) as error:
            raise Wrong(f"invalid_blocks: {error}") from error


SIZES = {"default", "small", "medium", "large", "extraLarge"}
# Adaptive Cards 1.4: what an element must and may have, as adaptivecards.io lists it.
ELEMENTS: dict[str, tuple[set[str], dict[str, Callable[[Any], bool]]]] = {
    "RichTextBlock": ({"inlines"}, {"inlines": lambda v: isinstance(v, list) and len(v) > 0}),
    "TextRun": ({"text"}, {
        "text": lambda v: isinstance(v, str) and v != "", "size": SIZES.__contains__,
        "weight": {"default", "lighter", "bolder"}.__contains__, "isSubtle": lambda v: isinstance(v, bool)}),
    "Action.OpenUrl": ({"url"}, {
        "url": lambda v: isinstance(v, str) and v.startswith("https://"), "title": lambda v: isinstance(v, str)}),
}


def check_element(element: Any, kinds: set[str]) -> None:
    need(isinstance(element, dict) and element.get("type") in kinds, f"card: {element!r:.80} is none of {kinds}")
    must, may = ELEMENTS[element["type"]]
    need(must <= set(element), f"card: {element['type']} lacks {must - set(element)}")
    for name, value in element.items():
        need(name == "type" or (name in may and may[name](value)), f"card: {element['type']}.{name} {value!r:.60}")


def check_teams(body: Any, schema: Any = None) -> None:
    """learn.microsoft.com: "Create incoming webhooks with Workflows": a message with one adaptive card, at most 28 KB."""
    need(len(json.dumps(body, ensure_ascii=False).encode()) <= 28 * 1024, "RequestEntityTooLarge")
    need(isinstance(body, dict) and body.get("type") == "message" and len(body.get("attachments", [])) == 1, "message")
    attachment = body["attachments"][0]
    need(attachment.get("contentType") == "application/vnd.microsoft.card.adaptive", "contentType")
    need(set(attachment) <= {"contentType", "contentUrl", "content"} and attachment.get("contentUrl") is None, "attachment")
    card = attachment["content"]
    need(set(card) <= {"$schema", "type", "version", "lang", "fallbackText", "body", "actions"}, "card: member")
    need(card["type"] == "AdaptiveCard" and card["version"] == "1.4", "card: version")
    need(card.get("lang") in ("fr", "en") and isinstance(card["fallbackText"], str), "card: lang")
    need(len(card["body"]) > 0, "card: body")
    for element in card["body"]:
        check_element(element, {"RichTextBlock"})
        for inline in element["inlines"]:
            check_element(inline, {"TextRun"})
    for action in card.get("actions", []):
        check_element(action, {"Action.OpenUrl"})
    if schema:
        try:
            jsonschema.validate(card, schema)
        except jsonschema.ValidationError as error:
            raise Wrong(f"schema: {error.message:.200}") from error


def check_mattermost(body: Any) -> None:
    """docs.mattermost.com: "Incoming webhooks": text or attachments; a post of 16,383 characters."""
    need(isinstance(body, dict) and set(body) == {"text"}, "Unable to parse incoming data")
    need(isinstance(body["text"], str) and 0 < len(body["text"]) <= 16_383, "text")


def check_google_chat(body: Any) -> None:
    """developers.google.com/workspace/chat: Message (32,000 octets), Card v2 (100 widgets), unknown fields are 400."""
    need(len(json.dumps(body, ensure_ascii=False).encode()) <= 32_000, "INVALID_ARGUMENT: size")
    need(isinstance(body, dict) and set(body) == {"fallbackText", "cardsV2"}, "INVALID_ARGUMENT: message")
    need(isinstance(body["fallbackText"], str) and body["fallbackText"], "INVALID_ARGUMENT: fallbackText")
    need(len(body["cardsV2"]) == 1 and set(body["cardsV2"][0]) == {"cardId", "card"}, "INVALID_ARGUMENT: cardsV2")
    card = body["cardsV2"][0]["card"]
    need(set(card) == {"header", "sections"} and set(card["header"]) <= {"title", "subtitle"}, "INVALID_ARGUMENT: card")
    need(card["header"].get("title"), "INVALID_ARGUMENT: header.title")
    widgets = [widget for section in card["sections"] for widget in section["widgets"]]
    need(0 < len(widgets) <= 100 and all(set(section) == {"widgets"} for section in card["sections"]), "widgets")
    for widget in widgets:
        need(len(widget) == 1, "INVALID_ARGUMENT: widget")
        (kind, value), = widget.items()
        if kind == "textParagraph":
            need(set(value) == {"text"} and value["text"], "INVALID_ARGUMENT: textParagraph")
        elif kind == "decoratedText":
            need(set(value) <= {"topLabel", "text", "wrapText"} and value.get("text"), "INVALID_ARGUMENT: decoratedText")
        elif kind == "buttonList":
            for button in value["buttons"]:
                need(set(button) == {"text", "onClick"} and set(button["onClick"]) == {"openLink"}, "button")
                need(button["onClick"]["openLink"]["url"].startswith("https://"), "INVALID_ARGUMENT: url")
        else:
            raise Wrong(f"INVALID_ARGUMENT: {kind}")


CHECKS: dict[str, Callable[[Any], None]] = {
    "slack": check_slack, "teams": check_teams, "mattermost": check_mattermost, "google-chat": check_google_chat}


# MARK: What people read


def read_slack_text(text: str, links: list[str]) -> str:
    """Slack's parsing: <…> is a link or a mention, and of entities three are decoded."""
    out, rest = "", text
    while (start := rest.find("<")) >= 0:
        end = rest.index(">", start)
        target, _, label = rest[start + 1:end].partition("|")
        links.append(decode(target))
        out, rest = out + rest[:start] + label, rest[end + 1:]
    assert ">" not in rest
    return decode(out + rest)


def decode(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


class Page(html.parser.HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.links, self.tags = "", [], collections.Counter()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.links += [value for name, value in attributes if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.text += data


def seen(service: str, body: Any) -> tuple[str, list[str]]:
    """The plain text of a body, and where its links lead."""
    links: list[str] = []
    lines: list[str] = []
    if service == "slack":
        for block in body["blocks"]:
            for text in [block.get("text"), *block.get("fields", []), *block.get("elements", [])]:
                if text:
                    lines.append(read_slack_text(text["text"], links))
        lines.append(read_slack_text(body["text"], links))
    elif service == "teams":
        card = body["attachments"][0]["content"]
        lines = ["".join(run["text"] for run in block["inlines"]) for block in card["body"]]
        links = [action["url"] for action in card["actions"]]
    elif service == "mattermost":
        page = Page(markdown_it.MarkdownIt("gfm-like", {"linkify": False}).render(body["text"]))
        lines, links = [page.text], page.links
        assert set(page.tags) <= {"h4", "p", "strong", "a", "br"}, page.tags
    else:
        card = body["cardsV2"][0]["card"]
        lines = [card["header"]["title"], card["header"]["subtitle"]]
        for widget in card["sections"][0]["widgets"]:
            if "buttonList" in widget:
                links += [button["onClick"]["openLink"]["url"] for button in widget["buttonList"]["buttons"]]
            else:
                page = Page(next(iter(widget.values()))["text"])
                assert not page.tags, page.tags
                lines.append(page.text)
    return "\n".join(lines), links


def plain(text: str) -> str:
    return " ".join(text.replace("\u200b", "").replace("\u00a0", " ").replace("\u202f", " ").split())


def day(date: str, language: str) -> str:
    """`dimanche 6 décembre 2026`, by Python's own calendar."""
    moment = time.strptime(date, "%Y-%m-%d")
    return f"{DAYS[language][moment.tm_wday]} {moment.tm_mday} {MONTHS[language][moment.tm_mon - 1]} {moment.tm_year}"


def hour(clock: str, language: str) -> str:
    """`2 h 30`, `02:30`, as clients read it."""
    hours, _, minutes = clock.partition(":")
    return " ".join([hours, "h", *([minutes] if minutes else [])]) if language == "fr" else f"{hours.zfill(2)}:{minutes or '00'}"


# MARK: The receiver


class Receiver(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, schema: Any) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.schema, self.got, self.refused = schema, [], []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def take(self, path: str, headers: Any, body: bytes) -> tuple[int, bytes]:
        service = path.split("/")[1]
        self.got.append((path, headers, body))
        if path.endswith("/archived"):
            return 404, b"channel_not_found"
        if service not in CHECKS:
            return 204, b""
        try:
            need(headers["content-type"] == "application/json", "content-type")
            if service == "teams":
                check_teams(json.loads(body), self.schema)
            CHECKS[service](json.loads(body))
        except (Wrong, KeyError, TypeError, ValueError) as error:
            self.refused.append(f"{path}: {error!r}")
            return 400, str(error).encode()
        return 202 if service == "teams" else 200, b"ok"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        status, answer = self.server.take(self.path, self.headers, body)  # type: ignore[attr-defined]
        self.send_response(status)
        self.send_header("content-length", str(len(answer) if status != 204 else 0))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments: Any) -> None:
        pass


# MARK: Faults


def planted(service: str, good: Any) -> list[tuple[str, Any]]:
    """Bodies that the service refuses, each one step away from a good one."""
    faults: list[tuple[str, Any]] = []

    def fault(name: str, change: Callable[[Any], None]) -> None:
        bad = copy.deepcopy(good)
        change(bad)
        faults.append((f"{service}: {name}", bad))

    faults.append((f"{service}: our own format", {"type": "change.planned", "timestamp": "x", "data": {}}))
    if service == "slack":
        fault("a header of 151", lambda b: b["blocks"][0]["text"].update(text="x" * 151))
        fault("mrkdwn in a header", lambda b: b["blocks"][0].update(text={"type": "mrkdwn", "text": "x"}))
        fault("a section of 3001", lambda b: b["blocks"][1]["text"].update(text="x" * 3001))
        fault("an empty section", lambda b: b["blocks"][1]["text"].update(text=""))
        fault("11 fields", lambda b: b["blocks"].append(
            {"type": "section", "fields": [{"type": "mrkdwn", "text": "x"}] * 11}))
        fault("no text", lambda b: b.pop("text"))
    elif service == "teams":
        def card(b: Any) -> Any:
            return b["attachments"][0]["content"]
        fault("another content type", lambda b: b["attachments"][0].update(contentType="application/json"))
        fault("no version", lambda b: card(b).pop("version"))
        fault("an unknown size", lambda b: card(b)["body"][0]["inlines"][0].update(size="huge"))
        fault("an unknown element", lambda b: card(b)["body"].append({"type": "Heading", "text": "x"}))
        fault("a run without text", lambda b: card(b)["body"][0]["inlines"][0].pop("text"))
        fault("30 KB", lambda b: card(b)["body"][0]["inlines"][0].update(text="x" * 30_000))
    elif service == "mattermost":
        fault("16,384 characters", lambda b: b.update(text="x" * 16_384))
        fault("no text", lambda b: b.update(text=""))
    else:
        fault("an unknown widget", lambda b: b["cardsV2"][0]["card"]["sections"][0]["widgets"].append({"text": "x"}))
        fault("no title", lambda b: b["cardsV2"][0]["card"]["header"].pop("title"))
        fault("32 KB", lambda b: b.update(fallbackText="x" * 33_000))
        fault("an unknown member", lambda b: b.update(username="x"))
    return faults


# MARK: The play


def life(program: Program, receiver: Receiver, tally: Play) -> None:
    def run(now: str, *arguments: str, codes: tuple[int, ...] = (0,)) -> Any:
        program.now = now
        answer = program.run(*arguments, "--json")
        if answer.code not in codes:
            raise SystemExit(f"{' '.join(arguments)}: exit {answer.code}: {answer.message}")
        return json.loads(answer.output) if answer.output else None

    def send(now: str, expected: list[tuple[str, str]], texts: dict[str, list[str]], change: str) -> None:
        """Sends what is due; each language has to say its texts, and each body the link."""
        before = len(receiver.got)
        run(now, "deliveries", "run", "--allow-private")
        arrived = [(path, body) for path, _, body in receiver.got[before:] if path.count("/") == 2]
        tally.hold(f"{change} {now}: to whom", sorted(path for path, _ in arrived) == sorted(
            f"/{service}/{language}" for service, language in expected), str([path for path, _ in arrived]))
        for path, body in arrived:
            _, service, language = path.split("/")
            text, links = seen(service, json.loads(body))
            for wanted in [plain(text) for text in texts[language]]:
                tally.hold(f"{path} {now} says {wanted[:50]}", wanted in plain(text), plain(text)[:1500])
            tally.hold(f"{path} {now} leads to the page", set(links) == {LINK + change}, str(links))
            tally.hold(f"{path} calls nobody", "@all" not in text.replace("@\u200ball", "") or service != "mattermost")

    everybody = [(service, language) for service in SERVICES for language in ("fr", "en")]
    program.now = "2026-11-02T09:00:00+01:00"
    answer = program.run("init", "--simulation")
    assert answer.code == 0, answer.message
    port = receiver.server_port
    for service, language in everybody:
        run(program.now, "webhook", "create", "--url", f"http://127.0.0.1:{port}/{service}/{language}", "--allow-private",
            "--format", service, "--lang", language)
    made = run(program.now, "webhook", "create", "--url", f"http://127.0.0.1:{port}/slack/x/archived", "--allow-private",
               "--format", "slack")
    tally.hold("a chat has no secret to show", "secret" not in made and made["format"] == "slack", str(made))
    both = {language: [TITLE] for language in ("fr", "en")}

    change = run("2026-11-02T10:00:00+01:00", "submit", "--start", "2026-12-06T01:00", "--duration", "2h", "--title", TITLE,
                 "--description", LONG, "--impact", "degraded", "--component", "flux")["id"]
    send("2026-11-02T10:01:00+01:00", everybody, {
        language: [TITLE, day("2026-12-06", language), hour("1", language), hour("3", language), "flux", "SIMULATION"] for language in both}, change)
    run("2026-11-03T10:00:00+01:00", "reschedule", change, "--start", "2026-12-13T02:30", "--reason", LONG)
    # Both the old time and the new one.
    send("2026-11-03T10:01:00+01:00", everybody, {
        language: [TITLE, day("2026-12-13", language), day("2026-12-06", language), hour("2:30", language), hour("4:30", language)]
        for language in both}, change)
    send("2026-12-11T02:31:00+01:00", everybody, {
        "fr": [TITLE, "Rappel", day("2026-12-13", "fr"), hour("2:30", "fr")],
        "en": [TITLE, "Reminder", day("2026-12-13", "en"), hour("2:30", "en")]}, change)
    run("2026-12-11T03:00:00+01:00", "cancel", change, "--reason", "Fournisseur absent & excusé")
    send("2026-12-11T03:01:00+01:00", everybody, {
        language: [TITLE, day("2026-12-13", language), "Fournisseur absent & excusé"] for language in both}, change)

    # A wrong address is given up at once and holds nothing.
    dead = run(program.now, "deliveries", "list", "--dead")
    tally.hold("404 gives up at once, each message; the reminder is void since the plan is", len(dead) == 3 and all(
        row["attempts"] == 1 and row["last_error"] == "status 404: channel_not_found" for row in dead), str(dead))
    tally.hold("no body was refused", not receiver.refused, str(receiver.refused))
    signed = [name for _, headers, _ in receiver.got for name in headers if name.lower().startswith("webhook-")]
    tally.hold("a chat gets no headers of signatures", not signed, str(signed))
    verdict = program.run("register", "verify")
    tally.hold("register verify", verdict.code == 0, verdict.text)


def conflict(binary: str, receiver: Receiver, tally: Play) -> None:
    """A plan that another contract refuses is told to who asks for it, in each form, once."""
    with tempfile.TemporaryDirectory() as folder:
        calendars = pathlib.Path(folder) / "calendars"
        shutil.copytree(ROOT / "calendars", calendars)
        program = Program(binary, pathlib.Path(folder), calendars)
        program.now = "2026-11-02T09:00:00+01:00"
        assert program.run("init", "--simulation").code == 0
        for service in SERVICES:
            for language in ("fr", "en"):
                program.json("webhook", "create", "--url", f"http://127.0.0.1:{receiver.server_port}/{service}/{language}",
                             "--allow-private", "--format", service, "--lang", language, "--event", "change.conflict")
        change = program.json("submit", "--start", "2026-12-08T01:00", "--duration", "1h", "--title", TITLE)["id"]
        contract = calendars / "services" / "profession-liberale.yaml"
        text = contract.read_text()
        assert text.count("nights: 00:00-07:00") == 1
        contract.write_text(text.replace("nights: 00:00-07:00", "nights: 03:00-07:00"))
        start = len(receiver.got)
        for _ in range(2):
            program.json("deliveries", "run", "--allow-private")
        words = {"fr": "En conflit avec les règles d’aujourd’hui", "en": "In conflict with today’s rules"}
        tally.hold("each is told of the conflict once", sorted(path for path, _, _ in receiver.got[start:]) == sorted(
            f"/{service}/{language}" for service in SERVICES for language in words), str(len(receiver.got) - start))
        for path, _, body in receiver.got[start:]:
            _, service, language = path.split("/")
            text, links = seen(service, json.loads(body))
            for wanted in (words[language], TITLE, day("2026-12-08", language), "01:00", "02:00"):
                tally.hold(f"conflict {path} says {wanted[:40]}", plain(wanted) in plain(text), plain(text)[:1500])
            tally.hold(f"conflict {path} leads to the page", set(links) == {LINK + change}, str(links))
        tally.hold("no conflict was refused", not receiver.refused, str(receiver.refused))


def faults(receiver: Receiver, tally: Play) -> None:
    for service in SERVICES:
        good = next(json.loads(body) for path, _, body in receiver.got if path == f"/{service}/fr")
        for name, bad in planted(service, good):
            try:
                CHECKS[service](bad)
                tally.hold(f"planted: {name}", False, "taken")
            except (Wrong, KeyError, TypeError):
                tally.hold(f"planted: {name}", True)


def rotation(program: Program, receiver: Receiver, tally: Play) -> None:
    """Signatures of both secrets for 24 h, then of the new one; each message once."""
    program.now = "2026-12-11T04:00:00+01:00"
    url = f"http://127.0.0.1:{receiver.server_port}/standard"
    first = program.json("webhook", "create", "--url", url, "--allow-private", "--event", "change.planned")
    start = len(receiver.got)

    def signatures(now: str, night: str, *secrets: str) -> None:
        program.now = now
        program.json("submit", "--start", f"{night}T01:00", "--duration", "1h", "--title", night)
        program.json("deliveries", "run", "--allow-private")
        mine = [(headers, body) for path, headers, body in receiver.got[start:] if path == "/standard"]
        headers, body = mine[-1]
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        wanted = ["v1," + base64.b64encode(hmac.new(
            base64.b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256).digest()).decode()
            for secret in secrets]
        tally.hold(f"{now}: signed by {len(secrets)}", headers["webhook-signature"].split(" ") == wanted,
                    headers["webhook-signature"])
        tally.hold(f"{now}: about {night}", json.loads(body)["data"]["change"]["title"] == night)

    old = first["secret"]
    signatures("2026-12-11T05:00:00+01:00", "2026-12-20", old)
    program.now = "2026-12-11T06:00:00+01:00"
    new = program.json("webhook", "rotate", first["id"])
    tally.hold("the answer says until when", new["previous_secret_until"] == "2026-12-12T06:00:00+01:00", str(new))
    signatures("2026-12-12T05:59:59+01:00", "2026-12-21", new["secret"], old)
    signatures("2026-12-12T06:00:00+01:00", "2026-12-22", new["secret"])
    program.now = "2026-12-12T07:00:00+01:00"
    last = program.json("webhook", "rotate", first["id"], "--keep", "0h")["secret"]
    signatures("2026-12-12T07:00:00+01:00", "2026-12-23", last)
    identifiers = [headers["webhook-id"] for path, headers, _ in receiver.got[start:] if path == "/standard"]
    tally.hold("four messages, each once", len(identifiers) == 4 == len(set(identifiers)), str(identifiers))
    register = (program.folder / "register.sqlite").read_bytes()
    tally.hold("the secret that was ended lies nowhere", new["secret"].encode() not in register)
    verdict = program.run("register", "verify")
    tally.hold("register verify", verdict.code == 0, verdict.text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--schema", type=pathlib.Path)
    options = parser.parse_args()
    schema = json.loads(options.schema.read_text("utf-8-sig")) if options.schema else None
    tally = Play()
    with tempfile.TemporaryDirectory() as folder:
        program, receiver = Program(options.program, pathlib.Path(folder)), Receiver(schema)
        life(program, receiver, tally)
        faults(receiver, tally)
        rotation(program, receiver, tally)
        conflict(options.program, receiver, tally)
        receiver.shutdown()
    return tally.finish()


if __name__ == "__main__":
    raise SystemExit(main())
