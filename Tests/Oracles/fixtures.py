"""Where fixtures live and how they are written: UTF-8, `\\n`, nothing locale dependent."""

import json
from pathlib import Path

FIXTURES = Path(__file__).resolve().parent.parent / "Fixtures"


def write_lines(name, lines):
    """Rewrites one fixture file, one item a line."""
    text = "".join(line + "\n" for line in lines)
    (FIXTURES / name).write_text(text, encoding="utf-8", newline="\n")


def read_lines(name):
    return (FIXTURES / name).read_text(encoding="utf-8").splitlines()


def compact(value):
    """JSON on one line, without optional spaces, accents kept."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read_jsonl(name):
    return [json.loads(line) for line in read_lines(name)]
