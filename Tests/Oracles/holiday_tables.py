"""Writes the holiday fixtures for the years 1990..2100 and every zone:

- holidays-<zone>.txt: `date TAB names in holidays TAB names in workalendar`, an empty field where a source lacks the day;
- holidays-decided.tsv: `zone TAB date TAB name[|name]`, the days by law (holiday_law.py);
- holidays-disagreements.tsv: `zone TAB date-or-rule TAB who-has-it TAB decision TAB source-of-decision`.

Fails when a source differs from another or from the law and holiday_disagreements.py does not explain it,
when an explanation is never needed, or when it decides otherwise than holiday_law.py.

Re-run: `make oracles`, or `python holiday_tables.py` in an environment made from requirements.txt.
"""

from fixtures import write_lines
from holiday_disagreements import DISAGREEMENTS, NOTES
from holiday_law import from_law
from holiday_sources import YEARS, ZONES, from_holidays, from_official, from_workalendar

SOURCES = {"holidays": from_holidays, "workalendar": from_workalendar, "official": from_official}


def explanation(zone, day, who, decided):
    """The one entry that explains why the sources differ on a date."""
    found = [
        (number, entry)
        for number, entry in enumerate(DISAGREEMENTS)
        if zone in entry.zones and entry.covers(day) and entry.who == who and (entry.decision == "yes") == decided
    ]
    if len(found) != 1:
        raise SystemExit(f"{zone} {day}: in {sorted(who)}, by law {decided}: {len(found)} explanations")
    return found[0][0]


def names_agree(zone, day, law, official):
    """Where the law and the official data set both have a date that nobody disputes, the names must be equal."""
    disputed = any(zone in entry.zones and entry.covers(day) for entry in DISAGREEMENTS)
    if law != official and not disputed:
        raise SystemExit(f"{zone} {day}: by law {law}, in the official data set {official}")


def zone_tables(zone):
    """The lines of both holiday files of one zone, and the (entry, zone) pairs used."""
    source_lines, decided_lines, used = [], [], set()
    for year in YEARS:
        stated = {name: source(zone, year) for name, source in SOURCES.items()}
        law = from_law(zone, year)
        for day in sorted(set(law).union(*stated.values())):
            who = frozenset(name for name in SOURCES if day in stated[name])
            if len(who) < len(SOURCES) or day not in law:
                used.add((explanation(zone, day, who, day in law), zone))
            if day in law and day in stated["official"]:
                names_agree(zone, day, law[day], stated["official"][day])
            if day in law:
                decided_lines.append(f"{zone}\t{day}\t{'|'.join(law[day])}")
            if who & {"holidays", "workalendar"}:
                fields = ["|".join(stated[name].get(day, [])) for name in ("holidays", "workalendar")]
                source_lines.append("\t".join([day.isoformat(), *fields]))
    return source_lines, decided_lines, used


def disagreement_lines(used):
    yield "zone\tdate-or-rule\twho-has-it\tdecision\tsource-of-decision"
    rows = []
    for number, entry in enumerate(DISAGREEMENTS):
        for zone in entry.zones:
            if (number, zone) not in used:
                raise SystemExit(f"{zone}, {entry.rule}: explains nothing")
            who = " ".join(sorted(entry.who)) or "none"
            rows.append((zone, entry.rule, who, entry.decision, entry.source))
    order = list(ZONES)
    for row in sorted(rows + NOTES, key=lambda row: order.index(row[0])):
        yield "\t".join(row)


def main():
    decided, used = [], set()
    for zone in ZONES:
        source_lines, decided_lines, used_here = zone_tables(zone)
        write_lines(f"holidays-{zone}.txt", source_lines)
        decided += decided_lines
        used |= used_here
    write_lines("holidays-decided.tsv", sorted(decided))
    write_lines("holidays-disagreements.tsv", disagreement_lines(used))


if __name__ == "__main__":
    main()
