#!/usr/bin/env python3
"""Times as people say them, and what they mean: the table Tests/Fixtures/spoken-times.tsv.

usage: spoken_times.py > Tests/Fixtures/spoken-times.tsv

Nothing is parsed here: each expression is made from a day and an hour whose meaning is known while it is written, with
Python's calendar and time zones. Columns: now (UTC), language, what the time is for (start, end, fact), expression,
meaning (UTC), or `!` and words that the refusal has to hold.
"""
import datetime as dt
import zoneinfo

PARIS = zoneinfo.ZoneInfo("Europe/Paris")
UTC = dt.timezone.utc
DAY = dt.timedelta(days=1)
FR_DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
EN_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
FR_MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
             "novembre", "décembre"]  # fmt: skip
EN_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
             "November", "December"]  # fmt: skip
# Month ends, clock changes, Sundays, New Year, a leap day, just before and after midnight, noon.
MOMENTS = [
    "2026-11-30T22:00", "2026-12-31T23:59", "2027-01-01T00:00", "2027-02-28T22:15", "2028-02-28T12:00",
    "2028-02-29T00:30", "2027-03-27T22:00", "2027-03-28T00:59", "2027-03-28T03:00", "2026-10-24T22:00",
    "2026-10-25T01:59", "2026-10-25T12:00", "2026-12-06T00:59", "2026-12-06T01:00", "2026-12-06T23:00",
    "2026-08-31T23:59", "2027-05-07T21:45", "2026-12-05T18:00", "2027-07-13T09:30", "2026-11-02T00:01"]  # fmt: skip
# Hours, as each language writes them.
HOURS = [
    ((1, 0), ["01:00", "1h", "1 h", "à 1 h", "1:00", "1h00", "1 heure"], ["01:00", "1am", "at 1 am", "1:00 am", "1:00"]),
    ((22, 0), ["22:00", "22h", "à 22 h", "22 heures"], ["22:00", "10pm", "at 10:00 pm"]),
    ((3, 30), ["03:30", "3h30", "3 h 30", "3 h 30 min", "à 3h30"], ["03:30", "3:30am", "at 3:30"]),
    ((2, 30), ["02:30", "2h30", "2 h 30"], ["02:30", "2:30 am"]),
    ((12, 0), ["12:00", "midi", "à midi"], ["12:00", "noon", "at noon", "12pm"]),
    ((0, 15), ["00:15", "0h15", "0 h 15"], ["00:15", "12:15am", "12:15 am"]),
]


class Table:
    def __init__(self):
        self.rows = []

    def add(self, now, lang, use, text, meaning):
        if isinstance(meaning, dt.datetime):
            wall = meaning.replace(tzinfo=PARIS)
            instants = {wall.replace(fold=f).astimezone(UTC) for f in (0, 1)}
            exists = wall.astimezone(UTC).astimezone(PARIS).replace(tzinfo=None) == meaning
            if len(instants) > 1:
                word = ("n’existe pas" if lang == "fr" else "does not exist") if not exists else (
                    "existe deux fois" if lang == "fr" else "comes twice")
                meaning = "!" + word
            else:
                meaning = instants.pop().strftime("%Y-%m-%dT%H:%M:%SZ")
        shown = now.replace(tzinfo=PARIS).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.rows.append("\t".join([shown, lang, use, text, meaning]))


def at(date, hour):
    return dt.datetime.combine(date, dt.time(*hour))


def coming(now, weekday, hour):
    """The first such weekday whose hour is after now."""
    return next(at(now.date() + n * DAY, hour) for n in range(9)
                if (now.date() + n * DAY).weekday() == weekday and at(now.date() + n * DAY, hour) > now)  # fmt: skip


def past(now, weekday, hour):
    return next(at(now.date() - n * DAY, hour) for n in range(9)
                if (now.date() - n * DAY).weekday() == weekday and at(now.date() - n * DAY, hour) <= now)  # fmt: skip


def next_weekday(today, weekday):
    return next(today + n * DAY for n in range(1, 8) if (today + n * DAY).weekday() == weekday)


def last_weekday(today, weekday):
    return next(today - n * DAY for n in range(1, 8) if (today - n * DAY).weekday() == weekday)


