"""The public holidays of each zone as the law states them, rule by rule, with years and source.

Names are those of the official data set ("jours-feries-gouv", Etalab). There is no substitute day.
Two days may fall on one date; it then has two names.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from easter import easter

NATIONAL = "Code du travail, L3133-1"
LOCAL = "Code du travail, L3134-13 (ordonnance du 16 août 1892)"
ABOLITION = "Code du travail, L3422-2; loi 83-550; décret 83-1003"
ABOLITION_NAME = "Abolition de l'esclavage"


@dataclass(frozen=True)
class Fixed:
    """The same day of every civil year."""

    month: int
    day: int

    def in_year(self, year):
        return date(year, self.month, self.day)


@dataclass(frozen=True)
class FromEaster:
    """A number of days after (or, negative, before) Easter Sunday."""

    days: int

    def in_year(self, year):
        return easter(year) + timedelta(days=self.days)


@dataclass(frozen=True)
class Rule:
    """One holiday. `first` and `last` are years, both inclusive; None is unbounded within 1990..2100."""

    name: str
    on: Fixed | FromEaster
    source: str
    first: int | None = None
    last: int | None = None

    def holds(self, year):
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)


NATIONAL_DAYS = [
    Rule("1er janvier", Fixed(1, 1), NATIONAL),
    Rule("Lundi de Pâques", FromEaster(1), NATIONAL),
    Rule("1er mai", Fixed(5, 1), NATIONAL),
    Rule("8 mai", Fixed(5, 8), NATIONAL),
    Rule("Ascension", FromEaster(39), NATIONAL),
    Rule("Lundi de Pentecôte", FromEaster(50), NATIONAL),
    Rule("14 juillet", Fixed(7, 14), NATIONAL),
    Rule("Assomption", Fixed(8, 15), NATIONAL),
    Rule("Toussaint", Fixed(11, 1), NATIONAL),
    Rule("11 novembre", Fixed(11, 11), NATIONAL),
    Rule("Jour de Noël", Fixed(12, 25), NATIONAL),
]


def abolition(month, day, first=None, last=None):
    return Rule(ABOLITION_NAME, Fixed(month, day), ABOLITION, first, last)


# What a zone adds to the national days.
ADDED_DAYS = {
    "metropole": [],
    "alsace-moselle": [
        Rule("Vendredi saint", FromEaster(-2), LOCAL),
        Rule("2ème jour de Noël", Fixed(12, 26), LOCAL),
    ],
    "guadeloupe": [abolition(5, 27)],
    "guyane": [abolition(6, 10)],
    "martinique": [abolition(5, 22)],
    "la-reunion": [abolition(12, 20)],
    "mayotte": [abolition(4, 27)],
    # A commune of Guadeloupe until 15 July 2007; 9 October by décret 2012-553, before it by the official data set.
    "saint-barthelemy": [abolition(5, 27, last=2007), abolition(10, 9, first=2008)],
    # 27 May (Guadeloupe, then décret 2012-553); 28 May since the interministerial circular of May 2018.
    "saint-martin": [abolition(5, 27, last=2017), abolition(5, 28, first=2018)],
    "saint-pierre-et-miquelon": [],
}


def from_law(zone, year):
    """`{date: [name, ...]}`, dates and names sorted."""
    days = {}
    for rule in NATIONAL_DAYS + ADDED_DAYS[zone]:
        if rule.holds(year):
            days.setdefault(rule.on.in_year(year), []).append(rule.name)
    return {day: sorted(days[day]) for day in sorted(days)}
