#!/usr/bin/env python3
"""A register file is damaged, bit by bit and by hand; whatever changes an answer has to be named by register verify.

usage: damage.py PREAVIS [--quick] [--flips N] [--edits N] [--seed N] [--only NAME]

The register holds every kind of stream, row and state. Of each flip of one bit, and of each edit by hand (every column of
every table, rows deleted, added and exchanged; tables, indices and triggers dropped, altered and added; fields of the
header; the file cut, lengthened, or with a journal beside it), a copy is made. Fails when
  - an answer of any verb, or of a keyed command asked again, changes and register verify finds nothing;
  - an edit by hand goes unnamed, but for the columns that stand in no event (docs/interface.md);
  - a server answers such a register with anything but 503, says that it is ready, or ends;
  - a process ends by a signal or trap, hangs, or prints the name of a Swift type, or what SQLite said and nothing else.
Knows SQLite's file format and Python's sqlite3, and nothing of the program's own code.
"""
import argparse
import concurrent.futures
import http.client
import json
import os
import pathlib
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
NOW = "2026-12-02T10:00:00+01:00"
FORMAT = 6
PAGE = 4096
# What stands in no event, as the documentation has it: nothing can vouch for it.
UNLOGGED = set(re.findall(r"`(\w+\.\w+)`", re.search(
    r"columns stand in no event[^:]*:(.*?)\n\n", (ROOT / "docs/interface.md").read_text(), re.S).group(1)))
# Swift's own words, and those of the runtime.
SWIFT = re.compile(
    r"Fatal error|RegisterError|EventCodecError|JSONError|DatabaseError|RowDecoding|Optional\(|Swift\.|GRDB|NSError|"
    r"Error Domain|unreadable\(sequence|SQLite error")


class Program:
    def __init__(self, path, folder):
        self.path = os.path.abspath(path)
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "TZDIR") if name in os.environ} | {"PREAVIS_CONFIG": ""}
        self.calendars = folder / "calendars"
        shutil.copytree(ROOT / "calendars", self.calendars)
        self.environment = keep | {
            "LANG": "C.UTF-8", "PREAVIS_CALENDARS": str(self.calendars), "PREAVIS_TEMPLATES": str(ROOT / "templates"),
            "USER": "camille", "LOGNAME": "camille", "SWIFT_BACKTRACE": "enable=no",
        }

    def run(self, register, arguments, now=NOW):
        try:
            return subprocess.run(
                [self.path, *arguments, "--register", str(register)], env=self.environment | {"PREAVIS_NOW": now},
                stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=60)
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(arguments, -99, "", "hangs")


