#!/usr/bin/env python3
"""A real chain on loopback: preavis, Debian's Postfix, a server that refuses some recipients, the mails that come back.

usage: postfix.py PREAVIS [--addresses 500]

A Postfix of its own, in a temporary folder and on no port at all: it takes mail by its sendmail, and hands it to a
server of this script. Of the addresses of one mailing ten are unknown there (550 5.1.1), three over quota for now
(452 4.2.2). A plan is announced, reminded, moved and cancelled. Each mail is read by Python's email package, which
notes every defect of RFC 5322; it has to say where its one reader leaves, and to belong to the thread of its change.
OpenDKIM signs it, with the two headers of the way out, and dkimpy finds the signature good after the whole way;
neomutt shows the four mails of a reader as one thread. The reports that Postfix writes are read by `mailing bounces`:
nobody of those ten hears anything more, the three do, and the evidence counts them. One reader leaves by the address
in a mail, posted to a running server. Postfix, OpenDKIM, dkimpy, neomutt and tmux have to be there, and this has to
run as root.
"""
import argparse
import collections
import email
import email.policy
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import time

import dkim

ROOT = pathlib.Path(__file__).resolve().parents[2]
UNKNOWN, FULL = 10, 3
NEEDS = ["postfix", "opendkim", "opendkim-genkey", "neomutt", "tmux"]
DOMAIN = "clients.example"
PUBLIC = "https://notices.example.org/pl"


class Sink(socketserver.ThreadingTCPServer):
    """A server of SMTP that keeps what it takes: (recipient, message)."""

    daemon_threads = allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        self.taken, self.lock = [], threading.Lock()
        self.unknown, self.full = set(), set()
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Session(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def handle(self):
        self.say("220 sink.example ESMTP")
        recipients = []
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb in (b"EHLO", b"HELO"):
                self.say("250 sink.example")
            elif verb == b"MAIL":
                recipients = []
                self.say("250 2.1.0 ok")
            elif verb == b"RCPT":
                address = line.decode().split("<")[1].split(">")[0]
                if address in self.server.unknown:
                    self.say("550 5.1.1 no such mailbox here")
                elif address in self.server.full:
                    self.say("452 4.2.2 mailbox full")
                else:
                    recipients.append(address)
                    self.say("250 2.1.5 ok")
            elif verb == b"DATA":
                self.say("354 go on")
                lines = []
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(line[1:] if line.startswith(b"..") else line)
                with self.server.lock:
                    self.server.taken += [(address, b"".join(lines)) for address in recipients]
                self.say("250 2.0.0 taken")
            elif verb == b"QUIT":
                self.say("221 2.0.0 bye")
                return
            else:
                self.say("250 ok")


class Postfix:
    """An instance with folders of its own."""

    SERVICES = """
pickup unix n - n 1 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
showq unix n - n - - showq
"""

    def __init__(self, folder, port, signer):
        self.config, self.mail = folder / "config", folder / "mail"
        for name in ("config", "queue", "data", "mail"):
            (folder / name).mkdir()
        shutil.chown(folder / "data", "postfix")
        shutil.chown(self.mail, "nobody")
        folder.chmod(0o755)
        settings = {
            "compatibility_level": "3.6", "queue_directory": folder / "queue", "data_directory": folder / "data",
            "command_directory": "/usr/sbin", "daemon_directory": "/usr/lib/postfix/sbin", "mail_owner": "postfix",
            "setgid_group": "postdrop", "myhostname": "relay.portal.example", "mydestination": "",
            "inet_interfaces": "loopback-only", "inet_protocols": "ipv4", "alias_maps": "", "alias_database": "",
            "maillog_file": folder / "log", "maillog_file_prefixes": folder, "disable_dns_lookups": "yes", "smtp_host_lookup": "native",
            "default_transport": f"smtp:[127.0.0.1]:{port}", "virtual_mailbox_domains": "portal.example",
            "virtual_mailbox_base": self.mail, "virtual_mailbox_maps": "static:box", "virtual_minimum_uid": "1",
            "virtual_uid_maps": f"static:{__import__('pwd').getpwnam('nobody').pw_uid}",
            "virtual_gid_maps": f"static:{__import__('grp').getgrnam('nogroup').gr_gid}",
            "smtp_destination_concurrency_limit": "8", "relayhost": "", "non_smtpd_milters": signer.milter,
            "milter_default_action": "tempfail",
        }
        (self.config / "main.cf").write_text("".join(f"{name} = {value}\n" for name, value in settings.items()))
        (self.config / "master.cf").write_text(self.SERVICES)
        # What an empty environment finds: arguments go on as they come.
        self.sendmail = folder / "sendmail"
        self.sendmail.write_text(f'#!/bin/sh\nexec /usr/sbin/sendmail -C {self.config} "$@"\n')
        self.sendmail.chmod(0o755)
        self.run("start")

    def run(self, *arguments):
        done = subprocess.run(["postfix", "-c", self.config, *arguments], capture_output=True, text=True, timeout=60)
        if done.returncode:
            sys.exit(f"postfix {arguments}: {done.stderr or done.stdout}")

    def box(self):
        path = self.mail / "box"
        return path.read_bytes() if path.exists() else b""


class Signer:
    """OpenDKIM as Postfix asks it, with a key of its own; what it signs is verified by another program."""

    def __init__(self, folder):
        subprocess.run(["opendkim-genkey", "-D", folder, "-d", "portal.example", "-s", "test"], check=True)
        published = (folder / "test.txt").read_text()
        self.record = "".join(re.findall(r'"([^"]*)"', published)).encode()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.milter = f"inet:127.0.0.1:{port}"
        config = folder / "opendkim.conf"
        config.write_text(
            f"Mode s\nDomain portal.example\nSelector test\nKeyFile {folder}/test.private\nSocket inet:{port}@127.0.0.1\n"
            "Canonicalization relaxed/simple\nRequireSafeKeys no\nBackground no\nOversignHeaders From\n"
            # By itself it leaves out what RFC 8058, section 4, wants signed.
            "SignHeaders *,+list-unsubscribe-post\n")
        self.process = subprocess.Popen(["opendkim", "-x", config, "-f"])

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)

    def verify(self, raw):
        """Whether the signature is good, and the headers that it covers."""
        good = dkim.verify(raw, dnsfunc=lambda name, **_: self.record if name == b"test._domainkey.portal.example." else None)
        field = email.message_from_bytes(raw)["dkim-signature"] or ""
        covered = re.search(r"\bh=([^;]*)", re.sub(r"\s", "", field))
        return good, set(covered[1].lower().split(":")) if covered else set()


