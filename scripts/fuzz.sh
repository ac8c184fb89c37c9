#!/bin/sh
# Fuzzes each reader of what strangers write, with AddressSanitizer: usage fuzz.sh SECONDS [TARGET…].
# What is found stays in .build/fuzz/TARGET; what a run learnt is laid into Tests/Fuzz/Corpus with KEEP=1, as few and small
# files as reach the same code.
set -eu
cd "$(dirname "$0")/.."
seconds=$1
shift
FUZZ=1 swift build --scratch-path .build-fuzz --product Fuzz --sanitize address --sanitize fuzzer -Xswiftc -O
fuzz=$PWD/.build-fuzz/debug/Fuzz
[ $# -gt 0 ] || set -- $(ls Tests/Fuzz/Corpus)
failed=0
for target; do
  corpus=Tests/Fuzz/Corpus/$target
  work=.build/fuzz/$target
  mkdir -p "$work/corpus" "$work/found"
  # Tables that are made once (ChangeField.rows) are leaks to LeakSanitizer, which does not see into Swift's enums.
  # Swift's own report of a trap would take the place of libFuzzer's.
  if TARGET=$target ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no "$fuzz" -max_total_time="$seconds" -timeout=20 -detect_leaks=0 -rss_limit_mb=2048 -max_len=65536 \
    -artifact_prefix="$work/found/" -print_final_stats=1 "$work/corpus" "$corpus" > "$work/log" 2>&1; then
    echo "$target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$work/log") inputs, no finding"
  else
    failed=1
    echo "$target: FOUND, see $work/log and $work/found"
    continue
  fi
  [ "${KEEP:-}" ] || continue
  rm -rf "$work/merged" && mkdir -p "$work/merged"
  TARGET=$target ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no "$fuzz" -merge=1 -max_len=2048 "$work/merged" "$corpus" "$work/corpus" >> "$work/log" 2>&1
  # The smallest: the corpus is replayed by each run of the tests.
  ls -Sr "$work/merged" | head -n 60 | while read -r file; do cp "$work/merged/$file" "$corpus/"; done
done
exit $failed
