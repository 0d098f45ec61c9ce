#!/usr/bin/env bash
# Runs micro-benchmarks of the stages, then loads the program and a bare server with Describe requests in turns, so that
# other work of the machine affects both. Compare only ratios: the figures depend on the machine. The table at the end
# holds what has a target.
# BENCH_JOBS="1000 1000000" BENCH_ROUNDS=5 BENCH_SECONDS=3 BENCH_ROWS=1000000 ./dev bench
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
rounds=${BENCH_ROUNDS:-5} seconds=${BENCH_SECONDS:-3} threads=$(nproc) connections=64
bin=build/release
[ -f $bin/build.ninja ] || cmake --preset release >&2
cmake --build $bin --parallel "$threads" --target personalize-local benchmarks >&2
# What users start: the program of images and packages.
static=build/static/personalize-local
[ -f build/static/build.ninja ] || cmake --preset static >&2
cmake --build build/static --parallel "$threads" --target personalize-local >&2

work=$(mktemp -d)
server=''
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

cpu_ticks() { awk '{ sub(/^.*\) /, ""); print $12 + $13 }' "/proc/$1/stat"; }

free_port() { # a port that was free just now
    local port
    for port in $(shuf -i 20000-29999 -n 20); do
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port" && return; }
    done
}

# Rules for every Describe that match none of them.
rules_json() {
    printf '{"rules": ['
    for i in $(seq 1000); do
        printf '%s{"match": {"operation": "Describe*", "batchInferenceJobArn": "*/other-%d"}, "delay": "1s"}' "${sep-}" "$i"
        local sep=,
    done
    printf ']}'
}

# measure PORT COMMAND...: prints "requests/s us-of-cpu-per-request errors p99-in-us"; PUTs the file $RULES first, if
# set. The port is one of $SCHEME, http unless set otherwise; with $ONE_REQUEST each request has a connection of its own.
measure() {
    local port url before after result
    port=$1
    url=${SCHEME:-http}://127.0.0.1:$port
    shift
    "$@" >/dev/null 2>&1 &
    server=$!
    until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do sleep 0.02; done
    [ -z "${RULES-}" ] || curl -fsS -o "$work/answer" -X PUT --data-binary "@$RULES" "http://127.0.0.1:$port/_local/rules"
    wrk -t 1 -c $connections -d 1s -s tests/bench/describe.lua "$url" >/dev/null # warm
    before=$(cpu_ticks $server)
    result=$(wrk -t 1 -c $connections -d "${seconds}s" -s tests/bench/describe.lua "$url" | grep RESULT)
    after=$(cpu_ticks $server)
    kill -KILL $server
    wait $server 2>/dev/null || true
    server=''
    awk -v ticks=$((after - before)) -v hz="$(getconf CLK_TCK)" '{ printf "%.0f %.2f %d %d\n", $2 / ($3 / 1e6), ticks / hz * 1e6 / $2, $4, $5 }' <<<"$result"
}

median() { sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

median_of() { cut -d' ' -f"$1" "$work/ratios" | median; }

# row WHAT MEASURED TARGET: a line of the table at the end.
row() { printf '%-76s %10s  %s\n' "$1" "$2" "$3" >>"$work/table"; }

echo "== stages"
$bin/tests/bench/stages --benchmark_min_time=0.2
echo "== recommendations"
$bin/tests/bench/recommendations --benchmark_min_time=0.2
echo "== batch inference beside GetRecommendations, one thread each, 100000 lines"
$bin/tests/bench/batches
echo "== filters"
$bin/tests/bench/filters --benchmark_min_time=0.2

tests/bench/recommend.sh "$bin"

echo "== due work, with few and with many versions"
$bin/tests/bench/due

echo "== import and export, beside sqlite3"
$bin/tests/bench/transfers "$work/transfers" "${BENCH_ROWS:-1000000}"
rm -rf "$work/transfers"
tests/bench/beside_jobs.sh "$bin"

echo "== rows of fixtures"
tests/bench/row_fixture.sh $bin/personalize-local

echo "== start of the static program, with an empty store and with the example world"
for fixtures in '' '--fixtures fixtures'; do
    # shellcheck disable=SC2086
    $bin/tests/bench/time_to_answer $static 40 $fixtures | tee "$work/start"
    row "exec to first answer, ${fixtures:-empty store}" "$(awk '{ print $6 }' "$work/start") ms" \
        "at most $([ -z "$fixtures" ] && echo 8 || echo 12) ms"
done

echo "== size: 100000 batch inference jobs of 760 bytes"
$bin/tests/bench/size 100000

echo "== memory of an idle server, the static program"
for flags in '' '--tls-cert auto --tls-port 0' '--fixtures fixtures'; do
    # shellcheck disable=SC2086
    HOME=$work $static --port 0 $flags >"$work/ready" 2>/dev/null &
    server=$!
    until [ -s "$work/ready" ]; do sleep 0.02; done
    sleep 1 # until all threads are idle
    memory() { awk -v what="$1:" '$1 == what { printf "%.1f MB", $2 * 1024 / 1e6 }' "/proc/$server/status"; }
    most=4
    [ "$flags" = "${flags#--tls}" ] || most=6
    row "idle, anonymous memory, ${flags:-empty store}" "$(memory RssAnon)" "$([ "$flags" = "${flags#--fix}" ] && echo "at most $most MB")"
    row "idle, resident memory, ${flags:-empty store}" "$(memory VmRSS)" "at most 14 MB"
    kill -KILL $server
    wait $server 2>/dev/null || true
    server=''
    : >"$work/ready"
done
tail -n 6 "$work/table"
row "static program" "$(awk -v bytes="$(stat -c %s $static)" 'BEGIN { printf "%.2f MiB", bytes / 1048576 }')" "below 12 MiB"

echo "== a crowd: 8000 idle connections and 1500 waits, then hundreds of slow readers and writers"
$bin/tests/bench/crowd $bin/personalize-local

echo "== the console's page with 10000 jobs and 10000 requests, where there is a browser"
longest=$(cd tests/sdk && PLOCAL_BINARY=$PWD/../../$bin/personalize-local node --test --test-reporter=tap \
    --test-name-pattern='10,000 jobs' console_server.test.mjs 2>&1 | sed -n 's/^ *# longest task of the page: //p' || true)
row "longest task of the console's page, 10000 jobs and 10000 requests" "${longest:-not run}" ""
tail -n 1 "$work/table"

# pairs JOBS CONNECTIONS RATE CPU P99: loads the bare server and the program in turns, and adds the medians of the ratios
# to the table, beside these targets.
pairs() {
    local jobs=$1 connections=$2 round port what="DescribeBatchInferenceJob, $1 jobs, $2 connections"
    echo "== $what, $threads threads, log off"
    : >"$work/ratios"
    for round in $(seq "$rounds"); do
        port=$(free_port)
        measure "$port" $bin/tests/bench/bare_server "$work/jobs.db.answers" "$port" "$threads" >"$work/bare"
        port=$(free_port)
        measure "$port" $bin/personalize-local --port "$port" --db "$work/jobs.db" --threads "$threads" --log-level off |
            paste -d' ' "$work/bare" - | tee "$work/pair" |
            awk -v round="$round" '{ printf "round %d: bare %d req/s, %.1f us CPU, p99 %d us; ours %d req/s, %.1f us CPU, p99 %d us; errors %d, %d\n",
                round, $1, $2, $4, $5, $6, $8, $3, $7 }'
        awk '{ printf "%.3f %.3f %.3f\n", $5 / $1, $6 / $2, $8 / $4 }' "$work/pair" >>"$work/ratios"
    done
    row "$what: requests per second beside the bare server" "$(median_of 1)" "at least $3"
    row "$what: CPU beside the bare server" "$(median_of 2)" "at most $4"
    row "$what: p99 beside the bare server" "$(median_of 3)" "at most $5"
    tail -n 3 "$work/table"
}

for jobs in ${BENCH_JOBS:-1000 1000000}; do
    $bin/tests/bench/fill "$work/jobs.db" "$jobs"
    export JOBS=$jobs
    pairs "$jobs" 64 0.92 1.15 1.5
    pairs "$jobs" 16 0.85 1.25 2
    rm -f "$work"/jobs.db*
done

echo "== DescribeBatchInferenceJob with 1000 rules that do not match, 1000 jobs"
$bin/tests/bench/fill "$work/jobs.db" 1000
rules_json >"$work/rules.json"
export JOBS=1000
: >"$work/ratios"
for round in $(seq "$rounds"); do
    for rules in '' "$work/rules.json"; do
        port=$(free_port)
        read -r rate cpu errors _ < <(RULES=$rules measure "$port" $bin/personalize-local --port "$port" --db "$work/jobs.db" --threads "$threads" --log-level off)
        printf '%s %s %s ' "$rate" "$cpu" "$errors"
    done
    echo
done | awk '{ printf "%.2f times the CPU, %.2f of the rate; errors %d, %d\n", $5 / $2, $4 / $1, $3, $6; print $5 / $2 >>"'"$work/ratios"'" }'
printf 'median: %s times the CPU of none (target 2 or less)\n' "$(median <"$work/ratios")"

echo "== HTTPS beside HTTP, 1000 jobs: each connection kept, then one connection a request"
ours() { # ours PORT SCHEME
    local other
    other=$(free_port)
    case $2 in
        http) HOME=$work measure "$1" $bin/personalize-local --port "$1" --db "$work/jobs.db" --threads "$threads" --log-level off ;;
        https) HOME=$work SCHEME=https measure "$1" $bin/personalize-local --port "$other" --tls-cert auto --tls-port "$1" \
            --db "$work/jobs.db" --threads "$threads" --log-level off ;;
    esac
}
: >"$work/ratios"
for round in $(seq "$rounds"); do
    for scheme in http https; do ours "$(free_port)" $scheme; done
    for scheme in http https; do ONE_REQUEST=1 ours "$(free_port)" $scheme; done
done | paste - - - - | awk '{ printf "kept: http %d req/s, %.1f us CPU; https %d req/s, %.1f us CPU; ratio %.2f of the rate; new: http %d/s, https %d/s, %.0f us CPU; errors %d\n",
    $1, $2, $5, $6, $5 / $1, $9, $13, $14, $3 + $7 + $11 + $15; print $5 / $1, $13, $14 >>"'"$work/ratios"'" }'
printf 'medians: HTTPS %s of the rate of HTTP with connections kept; %s handshakes/s with an answer each, %s us CPU\n' \
    "$(cut -d' ' -f1 "$work/ratios" | median)" "$(cut -d' ' -f2 "$work/ratios" | median)" "$(cut -d' ' -f3 "$work/ratios" | median)"

printf '\n%-76s %10s  %s\n' "figure (medians of $rounds)" measured target
cat "$work/table"
