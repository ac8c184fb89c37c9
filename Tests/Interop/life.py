"""The life that is played: what is asked for, when, and what clients must know afterwards."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Iterator

from expectations import Expected, basic, utc

# Accents, signs that iCalendar escapes, lines, a flag of four scalars, and a family of seven: exactly 2,000 characters.
LONG = ("Étape : « à l’œuvre », puis ; et \\ enfin 😀 — ligne,\nsuite ; \\n n’est pas un saut 🇫🇷 👩‍👩‍👧‍👦. " * 40)[
    :1999
] + "."
FOLDED = 'Réplication, étape 1; chemin C:\\données "cité" 100 % = sûr: 😀 ' + "é" * 60
PORTAL = "https://portal.example/5.2?a=1,2;b=3"
State = dict[str, Expected]
Effect = Callable[[State], State]


@dataclasses.dataclass(frozen=True)
class Step:
    """One command at one moment; `effect` None: nothing that clients read may change."""

    now: str
    arguments: tuple[str, ...]
    effect: Effect | None = None
    code: int = 0

    @property
    def moment(self) -> datetime.datetime:
        return utc(self.now)

    @property
    def name(self) -> str:
        return f"{self.now[:16]} {' '.join(self.arguments[:2]) or 'only time passes'}"


def number(count: int) -> str:
    return f"CHG-2026-{count:04d}"


def new(change: Expected) -> Effect:
    return lambda state: {**state, change.id: change}


def revised(identifier: str, **changes: object) -> Effect:
    """The next revision: one more, with what has changed."""

    def apply(state: State) -> State:
        old = state[identifier]
        return {**state, identifier: dataclasses.replace(old, sequence=old.sequence + 1, **changes)}  # type: ignore[arg-type]

    return apply


def submit(count: int, now: str, title: str, start: str, end: str, *more: str, **fields: object) -> Step:
    change = Expected(number(count), str(fields.pop("kind", "maintenance")), title, utc(start), utc(end), **fields)  # type: ignore[arg-type]
    verb = "emergency" if change.kind == "emergency" else "submit"
    return Step(now, (verb, "--start", start, "--end", end, "--title", title, *more), new(change))


def announce() -> Iterator[Step]:
    yield Step("2026-10-12T09:00:00+02:00", ())
    yield submit(
        1,
        "2026-10-12T09:00:00+02:00",
        "Migration de la base",
        "2026-10-22T05:00+02:00",
        "2026-10-22T07:00+02:00",
        "--component",
        "application",
        "--component",
        "flux",
        components=("application", "flux"),
    )
    # The hour that comes twice: each reading of 02:15 is an instant of its own.
    yield submit(
        2,
        "2026-10-12T09:05:00+02:00",
        FOLDED,
        "2026-10-25T02:15+02:00",
        "2026-10-25T02:45+02:00",
        "--impact",
        "degraded",
        impact="degraded",
    )
    yield submit(
        3,
        "2026-10-12T09:06:00+02:00",
        "a,b;c\\d\\n",
        "2026-10-25T02:15+01:00",
        "2026-10-25T02:45+01:00",
        "--impact",
        "reduced-redundancy",
        "--description",
        'x\ny\\nz,;:"\n',
        impact="reduced-redundancy",
        description='x\ny\\nz,;:"',
    )
    # One minute that looks like sixty-one.
    yield submit(
        4,
        "2026-10-12T09:07:00+02:00",
        "Avant l’été",
        "2027-03-28T01:59+01:00",
        "2027-03-28T03:00+02:00",
        "--description",
        LONG,
        description=LONG,
    )
    yield Step(
        "2026-10-12T09:08:00+02:00",
        ("submit", "--start", "2027-03-28T02:30", "--duration", "1h", "--title", "Heure qui n’existe pas"),
        code=64,
    )
    yield Step(
        "2026-10-12T09:08:00+02:00",
        ("submit", "--start", "2026-10-25T02:15", "--duration", "1h", "--title", "Heure double"),
        code=64,
    )
    yield submit(
        5, "2026-10-12T09:09:00+02:00", "Salle des machines", "2026-11-15T00:00+01:00", "2026-11-16T07:00+01:00"
    )
    # A draft is nobody's business but ours.
    yield Step(
        "2026-10-12T09:10:00+02:00",
        ("submit", "--start", "2026-11-12T10:00", "--end", "2026-11-12T11:00", "--title", "En plein jour"),
        code=3,
    )
    yield submit(
        7,
        "2026-10-12T09:11:00+02:00",
        "Version 5.2",
        "2026-10-27T10:00+01:00",
        "2026-10-27T11:00+01:00",
        "--update",
        "5.2",
        "--category",
        "evolution",
        "--training",
        "--no-interruption",
        "--documentation",
        PORTAL,
        kind="update",
        impact="none",
    )


def urgent() -> Iterator[Step]:
    yield submit(
        8,
        "2026-10-13T10:00:00+02:00",
        "Correctif de sécurité",
        "2026-10-14T14:00+02:00",
        "2026-10-14T14:30+02:00",
        "--reason",
        "CVE-2026-1234",
        kind="emergency",
    )
    yield Step("2026-10-14T14:01:00+02:00", ("start", number(8)), revised(number(8), state="in-progress"))
    yield Step("2026-10-14T14:20:00+02:00", ("complete", number(8)), revised(number(8), state="completed"))
    yield submit(
        9,
        "2026-10-15T10:10:00+02:00",
        "Disque plein",
        "2026-10-15T10:00+02:00",
        "2026-10-15T10:40+02:00",
        "--reason",
        "Alarme",
        kind="emergency",
        state="in-progress",
    )
    yield Step(
        "2026-10-15T10:35:00+02:00",
        ("extend", number(9), "--end", "2026-10-15T11:10+02:00", "--reason", "Copie lente"),
        revised(number(9), end=utc("2026-10-15T11:10+02:00")),
    )
    yield Step("2026-10-15T11:00:00+02:00", ("complete", number(9)), revised(number(9), state="completed"))
    yield submit(
        10,
        "2026-10-16T12:00:00+02:00",
        "Coupure électrique",
        "2026-10-16T08:00+02:00",
        "2026-10-16T08:30+02:00",
        "--reason",
        "Réseau de l’hébergeur",
        kind="emergency",
        state="completed",
    )
    yield from unknown()


def unknown() -> Iterator[Step]:
    """Urgent work whose end nobody knows, through three estimates, one of them late; and an outage, its end and a correction,
    of which calendars say nothing."""
    urgent = number(11)
    yield Step(
        "2026-10-16T14:05:00+02:00",
        ("emergency", "--start", "2026-10-16T14:00+02:00", "--title", "Baie en panne", "--reason", "Alarme"),
        new(
            Expected(
                urgent,
                "emergency",
                "Baie en panne",
                utc("2026-10-16T14:00+02:00"),
                utc("2026-10-16T15:05+02:00"),
                state="in-progress",
            )
        ),
    )
    yield Step(
        "2026-10-16T14:06:00+02:00",
        ("outage", "record", "--start", "2026-10-16T13:50", "--cause", "incident", "--title", "Connexion"),
    )
    for moment, word in (("15:00", "16:05"), ("16:20", "17:20"), ("17:10", "18:20")):
        yield Step(
            f"2026-10-16T{moment}:00+02:00",
            ("extend", urgent),
            revised(urgent, end=utc(f"2026-10-16T{word}+02:00")),
        )
    yield Step(
        "2026-10-16T18:03:00+02:00",
        ("complete", urgent),
        revised(urgent, end=utc("2026-10-16T18:03+02:00"), state="completed"),
    )
    yield Step("2026-10-16T18:05:00+02:00", ("outage", "amend", "OUT-2026-0001", "--end", "2026-10-16T18:00"))
    yield Step(
        "2026-10-16T18:10:00+02:00",
        ("outage", "amend", "OUT-2026-0001", "--start", "2026-10-16T13:55", "--reason", "Journal"),
    )
    yield Step("2026-10-16T18:15:00+02:00", ("outage", "void", "OUT-2026-0001", "--reason", "Compté avec l’urgence"))


def move() -> Iterator[Step]:
    first = number(1)
    yield Step(
        "2026-10-17T09:00:00+02:00",
        ("amend", first, "--title", "Migration, étape 1", "--reason", "Titre plus clair"),
        revised(first, title="Migration, étape 1"),
    )
    yield Step(
        "2026-10-17T09:30:00+02:00",
        ("reschedule", first, "--start", "2026-10-18T01:00+02:00", "--reason", "Trop tôt"),
        code=3,
    )
    yield Step(
        "2026-10-17T10:00:00+02:00",
        ("reschedule", first, "--start", "2026-10-24T01:00+02:00", "--duration", "3h", "--reason", "Livraison"),
        revised(first, start=utc("2026-10-24T01:00+02:00"), end=utc("2026-10-24T04:00+02:00")),
    )
    yield Step(
        "2026-10-18T10:00:00+02:00",
        ("reschedule", first, "--start", "2026-10-24T02:00+02:00", "--duration", "1h", "--reason", "Plus court"),
        revised(first, start=utc("2026-10-24T02:00+02:00"), end=utc("2026-10-24T03:00+02:00")),
    )
    yield Step(
        "2026-10-18T11:00:00+02:00",
        ("amend", first, "--impact", "degraded", "--reason", "Lecture seule"),
        revised(first, impact="degraded"),
    )
    yield Step(
        "2026-10-19T08:00:00+02:00",
        ("cancel", number(7), "--reason", "Version retirée; voir 5.3, bientôt"),
        revised(number(7), state="cancelled"),
    )


def work() -> Iterator[Step]:
    first = number(1)
    yield Step("2026-10-24T02:03:00+02:00", ("start", first), revised(first, state="in-progress"))
    yield Step(
        "2026-10-24T02:50:00+02:00",
        ("extend", first, "--end", "2026-10-24T05:00+02:00", "--reason", "Index plus longs"),
        revised(first, end=utc("2026-10-24T05:00+02:00")),
    )
    yield Step(
        "2026-10-24T05:20:00+02:00",
        ("complete", first, "--reason", "Contrôle final"),
        revised(first, state="completed"),
    )
    for count, offset in ((2, "+02:00"), (3, "+01:00")):
        yield Step(
            f"2026-10-25T02:15:00{offset}", ("start", number(count)), revised(number(count), state="in-progress")
        )
        yield Step(
            f"2026-10-25T02:44:00{offset}", ("complete", number(count)), revised(number(count), state="completed")
        )


def age() -> Iterator[Step]:
    """Nothing is asked for any more: old events leave, and the last one leaves the placeholder behind."""
    yield Step("2027-01-14T09:00:00+01:00", ())
    yield Step("2027-02-15T09:00:00+01:00", ())
    yield Step("2027-07-01T09:00:00+02:00", ())


def life() -> Iterator[tuple[Step, State]]:
    """Each step, with what clients must know after it."""
    state: State = {}
    for part in (announce, urgent, move, work, age):
        for step in part():
            if step.effect is not None:
                before = state
                state = step.effect(state)
                for identifier, change in state.items():
                    if before.get(identifier) != change:
                        state[identifier] = dataclasses.replace(change, revised=basic(step.moment))
            yield step, {key: value for key, value in state.items() if not value.has_left(step.moment)}
