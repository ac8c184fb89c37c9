"""Proves that check_batch_peer.py answers as the fixtures do, so that a timing compares equal work.

Compares on the worked and the random verdicts, in the zones and years that the peer serves; exits 1 on a difference.

Re-run: `make oracles`, or `python prove_peer.py` in an environment made from requirements.txt.
"""

from check_batch_peer import HOLIDAYS, verdict
from fixtures import read_jsonl
from prove_reference import asserted

FIRST_YEAR = 2008  # `holidays` leaves out Lundi de Pentecôte 2005-2007


def serves(case):
    years = [int(case[field][:4]) for field in ("start", "end") if case[field][:4].isdigit()]
    return case["zone"] in HOLIDAYS and all(year >= FIRST_YEAR for year in years)


def main():
    for name in ("cases/verdicts.jsonl", "verdicts-random.jsonl"):
        cases = [case for case in read_jsonl(name) if serves(case["input"])]
        wrong = [case["input"] for case in cases if verdict(case["input"]) != asserted(case["expected"])]
        if wrong:
            raise SystemExit(f"{name}: the peer differs on {len(wrong)}, first {wrong[0]}")
        print(f"{name}: the peer agrees on {len(cases)}")


if __name__ == "__main__":
    main()