def threads(mails, folder):
    """The lines of neomutt's index of these mails, sorted by threads."""
    box, settings = folder / "thread.mbox", folder / "neomuttrc"
    box.write_bytes(b"".join(b"From x@y Mon Nov  2 09:00:00 2026\n" + raw.replace(b"\r\n", b"\n") + b"\n" for raw in mails))
    settings.write_text(
        f'set folder="{folder}"\nset sort=threads\nset strict_threads=yes\nset index_format="%3C|%s"\nset charset=utf-8\n')
    tmux = ["tmux", "-L", f"preavis-{os.getpid()}", "-f", "/dev/null"]
    place = os.environ | {"TERM": "xterm", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    subprocess.run(
        [*tmux, "new-session", "-d", "-x", "150", "-y", "20", f"neomutt -n -F {settings} -R -f {box}"], check=True, env=place)
    try:
        shown, end = [], time.monotonic() + 20
        while len(shown) < len(mails) and time.monotonic() < end:
            time.sleep(0.2)
            screen = subprocess.run([*tmux, "capture-pane", "-p"], capture_output=True, text=True, env=place).stdout
            shown = [line.split("|", 1)[1].rstrip() for line in screen.splitlines() if re.match(r"\s*\d+\|", line)]
    finally:
        subprocess.run([*tmux, "kill-server"], env=place)
    return shown


class Program:
    def __init__(self, path, folder):
        self.path, self.folder = os.path.abspath(path), folder
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "TZDIR") if name in os.environ} | {"PREAVIS_CONFIG": ""}
        self.environment = keep | {
            "LANG": "C.UTF-8", "PREAVIS_REGISTER": str(folder / "register.sqlite"),
            "PREAVIS_CALENDARS": str(ROOT / "calendars"), "PREAVIS_TEMPLATES": str(ROOT / "templates")}

    def run(self, now, *arguments, codes=(0,)):
        done = subprocess.run(
            [self.path, *map(str, arguments)], env=self.environment | {"PREAVIS_NOW": now}, capture_output=True, text=True,
            timeout=600, cwd=self.folder)
        if done.returncode not in codes:
            sys.exit(f"{arguments}: exit {done.returncode}: {done.stderr}")
        return json.loads(done.stdout) if "--json" in arguments and done.stdout else done.stdout


class Play:
    def __init__(self):
        self.passed, self.faults = 0, []

    def hold(self, what, holds, found=""):
        if holds:
            self.passed += 1
        else:
            self.faults.append(f"{what}: {str(found)[:400]}")
            print("FAIL", self.faults[-1], file=sys.stderr, flush=True)

    def wait(self, what, condition, seconds=60):
        end = time.monotonic() + seconds
        while not condition() and time.monotonic() < end:
            time.sleep(0.1)
        self.hold(what, condition(), "not in time")


