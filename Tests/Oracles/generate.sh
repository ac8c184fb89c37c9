#!/bin/sh
# Rewrites Tests/Fixtures from the oracles, with pinned packages in .build/oracles-venv.
# Tests/Fixtures/cases is given, not generated; the reference is proved against it before it answers anything.
# PYTHON names another interpreter (3.11 or later).
set -eu

oracles=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
venv="$oracles/../../.build/oracles-venv"

[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$oracles/requirements.txt"

[ "${1:-}" != --environment-only ] || exit 0

# The clock rules come from the pinned tzdata package, not from the machine.
export PYTHONTZPATH= PYTHONDONTWRITEBYTECODE=1

for script in easter holiday_tables prove_reference clock_changes random_cases availability_cases prove_availability \
    support_cases recurrences annex prove_peer; do
    echo "oracles: $script"
    "$venv/bin/python" "$oracles/$script.py"
done
