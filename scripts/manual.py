#!/usr/bin/env python3
"""Writes the manual page from the program's own description: manual.py BINARY > preavis.1"""
import json
import subprocess
import sys


def escape(text):
    lines = (text or "").replace("\\", "\\\\").replace("-", "\\-").split("\n")
    return "\n".join("\\&" + line if line[:1] in ".'" else line for line in lines)


def names(argument):
    words = []
    for name in argument.get("names", []):
        words.append({"long": "--", "short": "-", "longWithSingleDash": "-"}[name["kind"]] + name["name"])
    value = argument.get("valueName", "value")
    if argument["kind"] == "positional":
        return f"<{value}>"
    return ", ".join(words) + (f" <{value}>" if argument["kind"] == "option" else "")


def section(command, path):
    title = " ".join(path)
    print(f".SS {escape(title)}\n{escape(command.get('abstract', ''))}")
    if command.get("discussion"):
        print(f".PP\n.nf\n{escape(command['discussion'].rstrip())}\n.fi")
    for argument in command.get("arguments", []):
        if argument.get("shouldDisplay", True):
            print(f".TP\n.B {escape(names(argument))}\n{escape(argument.get('abstract', ''))}")
    for child in command.get("subcommands", []):
        if child["commandName"] != "help":
            section(child, path + [child["commandName"]])


def main():
    dump = subprocess.run([sys.argv[1], "--experimental-dump-help"], capture_output=True, text=True, check=True)
    command = json.loads(dump.stdout)["command"]
    print(f'.TH PREAVIS 1 "" "Préavis" ""\n.SH NAME\npreavis \\- {escape(command["abstract"])}\n.SH COMMANDS')
    section(command, ["preavis"])


main()