def coming_date(now, month, day, hour):
    """The first such date whose hour is after now."""
    for year in range(now.year, now.year + 9):
        try:
            moment = at(dt.date(year, month, day), hour)
        except ValueError:
            continue
        if moment > now:
            return moment


def numbered(now, target, hour, english=False):
    """The first day with the weekday and the number of `target` whose hour is after now."""
    days = (now.date() + n * DAY for n in range(427))
    found = next(at(d, hour) for d in days if (d.weekday(), d.day) == (target.weekday(), target.day) and at(d, hour) > now)
    return found if (found.date() - now.date()).days <= 62 else "!the date" if english else "!dites la date"


def ahead(hour, meaning):
    """`dans 2 jours 3 heures` may be a length; `à 3 h` and 03:00 are hours."""
    return meaning if hour.startswith("à") or "h" not in hour else "!une durée ou une heure"


def ordinal(day):
    return "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def main():
    table = Table()
    for number, text in enumerate(MOMENTS):
        now = dt.datetime.fromisoformat(text)
        today = now.date()
        for turn, (hour, french, english) in enumerate(HOURS):
            fr = french[number % len(french)]
            en = english[number % len(english)]
            weekday = (number * 5 + turn * 3) % 7
            target = today + ((number * 37 + turn * 11) % 300 + 1) * DAY
            fr_date = f"{'1er' if target.day == 1 else target.day} {FR_MONTHS[target.month - 1]}"
            en_date = f"{target.day} {EN_MONTHS[target.month - 1]}"
            n = number % 9 + 2
            says = [
                ("fr", f"demain {fr}", at(today + DAY, hour)), ("en", f"tomorrow {en}", at(today + DAY, hour)),
                ("fr", f"aujourd’hui {fr}", at(today, hour)), ("en", f"today {en}", at(today, hour)),
                ("fr", f"après-demain {fr}", at(today + 2 * DAY, hour)),
                ("en", f"the day after tomorrow {en}", at(today + 2 * DAY, hour)),
                ("fr", f"{FR_DAYS[weekday]} {fr}", coming(now, weekday, hour)),
                ("en", f"{EN_DAYS[weekday]} {en}", coming(now, weekday, hour)),
                ("en", f"{en} on {EN_DAYS[weekday]}", coming(now, weekday, hour)),
                ("fr", f"{FR_DAYS[weekday][:3]}. {fr}", coming(now, weekday, hour)),
                ("fr", f"{FR_DAYS[weekday]} prochain {fr}", at(next_weekday(today, weekday), hour)),
                ("en", f"next {EN_DAYS[weekday]} {en}", at(next_weekday(today, weekday), hour)),
                ("fr", f"{FR_DAYS[weekday]} dernier {fr}", at(last_weekday(today, weekday), hour)),
                ("en", f"last {EN_DAYS[weekday]} {en}", at(last_weekday(today, weekday), hour)),
                ("fr", f"+{n}d {fr}", ahead(fr, at(today + n * DAY, hour))), ("en", f"+{n}d {en}", at(today + n * DAY, hour)),
                ("fr", f"+{n}j {fr}", ahead(fr, at(today + n * DAY, hour))),
                ("fr", f"dans {n} jours {fr}", ahead(fr, at(today + n * DAY, hour))),
                ("en", f"in {n} days {en}", at(today + n * DAY, hour)),
                ("fr", f"dans {n} semaines {fr}", ahead(fr, at(today + n * 7 * DAY, hour))),
                ("fr", f"{target:%d/%m/%Y} {fr}", at(target, hour)),
                ("fr", f"le {target:%d.%m.%Y} {fr}", at(target, hour)),
                ("fr", f"{target:%Y-%m-%d} {fr}", at(target, hour)),
                ("en", f"{target:%Y-%m-%d} {en}", at(target, hour)),
                ("fr", f"{FR_DAYS[target.weekday()]} {fr_date} {target.year} {fr}", at(target, hour)),
                ("en", f"{EN_DAYS[target.weekday()]} {en_date} {target.year}, {en}", at(target, hour)),
                ("en", f"{EN_MONTHS[target.month - 1]} {target.day}, {target.year} {en}", at(target, hour)),
                ("en", f"{EN_MONTHS[target.month - 1][:3]} {target.day} {en}",
                 coming_date(now, target.month, target.day, hour)),
                ("fr", f"le {fr_date} {fr}", coming_date(now, target.month, target.day, hour)),
                ("fr", f"{target:%d/%m} {fr}", coming_date(now, target.month, target.day, hour)),
                ("en", f"{EN_DAYS[(target.weekday() + 1) % 7]} {en_date} {target.year} {en}", "!that date is a"),
                ("fr", f"{FR_DAYS[(target.weekday() + 1) % 7]} {fr_date} {target.year} {fr}", "!cette date est un"),
                ("en", f"{target:%d/%m} {en}", "!it could be" if target.day <= 12 and target.day != target.month else
                 coming_date(now, target.month, target.day, hour)),
                ("fr", f"{FR_DAYS[target.weekday()]} {target.day} {fr}", numbered(now, target, hour)),
                ("en", f"{EN_DAYS[target.weekday()]} {target.day}{ordinal(target.day)} {en}", numbered(now, target, hour, True)),
                ("fr", f"{FR_DAYS[weekday]} en huit {fr}", coming(now, weekday, hour) + 7 * DAY),
                ("fr", f"{target:%d/%m/%y} {fr}", "!quatre chiffres"),
                ("fr", fr, "!quel jour"), ("en", en, "!which day"),
                ("fr", FR_DAYS[weekday], "!ajoutez une heure"), ("en", EN_DAYS[weekday], "!add a time"),
                ("fr", f"demain {fr} 22:00", "!deux"), ("en", f"today tomorrow {en}", "!two days"),
            ]  # fmt: skip
            for lang, words, meaning in says:
                table.add(now, lang, "start", words, meaning)
            # An hour alone is the first after now for an end, the last up to now for a fact.
            first = at(today, hour) if at(today, hour) > now else at(today + DAY, hour)
            last = at(today, hour) if at(today, hour) <= now else at(today - DAY, hour)
            table.add(now, "fr", "end", fr, first)
            table.add(now, "en", "fact", en, last)
            table.add(now, "fr", "fact", f"{FR_DAYS[weekday]} {fr}", past(now, weekday, hour))
            table.add(now, "fr", "fact", f"hier {fr}", at(today - DAY, hour))
            table.add(now, "en", "fact", f"yesterday {en}", at(today - DAY, hour))
        aware = now.replace(tzinfo=PARIS).astimezone(UTC)
        for lang, words, length in [
            ("fr", "dans 2 h", 120), ("en", "in 90 minutes", 90), ("fr", "+2h30", 150), ("en", "+45m", 45),
            ("fr", "maintenant", 0), ("en", "now", 0), ("fr", "il y a 10 min", -10), ("en", "2 hours ago", -120),
            ("en", "-10m", -10), ("fr", "dans 1 h 30 min", 90), ("fr", "dans 3 heures", 180),
        ]:  # fmt: skip
            meaning = (aware + dt.timedelta(minutes=length)).strftime("%Y-%m-%dT%H:%M:%SZ")
            table.add(now, lang, "start", words, meaning)
        for lang, words, refusal in [
            ("fr", "30 février 2027 1h", "!ce jour n’existe pas"), ("en", "31 April 01:00", "!no such day"),
            ("fr", "demain 24h", "!cette heure n’existe pas"), ("en", "tomorrow 13pm", "!no such time"),
            ("fr", "demain minuit", "!minuit"), ("en", "midnight on Sunday", "!midnight"),
            ("fr", "samdi 1h", "!vouliez-vous dire samedi"), ("en", "tomorow 1am", "!did you mean tomorrow"),
            ("fr", "demain 1", "!ni un jour ni une heure"), ("en", "soon", "!not understood"),
            ("fr", "demain 01:00-03:00", "!deux heures"), ("en", "tomorrow 01:00 - 03:00", "!two hours"),
            ("fr", "demain 13h du matin", "!cette heure n’existe pas"), ("fr", "demain 12h du soir", "!cette heure"),
            ("fr", f"{now - 3 * DAY:%d/%m} 1h", "!dites l’année"), ("en", f"{now - 40 * DAY:%d %B} 1am", "!say the year"),
            ("fr", "", "!quel jour"), ("fr", "demain 25:00", "!cette heure n’existe pas"),
        ]:  # fmt: skip
            table.add(now, lang, "start", words, refusal)
    print("\n".join(table.rows))


if __name__ == "__main__":
    main()
