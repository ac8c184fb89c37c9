"""The public holidays of a zone as three independent packages state them; nothing is decided here.

- `holidays` (France and its subdivisions);
- `workalendar` (France, Alsace-Moselle; it has no overseas classes, so an overseas zone gets the France class);
- `jours-feries-france`, from which the official data set "jours fériés en France" is produced.

Each function answers `{date: [name, ...]}` for one year.
"""

from collections import defaultdict

import holidays
from jours_feries_france import JoursFeries
from workalendar.europe import France, FranceAlsaceMoselle

YEARS = range(1990, 2101)

# zone: (subdivision in `holidays`, class in `workalendar`, zone in the official data set)
ZONES = {
    "metropole": (None, France, "Métropole"),
    "alsace-moselle": ("6AE", FranceAlsaceMoselle, "Alsace-Moselle"),
    "guadeloupe": ("971", France, "Guadeloupe"),
    "guyane": ("973", France, "Guyane"),
    "martinique": ("972", France, "Martinique"),
    "la-reunion": ("974", France, "La Réunion"),
    "mayotte": ("976", France, "Mayotte"),
    "saint-barthelemy": ("BL", France, "Saint-Barthélémy"),
    "saint-martin": ("MF", France, "Saint-Martin"),
    "saint-pierre-et-miquelon": ("PM", France, "Saint-Pierre-et-Miquelon"),
}


def from_holidays(zone, year):
    calendar = holidays.France(years=year, subdiv=ZONES[zone][0], language="fr")
    return {day: sorted(calendar.get_list(day)) for day in sorted(calendar)}


def from_workalendar(zone, year):
    return _grouped((day, name) for day, name in ZONES[zone][1]().holidays(year))


def from_official(zone, year):
    return _grouped((day, name) for name, day in JoursFeries.for_year(year, ZONES[zone][2]).items())


def _grouped(pairs):
    days = defaultdict(list)
    for day, name in pairs:
        days[day].append(name)
    return {day: sorted(days[day]) for day in sorted(days)}
