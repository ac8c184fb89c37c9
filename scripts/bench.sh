#!/bin/sh
# Ratios against peers, both in the same run: bench.sh BINARY
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
Tests/Oracles/generate.sh --environment-only
python=.build/oracles-venv/bin/python
"$python" Tests/Oracles/make_check_lines.py 100000 > "$work/lines.jsonl"
time_of() { /usr/bin/env python3 - "$@" <<'P'
import subprocess, sys, time
source, command = sys.argv[1], sys.argv[2:]
begin = time.perf_counter()
subprocess.run(command, stdin=open(source), stdout=subprocess.DEVNULL, check=False)
print(f"{time.perf_counter() - begin:.4f}")
P
}
for round in 1 2 3 4 5; do
  ours=$(time_of "$work/lines.jsonl" "$1" check --batch -)
  peer=$(time_of "$work/lines.jsonl" "$python" Tests/Oracles/check_batch_peer.py)
  echo "check --batch, 100,000 lines, round $round: $ours s, Python $peer s, ratio $(echo "$peer / $ours" | bc -l | cut -c1-5)"
done
