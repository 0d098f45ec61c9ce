#!/usr/bin/env bash
# row_fixture.sh BIN [ROWS]: prints how long the program needs until it is ready with a CSV fixture of so many
# interactions, without and with a database file, and how long a tenant's copy of them takes.
set -euo pipefail
bin=$1 rows=${2:-100000} rounds=3
work=$(mktemp -d)
server=''
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

mkdir "$work/fixtures"
awk -v rows="$rows" 'BEGIN {
    srand(1)
    print "USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE"
    for (i = 0; i < rows; ++i) printf "user-%d,item-%d,%d,View\n", rand() * 6000, rand() * 10000, 1700000000 + i
}' >"$work/fixtures/views.csv"
cat >"$work/fixtures/films.json" <<'JSON'
{"datasetGroups": [{"datasetGroupArn": "arn:aws:personalize:us-east-1:000000000000:dataset-group/films"}],
 "schemas": [{"schemaArn": "arn:aws:personalize:us-east-1:000000000000:schema/views",
   "schema": "{\"type\":\"record\",\"name\":\"Interactions\",\"namespace\":\"a.b\",\"fields\":[{\"name\":\"USER_ID\",\"type\":\"string\"},{\"name\":\"ITEM_ID\",\"type\":\"string\"},{\"name\":\"TIMESTAMP\",\"type\":\"long\"},{\"name\":\"EVENT_TYPE\",\"type\":\"string\"}],\"version\":\"1.0\"}"}],
 "datasets": [{"datasetArn": "arn:aws:personalize:us-east-1:000000000000:dataset/films/INTERACTIONS",
   "datasetGroupArn": "arn:aws:personalize:us-east-1:000000000000:dataset-group/films",
   "schemaArn": "arn:aws:personalize:us-east-1:000000000000:schema/views", "_local": {"file": "views.csv"}}]}
JSON

median() { sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# measure FLAGS...: appends the seconds until the server was ready, and those of a tenant's copy.
measure() {
    local began url
    began=$(date +%s%N)
    "$bin" --port 0 --fixtures "$work/fixtures" --log-level off "$@" >"$work/ready" &
    server=$!
    until grep -q 'ready on' "$work/ready"; do sleep 0.005; done
    echo $((($(date +%s%N) - began) / 1000000)) >>"$work/starts"
    url=$(awk '{ for (i = 1; i < NF; ++i) if ($i == "on") print $(i + 1) }' "$work/ready")
    curl -fsS -o "$work/answer" -w '%{time_total}\n' -X POST "$url/_local/reset?account=111111111111" |
        awk '{ printf "%.0f\n", $1 * 1000 }' >>"$work/copies"
    kill -KILL "$server"
    wait "$server" 2>/dev/null || true
    server=''
}

for kept in memory file; do
    rm -f "$work/starts" "$work/copies"
    for _ in $(seq $rounds); do
        rm -f "$work"/x.db*
        if [ $kept = file ]; then measure --db "$work/x.db"; else measure; fi
    done
    printf '%d interactions in a CSV fixture, in %s: ready in %s ms (target 1500 or less in memory), a tenant'"'"'s copy in %s ms (target 50 or less)\n' \
        "$rows" "$kept" "$(median <"$work/starts")" "$(median <"$work/copies")"
done