def build(program, register):
    """Every state of a change, and every other kind of stream, row and column."""
    def run(now, *arguments, want=0):
        done = program.run(register, arguments, now)
        if done.returncode != want:
            sys.exit(f"{' '.join(arguments)}: exit {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout
    first, second, third = "2026-11-02T09:00:00+01:00", "2026-11-03T09:00:00+01:00", "2026-11-30T09:00:00+01:00"
    keyed = []

    def key(now, *arguments, want=0):
        arguments = (*arguments, "--idempotency-key", f"key-{len(keyed)}", "--json")
        keyed.append(arguments)
        return run(now, *arguments, want=want)
    run(first, "init", "--simulation")
    key(first, "submit", "--start", "2026-12-06T01:00", "--duration", "2h", "--title", "Migration de la base",
        "--component", "application", "--description", "Deux lignes, accents é. " * 300)
    key(first, "submit", "--start", "2026-12-07T10:00", "--duration", "1h", "--title", "Trop tard", want=3)
    key(first, "submit", "--start", "2026-11-15T08:00", "--duration", "2h", "--title", "Bascule")
    key(first, "submit", "--start", "2026-11-22T08:00", "--duration", "2h", "--title", "Annulée")
    key(first, "submit", "--start", "2026-11-29T08:00", "--duration", "3h", "--title", "En cours")
    key(first, "submit", "--start", "2026-12-13T08:00", "--duration", "30m", "--title", "Version 5.2", "--update", "5.2",
        "--category", "evolution", "--training", "--documentation", "https://portal.example/5.2")
    key(first, "emergency", "--start", "2026-11-02T08:40", "--end", "2026-11-02T08:55", "--title", "Disque plein",
        "--reason", "Alarme de stockage")
    for number in range(24):
        run(first, "submit", "--start", f"2027-01-{1 + number:02}T02:00", "--duration", "30m", "--title", f"Série {number}")
    run(first, "token", "create", "--name", "bot", "--role", "admin")
    run(first, "token", "create", "--name", "ada", "--role", "engineer", "--expires", "90d")
    run(first, "private-feed", "create", "--client", "Martin", "--service", "profession-liberale")
    run(first, "private-feed", "create", "--client", "Holding", "--service", "profession-liberale")
    run(first, "webhook", "create", "--url", "https://hooks.example/a")
    run(first, "webhook", "create", "--url", "https://hooks.example/b")
    run(first, "mailing", "create", "--to", "clients@example.org", "--lang", "fr")
    # Another contract, if only by a comment.
    services = program.calendars / "services" / "profession-liberale.yaml"
    services.write_text(services.read_text() + "# revised\n")
    key(second, "reschedule", "CHG-2026-0004", "--start", "2026-11-23T00:00", "--duration", "1h", "--reason", "Plus tard")
    key(second, "cancel", "CHG-2026-0004", "--reason", "Sans objet")
    key(second, "amend", "CHG-2026-0003", "--title", "Bascule du site", "--reason", "Plus clair")
    run(second, "token", "revoke", "TOK-0002")
    run(second, "private-feed", "revoke", "PFD-0002")
    run(second, "webhook", "revoke", "HOOK-0002")
    run(second, "notices", "published", "CHG-2026-0003", "--kind", "announcement", "--channel", "portal")
    key(second, "outage", "record", "--start", "2026-11-02T10:05", "--end", "2026-11-02T10:50", "--cause", "incident",
        "--title", "Connexion")
    key(second, "outage", "record", "--start", "2026-11-03T08:00", "--cause", "force-majeure", "--title", "Crue")
    run(second, "outage", "record", "--start", "2026-11-02T06:00", "--end", "2026-11-02T06:10", "--cause", "incident")
    run(second, "outage", "void", "OUT-2026-0003", "--reason", "Double")
    key(second, "gate", "override", "--reason", "Correctif", "--for", "30m")
    key("2026-11-15T08:01:00+01:00", "start", "CHG-2026-0003")
    key("2026-11-15T09:30:00+01:00", "complete", "CHG-2026-0003")
    key("2026-11-29T08:01:00+01:00", "start", "CHG-2026-0005")
    key("2026-11-29T09:01:00+01:00", "extend", "CHG-2026-0005", "--end", "2026-11-29T14:00", "--reason", "Lent")
    key(third, "gate", "override", "--reason", "Encore", "--for", "4h")
    # A write that is refused since the clock stands behind.
    run(second, "submit", "--start", "2027-02-07T02:00", "--duration", "30m", "--title", "x", want=1)
    base = sqlite3.connect(register)
    states = {row[0] for row in base.execute("SELECT state FROM changes")}
    assert states == {"refused", "planned", "in-progress", "completed", "cancelled"}, states
    tables = [row[0] for row in base.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    empty = [name for name in tables if not base.execute(f"SELECT count(*) FROM {name}").fetchone()[0]]
    assert not empty, f"nothing in {empty}"
    base.close()
    return keyed


def questions(keyed):
    """Verbs that read, and keyed commands asked again; the name of each, and its arguments."""
    asked = [
        ["list", "--json"], ["gate", "--json"], ["gate", "overrides", "--json"], ["notices", "due", "--json"],
        ["report", "--month", "2026-11", "--json"], ["availability", "--month", "2026-11", "--json"],
        ["feed", "--lang", "fr"], ["feed", "--lang", "en"], ["feed", "--profile", "change-calendar"],
        ["feed", "--profile", "json-feed"], ["feed", "--profile", "statuspage"], ["register", "info", "--json"],
        ["outage", "list", "--json"], ["token", "list", "--json"], ["private-feed", "list", "--json"],
        ["webhook", "list", "--json"], ["mailing", "list", "--json"], ["deliveries", "list", "--json"],
        ["check", "--start", "2027-01-03T02:10", "--duration", "30m", "--json"],
        ["history", "CHG-2026-0004", "--json"], ["notice", "CHG-2026-0001", "--format", "json"],
    ]
    for number in (1, 2, 3, 4, 5, 6, 7, 20):
        asked.append(["show", f"CHG-2026-{number:04}", "--json"])
    for arguments in (keyed[0], keyed[3], keyed[8], keyed[10], keyed[12]):
        asked.append(list(arguments))
    return asked


class Trial:
    def __init__(self, program, register, asked, folder):
        self.program, self.register, self.asked, self.folder = program, register, asked, folder
        self.bytes = register.read_bytes()
        self.faults = []
        self.counts = dict(named=0, harmless=0, unlogged=0)
        self.whole = self.answers("whole", self.bytes, {})
        self.rows = logical(register)
        if (problems := self.verify(register)) != []:
            sys.exit(f"the whole register is not: {problems}")

    # A register in a folder of its own, under the same name, so that what is printed of it is the same.
    def place(self, name, content, beside):
        place = self.folder / name
        place.mkdir()
        path = place / "register.sqlite"
        path.write_bytes(content)
        for ending, more in beside.items():
            path.with_name(path.name + ending).write_bytes(more)
        return path

    def clean(self, path, text):
        return text.replace(str(path), "REGISTER")

    def ask(self, path, arguments):
        done = self.program.run(path, arguments)
        return done.returncode, self.clean(path, done.stdout), self.clean(path, done.stderr)

    def answers(self, name, content, beside):
        path = self.place(name, content, beside)
        answers = []
        for arguments in self.asked:
            code, output, errors = self.ask(path, arguments)
            self.sound(name, arguments, code, output, errors)
            answers.append((code, output))
        shutil.rmtree(path.parent)
        return answers

    def sound(self, name, arguments, code, output, errors):
        """What no damage excuses."""
        line = " ".join(arguments[:2])
        if code < 0 or code >= 128:
            self.faults.append(f"{name}: {line}: ended by {code}: {errors[:300]}")
        elif found := SWIFT.search(output + errors):
            self.faults.append(f"{name}: {line}: prints {found.group()!r}: {errors[:300]}")
        elif code == 1 and "verify" not in arguments and not re.search(
                r"register verify|preavis init|newer preavis|plus récent|Check the permissions|Set the machine|ask again", errors):
            self.faults.append(f"{name}: {line}: says not what to do: {errors[:300]}")

    def verify(self, path):
        """The problems that are found; None for a verify that ends in another way."""
        code, output, errors = self.ask(path, ["register", "verify", "--json"])
        self.sound(path.parent.name, ["register", "verify"], code, output, errors)
        if code == 0:
            return []
        try:
            problems = json.loads(output)["problems"]
            assert all(problem["code"] and problem["message"] for problem in problems)
            return problems
        except (ValueError, KeyError, TypeError, AssertionError):
            if code != 1 or not errors.startswith("preavis: "):
                self.faults.append(f"{path.parent.name}: verify: exit {code}: {output[:200]}{errors[:300]}")
            return [errors]

    def move(self, name, content, beside=None, must_be_named=False, sample=False):
        beside = beside or {}
        path = self.place(name, content, beside)
        problems = self.verify(path)
        shutil.rmtree(path.parent)
        if problems:
            self.counts["named"] += 1
            if sample:
                self.answers(name, content, beside)
            return
        if must_be_named:
            self.faults.append(f"{name}: not named")
            return
        answers = self.answers(name, content, beside)
        changed = [self.asked[i] for i, answer in enumerate(answers) if answer != self.whole[i]]
        if not changed:
            self.counts["harmless"] += 1
        elif differing(self.rows, content, self.folder / f"{name}.rows") <= UNLOGGED:
            self.counts["unlogged"] += 1
        else:
            self.faults.append(f"{name}: unnamed, and another answer of {[' '.join(verb[:2]) for verb in changed]}")


def logical(path):
    """Every value by table, key and column."""
    base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    base.text_factory = bytes
    values = {}
    for (table,) in base.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        table = table.decode()
        columns = [row[1].decode() for row in base.execute(f"PRAGMA table_info({table})")]
        keys = [row[5] for row in base.execute(f"PRAGMA table_info({table})")]
        for row in base.execute(f"SELECT * FROM {table} NOT INDEXED"):
            key = tuple(value for value, place in zip(row, keys) if place)
            for column, value in zip(columns, row):
                values[f"{table}.{column}", key] = value
    base.close()
    return values


def differing(whole, content, path):
    """Columns whose values are not those of the whole register."""
    path.write_bytes(content)
    try:
        rows = logical(path)
    except sqlite3.Error as error:
        return {f"unreadable: {error}"}
    finally:
        path.unlink()
    return {place[0] for place in set(whole) | set(rows) if whole.get(place, path) != rows.get(place, path)}


def flips(content, count, chance):
    """Single bits: each page as often as any other, and the header of the file and of pages more often than their rest."""
    pages = len(content) // PAGE
    for number in range(count):
        page = number % pages
        kind = chance.random()
        offset = chance.randrange(100 if page == 0 else 8) if kind < 0.15 else chance.randrange(PAGE)
        if 0.15 <= kind < 0.4:
            # Where the page says that its cells are.
            offset = (100 if page == 0 else 0) + chance.randrange(8, 60)
        bit = chance.randrange(8)
        flipped = bytearray(content)
        flipped[page * PAGE + offset] ^= 1 << bit
        yield f"flip-{page}-{offset}-{bit}", bytes(flipped)


def other(value, chance):
    """A value that could stand in the place of another."""
    if value is None:
        return chance.choice([1, "x"])
    if isinstance(value, int):
        return chance.choice([value + 1, value - 1, 0 if value else 1, value + 3600])
    if isinstance(value, bytes):
        return value[:10] + bytes([value[10] ^ 1]) + value[11:]
    words = {"planned": "cancelled", "cancelled": "planned", "pending": "sent"}
    return words.get(value) or chance.choice([value + "x", value[:-1], "", value + "\0x", value + "é"])


def edits(register, chance):
    """By hand, with SQLite: the name, what is done, and the columns that it touches (empty: all)."""
    base = sqlite3.connect(register)
    schema = base.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall()
    tables = [row[1] for row in schema if row[0] == "table"]
    for table in tables:
        info = base.execute(f"PRAGMA table_info({table})").fetchall()
        columns, keys = [row[1] for row in info], [row[1] for row in info if row[5]]
        rows = base.execute(f"SELECT * FROM {table}").fetchall()
        where = " AND ".join(f"{name} IS ?" for name in keys)

        def named(row):
            return [row[columns.index(name)] for name in keys]
        for column in columns:
            for row in chance.sample(rows, min(len(rows), 6)):
                value = row[columns.index(column)]
                new = other(value, chance)
                yield (f"edit-{table}-{column}", [(f"UPDATE {table} SET {column} = ? WHERE {where}", [new, *named(row)])],
                       {f"{table}.{column}"})
            row = chance.choice(rows)
            yield (f"null-{table}-{column}", [(f"UPDATE {table} SET {column} = NULL WHERE {where}", named(row))],
                   {f"{table}.{column}"} if row[columns.index(column)] is not None else None)
            if len(rows) > 1 and column not in keys:
                a, b = chance.sample(rows, 2)
                if a[columns.index(column)] != b[columns.index(column)]:
                    yield (f"swap-{table}-{column}", [
                        (f"UPDATE {table} SET {column} = ? WHERE {where}", [b[columns.index(column)], *named(a)]),
                        (f"UPDATE {table} SET {column} = ? WHERE {where}", [a[columns.index(column)], *named(b)]),
                    ], {f"{table}.{column}"})
        for row in chance.sample(rows, min(len(rows), 4)):
            yield f"delete-{table}", [(f"DELETE FROM {table} WHERE {where}", named(row))], set()
            copy = list(row)
            for index, column in enumerate(columns):
                if column in keys or column in ("id", "stream"):
                    copy[index] = copy[index] + 1000 if isinstance(copy[index], int) else f"{copy[index]}9"
                # An index keeps digests apart.
                if isinstance(copy[index], str) and '"digest"' in copy[index]:
                    copy[index] = re.sub(r'"digest":"....', '"digest":"0000', copy[index])
            yield f"insert-{table}", [(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", copy)], set()
        yield f"empty-{table}", [(f"DELETE FROM {table}", [])], set()
        yield f"drop-{table}", [(f"DROP TABLE {table}", [])], set()
        yield f"add-{table}", [(f"ALTER TABLE {table} ADD COLUMN more TEXT", [])], set()
    for kind, name, table, sql in schema:
        if kind in ("index", "trigger") and sql:
            yield f"drop-{name}", [(f"DROP {kind} {name}", [])], set()
        if kind == "index" and sql:
            yield f"again-{name}", [(f"DROP INDEX {name}", []), (sql.replace("INDEX", "INDEX", 1) + " -- again", [])], set()
            yield f"other-{name}", [(f"DROP INDEX {name}", []), (f"CREATE INDEX {name} ON {table} (1)", [])], set()
        if kind == "trigger":
            yield f"other-{name}", [(f"DROP TRIGGER {name}", []), (sql.replace("ABORT", "IGNORE"), [])], set()
    for name, sql in {
        "table": "CREATE TABLE more (a)", "index": "CREATE INDEX more ON changes (state)",
        "view": "CREATE VIEW more AS SELECT 1", "analyse": "ANALYZE",
        "trigger": "CREATE TRIGGER more AFTER INSERT ON changes BEGIN DELETE FROM keys; END",
        "sequence": "CREATE TABLE more (a INTEGER PRIMARY KEY AUTOINCREMENT)",
    }.items():
        yield f"new-{name}", [(sql, [])], set()
    for format in range(-1, FORMAT + 2):
        if format != FORMAT:
            yield f"format-{format}", [(f"PRAGMA user_version = {format}", [])], set()
    yield "application", [("PRAGMA application_id = 7", [])], set()
    # An index that says nothing of rows that are there, and a table whose statement is another.
    for index in ("events_by_stream", "bookings", "changes_by_end", "outbox_pending", "sqlite_autoindex_fragments_1"):
        yield f"hollow-{index}", [("PRAGMA writable_schema = ON", []), (
            "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'outbox_dead') "
            "WHERE name = ?", [index])], set()
    for old, new in (("NOT NULL", "        "), ("STRICT", "      "), ("INTEGER", "integer")):
        yield f"statement-{old}", [("PRAGMA writable_schema = ON", []), (
            "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = 'events'", [old, new])], set()
    yield "vacuum", [("PRAGMA auto_vacuum = FULL", []), ("VACUUM", [])], set()
    base.close()


def edited(content, path, statements):
    """The file after the statements; None where SQLite itself refuses them."""
    path.write_bytes(content)
    base = sqlite3.connect(path, isolation_level=None)
    try:
        base.execute("PRAGMA foreign_keys = OFF")
        triggers = base.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        rows = any(" events " in f"{sql} " and not sql.startswith(("DROP", "ALTER", "CREATE")) for sql, _ in statements)
        if rows:
            for name, _ in triggers:
                base.execute(f"DROP TRIGGER {name}")
        for sql, arguments in statements:
            base.execute(sql, arguments)
        if rows:
            for _, sql in triggers:
                base.execute(sql)
    except sqlite3.Error:
        return None
    finally:
        base.close()
        for beside in path.parent.glob(path.name + "-*"):
            beside.unlink()
    return path.read_bytes()


def journals(content, folder):
    """What SQLite keeps beside a file, of a transaction that was not ended, and of one that was never put back into it."""
    path = folder / "journals"
    path.write_bytes(content)
    base = sqlite3.connect(path, isolation_level=None)
    base.execute("PRAGMA cache_size = 1")
    base.execute("BEGIN IMMEDIATE")
    base.execute("UPDATE fragments SET body = zeroblob(3000)")
    base.execute("UPDATE changes SET state = 'cancelled'")
    half, rolled = path.read_bytes(), path.with_name("journals-journal").read_bytes()
    base.execute("ROLLBACK")
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("UPDATE changes SET state = 'cancelled' WHERE number = 1")
    ahead = path.with_name("journals-wal").read_bytes()
    base.close()
    for beside in folder.glob("journals*"):
        beside.unlink()
    return half, rolled, ahead


def files(content, older, chance, folder):
    """The file as a whole: the name, its bytes, what lies beside it, and whether it has to be named."""
    pages = len(content) // PAGE
    yield "cut-1", content[:-1], {}, True
    yield "cut-page", content[:-PAGE], {}, True
    yield "cut-half", content[:PAGE * (pages // 2)], {}, True
    yield "cut-header", content[:60], {}, True
    yield "empty", b"", {}, True
    yield "longer-1", content + b"\0", {}, True
    yield "longer-page", content + bytes(PAGE), {}, True
    yield "zero-page", content[:PAGE * 2] + bytes(PAGE) + content[PAGE * 3:], {}, True
    for number in range(4):
        a, b = sorted(chance.sample(range(1, pages), 2))
        first, second = content[a * PAGE:(a + 1) * PAGE], content[b * PAGE:(b + 1) * PAGE]
        yield (f"pages-{a}-{b}", content[:a * PAGE] + second + content[(a + 1) * PAGE:b * PAGE] + first
               + content[(b + 1) * PAGE:], {}, False)
    yield "journal-noise", content, {"-journal": bytes(chance.randrange(256) for _ in range(2000))}, False
    yield "journal-empty", content, {"-journal": b""}, False
    yield "wal-noise", content, {"-wal": bytes(chance.randrange(256) for _ in range(2000))}, False
    half, rolled, ahead = journals(content, folder)
    yield "journal-half", half, {"-journal": rolled}, False
    yield "journal-lost", half, {}, True
    yield "journal-whole", content, {"-journal": rolled}, False
    yield "journal-older", edited(content, folder / "edited", [("UPDATE keys SET request = 'x'", [])]), {
        "-journal": rolled}, True
    yield "wal-ahead", content, {"-wal": ahead}, False
    yield "mixed", older[:PAGE * 8] + content[PAGE * 8:], {}, True
    for offset in range(100):
        value = bytearray(content)
        value[offset] = 255 - value[offset]
        yield f"header-{offset}", bytes(value), {}, False


# What a server is given: a value that no column takes, an edited row, an edited event in the middle and at the end.
SERVED = {
    "null": [("PRAGMA writable_schema = ON", []),
             ("UPDATE sqlite_schema SET sql = replace(sql, 'state TEXT NOT NULL', 'state TEXT') WHERE name = 'changes'", []),
             ("PRAGMA writable_schema = RESET", []), ("UPDATE changes SET state = NULL WHERE number = 1", []),
             ("PRAGMA writable_schema = ON", []),
             ("UPDATE sqlite_schema SET sql = replace(sql, 'state TEXT', 'state TEXT NOT NULL') WHERE name = 'changes'", [])],
    "row": [("UPDATE changes SET end_at = end_at + 60 WHERE number = 1", [])],
    "event": [("UPDATE events SET body = replace(body, 'Migration', 'Migratiom') WHERE stream = 'CHG-2026-0001'", [])],
    "table": [("DROP TABLE fragments", [])],
}


def serve(trial, content):
    """Whoever asks a server hears 503, never a page of something else; it goes on, and says that it is of no use."""
    for name, statements in SERVED.items():
        path = trial.place(f"serve-{name}", edited(content, trial.folder / "served", statements), {})
        process = subprocess.Popen(
            [trial.program.path, "serve", "--listen", "127.0.0.1:0", "--register", str(path)], text=True,
            env=trial.program.environment | {"PREAVIS_NOW": NOW}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        try:
            told = ""
            while "Serving http" not in told:
                line = process.stderr.readline()
                if not line:
                    break
                told += line
            if process.poll() is not None:
                trial.sound(path.parent.name, ["serve"], process.returncode, "", told)
                continue
            port = int(re.search(r"Serving http://[^/]*:(\d+)/", told).group(1))
            threading.Thread(target=process.stdout.read, daemon=True).start()
            threading.Thread(target=process.stderr.read, daemon=True).start()

            def get(target):
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
                try:
                    connection.request("GET", target)
                    answer = connection.getresponse()
                    return answer.status, answer.read().decode(errors="replace")
                except (OSError, http.client.HTTPException) as error:
                    return 0, repr(error)
            answers = {target: get(target) for target in (
                "/api/v1/changes", "/api/v1/changes/CHG-2026-0001", "/", "/maintenance.fr.ics", "/readyz", "/healthz")}
            for target in ("/api/v1/changes", "/api/v1/changes/CHG-2026-0001"):
                status, text = answers[target]
                if (status, '"storage"' in text) != (503, True) and name != "table":
                    trial.faults.append(f"serve-{name}: {target}: {status} {text[:200]}")
            for target, (status, text) in answers.items():
                if SWIFT.search(text):
                    trial.faults.append(f"serve-{name}: {target}: prints {text[:200]}")
            if (answers["/readyz"][0] != 503 and name != "table") or answers["/healthz"][0] != 200:
                trial.faults.append(f"serve-{name}: {answers['/readyz']} {answers['/healthz']}")
            if process.poll() is not None:
                trial.faults.append(f"serve-{name}: ended by {process.returncode}")
        finally:
            process.terminate()
            process.wait(20)
            shutil.rmtree(path.parent)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("preavis")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--flips", type=int)
    parser.add_argument("--edits", type=int)
    parser.add_argument("--seed", type=int, default=20261129)
    parser.add_argument("--only", help="moves whose name begins so")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    share = 0.03 if options.quick else 0.1
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        program = Program(options.preavis, folder)
        (folder / "register").mkdir()
        register = folder / "register" / "register.sqlite"
        keyed = build(program, register)
        content = register.read_bytes()
        trial = Trial(program, register, questions(keyed), folder)
        older = edited(content, folder / "older", [("DELETE FROM keys", []), ("VACUUM", [])])

        moves = []
        for name, bytes_ in flips(content, options.flips or (30 if options.quick else 3000), chance):
            moves.append((name, bytes_, {}, False, chance.random() < share))
        known = []
        while len(known) < (options.edits or (40 if options.quick else 500)):
            more = list(edits(register, chance))
            known += more if not options.quick else chance.sample(more, 40)
            if not options.quick and not options.edits:
                break
        for number, (name, statements, columns) in enumerate(known):
            bytes_ = edited(content, folder / "edited", statements)
            if bytes_ is None or bytes_ == content or columns is None:
                continue
            # That a write was refused is in no event until the next one, so that its absence is nobody's fault.
            is_named = not columns <= UNLOGGED or not columns and not name.endswith("-clock_incidents")
            moves.append((f"{name}-{number}", bytes_, {}, is_named, chance.random() < share))
        whole = list(files(content, older, chance, folder))
        for name, bytes_, beside, is_named in whole if not options.quick else chance.sample(whole, 10):
            moves.append((name, bytes_, beside, is_named, chance.random() < share))
        moves = [move for move in moves if move[0].startswith(options.only or "")]

        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(trial.move, *move) for move in moves]:
                done.result()
        if not options.only:
            serve(trial, content)
        for fault in trial.faults[:60]:
            print(fault)
        counts = ", ".join(f"{count} {word}" for word, count in trial.counts.items())
        print(f"damage: {len(moves)} damages of {len(content) // PAGE} pages: {counts}, {len(trial.faults)} faults")
        sys.exit(1 if trial.faults else 0)


if __name__ == "__main__":
    main()
