#!/usr/bin/env bash
# Runs micro-benchmarks of the stages, then loads the program and a bare server with Describe requests in turns, so that
# other work of the machine affects both. Compare only ratios: the figures depend on the machine.
# BENCH_JOBS="1000 1000000" BENCH_ROUNDS=5 BENCH_SECONDS=3 BENCH_ROWS=1000000 ./dev bench
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
rounds=${BENCH_ROUNDS:-5} seconds=${BENCH_SECONDS:-3} threads=$(nproc) connections=64
bin=build/release
[ -f $bin/build.ninja ] || cmake --preset release >&2
cmake --build $bin --parallel "$threads" --target personalize-local benchmarks >&2

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

# measure PORT COMMAND...: prints "requests/s us-of-cpu-per-request errors"; PUTs the file $RULES first, if set. The port
# is one of $SCHEME, http unless set otherwise; with $ONE_REQUEST each request has a connection of its own.
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
    awk -v ticks=$((after - before)) -v hz="$(getconf CLK_TCK)" '{ printf "%.0f %.2f %d\n", $2 / ($3 / 1e6), ticks / hz * 1e6 / $2, $4 }' <<<"$result"
}

median() { sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

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

echo "== start"
$bin/tests/bench/time_to_answer $bin/personalize-local

echo "== size: 100000 batch inference jobs of 760 bytes"
$bin/tests/bench/size 100000

echo "== memory of an idle server"
for flags in '' '--tls-cert auto --tls-port 0'; do
    # shellcheck disable=SC2086
    HOME=$work $bin/personalize-local --port 0 --fixtures fixtures $flags >"$work/ready" 2>/dev/null &
    server=$!
    until [ -s "$work/ready" ]; do sleep 0.02; done
    printf '%s KiB resident%s, with the example world\n' "$(awk '/VmRSS/ { print $2 }' /proc/$server/status)" "${flags:+, HTTPS beside HTTP}"
    kill -KILL $server
    wait $server 2>/dev/null || true
    server=''
done

for jobs in ${BENCH_JOBS:-1000 1000000}; do
    echo "== DescribeBatchInferenceJob, $jobs jobs, $connections connections, $threads threads, log off"
    $bin/tests/bench/fill "$work/jobs.db" "$jobs"
    export JOBS=$jobs
    : >"$work/ratios"
    for round in $(seq "$rounds"); do
        port=$(free_port)
        read -r bare_rate bare_cpu bare_errors < <(measure "$port" $bin/tests/bench/bare_server "$work/jobs.db.answers" "$port" "$threads")
        port=$(free_port)
        read -r our_rate our_cpu our_errors < <(measure "$port" $bin/personalize-local --port "$port" --db "$work/jobs.db" --threads "$threads" --log-level off)
        echo "$bare_rate $our_rate $bare_cpu $our_cpu $bare_errors $our_errors" |
            awk -v round="$round" '{ printf "round %d: bare %d req/s, %.1f us CPU; ours %d req/s, %.1f us CPU; ratio %.2f of the rate, %.2f of the CPU; errors %d, %d\n",
                round, $1, $3, $2, $4, $2 / $1, $4 / $3, $5, $6; print $2 / $1, $4 / $3, $1, $2, $3, $4 >>"'"$work/ratios"'" }'
    done
    printf 'medians: bare %s req/s, %s us CPU; ours %s req/s, %s us CPU; ratio %s of the rate (target 0.75 or more), %s of the CPU (target 1.5 or less)\n' \
        "$(cut -d' ' -f3 "$work/ratios" | median)" "$(cut -d' ' -f5 "$work/ratios" | median)" \
        "$(cut -d' ' -f4 "$work/ratios" | median)" "$(cut -d' ' -f6 "$work/ratios" | median)" \
        "$(cut -d' ' -f1 "$work/ratios" | median)" "$(cut -d' ' -f2 "$work/ratios" | median)"
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
        read -r rate cpu errors < <(RULES=$rules measure "$port" $bin/personalize-local --port "$port" --db "$work/jobs.db" --threads "$threads" --log-level off)
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
    $1, $2, $4, $5, $4 / $1, $7, $10, $11, $3 + $6 + $9 + $12; print $4 / $1, $10, $11 >>"'"$work/ratios"'" }'
printf 'medians: HTTPS %s of the rate of HTTP with connections kept; %s handshakes/s with an answer each, %s us CPU\n' \
    "$(cut -d' ' -f1 "$work/ratios" | median)" "$(cut -d' ' -f2 "$work/ratios" | median)" "$(cut -d' ' -f3 "$work/ratios" | median)"
