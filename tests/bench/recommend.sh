#!/usr/bin/env bash
# recommend.sh [BIN]: loads the program with requests to the data plane and with Describe in turns, over 100,000 and over
# 1,000,000 interactions, and measures a training. Compare only ratios: the figures depend on the machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
bin=${1:-build/release}
rounds=${BENCH_ROUNDS:-5} seconds=${BENCH_SECONDS:-3} connections=64
prefix=arn:aws:personalize:us-east-1:000000000000

work=$(mktemp -d)
server=''
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

start() { # start FOLDER: sets $server and $url
    rm -f "$work/ready"
    "$bin"/personalize-local --port 0 --fixtures "$1/films.json" --log-level off >"$work/ready" 2>/dev/null &
    server=$!
    until [ -s "$work/ready" ]; do sleep 0.05; done
    url=$(grep -o 'http://[0-9.:]*' "$work/ready")
}

stop() {
    kill -KILL "$server"
    wait "$server" 2>/dev/null || true
    server=''
}

milliseconds() { # milliseconds PATH BODY: how long one POST takes
    curl -fsS -o "$work/answer" -w '%{time_total}' -H 'content-type: application/json' --data-binary "$2" "$url$1" |
        awk '{ printf "%.1f", $1 * 1000 }'
}

rate() { # rate REQUESTS: requests per second
    REQUESTS=$1 RUN=$RANDOM wrk -t 1 -c $connections -d "${seconds}s" -s tests/bench/films.lua "$url" | grep RESULT |
        awk '{ if ($4 > 0) print "errors: " $4 >"/dev/stderr"; printf "%.0f\n", $2 / ($3 / 1e6) }'
}

peak_kb() { awk '/VmHWM/ { print $2 }' "/proc/$server/status"; }

median() { sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

ask='{"campaignArn":"'$prefix':campaign/personal","userId":"user-1"'
filtered="$ask"',"filterArn":"'$prefix':filter/unseen-and-cheap"}'

for size in 100000 1000000; do
    tests/bench/films.sh "$work/$size" $size
    start "$work/$size"
    echo "== data plane, $size interactions, 10000 items, $connections connections, log off"
    before=$(peak_kb)
    took=$(milliseconds /_local/train "{\"arn\":\"$prefix:solution/personal/1\"}")
    awk -v ms="$took" -v kb=$(($(peak_kb) - before)) -v n=$size 'BEGIN {
        printf "training: %.2f s (target 10 or less for 1000000), peak memory grew by %.0f bytes an interaction (target 400 or less)\n", ms / 1000, kb * 1024 / n }'
    milliseconds /recommendations "$ask}" >/dev/null
    printf 'first use of a filter: %s ms (target 20 or less for 100000)\n' "$(milliseconds /recommendations "$filtered")"
    rm -f "$work"/*."$size"
    for _ in $(seq "$rounds"); do
        describe=$(rate describe)
        for kind in recommend filtered; do
            awk -v rate="$(rate $kind)" -v describe="$describe" 'BEGIN { print rate / describe, rate }' >>"$work/$kind.$size"
        done
        awk -v rate="$(rate event)" -v describe="$describe" 'BEGIN { print rate / describe, rate }' >>"$work/event.$size"
    done
    for target in 'recommend 0.2' 'filtered 0.1' 'event 0.4'; do
        read -r kind least <<<"$target"
        printf '%s: %s of the rate of Describe (target %s or more), %s requests/s\n' "$kind" \
            "$(cut -d' ' -f1 "$work/$kind.$size" | median)" "$least" "$(cut -d' ' -f2 "$work/$kind.$size" | median)"
    done
    port=${url##*:}
    half=$(("$("$bin"/tests/bench/paced "$port" 0 "$seconds")" / 2))
    read -r _ quiet _ < <("$bin"/tests/bench/paced "$port" "$half" "$seconds")
    curl -fsS -o "$work/answer" --data-binary "{\"arn\":\"$prefix:solution/personal/1\"}" "$url/_local/train" &
    trainer=$!
    read -r _ busy _ < <("$bin"/tests/bench/paced "$port" "$half" "$seconds")
    wait $trainer
    awk -v quiet="$quiet" -v busy="$busy" -v rate="$half" 'BEGIN {
        printf "Describe at %d requests/s: p99 %.2f ms, %.2f ms while a model is trained (target 3 times as much, or 5 ms)\n", rate, quiet / 1000, busy / 1000 }'
    stop
done
for kind in recommend filtered event; do
    awk -v few="$(cut -d' ' -f2 "$work/$kind.100000" | median)" -v many="$(cut -d' ' -f2 "$work/$kind.1000000" | median)" -v kind=$kind 'BEGIN {
        printf "%s: %.2f times the time over ten times the interactions (target below 3)\n", kind, few / many }'
done
