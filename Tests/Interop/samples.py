"""Good samples of every publication, made here and not by the program; selftest.py plants faults in them."""

from __future__ import annotations

import email.message
import email.policy
import json

from expectations import SERVICE, Expected, basic, utc
from profiles import AWS_PRODID, MAINTNOTE_IMPACT, MAINTNOTE_STATUS

NOW = utc("2026-10-12T09:30:00+02:00")
PLANNED = Expected(
    "CHG-2026-0001",
    "maintenance",
    "Migration, étape 1; \\ 😀",
    utc("2026-10-25T02:15+02:00"),
    utc("2026-10-25T02:45+02:00"),
    sequence=1,
    components=("application",),
    description="Ligne 1\nLigne 2",
    revised="20261012T073000Z",
    uid="CHG-2026-0001-abc@preavis",
)
CANCELLED = Expected(
    "CHG-2026-0002",
    "update",
    "Version 5.2",
    utc("2026-10-27T10:00+01:00"),
    utc("2026-10-27T11:00+01:00"),
    sequence=2,
    state="cancelled",
    revised="20261012T071500Z",
    uid="CHG-2026-0002-abc@preavis",
)
EXPECTED = {change.id: change for change in (PLANNED, CANCELLED)}
KNOWN = {change.id: change.uid for change in EXPECTED.values()}
PORTAL = "https://portal.example/maintenance"


def escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def fold(line: str) -> bytes:
    """Lines of at most 75 octets, cut between characters."""
    pieces: list[bytes] = []
    piece = b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > (75 if not pieces else 74):
            pieces.append(piece)
            piece = b""
        piece += octets
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"


def event(change: Expected, *more: str, language: str = "fr") -> list[str]:
    free = change.transparency == "TRANSPARENT"
    text = f"{change.id} {' '.join(change.components)} heure de Paris\n{change.description}"
    return [
        "BEGIN:VEVENT",
        f"UID:{change.uid}",
        f"DTSTAMP:{change.revised}",
        "CREATED:20261012T070000Z",
        f"LAST-MODIFIED:{change.revised}",
        f"SEQUENCE:{change.sequence}",
        f"DTSTART:{basic(change.start)}",
        f"DTEND:{basic(change.end)}",
        f"SUMMARY:{escape(change.summary(language))}",
        f"DESCRIPTION:{escape(text)}",
        f"URL:{PORTAL}/{change.id}",
        "ORGANIZER;CN=Support:mailto:maintenance@portal.example",
        f"STATUS:{change.status}",
        f"TRANSP:{change.transparency}",
        f"X-MICROSOFT-CDO-BUSYSTATUS:{'FREE' if free else 'BUSY'}",
        *more,
        "END:VEVENT",
    ]


def calendar(events: list[list[str]], *header: str, prodid: str = "-//Test//Test//FR") -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{prodid}", *header]
    lines += [line for each in events for line in each]
    return b"".join(fold(line) for line in [*lines, "END:VCALENDAR"])


STANDARD = (
    "METHOD:PUBLISH",
    "NAME:Flux",
    "X-WR-CALNAME:Flux",
    "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
    "X-PUBLISHED-TTL:PT15M",
)


def feed() -> bytes:
    return calendar([event(change) for change in EXPECTED.values()], *STANDARD)


def placeholder() -> bytes:
    nothing = Expected(
        "nothing",
        "maintenance",
        "Rien",
        utc("2021-10-18T00:00+02:00"),
        utc("2021-10-18T00:01+02:00"),
        impact="none",
        revised="20211017T220000Z",
        uid="nothing-planned-profession-liberale@preavis",
    )
    return calendar([event(nothing)], *STANDARD)


def maintnote() -> bytes:
    def noted(change: Expected) -> list[str]:
        return event(
            change,
            "X-MAINTNOTE-PROVIDER:portal.example",
            "X-MAINTNOTE-ACCOUNT:acme",
            f"X-MAINTNOTE-MAINTENANCE-ID:{change.id}",
            "X-MAINTNOTE-OBJECT-ID:application",
            f"X-MAINTNOTE-IMPACT:{MAINTNOTE_IMPACT[change.impact]}",
            f"X-MAINTNOTE-STATUS:{MAINTNOTE_STATUS[change.state]}",
        )

    return calendar([noted(change) for change in EXPECTED.values()])


def change_calendar() -> bytes:
    return calendar([event(PLANNED)], "X-CALENDAR-TYPE:DEFAULT_CLOSED", "X-WR-CALDESC:Maintenance", prodid=AWS_PRODID)


def availability() -> bytes:
    stamp = f"DTSTAMP:{PLANNED.revised}"
    return calendar(
        [
            [
                "BEGIN:VAVAILABILITY",
                "UID:a",
                stamp,
                "BEGIN:AVAILABLE",
                "UID:b",
                stamp,
                "DTSTART:20261025T000000Z",
                "DTEND:20261025T060000Z",
                "END:AVAILABLE",
                "END:VAVAILABILITY",
            ]
        ]
    )