def lint(play, address, raw):
    """RFC 5322 as Python's parser reads it; RFC 2369 and RFC 8058 of the way out. Gives the parsed mail."""
    message = email.message_from_bytes(raw, policy=email.policy.strict.clone(raise_on_defect=False))
    defects = list(message.defects)
    for name, value in message.items():
        defects += [f"{name}: {defect!r}" for defect in value.defects]
    for part in message.walk():
        defects += part.defects
    play.hold(f"{address}: no defect", not defects, defects)
    head = raw.split(b"\r\n\r\n", 1)[0].split(b"\r\n")
    play.hold(f"{address}: lines", all(len(line) <= 998 for line in raw.split(b"\r\n")) and all(
        byte < 128 for byte in raw), [line for line in head if len(line) > 998])
    counts = collections.Counter(name.lower() for name in message.keys())
    once = ["from", "to", "date", "subject", "message-id", "list-unsubscribe", "list-unsubscribe-post", "auto-submitted"]
    play.hold(f"{address}: each once", all(counts[name] == 1 for name in once), {name: counts[name] for name in once})
    play.hold(f"{address}: to its reader alone", message["to"] == address, message["to"])
    play.hold(f"{address}: one click", message["list-unsubscribe-post"] == "List-Unsubscribe=One-Click")
    form = re.fullmatch(rf"<({re.escape(PUBLIC)}/unsubscribe/[0-9]+-[a-z2-7]{{32}})>", message["list-unsubscribe"] or "")
    play.hold(f"{address}: the way out", form, message["list-unsubscribe"])
    play.hold(f"{address}: no address in it", address.split("@")[0] not in (message["list-unsubscribe"] or ""))
    return message, form and form[1]


def chain(program, postfix, signer, sink, count, play):
    addresses = [f"client{number:04}@{DOMAIN}" for number in range(count)]
    sink.unknown, sink.full = set(addresses[5:5 + UNKNOWN]), set(addresses[30:30 + FULL])
    program.run("2026-11-02T09:00:00+01:00", "init", "--simulation")
    listed = program.folder / "clients.csv"
    listed.write_text("Courriel;Nom\n" + "".join(f"{address};Client {n}\n" for n, address in enumerate(addresses)))
    start = time.monotonic()
    made = program.run("2026-11-02T09:01:00+01:00", "mailing", "import", "clients.csv", "--lang", "fr", "--json")
    print(f"import of {count} addresses: {time.monotonic() - start:.1f} s")
    play.hold("all were made", len(made["made"]) == count and made["existing"] == 0, made["existing"])
    again = program.run("2026-11-02T09:02:00+01:00", "mailing", "import", "clients.csv", "--json")
    play.hold("a second import makes none", (len(again["made"]), again["existing"]) == (0, count), again["existing"])

    def send(now, expected):
        before, start = len(sink.taken), time.monotonic()
        tally = program.run(now, "deliveries", "run", "--sendmail", postfix.sendmail, "--public-address", PUBLIC, "--json")
        play.hold(f"{now}: handed over", tally["delivered"] == expected and tally["failed"] == tally["given_up"] == 0, tally)
        print(f"{now}: {expected} mails handed over in {time.monotonic() - start:.1f} s")
        return before

    kept = []

    def arrived(before, wanted):
        play.wait(f"{len(wanted)} mails arrive", lambda: len(sink.taken) - before >= len(wanted))
        mails = sink.taken[before:]
        play.hold("to whom", sorted(address for address, _ in mails) == sorted(wanted),
                  set(wanted) ^ {address for address, _ in mails})
        for address, raw in mails:
            good, covered = signer.verify(raw)
            wanted = {"from", "to", "subject", "date", "list-unsubscribe", "list-unsubscribe-post"}
            play.hold(f"{address}: the signature is good", good)
            play.hold(f"{address}: and covers the way out", wanted <= covered, wanted - covered)
        kept.append(dict(mails))
        return {address: lint(play, address, raw) for address, raw in mails}

    change = program.run("2026-11-02T10:00:00+01:00", "submit", "--start", "2026-12-06T01:00", "--duration", "2h", "--title",
                         "Mise à niveau", "--component", "flux", "--json")["id"]
    full = set(addresses[30:30 + FULL])
    good = [address for address in addresses if address not in sink.unknown and address not in full]
    first = arrived(send("2026-11-02T10:01:00+01:00", count), good)
    play.hold("every way out is another", len({link for _, link in first.values()}) == len(good))
    play.wait("ten reports", lambda: postfix.box().count(b"Action: failed") == UNKNOWN)
    (program.folder / "box").write_bytes(postfix.box())
    back = program.run("2026-11-02T11:00:00+01:00", "mailing", "bounces", "box", "--json")
    ended = sorted(mailing["address"] for mailing in back["ended"])
    play.hold("those ten end", ended == sorted(sink.unknown), back)
    play.hold("no other", (back["unknown"], back["temporary"], back["other_messages"]) == (0, 0, 0), back)
    again = program.run("2026-11-02T11:01:00+01:00", "mailing", "bounces", "box", "--json")
    play.hold("read twice it changes nothing", (len(again["ended"]), again["ended_before"]) == (0, UNKNOWN), again)
    evidence = program.run("2026-11-02T11:02:00+01:00", "notices", "evidence", change, "--json")
    play.hold("the evidence counts them", [(line["addresses"], line["not_reached"]) for line in evidence] == [
        (count, UNKNOWN)], evidence)

    rest = count - UNKNOWN
    second = arrived(send("2026-12-04T01:00:00+01:00", rest), good)
    program.run("2026-12-04T10:00:00+01:00", "reschedule", change, "--start", "2026-12-13T01:00", "--reason", "Fournisseur en retard")
    third = arrived(send("2026-12-04T10:01:00+01:00", rest), good)

    # One reader leaves, by what stands in the last mail.
    leaver = good[7]
    leave(program, third[leaver][1].removeprefix(PUBLIC), play)
    state = {mailing["address"]: mailing["state"] for mailing in program.run(
        "2026-12-04T12:00:00+01:00", "mailing", "list", "--json")}
    play.hold("who left, and nobody else", [a for a, s in state.items() if s == "left"] == [leaver], collections.Counter(
        state.values()))
    program.run("2026-12-04T13:00:00+01:00", "cancel", change, "--reason", "Fournisseur absent")
    stayed = [address for address in good if address != leaver]
    last = arrived(send("2026-12-04T13:01:00+01:00", rest - 1), stayed)

    identifiers = [mails[stayed[0]][0]["message-id"] for mails in (first, second, third, last)]
    play.hold("four notices, four identifiers", len(set(identifiers)) == 4, identifiers)
    for index, mails in enumerate((first, second, third, last)):
        for address in stayed:
            message = mails[address][0]
            references = (message["references"] or "").split()
            play.hold(f"{address}: the thread", message["message-id"] == identifiers[index] and (
                references[0] == identifiers[0] and message["in-reply-to"] == references[-1] if index else not references),
                (references, message["in-reply-to"]))
    shown = threads([mails[stayed[0]] for mails in kept], program.folder)
    tree = [re.match(r"[\s│├└─>]*", line)[0] for line in shown]
    one = len(shown) == 4 and not tree[0].strip() and all("─>" in part for part in tree[1:])
    play.hold("neomutt shows one thread", one, shown)
    print("neomutt:", *shown, sep="\n  ")
    register = b"".join(path.read_bytes() for path in [program.folder / "register.sqlite"])
    log = program.run("2026-12-04T14:00:00+01:00", "history", change)
    play.hold("no address in the history", DOMAIN not in log)
    tokens = {link.rsplit("/", 1)[1] for _, link in third.values()}
    play.hold("no way out lies in the register", not any(token.encode() in register for token in tokens))
    program.run("2026-12-04T14:00:00+01:00", "register", "verify")


