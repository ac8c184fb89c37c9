#!/usr/bin/env python3
"""Checks answers of the API against its OpenAPI document, with validators that are not ours.

usage: PREAVIS_API_ANSWERS=FOLDER swift test --filter APITests && openapi_answers.py FOLDER
Needs openapi-spec-validator and jsonschema (PyPI). Exit 1 where the document is none, where an answer has a status,
type or form that the document does not name, or where an operation never succeeded.
"""
import collections
import json
import pathlib
import re
import sys

from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate


def main(folder):
    folder = pathlib.Path(folder)
    document = json.loads((folder / "openapi.json").read_text())
    validate(document)
    root = {"components": document["components"]}
    templates = [
        (re.compile("^/api/v1" + re.sub(r"\{[^}]+\}", "[^/]+", path) + "$"), path, operations)
        for path, operations in document["paths"].items()
    ]
    faults, succeeded, checked = [], collections.Counter(), 0
    for line in (folder / "answers.jsonl").read_text().splitlines():
        call = json.loads(line)
        found = [t for t in templates if t[0].match(call["path"])]
        # A parameter may hold what another path spells out.
        found = [t for t in found if "{" not in t[1]] or found
        method = "get" if call["method"] == "HEAD" else call["method"].lower()
        place = f'{call["method"]} {call["path"]}?{call["query"]} {call["status"]}'
        if call["status"] >= 500 and call["status"] != 503:
            faults.append(f"{place}: a failure of the server")
        operation = next((t[2][method] for t in found if method in t[2]), None)
        if operation is None or call["status"] == 405:
            if call["status"] not in (404, 405, 400):
                faults.append(f"{place}: no operation, and not refused")
            if call["method"] != "HEAD":
                check({"$ref": "#/components/schemas/Problem"}, root, call["body"], place, faults)
                checked += 1
            continue
        response = operation["responses"].get(str(call["status"]))
        if response is None:
            faults.append(f"{place}: not documented")
            continue
        if "$ref" in response:
            response = document["components"]["responses"]["Problem"]
        kind = call["type"].split(";")[0]
        if "content" not in response:
            if call["body"]:
                faults.append(f"{place}: a body")
            continue
        if kind not in response["content"]:
            faults.append(f"{place}: {kind} is not documented")
            continue
        if call["method"] == "HEAD":
            continue
        if call["status"] < 300:
            succeeded[operation["operationId"]] += 1
        check(response["content"][kind]["schema"], root, call["body"], place, faults)
        checked += 1
    for path, operations in document["paths"].items():
        for operation in operations.values():
            if not succeeded[operation["operationId"]]:
                faults.append(f'{operation["operationId"]} ({path}): never succeeded')
    for fault in faults[:40]:
        print(fault)
    print(f"{checked} answers, {len(succeeded)} operations, {len(faults)} faults")
    return 1 if faults or not checked else 0


def check(schema, root, body, place, faults):
    validator = Draft202012Validator({**root, **schema}, format_checker=FormatChecker())
    for error in list(validator.iter_errors(body))[:2]:
        faults.append(f"{place}: {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
