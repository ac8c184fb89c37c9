#!/usr/bin/env python3
"""A month of a service whose plans are moved, while the program that reminds clients is killed, doubled and switched off.

usage: reminders.py PREAVIS [--quick] [--seed N] [--workers N]

Plans are made, moved, narrowed, cancelled and begun at random moments of a simulated month. A worker runs now and then; some are
killed as their message arrives, sometimes two run at once, sometimes none for a day. Sometimes sendmail fails for a while, or takes
nothing at all until a person sends what was given up again; the contract comes to ask for other reminders, and a mailing is revoked.
Which reminders were owed, and when they could go, is computed here from `history --json` and the contracts alone. Fails when one that could go did not, or went twice to an address although
nobody was killed, when one went before its hour, after it was of use or for a plan that had moved, when one that did not go is not on
record as void or lapsed, when a subscriber has messages out of order, when what was mailed is not on record as published, or
when register verify finds something.
"""
import argparse
import collections
import datetime
import email
import email.policy
import http.server
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import zoneinfo

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PARIS = zoneinfo.ZoneInfo("Europe/Paris")
HOUR = datetime.timedelta(hours=1)
# What the contract comes to ask for, in hours before the start, and how long before its hour one may go out
# (docs/delivery.md).
LEADS = [[48, 24], [48, 24], [72, 24], [24], [36, 20, 4], []]
EARLIEST = 12 * HOUR

SENDMAIL = """#!/bin/sh
# Takes a mail as sendmail does. Kills the one who sends it where that was asked for.
/bin/cat > "{folder}/mail.$$" && /bin/mv "{folder}/mail.$$" "{folder}/mail.$$.eml"
if [ -e "{folder}/fail" ]; then read code < "{folder}/fail"; /bin/rm -f "{folder}/mail.$$.eml"; exit "$code"; fi
if [ -e "{folder}/kill" ]; then read victim < "{folder}/kill"; /bin/rm -f "{folder}/kill"; kill -9 "$victim"; fi
# The one to be killed may have ended before.
exit 0
"""


def when(text):
    return datetime.datetime.fromisoformat(text).astimezone(PARIS)


class Program:
    def __init__(self, path, folder):
        self.path = os.path.abspath(path)
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "TZDIR") if name in os.environ} | {"PREAVIS_CONFIG": ""}
        self.environment = keep | {
            "LANG": "C.UTF-8", "PREAVIS_REGISTER": os.path.join(folder, "register.sqlite"),
            "PREAVIS_CALENDARS": os.path.join(folder, "calendars"),
            "PREAVIS_TEMPLATES": os.path.join(ROOT, "templates"),
        }

    def start(self, now, *arguments):
        return subprocess.Popen(
            [self.path, *arguments], env=self.environment | {"PREAVIS_NOW": now.isoformat()}, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, now, *arguments, codes=(0,)):
        process = self.start(now, *arguments)
        output, errors = process.communicate(timeout=120)
        if process.returncode not in codes:
            sys.exit(f"{now} {' '.join(arguments)}: exit {process.returncode}: {errors.strip()} {output[:500]}")
        return output


class Receiver(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.messages, self.victim, self.now = [], None, None
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers["content-length"])
        body = self.rfile.read(length)
        if len(body) < length:
            self.close_connection = True
            return
        server = self.server
        server.messages.append((server.now, self.headers["webhook-id"], json.loads(body)))
        victim, server.victim = server.victim, None
        if victim and victim.poll() is None:
            victim.send_signal(signal.SIGKILL)
            return
        self.send_response(204)
        self.end_headers()

    def log_message(self, *arguments):
        pass


