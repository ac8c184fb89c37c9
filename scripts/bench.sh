#!/bin/sh
# Ratios against peers, both in the same run: bench.sh BINARY [ROW ...]
# BENCH_QUICK=1 makes it short. Ends with 0 whatever the ratios, with 1 when ours and a peer answer differently.
set -eu
cd "$(dirname "$0")/.."
binary=$1
shift
# The peers in Python: `holidays` of the oracles; khal for the start of a calendar program.
Tests/Oracles/generate.sh --environment-only
khal=Benchmarks/.build/khal-venv
if ! [ -x "$khal/bin/khal" ]; then
    "${PYTHON:-python3}" -m venv "$khal"
    "$khal/bin/python" -m pip install --quiet --disable-pip-version-check khal==0.11.3
fi
Benchmarks/.build/release/Benchmarks "$@"
[ $# -gt 0 ] || .build/oracles-venv/bin/python Benchmarks/Python/processes.py "$binary" "$khal/bin/khal"
