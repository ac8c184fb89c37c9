"""The publications that the program under test offers, found in its own help: what is not there yet is skipped."""

from __future__ import annotations

import calendars
import form
import mail
import pages
import profiles
import revision
import statuspage
import syndication
from expectations import Expected, basic
from findings import Tally
from followers import Fed
from life import Step
from program import Program
from readers import Reader

LANGUAGES = ("fr", "en")
CLIENT = "acme"
# Clients of the contract under test, with the components that concern them.
CLIENTS = {CLIENT: ("application", "administration", "flux"), "narrow": ("administration",)}
OWN = {"windows", "holidays", "freezes"}  # calendars of the contract, not of changes


class Publications:
    """Checks everything that is published after one step."""

    def __init__(
        self,
        program: Program,
        tally: Tally,
        others: list[Reader],
        followers: list[Fed],
        client: bool,
    ) -> None:
        self.program, self.tally = program, tally
        self.others, self.followers, self.client = others, followers, client
        self.maintnote = profiles.MaintnoteReader()
        self.known: dict[str, str] = {}
        self.before: dict[str, bytes] = {}
        self.seen: set[bytes] = set()
        self.mails: dict[str, list[mail.Sent]] = {}
        self.entries: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}

    def close(self) -> None:
        self.maintnote.close()
        for follower in self.followers:
            follower.close()

    def write(self, what: str, *arguments: str) -> bytes | None:
        """What a command writes; of a feed twice, for a client that asks twice must get the same bytes."""
        answer = self.program.run(*arguments)
        words = " ".join(arguments)
        self.tally.expect(answer.code == 0, what, "exit", f"{words}: exit {answer.code}: {answer.message[:300]}")
        if arguments[0] == "feed":
            again = self.program.run(*arguments)
            self.tally.expect(answer.output == again.output, what, "stable", f"{words}: two answers differ")
        return answer.output if answer.code == 0 else None

    def offered(self, what: str, *words: str) -> bool:
        """Whether `verb word…` is known to the program's help; when not, it is skipped once."""
        if all(self.program.has(words[0], word) for word in words[1:]) and self.program.has(words[0]):
            return True
        self.tally.skip(what, "not yet in the program")
        return False

    def after(self, step: Step, expected: dict[str, Expected], left: frozenset[str]) -> None:
        for language in LANGUAGES:
            self.standard(step, expected, left, language)
        if self.offered("feed of one change", "feed", "--method"):
            self.single(step, expected)
        if self.offered("profile maintnote", "feed", "maintnote", "--client") and self.client:
            self.circuits(step, expected)
        if self.offered("profile change-calendar", "feed", "change-calendar"):
            data = self.write(f"{step.name}: change-calendar", "feed", "--profile", "change-calendar")
            if data is not None:
                found = profiles.change_calendar(data, expected, basic(step.moment))
                self.tally.check(f"{step.name}: change-calendar", found)
        if self.offered("profile atom", "feed", "atom"):
            self.atom(step, expected)
        if self.offered("profile json-feed", "feed", "json-feed"):
            data = self.write(f"{step.name}: json-feed", "feed", "--profile", "json-feed", "--lang", "fr")
            if data is not None:
                self.tally.check(f"{step.name}: json-feed", syndication.json_feed(data, expected, step.moment))
        if self.offered("profile statuspage", "feed", "statuspage"):
            data = self.write(f"{step.name}: statuspage", "feed", "--profile", "statuspage", "--lang", "en")
            if data is not None:
                self.tally.check(f"{step.name}: statuspage", statuspage.check(data, expected, step.moment))
        self.notices(step, expected)

    def standard(self, step: Step, expected: dict[str, Expected], left: frozenset[str], language: str) -> None:
        what = f"{step.name}: feed {language}"
        data = self.write(what, "feed", "--lang", language)
        if data is None:
            return
        old = self.before.get(language)
        if data != old:
            calendars.check_feed(self.tally, what, data, expected, self.known, language, self.others)
        if old is not None:
            gone = frozenset(self.known[key] for key in left if key in self.known)
            self.tally.check(f"{what}: revision", revision.between(old, data, basic(step.moment), gone))
            if step.arguments and step.effect is None:
                self.tally.expect(data == old, what, "still", "the feed changed though nothing was accepted")
        self.before[language] = data
        if language == "fr":
            want = calendars.wanted(expected, self.known, language) if expected else calendars.reader_free(data)
            for follower in self.followers:
                self.tally.check(f"{what}: {follower.name}", calendars.follow(follower, data, want))

    def single(self, step: Step, expected: dict[str, Expected]) -> None:
        for key, change in expected.items():
            if change.revised != basic(step.moment) or not step.effect:
                continue
            for method in ("publish", "cancel") if change.state == "cancelled" else ("publish",):
                what = f"{step.name}: feed {key} {method}"
                data = self.write(what, "feed", key, "--method", method, "--lang", "fr")
                if data is not None:
                    self.tally.check(what, calendars.single(data, change, self.known, method, self.others))

    def circuits(self, step: Step, expected: dict[str, Expected]) -> None:
        """A file a client, with the changes of its components and those of the whole service."""
        for client, components in CLIENTS.items():
            what = f"{step.name}: maintnote {client}"
            data = self.write(what, "feed", "--profile", "maintnote", "--client", client, "--lang", "en")
            if data is None or self.maintnote.process is None:
                continue
            own = [each for each in expected.values() if not each.components or {*each.components} & {*components}]
            if own:
                self.tally.check(what, profiles.maintnote(data, self.maintnote, own, self.known, client))
            else:
                self.tally.check(what, form.feed(data, method=None))

    def atom(self, step: Step, expected: dict[str, Expected]) -> None:
        for language in LANGUAGES:
            data = self.write(f"{step.name}: atom {language}", "feed", "--profile", "atom", "--lang", language)
            if data is not None:
                found = syndication.atom(data, expected, step.moment, language)
                self.tally.check(f"{step.name}: atom {language}", found)
                self.tally.check(
                    f"{step.name}: atom {language}", syndication.entries_stay(data, self.entries[language])
                )

    def notices(self, step: Step, expected: dict[str, Expected]) -> None:
        """The notices that the newest revision calls for."""
        for key, change in expected.items():
            if change.revised != basic(step.moment) or not step.effect:
                continue
            for language in LANGUAGES:
                what = f"{step.name}: notice {language}"
                data = self.write(what, "notice", key, "--lang", language, "--format", "html")
                if data is not None:
                    self.tally.check(what, pages.check(data, language) + pages.says(data, change, language))
            if self.offered("mail", "notice", "eml", "--to"):
                data = self.write(
                    f"{step.name}: mail", "notice", key, "--format", "eml", "--to", "a@example.org", "--lang", "fr"
                )
                if data is not None:
                    thread = self.mails.setdefault(key, [])
                    self.tally.check(f"{step.name}: mail", mail.check(data, change, self.known.get(key, ""), "fr"))
                    self.tally.check(f"{step.name}: thread", mail.follows(data, thread))

    def own_calendars(self) -> None:
        """Windows, holidays and freezes as feeds: form, and the same events for every reader."""
        if not self.offered("feed --of", "feed", "--of"):
            return
        for kind in sorted(OWN):
            for language in LANGUAGES:
                what = f"feed --of {kind} {language}"
                data = self.write(what, "feed", "--of", kind, "--lang", language)
                if data is None:
                    continue
                self.tally.check(what, form.feed(data))
                self.all_read(what, data)
        data = self.write("feed --of availability", "feed", "--of", "availability", "--lang", "fr")
        if data is not None:
            self.tally.check("feed --of availability", calendars.availability(data))

    def alarms(self) -> None:
        if not self.offered("feed --alarm", "feed", "--alarm"):
            return
        data = self.write("feed --alarm 1h", "feed", "--alarm", "1h", "--lang", "fr")
        if data is not None:
            self.tally.check("feed --alarm 1h", form.feed(data) + calendars.alarms(data, "-PT1H"))
            self.all_read("feed --alarm 1h", data)

    def all_read(self, what: str, data: bytes) -> None:
        """Every reader gives what our own parser gives."""
        for reader in [*calendars.PYTHON, *self.others]:
            self.tally.check(f"{what}: {reader.name}", calendars.read(reader, data, calendars.reader_free(data)))