class Trial:
    def __init__(self, path, folder, seed, workers, changes, days):
        self.folder, self.random, self.changes, self.days = folder, random.Random(seed), changes, days
        self.program, self.receiver = Program(path, folder), Receiver()
        self.sendmail = os.path.join(folder, "sendmail")
        with open(self.sendmail, "w", encoding="utf-8") as file:
            file.write(SENDMAIL.format(folder=folder))
        os.chmod(self.sendmail, 0o755)
        self.now = datetime.datetime(2026, 11, 2, 9, tzinfo=PARIS)
        self.runs, self.mails, self.kills, self.faults = [], [], 0, []
        self.plans, self.workers = {}, workers
        shutil.copytree(os.path.join(ROOT, "calendars"), os.path.join(folder, "calendars"))
        self.contracts = [(self.now, LEADS[0])]
        self.failures, self.failed, self.revoked = 0, 0, None

    def edit(self):
        """Another contract, in force at once: what was promised stays."""
        path = os.path.join(self.folder, "calendars", "services", "profession-liberale.yaml")
        text = lambda leads: "reminders: [" + ", ".join(f"{lead}h" for lead in leads) + "]"  # noqa: E731
        with open(path, encoding="utf-8") as file:
            old = file.read()
        leads = self.random.choice(LEADS)
        new = old.replace(text(self.contracts[-1][1]), text(leads))
        if new == old:
            return
        with open(path + ".new", "w", encoding="utf-8") as file:
            file.write(new)
        os.rename(path + ".new", path)
        # What was published at this very moment was promised before.
        self.contracts.append((self.now + datetime.timedelta(seconds=1), leads))

    def leads(self, at):
        return [lead * HOUR for lead in [leads for since, leads in self.contracts if since <= at][-1]]

    def do(self, *arguments, codes=(0, 3)):
        return self.program.run(self.now, *arguments, codes=codes)

    def slot(self):
        """A night hour between two and eight days ahead; nights are cut into half hours so that plans seldom meet."""
        day = (self.now + datetime.timedelta(days=self.random.randint(2, 8))).date()
        hour, minute = self.random.randint(0, 5), self.random.choice([0, 30])
        return datetime.datetime(day.year, day.month, day.day, hour, minute, tzinfo=PARIS)

    def work(self):
        """One pass of those who send, at this moment."""
        self.receiver.now = self.now
        command = ["deliveries", "run", "--allow-private", "--sendmail", self.sendmail]
        # What fails is tried again after five minutes, and after half an hour only when it failed three times.
        kinds = ["one", "two", "refused"] + (["killed", "failing"] if self.failures < 2 else [])
        kind = self.random.choices(kinds, [6, 2, 1, 2, 2][: len(kinds)])[0]
        fail = os.path.join(self.folder, "fail")
        if kind in ("failing", "refused"):
            with open(fail, "w", encoding="utf-8") as file:
                file.write("75\n" if kind == "failing" else "67\n")
        if kind == "refused":
            tally = json.loads(self.do(*command, "--json"))
            self.failed += tally["given_up"]
            os.remove(fail)
            self.do("deliveries", "retry", "--dead")
        count = max(self.workers, 2 if kind == "two" else 1)
        processes = [self.program.start(self.now, *command, "--json") for _ in range(count)]
        if kind == "killed":
            if self.random.random() < 0.5:
                self.receiver.victim = processes[0]
            else:
                with open(os.path.join(self.folder, "kill"), "w", encoding="utf-8") as file:
                    file.write(str(processes[0].pid))
        failed = 0
        for process in processes:
            output, errors = process.communicate(timeout=120)
            if process.returncode == 0:
                failed += json.loads(output)["failed"]
            if process.returncode == -signal.SIGKILL:
                self.kills += 1
            elif process.returncode not in (0, 75):
                self.faults.append(f"{self.now}: deliveries run ended with {process.returncode}: {errors.strip()}")
        self.receiver.victim = None
        if os.path.exists(os.path.join(self.folder, "kill")):
            os.remove(os.path.join(self.folder, "kill"))
        if kind == "failing":
            os.remove(fail)
            self.failed += 1
        # Who was killed, or found the register busy too long, may have sent nothing, and holds what it claimed from the others;
        # a pass that ended has sent all that was due, but mails where sendmail failed.
        ended = all(process.returncode == 0 for process in processes)
        # The one that was killed may be the other: whose message killed it had no answer, and sends it again later.
        whole = ended and failed == 0
        if failed and kind not in ("failing", "killed"):
            self.faults.append(f"{self.now}: {failed} failed in a pass in which nothing was to fail")
        # What failed twice waits for half an hour if it fails once more.
        self.failures = self.failures + 1 if failed else 0 if ended else self.failures
        self.runs.append((self.now, ended and (whole or kind == "failing"), whole))
        self.collect()

    def collect(self):
        for name in sorted(os.listdir(self.folder)):
            if name.endswith(".eml"):
                path = os.path.join(self.folder, name)
                with open(path, "rb") as file:
                    self.mails.append((self.now, email.message_from_binary_file(file, policy=email.policy.default)))
                os.remove(path)

    def live(self):
        self.do("init", "--simulation")
        hook = f"http://127.0.0.1:{self.receiver.server_port}/"
        self.do("webhook", "create", "--url", hook, "--allow-private", "--json")
        for address, language in (("un@example.org", "fr"), ("two@example.org", "en")):
            self.do("mailing", "create", "--to", address, "--lang", language)
        submitted, night = 0, self.now
        end = self.now + datetime.timedelta(days=self.days)
        last_submission = end - datetime.timedelta(days=10)
        while self.now < end:
            share = min(1, (self.now - night) / (last_submission - night))
            if submitted < self.changes * share and self.now < last_submission:
                start = self.slot()
                made = json.loads(self.do(
                    "submit", "--start", start.strftime("%Y-%m-%dT%H:%M"), "--duration", "29m", "--title",
                    f"Work {submitted}", "--json"))
                submitted += 1
                if made["state"] == "planned":
                    self.plans[made["id"]] = when(made["start"])
            for change, start in list(self.plans.items()):
                self.move(change, start)
            if submitted == self.changes // 2 and self.changes:
                self.do("mailing", "create", "--to", "late@example.org", "--lang", "fr")
                self.changes_seen, submitted = submitted, submitted + 1
            if self.random.random() < 0.05:
                self.edit()
            if not self.revoked and submitted > self.changes * 0.7:
                self.do("mailing", "revoke", "MAIL-0002")
                self.revoked = self.now
            self.now += datetime.timedelta(minutes=self.random.randint(5, 240))
            if self.random.random() < 0.02:  # Off for a day.
                self.now += datetime.timedelta(hours=self.random.randint(20, 40))
            self.work()
            self.now += datetime.timedelta(minutes=3)  # What the dead one had claimed is free again.

    def move(self, change, start):
        dice = self.random.random()
        if self.now >= start:
            self.do("start", change, "--at", self.now.strftime("%Y-%m-%dT%H:%M:%S"), "--reason", "late")
            self.do("complete", change, "--ended", "now", "--reason", "late")
            del self.plans[change]
        elif dice < 0.004:
            self.do("cancel", change, "--reason", "no more", "--json")
            del self.plans[change]
        elif dice < 0.012:
            # To where it lies already is no move.
            if (slot := self.slot()) != self.plans[change]:
                moved = json.loads(self.do(
                    "reschedule", change, "--start", slot.strftime("%Y-%m-%dT%H:%M"), "--duration", "29m",
                    "--reason", "busy", "--json"))
                self.plans[change] = when(moved["start"])
        elif dice < 0.02:
            self.do("amend", change, "--title", f"Work, told anew at {self.now:%H:%M}", "--reason", "clearer", "--json")

    # What was owed, from the history alone.

    def owed(self, change):
        """(lead, start, hour, until, gone): until when it is of use, and when the plan moved."""
        plan, result = None, []
        for entry in json.loads(self.do("history", change, "--json")):
            at, body = when(entry["at"]), entry["body"]
            kind = entry["event"]
            if kind in ("planned", "rescheduled", "amended"):
                start = when(body["content"]["start"])
                if plan and plan["start"] == start:
                    continue
                if plan:
                    plan["gone"] = at
                plan = {"start": start, "made": at, "gone": None}
                leads = [lead for lead in self.leads(at) if start - lead - EARLIEST > at]
                for lead, following in zip(leads, leads[1:] + [None]):
                    until = max(start - lead, start - following - EARLIEST) if following else start
                    result.append((lead, plan, start - lead, until))
            elif kind in ("cancelled", "started") and plan:
                plan["gone"], plan = at, None
        return result

    def judge(self):
        sent = collections.defaultdict(list)
        for at, message, body in self.receiver.messages:
            if body["type"] == "change.reminder":
                change = body["data"]["change"]
                sent["hook", change["id"], body["data"]["lead_seconds"], when(change["start"])].append((at, message))
        for at, mail in self.mails:
            identifier = mail["message-id"].strip()
            if ".reminder-" in identifier:
                change = identifier.lstrip("<").split(".")[0]
                lead = int(identifier.split(".reminder-")[1].split("s.")[0])
                sent[mail["to"], change, lead, None].append((at, identifier))
        rows = json.loads(self.do("deliveries", "list", "--limit", "100000", "--json"))
        states = collections.Counter((row["subscription"], row["change"], row.get("lead_seconds"), row["state"]) for row in rows)
        total = delivered = 0
        for change in sorted({row["change"] for row in rows}):
            mail_hours = collections.defaultdict(list)
            # A plan may be moved away, and back to where it was.
            plans = collections.defaultdict(list)
            for lead, plan, hour, until in self.owed(change):
                total += 1
                seconds = int(lead.total_seconds())
                last = min(until, plan["gone"] or until)
                could = any(hour <= at < last and whole for at, whole, _ in self.runs)
                mailable = [at for at, _, whole in self.runs if hour <= at < last and whole]
                plans[seconds, plan["start"]].append((hour, last, could))
                mail_hours[seconds].append((hour, last, mailable))
            for (seconds, start), spans in plans.items():
                name = f"{change} {seconds // 3600} h before {start:%d %H:%M}"
                found = sent.pop(("hook", change, seconds, start), [])
                for hour, last, could in spans:
                    inside = {message for at, message in found if hour <= at < last}
                    if could and not inside:
                        self.faults.append(f"{name}: owed at {hour}, never sent")
                    if len(inside) > 1:
                        self.faults.append(f"{name}: two messages")
                    delivered += bool(inside)
                for at, _ in found:
                    if not any(hour <= at < last for hour, last, _ in spans):
                        self.faults.append(f"{name}: sent at {at}, outside {[(str(hour), str(last)) for hour, last, _ in spans]}")
            for address in ("un@example.org", "two@example.org"):
                for seconds, spans in mail_hours.items():
                    found = sent.pop((address, change, seconds, None), [])
                    end = self.revoked if address == "two@example.org" else None
                    if end and any(at >= end for at, _ in found):
                        self.faults.append(f"{change}, {address}: mailed although it was revoked")
                    for hour, last, mailable in spans:
                        inside = [at for at, _ in found if hour <= at < last]
                        if any(not end or at < end for at in mailable) and not inside:
                            rows_of = [
                                {key: row.get(key) for key in ("subscription", "state", "attempts", "next_attempt", "last_error")}
                                for row in rows if row["change"] == change and row.get("lead_seconds") == seconds]
                            self.faults.append(
                                f"{change}, {address}: the reminder of {hour} was never mailed, with passes at "
                                f"{[str(at) for at in mailable]}: {rows_of}")
                    stray = [at for at, _ in found if not any(hour <= at < last for hour, last, _ in spans)]
                    if stray:
                        self.faults.append(f"{change}, {address}: mailed at {stray[0]}, when none was owed")
        strays = [key for key in sent if key[0] != "late@example.org"]
        if strays:
            self.faults.append(f"sent although nobody was owed it: {strays[:3]}")
        if any(row["state"] == "pending" and "lead_seconds" in row and row["change"] not in self.plans for row in rows):
            self.faults.append("reminders wait of plans that are no more")
        self.order()
        self.told(rows)
        json.loads(self.do("register", "verify", "--json", codes=(0,)))
        kinds = collections.Counter(row["state"] for row in rows if "lead_seconds" in row)
        twice = len(self.receiver.messages) - len({message for _, message, _ in self.receiver.messages})
        print(
            f"{len(self.plans)} left, {total} reminders owed to each, {delivered} told to the webhook; rows {dict(kinds)}; "
            f"{len(self.runs)} passes, {self.kills} killed, {self.failed} times sendmail failed, {len(self.contracts)} contracts, "
            f"{twice} messages twice, {len(self.faults)} faults")
        if twice > self.kills:
            self.faults.append(f"{twice} messages came twice with {self.kills} killed")
        if not self.kills or not kinds["void"] or not kinds["delivered"] or not self.failed or not self.revoked:
            self.faults.append("the trial shows nothing: nobody killed or revoked, nothing void, delivered or failed")
        if len(self.contracts) < 2:
            self.faults.append("the trial shows nothing: the contract was never edited")
        return self.faults

    def order(self):
        """Messages of the webhook in the order of their moments, each counted where it came first."""
        seen, last = set(), None
        for _, message, body in self.receiver.messages:
            if message in seen:
                continue
            seen.add(message)
            moment = when(body["timestamp"])
            if last and moment < last:
                self.faults.append(f"{message} of {moment} came after one of {last}")
            last = moment

    def told(self, rows):
        """Each reminder that a mailing got is on record as published by mail."""
        mailed = collections.Counter(
            row["change"] for row in rows
            if row["subscription"].startswith("MAIL-") and row["state"] == "delivered" and "lead_seconds" in row)
        for change in mailed:
            lines = json.loads(self.do("notices", "evidence", change, "--json"))
            recorded = sum(line["addresses"] or 0 for line in lines if line["kind"] == "reminder" and line["channel"] == "mail")
            if recorded != mailed[change]:
                self.faults.append(f"{change}: {mailed[change]} reminders mailed, {recorded} on record")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("preavis")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1, help="that send at each pass")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(options.preavis, folder, options.seed, options.workers, *((10, 14) if options.quick else (200, 40)))
        trial.live()
        faults = trial.judge()
    for fault in faults[:20]:
        print(fault)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
