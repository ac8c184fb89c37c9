"""Every point on which a source differs from the decision, with who has the day and why it is decided so.

`holiday_tables.py` fails when two sources differ on a date and no entry explains it, and when an entry
explains nothing. Sources: `holidays`, `workalendar`, `official` (jours-feries-france).
"""

from dataclasses import dataclass
from typing import Callable

from holiday_law import FromEaster

OVERSEAS = ("guadeloupe", "guyane", "martinique", "la-reunion", "mayotte", "saint-barthelemy", "saint-martin")
EVERYWHERE = ("metropole", "alsace-moselle", *OVERSEAS, "saint-pierre-et-miquelon")


@dataclass(frozen=True)
class Disagreement:
    zones: tuple[str, ...]
    rule: str
    covers: Callable
    who: frozenset
    decision: str
    source: str


def fixed(month, day, first=1990, last=2100):
    return lambda date: (date.month, date.day) == (month, day) and first <= date.year <= last


def from_easter(days, first=1990, last=2100):
    rule = FromEaster(days)
    return lambda date: rule.in_year(date.year) == date and first <= date.year <= last


def entry(zones, rule, covers, who, decision, source):
    zones = (zones,) if isinstance(zones, str) else zones
    return Disagreement(zones, rule, covers, frozenset(who.split()), decision, source)


LAW_2016 = "Code du travail L3422-2 (loi 2016-1088, article 8)"
DECREE_1983 = "loi 83-550 and décret 83-1003 of 23 November 1983; since 2016 " + LAW_2016
NO_OVERSEAS_CLASS = "; workalendar has no class for the zone"
NOT_LISTED = "not in Code du travail L3133-1 or L3422-2, nor in the official data set: a custom, not a public holiday"

DISAGREEMENTS = [
    entry(
        EVERYWHERE, "Lundi de Pentecôte 2005-2007", from_easter(50, 2005, 2007), "workalendar official", "yes",
        "loi 2004-626 made it the default day of solidarity but left it in Code du travail L222-1 (now L3133-1); "
        "the day stayed a public holiday",
    ),
    entry("guadeloupe", "27 May", fixed(5, 27), "holidays official", "yes", DECREE_1983 + NO_OVERSEAS_CLASS),
    entry("guyane", "10 June", fixed(6, 10), "holidays official", "yes", DECREE_1983 + NO_OVERSEAS_CLASS),
    entry("martinique", "22 May", fixed(5, 22), "holidays official", "yes", DECREE_1983 + NO_OVERSEAS_CLASS),
    entry("la-reunion", "20 December", fixed(12, 20), "holidays official", "yes", DECREE_1983 + NO_OVERSEAS_CLASS),
    entry(
        "mayotte", "27 April", fixed(4, 27), "holidays official", "yes",
        DECREE_1983 + "; until 2017 also Code du travail applicable à Mayotte L222-1" + NO_OVERSEAS_CLASS,
    ),
    entry("guadeloupe", "Vendredi saint", from_easter(-2), "holidays", "no", NOT_LISTED),
    entry("guadeloupe", "Mi-Carême", from_easter(-24), "holidays", "no", NOT_LISTED),
    entry(("guadeloupe", "martinique"), "21 July (Victor Schoelcher)", fixed(7, 21), "holidays", "no", NOT_LISTED),
    entry(
        "saint-martin", "21 July (Victor Schoelcher) since 2012", fixed(7, 21, 2012), "holidays", "no", NOT_LISTED
    ),
    entry(
        "saint-barthelemy", "27 May 1990-2007", fixed(5, 27, 1990, 2007), "", "yes",
        "commune of Guadeloupe until 15 July 2007 (loi organique 2007-223): décret 83-1003 applied as there",
    ),
    entry(
        "saint-barthelemy", "9 October 1990-2007", fixed(10, 9, 1990, 2007), "official", "no",
        "the official data set carries today's date back; no text named the day before 2012",
    ),
    entry(
        "saint-barthelemy", "9 October 2008-2011", fixed(10, 9, 2008, 2011), "official", "yes",
        "no text named a day for the new collectivity; the official data set breaks the tie",
    ),
    entry(
        "saint-barthelemy", "9 October since 2012", fixed(10, 9, 2012), "holidays official", "yes",
        "décret 2012-553 of 23 April 2012; since 2016 " + LAW_2016 + NO_OVERSEAS_CLASS,
    ),
    entry(
        "saint-martin", "27 May 1990-2007", fixed(5, 27, 1990, 2007), "official", "yes",
        "commune of Guadeloupe until 15 July 2007 (loi organique 2007-223): décret 83-1003 applied as there",
    ),
    entry(
        "saint-martin", "27 May 2008-2011", fixed(5, 27, 2008, 2011), "official", "yes",
        "no text named a day for the new collectivity; the official data set breaks the tie",
    ),
    entry(
        "saint-martin", "27 May 2012-2017", fixed(5, 27, 2012, 2017), "official", "yes",
        "décret 2012-553 of 23 April 2012 says 27 May; so does Code du travail L3422-2 as read on 2019-05-21",
    ),
    entry(
        "saint-martin", "28 May 2012-2017", fixed(5, 28, 2012, 2017), "holidays", "no",
        "décret 2012-553 of 23 April 2012 says 27 May; `holidays` carries today's date back",
    ),
    entry(
        "saint-martin", "28 May since 2018", fixed(5, 28, 2018), "holidays official", "yes",
        "interministerial circulars of May 2018 and May 2019, citing loi 2017-256, let Saint-Martin keep 28 May; the official data set "
        "follows. The text of L3422-2 read on 2019-05-21 still said 27 May" + NO_OVERSEAS_CLASS,
    ),
]

# Sources agree, or no source speaks; the question still deserves an answer on the page.
NOTES = [
    (
        "alsace-moselle", "Vendredi saint", "holidays workalendar official", "yes",
        "L3134-13 says: in communes with a Protestant church or a mixed church; the official data set gives it to the whole zone",
    ),
    ("alsace-moselle", "26 December", "holidays workalendar official", "yes", "L3134-13"),
    (
        "mayotte", "Miradji, Idi-el-Fitri, Idi-el-Kabir, Maoulid", "none", "no",
        "the law leaves them to agreements and usage; not in the official data set",
    ),
    (
        "saint-pierre-et-miquelon", "days of its own", "none", "no",
        "L3422-2 does not name the collectivity; the official data set has the 11 national days",
    ),
]
