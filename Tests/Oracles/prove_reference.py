"""Proves reference.py and support_reference.py against the worked cases in Fixtures/cases; exits 1 on the first file that differs.

Compares `expected` without `alternatives` and `candidates`, which are informative.

Re-run: `make oracles`, or `python prove_reference.py`.
"""

from fixtures import read_jsonl
from reference import holidays_answer, next_slot_answer, verdict_answer, windows_answer
from support_reference import support_clock_answer

ANSWERS = {
    "holidays": holidays_answer,
    "windows": windows_answer,
    "verdicts": verdict_answer,
    "next_slots": next_slot_answer,
    "support_clock": support_clock_answer,
}


def asserted(value):
    """The value without what the case files call informative."""
    if isinstance(value, dict):
        return {key: asserted(item) for key, item in value.items() if key not in ("alternatives", "candidates")}
    return [asserted(item) for item in value] if isinstance(value, list) else value


def main():
    for name, answer in ANSWERS.items():
        cases = read_jsonl(f"cases/{name}.jsonl")
        wrong = [case["id"] for case in cases if answer(case["input"]) != asserted(case["expected"])]
        if wrong:
            raise SystemExit(f"{name}: the reference differs on {', '.join(wrong)}")
        print(f"{name}: {len(cases)} cases agree")


if __name__ == "__main__":
    main()
