"""Writes easter.txt: Easter Sunday (Gregorian) of every year 1583..2299, one `YYYY-MM-DD` a line.

Source: `dateutil.easter` (western). Three implementations must agree, or nothing is written:
dateutil, `convertdate.holidays` (formula of the US Naval Observatory), and the
tabular method of Clavius as Knuth gives it (The Art of Computer Programming, 1.3.2, exercise 14).

Re-run: `make oracles`, or `python easter.py` in an environment made from requirements.txt.
"""

from datetime import date, timedelta

import convertdate.holidays
import dateutil.easter

from fixtures import write_lines

YEARS = range(1583, 2300)


def knuth(year):
    """Golden number, epact, and the first Sunday after the full moon on or after 21 March."""
    golden = year % 19 + 1
    century = year // 100 + 1
    skipped_leap_days = 3 * century // 4 - 12
    moon_correction = (8 * century + 5) // 25 - 5
    sunday = 5 * year // 4 - skipped_leap_days - 10
    epact = (11 * golden + 20 + moon_correction - skipped_leap_days) % 30
    if epact == 24 or (epact == 25 and golden > 11):
        epact += 1
    full_moon = 44 - epact
    if full_moon < 21:
        full_moon += 30
    day_of_march = full_moon + 7 - (sunday + full_moon) % 7
    return date(year, 3, 1) + timedelta(days=day_of_march - 1)


def easter(year):
    answers = {
        "dateutil": dateutil.easter.easter(year),
        "convertdate": date(*convertdate.holidays.easter(year, church="western")),
        "Knuth": knuth(year),
    }
    if len(set(answers.values())) != 1:
        raise SystemExit(f"the sources differ on Easter {year}: {answers}")
    return answers["dateutil"]


def main():
    write_lines("easter.txt", (easter(year).isoformat() for year in YEARS))


if __name__ == "__main__":
    main()
