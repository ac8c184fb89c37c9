#!/usr/bin/env python3
"""Writes the manual from the program's own description: manual.py BINARY FOLDER

One page a verb, `preavis-submit.1`, and `preavis.1` with the list of them. Hidden verbs have none. Source of the sections
and their order: man-pages(7).
"""
import datetime
import json
import os
import pathlib
import re
import subprocess
import sys

# Of the program, so that the same program makes the same pages. Source: reproducible-builds.org, SOURCE_DATE_EPOCH.
DAY = datetime.datetime.fromtimestamp(
    int(os.environ.get("SOURCE_DATE_EPOCH") or os.stat(sys.argv[1]).st_mtime), datetime.timezone.utc
).date()
EXIT = [
    ("0", "Done, allowed or open; of what is only computed, whatever the verdict."),
    ("1", "Failure of input or output, or a damaged register."),
    ("3", "Refused by the rules, or closed."),
    ("64", "Wrong usage, or a bad value."),
    ("65", "A bad file of data, named by file and line."),
    ("69", "The server, or the address, gives no answer."),
    ("75", "The register is busy, or what was seen has changed: try again."),
    ("77", "Not permitted."),
]
ENVIRONMENT = [
    ("PREAVIS_REGISTER", "The register: a path, or https://… of a server."),
    ("PREAVIS_TOKEN", "The token that a server asks for."),
    ("PREAVIS_CA", "Certificates (PEM) that a server's has to come from."),
    ("PREAVIS_CALENDARS", "Folder of contracts, holidays and freezes."),
    ("PREAVIS_TEMPLATES", "Folder of templates of notices."),
    ("PREAVIS_CONFIG", "Another file of one's own settings; empty: none."),
    ("PREAVIS_NOW", "The clock of a register made with init --simulation; any other refuses to work with it."),
    ("LC_ALL, LC_MESSAGES, LANG", "The language, French or English, where neither --lang nor the settings say one."),
    ("COLUMNS, NO_COLOR", "Width of what is printed; no colours."),
    ("XDG_CONFIG_HOME, XDG_CACHE_HOME", "Where settings are looked for, and where what a server said is kept."),
]
FILES = [
    ("~/.config/preavis/config.yaml", "One's own settings: register, service, language, calendars, templates. Flags and the "
     "variables above go before it."),
    ("preavis.sqlite", "The register where nothing names another."),
    ("PREFIX/share/preavis/calendars, PREFIX/share/preavis/templates", "Contracts and templates as they are installed."),
    ("~/.cache/preavis", "What was seen of a server's log."),
]


def escape(text):
    return (text or "").replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")


def line(text):
    """One line of text, which is no request."""
    text = escape(text)
    return ("\\&" if text[:1] in ".'" else "") + text


def paragraphs(text):
    """Prose as paragraphs, and examples as they are typed."""
    out = []
    for part in text.rstrip().split("\n\n"):
        if part.startswith("Example"):
            continue
        out += [".PP", line(" ".join(part.split("\n")))]
    return out


def examples(text):
    found = re.search(r"^Examples?:\n(.*?)(?:\n\n|\Z)", text, re.M | re.S)
    if not found:
        return []
    return [".SH EXAMPLES", ".nf", ".RS 2", *(line(row[2:]) for row in found[1].rstrip().split("\n")), ".RE", ".fi"]


def label(argument):
    value = argument.get("valueName", "value")
    if argument["kind"] == "positional":
        return f"\\fI{escape(value)}\\fR"
    words = [{"long": "--", "short": "-"}[name["kind"]] + name["name"] for name in argument["names"]]
    words = ", ".join(f"\\fB{escape(word)}\\fR" for word in sorted(words, key=len))
    return words + (f" \\fI{escape(value)}\\fR" if argument["kind"] == "option" else "")


def synopsis(path, verb, shown):
    words = [f"\\fB{escape(' '.join(path))}\\fR"]
    for argument in shown:
        if argument["kind"] == "positional":
            name = f"\\fI{escape(argument['valueName'])}\\fR" + (" ..." if argument["isRepeating"] else "")
            words.append(f"[{name}]" if argument["isOptional"] else name)
        elif not argument["isOptional"]:
            words.append(label(argument))
    if verb.get("subcommands"):
        words.append("\\fIverb\\fR")
    return " ".join([*words, "[\\fIoptions\\fR]"])


def options(title, rows):
    out = [f".SH {title}"] if rows else []
    for argument in rows:
        standard = f" (default: {argument['defaultValue']})" if argument.get("defaultValue") else ""
        out += [".TP", label(argument), line((argument.get("abstract") or "") + standard)]
    return out


def table(title, rows):
    return [f".SH {title}", *(part for name, text in rows for part in (".TP", f"\\fB{escape(name)}\\fR", line(text)))]


def children(verb):
    return [one for one in verb.get("subcommands", []) if one["commandName"] != "help" and one.get("shouldDisplay", True)]


def page(path, verb, common, version):
    name = "-".join(path)
    arguments = [one for one in verb.get("arguments", []) if one.get("shouldDisplay", True)]
    # What goes without a verb is the verb that it stands for.
    standard = next((one for one in children(verb) if one["commandName"] == verb.get("defaultSubcommand")), None)
    own = [one for one in (standard or verb).get("arguments", arguments) if names(one).isdisjoint(common)]
    others = [one for one in arguments if not names(one).isdisjoint(common)]
    summary = verb.get("abstract", "").rstrip(".")
    out = [
        f'.TH {escape(name).upper()} 1 "{DAY}" "Préavis {version}" "Préavis"', ".SH NAME", f"{escape(name)} \\- {escape(summary)}",
        ".SH SYNOPSIS", synopsis(path, verb, own),
    ]
    text = verb.get("discussion") or ""
    prose = paragraphs(text)
    out += [".SH DESCRIPTION", *(prose[1:] if prose else [line(verb.get("abstract", ""))])]
    if children(verb):
        rows = [("-".join([*path, one["commandName"]]) + "(1)", one.get("abstract", "")) for one in children(verb)]
        out += table("VERBS", rows)
    out += options("ARGUMENTS", [one for one in own if one["kind"] == "positional"])
    out += options("OPTIONS", [one for one in own if one["kind"] != "positional"])
    out += options("COMMON OPTIONS", others)
    out += table("EXIT STATUS", EXIT) + table("ENVIRONMENT", ENVIRONMENT) + table("FILES", FILES) + examples(text)
    above = ["-".join(path[:-1])] if len(path) > 1 else []
    below = ["-".join([*path, one["commandName"]]) for one in children(verb)]
    also = ", ".join(f"\\fB{escape(one)}\\fR(1)" for one in [*above, *below]) or "\\fBsqlite3\\fR(1)"
    return name, "\n".join([*out, ".SH SEE ALSO", also]) + "\n"


def names(argument):
    return {name["name"] for name in argument.get("names", [])}


def pages(path, verb, common, version):
    yield page(path, verb, common, version)
    for child in children(verb):
        yield from pages([*path, child["commandName"]], child, common, version)


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    run = lambda *words: subprocess.run([program, *words], capture_output=True, text=True, check=True).stdout  # noqa: E731
    root = json.loads(run("--experimental-dump-help"))["command"]
    # What every verb takes, a verb without options of its own has too.
    plain = next(one for one in root["subcommands"] if one["commandName"] == "whoami")
    common = set().union(*(names(argument) for argument in plain["arguments"]))
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages(["preavis"], root, common, run("--version").strip()):
        (folder / f"{name}.1").write_text(text, encoding="utf-8")


main()
