#!/usr/bin/env bash
# beside_jobs.sh [BIN]: measures how long Describe takes at half of saturation while jobs read and write files: an import
# of a million interactions, an export of them, and batch inference for 100,000 users. Compare only what one run prints.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
bin=${1:-build/release}
seconds=${BENCH_SECONDS:-3}
prefix=arn:aws:personalize:us-east-1:000000000000
role=arn:aws:iam::000000000000:role/personalize

work=$(mktemp -d)
server=''
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

tests/bench/films.sh "$work/films" 100000
tests/bench/films.sh "$work/many" 1000000
mkdir -p "$work/s3/bucket/in" "$work/s3/bucket/out"
mv "$work/many/interactions.csv" "$work/s3/bucket/in/"
awk 'BEGIN { for (i = 0; i < 100000; ++i) printf "{\"userId\":\"user-%d\"}\n", i % 10000 }' >"$work/s3/bucket/in/users.json"
"$bin"/personalize-local --port 0 --db "$work/films.db" --s3 "$work/s3" --fixtures "$work/films/films.json" \
    --pending 50ms --in-progress 50ms --log-level off >"$work/ready" 2>/dev/null &
server=$!
until [ -s "$work/ready" ]; do sleep 0.05; done
url=$(grep -o 'http://[0-9.:]*' "$work/ready")
port=${url##*:}

call() { # call OPERATION BODY
    curl -fsS -H 'content-type: application/x-amz-json-1.1' -H "x-amz-target: AmazonPersonalize.$1" --data-binary "$2" "$url"
}

half=$(("$("$bin"/tests/bench/paced "$port" 0 "$seconds")" / 2))
read -r _ quiet _ < <("$bin"/tests/bench/paced "$port" "$half" "$seconds")
printf 'Describe at %d requests/s: p99 %.2f ms\n' "$half" "$(awk -v us="$quiet" 'BEGIN { print us / 1000 }')"

beside() { # beside WHAT OPERATION BODY: measures Describe while the job is at work
    local arn busy
    arn=$(call "$2" "$3" | grep -o 'arn:[^"]*')
    read -r _ busy _ < <("$bin"/tests/bench/paced "$port" "$half" "$seconds")
    local still=ended
    curl -fsS "$url/_local/jobs" | grep -q "$arn" && still=running
    curl -fsS -o "$work/waited" "$url/_local/wait?arn=$arn&status=ACTIVE&timeout=600s"
    awk -v what="$1" -v busy="$busy" -v quiet="$quiet" -v still=$still 'BEGIN {
        printf "%s: p99 %.2f ms, %.1f times as long (target 3 times, or 5 ms); the job was then %s\n", what, busy / 1000, busy / quiet, still }'
}

beside 'an import of 1000000 interactions' CreateDatasetImportJob '{"jobName":"import","roleArn":"'$role'","importMode":"INCREMENTAL","datasetArn":"'$prefix':dataset/films/INTERACTIONS","dataSource":{"dataLocation":"s3://bucket/in/interactions.csv"}}'
beside 'an export of them' CreateDatasetExportJob '{"jobName":"export","roleArn":"'$role'","ingestionMode":"ALL","datasetArn":"'$prefix':dataset/films/INTERACTIONS","jobOutput":{"s3DataDestination":{"path":"s3://bucket/out/"}}}'
beside 'batch inference of 100000 users' CreateBatchInferenceJob '{"jobName":"batch","roleArn":"'$role'","solutionVersionArn":"'$prefix':solution/personal/1","jobInput":{"s3DataSource":{"path":"s3://bucket/in/users.json"}},"jobOutput":{"s3DataDestination":{"path":"s3://bucket/out/"}}}'
