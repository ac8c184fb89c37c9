"""Changes comparisons, conjunctions and signs of the core one at a time, and looks whether a test notices.

usage: mutants.py [--sample N] [--seed S] [--only TEXT] [--list] [--again FILE]

All changes are built once. Each operator that is changed becomes one of its own, which does what it did unless MUTANT names
it: `a <= b` becomes `a <=•‡• b`, and that compares with `<` where MUTANT is its number. What then does not compile (operators
of other types, generic clauses) is left as it was. Prints each survivor with its line; ends with `N killed, M survived`.
A survivor that changes nothing stands in Tests/Scripts/mutants.txt, with the sentence why.
"""
import argparse
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = ROOT / ".build" / "mutants"
MODULES = ("Planning", "Register")
# What the tests of the two stand on.
KEPT = ("CivilTime", "JSONText", "Planning", "ICalendar", "Files", "Register", "RegisterSQLite", "Wording", "Publication")
TESTS = ("PlanningTests", "RegisterTests")
TURNS = {"<=": "<", "<": "<=", ">=": ">", ">": ">=", "==": "!=", "!=": "==", "&&": "||", "||": "&&", "+": "-", "-": "+"}
PRECEDENCE = {"&&": "LogicalConjunctionPrecedence", "||": "LogicalDisjunctionPrecedence", "+": "AdditionPrecedence",
              "-": "AdditionPrecedence"}  # fmt: skip
OPERATOR = re.compile(r"(?<= )(<=|>=|==|!=|&&|\|\||<|>|\+|-)(?= |$)")
# Declarations, where an operator is a name or a constraint.
DECLARATION = re.compile(r"func\s+[<>=!+\-&|]|\b(extension|protocol|associatedtype|struct|class|enum)\b.*\bwhere\b|^\s*#if|\bwhere Self\b")
TIMEOUT = 240


class Mutant:
    def __init__(self, number, file, line, column, old, text):
        self.number, self.file, self.line, self.column, self.old, self.text = number, file, line, column, old, text

    @property
    def name(self):
        return self.old + "".join("‡" if self.number >> bit & 1 else "•" for bit in range(11))

    def __str__(self):
        return f"{self.file}:{self.line}: {self.old} → {TURNS[self.old]}: {self.text.strip()}"


def code(line):
    """The line with blanks for what is text or comment."""
    out, in_text, i = [], False, 0
    while i < len(line):
        if not in_text and line.startswith("//", i):
            return "".join(out)
        if line[i] == '"' and (i == 0 or line[i - 1] != "\\"):
            in_text = not in_text
        out.append(" " if in_text or line[i] == '"' else line[i])
        i += 1
    return "".join(out)


def find():
    found, in_block = [], False
    for module in MODULES:
        for file in sorted((ROOT / "Sources" / module).rglob("*.swift")):
            for index, line in enumerate(file.read_text().splitlines(), 1):
                if '"""' in line:
                    in_block = not in_block and line.count('"""') == 1
                    continue
                if in_block or DECLARATION.search(line):
                    continue
                for match in OPERATOR.finditer(code(line)):
                    found.append((str(file.relative_to(ROOT)), index, match.start(), match.group(), line))
    return [Mutant(number, *place) for number, place in enumerate(found, 1)]


def declaration(mutant):
    old, new, name = mutant.old, TURNS[mutant.old], mutant.name
    head = f"infix operator {name} : {PRECEDENCE.get(old, 'ComparisonPrecedence')}\n"
    on = f"mutant == {mutant.number}"
    if old in ("&&", "||"):
        return head + (
            f"func {name} (a: Bool, b: @autoclosure () throws -> Bool) rethrows -> Bool "
            f"{{ {on} ? (try a {new} b()) : (try a {old} b()) }}\n")
    if old in ("+", "-"):
        text = head + f"func {name} <T: AdditiveArithmetic>(a: T, b: T) -> T {{ {on} ? a {new} b : a {old} b }}\n"
        text += f"func {name} (a: Elapsed, b: Elapsed) -> Elapsed {{ {on} ? a {new} b : a {old} b }}\n"
        return text + f"func {name} (a: Instant, b: Elapsed) -> Instant {{ {on} ? a {new} b : a {old} b }}\n"
    kind = "Equatable" if old in ("==", "!=") else "Comparable"
    text = head + f"func {name} <T: {kind}>(a: T, b: T) -> Bool {{ {on} ? a {new} b : a {old} b }}\n"
    if kind == "Equatable":
        text += f"func {name} <T>(a: T?, b: _OptionalNilComparisonType) -> Bool {{ {on} ? a {new} b : a {old} b }}\n"
    return text


