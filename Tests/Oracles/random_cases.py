"""Writes verdicts-random.jsonl (3,000), windows-random.jsonl (300) and next-slots-random.jsonl (600).

Each line is `{"input": …, "expected": …}` in the schema of Fixtures/cases/README.md, without `alternatives` and
`candidates`. Inputs: random_inputs.py, seeded. Answers: reference.py. Times that name no instant occur in
verdicts and next slots only.

Re-run: `make oracles`, or `python random_cases.py`.
"""

from random import Random

from fixtures import compact, write_lines
from random_inputs import Inputs
from reference import next_slot_answer, verdict_answer, windows_answer

SEED = 20211018  # the day the contract takes effect


def lines(count, draw, answer):
    for _ in range(count):
        case = draw()
        yield compact({"input": case, "expected": answer(case)})


def main():
    inputs = Inputs(Random(SEED))
    write_lines("verdicts-random.jsonl", lines(3000, inputs.verdict, verdict_answer))
    write_lines("windows-random.jsonl", lines(300, inputs.windows, windows_answer))
    write_lines("next-slots-random.jsonl", lines(600, inputs.next_slot, next_slot_answer))


if __name__ == "__main__":
    main()
