#!/usr/bin/env bash
# Runs fuzz targets, all of them unless some are named, and prints what each has done. What they learn stays in
# build/fuzz/corpus, and an input that makes a target fail is a finding in build/fuzz/findings:
#   FUZZ_JOBS=2 tests/fuzz/run.sh MINUTES [TARGET...]
# MINUTES are of wall clock for all targets together. Exits 1 if there is a finding.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
out=$PWD/build/fuzz
minutes=$1
shift
jobs=${FUZZ_JOBS:-$(nproc)}
targets=("$@")
if [ ${#targets[@]} = 0 ]; then
    for source in tests/fuzz/corpus/*/; do targets+=("$(basename "$source")"); done
fi
seconds=$((minutes * 60 * jobs / ${#targets[@]}))
[ "$seconds" -ge 1 ] || seconds=1

# shellcheck disable=SC2317 # xargs calls it
fuzz() { # fuzz TARGET SECONDS OUT
    local dictionary=tests/fuzz/$1.dict options=()
    mkdir -p "$3/corpus/$1" "$3/findings" "$3/logs"
    [ ! -f "$dictionary" ] || options+=("-dict=$dictionary")
    # An input that takes ten seconds is a finding too: texts are read in time that grows with their length.
    "$3/tests/fuzz/fuzz_$1" "$3/corpus/$1" "tests/fuzz/corpus/$1" "-max_total_time=$2" -max_len=16384 -timeout=10 \
        -rss_limit_mb=3072 -print_final_stats=1 "-artifact_prefix=$3/findings/$1-" ${options[@]+"${options[@]}"} \
        >"$3/logs/$1.log" 2>&1 || true
}
export -f fuzz

printf '%s\n' "${targets[@]}" | xargs -P "$jobs" -I {} bash -c 'fuzz "$@"' fuzz {} "$seconds" "$out"

printf '%-12s %12s %10s %9s\n' target executions a_second findings
found=0
for target in "${targets[@]}"; do
    log=$out/logs/$target.log
    executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    rate=$(sed -n 's/^stat::average_exec_per_sec: *//p' "$log")
    findings=$(grep -c '^artifact_prefix=' "$log" || true)
    # A program that ends without its figures has failed outside of its inputs.
    if [ "$executions" = "" ] && [ "$findings" = 0 ]; then findings=1; fi
    printf '%-12s %12s %10s %9s\n' "$target" "${executions:-?}" "${rate:-?}" "$findings"
    if [ "$findings" != 0 ]; then
        found=1
        grep -E -m 3 '^(does not hold|found|SUMMARY|==.*ERROR|terminate|  what)' "$log" | cut -c1-200 || true
        sed -n 's/.*Test unit written to /    /p' "$log"
    fi
done
exit $found