def write(mutants):
    """The sources with all these changes, unless they are there already: what stays the same is not compiled again."""
    by_file = {}
    for mutant in mutants:
        by_file.setdefault(mutant.file, []).append(mutant)
    for module in MODULES:
        for file in (ROOT / "Sources" / module).rglob("*.swift"):
            name = str(file.relative_to(ROOT))
            lines = file.read_text().splitlines(keepends=True)
            for mutant in sorted(by_file.get(name, []), key=lambda m: -m.column):
                line = lines[mutant.line - 1]
                end = mutant.column + len(mutant.old)
                lines[mutant.line - 1] = line[: mutant.column] + mutant.name + line[end:]
            put(WORK / name, "".join(lines))
        own = [mutant for mutant in mutants if mutant.file.startswith(f"Sources/{module}/")]
        put(WORK / "Sources" / module / "Mutants.swift",
            "import CivilTime\nimport Glibc\n\nlet mutant = unsafe getenv(\"MUTANT\").flatMap { unsafe Int(String(cString: $0)) } ?? 0\n\n"
            + "".join(map(declaration, own)))  # fmt: skip


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_file() or path.read_text() != text:
        path.write_text(text)


def prepare():
    WORK.mkdir(parents=True, exist_ok=True)
    for name in ("Sources", "Tests", "calendars", "templates", "examples", "docs", "scripts"):
        shutil.rmtree(WORK / name, ignore_errors=True)
        shutil.copytree(ROOT / name, WORK / name, symlinks=True)
    manifest = (ROOT / "Package.swift").read_text()
    keep = ", ".join(f'"{name}"' for name in KEPT + TESTS + ("TestSupport",))
    manifest = manifest.replace("let package = Package(", f"let kept: Set<String> = [{keep}]\n\nlet package = Package(")
    manifest = manifest.replace("  ] + modules + tests + fuzzer\n", "  ] + (modules + tests + fuzzer).filter { kept.contains($0.name) }\n")
    manifest = re.sub(r"  products: .*\n", "", manifest)
    # A mutated comparison may leave a warning.
    manifest = manifest.replace("  .treatAllWarnings(as: .error),\n", "")
    put(WORK / "Package.swift", manifest)


def build(mutants):
    """Those that compile."""
    while True:
        write(mutants)
        done = subprocess.run(["swift", "build", "--build-tests"], cwd=WORK, capture_output=True, text=True)
        if done.returncode == 0:
            return mutants
        bad = set()
        for path, line in re.findall(r"^(/[^:\n]+):(\d+):\d+: error:", done.stdout + done.stderr, re.M):
            name = str(pathlib.Path(path).resolve().relative_to(WORK.resolve())) if str(WORK) in path else path
            bad |= {mutant for mutant in mutants if mutant.file == name and abs(mutant.line - int(line)) <= 1}
        if not bad:
            sys.exit(f"the changed sources do not build:\n{(done.stdout + done.stderr)[-4000:]}")
        print(f"{len(bad)} do not compile and are left out", flush=True)
        mutants = [mutant for mutant in mutants if mutant not in bad]


def notices(number):
    """Which suite fails; None where none does."""
    for suite in TESTS:
        environment = os.environ | {"MUTANT": str(number)}
        command = ["swift", "test", "--skip-build", "--filter", suite]
        try:
            done = subprocess.run(command, cwd=WORK, env=environment, capture_output=True, timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            return f"{suite} (endless)"
        if done.returncode != 0:
            return suite
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    mutants = find()
    if options.list:
        return print("\n".join(map(str, mutants)), f"\n{len(mutants)}")
    prepare()
    print(f"{len(mutants)} places", flush=True)
    mutants = build(mutants)
    print(f"{len(mutants)} mutants compile", flush=True)
    if notices(0) is not None:
        sys.exit("the tests fail without a change")
    known = {}
    for line in (ROOT / "Tests/Scripts/mutants.txt").read_text().splitlines():
        if " # " in line:
            known[line.split(" # ")[0].strip()] = line
    chosen = [mutant for mutant in mutants if options.only in str(mutant)]
    if options.sample:
        chosen = random.Random(options.seed).sample(chosen, min(options.sample, len(chosen)))
    killed, survived, excused, began = 0, [], 0, time.monotonic()
    for mutant in chosen:
        suite = notices(mutant.number)
        # Lines move; what is changed, and where it stands, does not.
        same = f"{mutant.file}: {mutant.old} → {TURNS[mutant.old]}: {mutant.text.strip()}"
        if suite:
            killed += 1
        elif same in known:
            excused += 1
        else:
            survived.append(mutant)
            print(f"survived: {mutant}", flush=True)
    print(f"{killed} killed, {len(survived)} survived, {excused} change nothing, {time.monotonic() - began:.0f} s")
    sys.exit(1 if survived else 0)


main()