def leave(program, path, play):
    """GET changes nothing; POST with what RFC 8058 says ends the mailing, at once and without a cookie."""
    server = subprocess.Popen(
        [program.path, "serve", "--listen", "127.0.0.1:0"], env=program.environment | {
            "PREAVIS_NOW": "2026-12-04T11:00:00+01:00"}, stderr=subprocess.PIPE, text=True, cwd=program.folder)
    try:
        port = next(int(found[1]) for line in server.stderr if (found := re.search(r"127\.0\.0\.1:(\d+)", line)))
        threading.Thread(target=server.stderr.read, daemon=True).start()

        def ask(method, body=None):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request(method, path, body, {"Content-Type": "application/x-www-form-urlencoded"} if body else {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

        status, page = ask("GET")
        play.hold("the page has a button", status == 200 and "<form" in page and "@" not in page, page)
        status, page = ask("POST", "List-Unsubscribe=One-Click")
        play.hold("the post is taken", status == 200 and "<form" not in page, (status, page))
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("preavis")
    parser.add_argument("--addresses", type=int, default=500)
    given = parser.parse_args()
    missing = [name for name in NEEDS if not shutil.which(name)]
    if os.geteuid() or missing:
        sys.exit(f"postfix.py: needs root, and {', '.join(NEEDS)}; missing: {', '.join(missing) or 'nothing'}")
    play, sink = Play(), Sink()
    with tempfile.TemporaryDirectory(prefix="preavis-postfix-") as folder:
        signer = Signer(pathlib.Path(folder))
        postfix = Postfix(pathlib.Path(folder), sink.server_address[1], signer)
        try:
            chain(Program(given.preavis, pathlib.Path(folder)), postfix, signer, sink, given.addresses, play)
        finally:
            postfix.run("stop")
            signer.stop()
    print(f"{play.passed} passed, {len(play.faults)} failed")
    return 1 if play.faults else 0


if __name__ == "__main__":
    sys.exit(main())
