#!/usr/bin/env python3
"""Clients that programs made from the OpenAPI document play the life of a change on a running server.

usage: generated.py PREAVIS [--quick]

openapi-python-client makes a package, datamodel-code-generator a module of pydantic models. With the package a change is
submitted, looked at again for nothing new (304), moved, refused with a problem that has a form, begun and ended, told of
and listed page by page forwards and back; an outage is recorded and voided. Every answer has to fit the models of the other
generator as well. No class may bear a number, and no warning may come. Where npm is at hand, openapi-typescript writes types,
and the compiler of TypeScript reads them with a program that uses them (not with --quick).
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from typing import Any

from house import House, Server, iso, nights

from findings import Tally

HERE = pathlib.Path(__file__).resolve().parent
TOOLS = pathlib.Path(sys.executable).parent
# What the compiler is told: the browser's names beside its own.
COMPILER = {"compilerOptions": {"lib": ["es2022", "dom", "dom.iterable", "deno.ns"], "noImplicitOverride": False}}


def tool(tally: Tally, name: str, words: list[str], cwd: pathlib.Path) -> bool:
    environment = dict(os.environ) | {
        "PATH": f"{TOOLS}:{os.environ.get('PATH', '')}", "PYTHONWARNINGS": "ignore::FutureWarning",
        "DENO_DIR": str(cwd / "deno"), "DENO_NO_UPDATE_CHECK": "1", "NO_COLOR": "1",
    }
    done = subprocess.run(
        words, capture_output=True, text=True, timeout=300, cwd=cwd, stdin=subprocess.DEVNULL, env=environment)
    output = done.stdout + done.stderr
    tally.expect(done.returncode == 0, name, "runs", output[-2000:])
    # What is no JSON (the log, pages) is given as it comes, which one of them says of each.
    lost = [part for part in output.split("\n\n") if "Unable to" in part or "Cannot parse" in part and not re.search(r"ontent.type", part)]
    tally.expect(not lost and "removal of" not in output, name, "nothing left out", "\n".join(lost)[:1500])
    return done.returncode == 0


def numbered(tally: Tally, name: str, text: str) -> None:
    classes = re.findall(r"^class (\w+)", text, re.M)
    bad = [each for each in classes if re.search(r"\d$", each)]
    tally.expect(len(classes) > 60 and not bad, name, "named classes", f"{len(classes)} classes, numbered: {bad}")


def life(tally: Tally, server: Server, client: Any, package: str, models: Any) -> None:
    """The calls of `package`, answers of which have to fit `models`."""

    def ask(call: str, **given: Any) -> Any:
        found = [path for path in (pathlib.Path(sys.modules[package].__file__).parent / "api").rglob(f"{call}.py")]
        tally.expect(len(found) == 1, "openapi-python-client", call, f"{found}")
        module = importlib.import_module(f"{package}.api.{found[0].parent.name}.{call}")
        return module.sync_detailed(client=client, **given)

    def model(name: str) -> Any:
        return getattr(importlib.import_module(f"{package}.models"), name)

    def fits(name: str, answer: Any, what: str) -> Any:
        body = json.loads(answer.content)
        try:
            getattr(models, name).model_validate(body)
            tally.expect(True, "pydantic", what, "")
        except ValueError as error:
            tally.expect(False, "pydantic", what, str(error)[:500])
        return body

    free = nights()
    made = ask(
        "submit",
        body=model("SubmitRequest")(title="Migration", start=iso(free[0]), duration="1h", components=["application"]),
        idempotency_key="life-1",
    )
    tally.expect(made.status_code == 201 and made.parsed.state.value == "planned", "life", "submit", str(made.content[:300]))
    change = fits("Change", made, "submit")["id"]
    again = ask(
        "submit",
        body=model("SubmitRequest")(title="Migration", start=iso(free[0]), duration="1h", components=["application"]),
        idempotency_key="life-1",
    )
    tally.expect(again.headers.get("idempotency-replayed") == "true", "life", "the same key", str(dict(again.headers)))

    shown = ask("show_change", change=change)
    fits("Change", shown, "show")
    tally.expect(shown.parsed.title == "Migration" and shown.parsed.start.tzinfo is not None, "life", "show", str(shown.parsed))
    same = ask("show_change", change=change, if_none_match=shown.headers["etag"])
    tally.expect(same.status_code == 304 and not same.content, "life", "304", f"{same.status_code}")
    for answer in (shown, same):
        said = answer.headers.get("ratelimit", ""), answer.headers.get("ratelimit-policy", "")
        fits_form = re.fullmatch(r'"calls";r=\d+;t=\d+', said[0]) and re.fullmatch(r'"calls";q=\d+;w=\d+', said[1])
        tally.expect(bool(fits_form), "life", "RateLimit", f"{said}")

    refused = ask("submit", body=model("SubmitRequest")(title="Trop tôt", start=iso(free[0]), duration="30m"))
    problem = fits("Problem", refused, "refused")
    tally.expect(refused.status_code == 422 and refused.parsed.code.value == "refused", "life", "refused", str(problem)[:300])
    tally.expect(refused.parsed.verdict.findings[0].code.value is not None, "life", "findings", str(problem)[:300])

    moved = ask(
        "reschedule", change=change, if_match=shown.headers["etag"],
        body=model("RescheduleRequest")(start=iso(free[2]), duration="1h", reason="Le prestataire est en retard"),
    )
    tally.expect(moved.status_code == 200, "life", "reschedule", str(moved.content[:300]))
    stale = ask(
        "amend", change=change, if_match=shown.headers["etag"], body=model("AmendRequest")(title="x", reason="y"))
    tally.expect(stale.status_code == 412 and stale.parsed.code.value == "stale_revision", "life", "stale", str(stale.content[:300]))
    fresh = ask("show_change", change=change, if_none_match=shown.headers["etag"])
    tally.expect(fresh.status_code == 200, "life", "what was moved is new", f"{fresh.status_code}")

    due = ask("list_notices_due")
    tally.expect(due.status_code == 200 and len(due.parsed) == 1, "life", "owed", str(due.content[:300]))
    told = ask(
        "record_notice", change=change,
        body=model("RecordNoticeRequest")(channel=model("NoticeChannel")("portal"), kind=model("NoticeKind")("rescheduled")))
    tally.expect(told.status_code == 200, "life", "told", str(told.content[:300]))
    fits("Change", told, "told")
    evidence = ask("list_notices_told", change=change)
    tally.expect(evidence.status_code == 200 and len(evidence.parsed) == 1, "life", "evidence", str(evidence.content[:300]))

    others = [
        ask("submit", body=model("SubmitRequest")(title=f"Autre {number}", start=iso(free[number]), duration="1h")).parsed
        for number in range(3, 9)
    ]
    first = ask("list_changes", limit=3)
    fit = [getattr(models, "Change").model_validate(each) for each in json.loads(first.content)]
    tally.expect(len(fit) == 3, "pydantic", "list", f"{len(fit)}")
    links = [first.headers["link"]]
    cursor = re.search(r"after=([^&>]+)[^>]*>; rel=\"next\"", links[0])
    second = ask("list_changes", limit=3, after=cursor[1] if cursor else "")
    tally.expect(
        not {each.id for each in first.parsed} & {each.id for each in second.parsed}, "life", "pages", links[0])
    back = re.search(r"<([^>]+)>; rel=\"prev\"", second.headers["link"])
    tally.expect(bool(back) and "after=" not in back[1], "life", "prev", second.headers["link"])
    newest = ask("list_changes", sort=model("ListChangesSort")("-updated"), limit=1)
    tally.expect([each.id for each in newest.parsed] == [others[-1].id], "life", "newest first", str(newest.content[:200]))

    outage = ask(
        "record_outage", body=model("RecordOutageRequest")(
            cause=model("OutageCause")("incident"), start="2026-01-05T09:00Z", duration="1h", title="Panne"))
    tally.expect(outage.status_code == 201, "life", "outage", str(outage.content[:300]))
    body = fits("Outage", outage, "outage")
    voided = ask("void_outage", outage=body["id"], if_match=outage.headers["etag"], body=model("VoidOutageRequest")(reason="Erreur"))
    tally.expect(voided.status_code == 200 and voided.parsed.state.value == "voided", "life", "void", str(voided.content[:300]))

    ended = ask(
        "cancel", change=change, if_match=fresh.headers["etag"], body=model("CancelRequest")(reason="Sans objet"))
    tally.expect(ended.status_code == 200 and ended.parsed.state.value == "cancelled", "life", "cancel", str(ended.content[:300]))
    history = ask("show_history", change=change)
    tally.expect(history.status_code == 200 and len(history.parsed) == 4, "life", "history", str(history.content[:300]))


def typescript(tally: Tally, house: House, token: str, folder: pathlib.Path) -> None:
    """A client that openapi-generator makes is read by the compiler of TypeScript, strictly, and plays its life."""
    listed = HERE / "requirements-typescript.txt"
    installed = subprocess.run([sys.executable, "-m", "pip", "install", "-q", "-r", str(listed)], capture_output=True, text=True)
    tally.expect(installed.returncode == 0, "typescript", "installed", installed.stderr[-500:])
    made = tool(
        tally, "openapi-generator-cli",
        ["openapi-generator-cli", "generate", "-i", "openapi.json", "-g", "typescript-fetch", "-o", "client",
         "--additional-properties=importFileExtension=.ts"],
        folder)  # fmt: skip
    if not made:
        return
    (folder / "deno.json").write_text(json.dumps(COMPILER))
    shutil.copy(HERE / "life.ts", folder)
    bad = [line for path in (folder / "client").rglob("*.ts") for line in re.findall(r"^ {4}[A-Za-z]+\d+: '.*", path.read_text(), re.M)]
    bad += [path.name for path in (folder / "client").rglob("*[0-9].ts")]
    tally.expect(not bad, "openapi-generator-cli", "nothing numbered", f"{bad}")
    times = [iso(each) for each in nights(40)[:6]]
    tool(
        tally, "typescript's life",
        ["deno", "run", "--check", "--quiet", "--no-lock", f"--allow-net={house.address.removeprefix('http://')}",
         "life.ts", house.address, token, *times],
        folder)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("preavis")
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    tally = Tally()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        house = House(given.preavis, folder)
        token = house.token("life", "admin")
        with Server(house) as server:
            (folder / "openapi.json").write_bytes(server.call("GET", "/api/v1/openapi.json").body)
            page = server.call("GET", "/api/v1/", headers={"Accept": "text/html"})
            tally.expect(page.status == 200 and b"/api/v1/openapi.json" in page.body, "page", "/api/v1/", f"{page.status}")
            made = tool(
                tally, "openapi-python-client",
                [str(TOOLS / "openapi-python-client"), "generate", "--path", "openapi.json", "--meta", "none", "--output-path", "life"],
                folder)
            other = tool(
                tally, "datamodel-code-generator",
                [str(TOOLS / "datamodel-codegen"), "--input", "openapi.json", "--input-file-type", "openapi", "--output", "forms.py",
                 "--output-model-type", "pydantic_v2.BaseModel", "--use-annotated"],
                folder)
            if made and other:
                sys.path.insert(0, str(folder))
                numbered(tally, "openapi-python-client", "\n".join(p.read_text() for p in (folder / "life/models").glob("*.py")))
                numbered(tally, "datamodel-code-generator", (folder / "forms.py").read_text())
                client = importlib.import_module("life").AuthenticatedClient(f"{house.address}/api/v1", token=token)
                life(tally, server, client, "life", importlib.import_module("forms"))
            if not given.quick:
                typescript(tally, house, token, folder)
        house.run("register", "verify")
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