def atom() -> bytes:
    entries = "".join(
        f"<entry><id>urn:preavis:{change.id}:{change.sequence}:fr</id><title>{change.title}</title>"
        f"<updated>{utc(change.revised).isoformat()}</updated><link rel='alternate' href='{PORTAL}/{change.id}'/>"
        "<content type='html'>&lt;p&gt;Texte &amp;amp; signe&lt;/p&gt;</content></entry>"
        for change in EXPECTED.values()
    )
    return (
        "<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom' xml:lang='fr'>"
        f"<id>{PORTAL}/atom</id><title>Flux</title><updated>{utc(PLANNED.revised).isoformat()}</updated>"
        f"<author><name>Support</name></author><link rel='self' href='{PORTAL}/atom'/>{entries}</feed>"
    ).encode()


def json_feed() -> bytes:
    items = [
        {
            "id": f"{change.id}:{change.sequence}:fr",
            "title": change.title,
            "content_html": "<p>Texte</p>",
            "date_published": utc(change.revised).isoformat(),
        }
        for change in EXPECTED.values()
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Flux", "items": items}).encode()


def statuspage() -> bytes:
    iso = "2026-10-12T07:30:00.000Z"
    component = {
        "id": "c1",
        "name": "application",
        "status": "operational",
        "created_at": iso,
        "updated_at": iso,
        "position": 1,
        "description": None,
        "showcase": False,
        "group_id": None,
        "page_id": "p",
        "group": False,
        "only_show_if_degraded": False,
    }
    update = {
        "id": "u1",
        "status": "scheduled",
        "body": "Texte",
        "incident_id": "m1",
        "created_at": iso,
        "updated_at": iso,
        "display_at": iso,
        "affected_components": None,
        "deliver_notifications": True,
    }
    maintenance = {
        "id": "m1",
        "name": f"{PLANNED.id} {PLANNED.title}",
        "status": "scheduled",
        "created_at": iso,
        "updated_at": iso,
        "monitoring_at": None,
        "resolved_at": None,
        "impact": "maintenance",
        "shortlink": f"{PORTAL}/{PLANNED.id}",
        "started_at": iso,
        "page_id": "p",
        "incident_updates": [update],
        "components": [component],
        "scheduled_for": PLANNED.start.isoformat(),
        "scheduled_until": PLANNED.end.isoformat(),
    }
    return json.dumps(
        {
            "page": {"id": "p", "name": "Page", "url": PORTAL, "time_zone": "Europe/Paris", "updated_at": iso},
            "components": [component],
            "incidents": [],
            "scheduled_maintenances": [maintenance],
            "status": {"indicator": "none", "description": "Tout va bien"},
        }
    ).encode()


def page(mail: bool = False) -> bytes:
    body = (
        f"<h1>Avis {PLANNED.id}</h1><p>{SERVICE} : {PLANNED.title}, version {PLANNED.sequence + 1}, sur cette intervention, de 02:15 à 02:45 "
        "(heure de Paris)</p><h2 id='d'>Détails</h2>"
        "<table><tbody><tr><th scope='row'>Objet</th><td>Base</td></tr></tbody></table>"
        f"<p><a href='{PORTAL}'>Portail</a> <time datetime='2026-10-25T02:15+02:00'>02:15</time></p>"
    )
    form = (
        ""
        if mail
        else "<form><label for='q'>Chercher</label><input id='q' name='q'></form><img src='a.png' alt='Plan'>"
    )
    sheet = (
        "body { background: #fff; color: #222; } a { color: #0b57a4; }"
        "@media (prefers-color-scheme: dark) { body { background: #111; color: #eee; } a { color: #8cc2ff; } }"
    )
    return (
        "<!DOCTYPE html>\n<html lang='fr'><head><meta charset='utf-8'><title>Avis</title>"
        "<meta name='viewport' content='width=device-width'>"
        f"<style>{sheet}</style></head><body><main>{body}{form}</main></body></html>"
    ).encode()


def mail() -> bytes:
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    for name, value in (
        ("From", "Support <maintenance@portal.example>"),
        ("To", "a@example.org"),
        ("Subject", f"{SERVICE} – maintenance planifiée ({PLANNED.id})"),
        ("Date", "Mon, 12 Oct 2026 09:30:00 +0200"),
        ("Message-ID", "<CHG-2026-0001.1@portal.example>"),
        ("Auto-Submitted", "auto-generated"),
    ):
        message[name] = value
    message.set_content(f"{PLANNED.id}, {PLANNED.title}, version {PLANNED.sequence + 1}, sur cette intervention", cte="quoted-printable")
    message.add_alternative(page(mail=True).decode(), subtype="html", cte="quoted-printable")
    message.add_alternative(
        calendar([event(PLANNED)], *STANDARD),
        maintype="text",
        subtype="calendar",
        cte="base64",
        params={"method": "PUBLISH", "charset": "utf-8"},
    )
    return message.as_bytes()
