#!/usr/bin/env bash
# Runs a command beside a container: fixtures from a folder, a database that outlives the container, all else read-only.
#   docker-run.sh npm test
# FIXTURES names the folder, IMAGE the image: personalize-local:latest is what `./dev image` makes.
set -euo pipefail
if [ $# = 0 ]; then
    echo "docker-run.sh: behind it goes the command to run" >&2
    exit 2
fi

image=${IMAGE:-personalize-local:latest}
fixtures=$(cd "${FIXTURES:-$(dirname "${BASH_SOURCE[0]}")/fixtures}" && pwd)

# Port 7377 of the container becomes any free one of this machine, on loopback.
container=$(docker run --detach \
    --read-only --cap-drop ALL --security-opt no-new-privileges \
    --publish 127.0.0.1::7377 \
    --volume "$fixtures:/fixtures:ro" --env PERSONALIZE_LOCAL_FIXTURES=/fixtures \
    --volume personalize-data:/data --env PERSONALIZE_LOCAL_DB=/data/personalize.db \
    "$image")
finish() {
    docker stop "$container" >/dev/null # asks it to end, which takes it two seconds at most
    docker rm "$container" >/dev/null
}
trap finish EXIT

# The image looks once a second whether it is ready. A container that has ended is not `running`.
state='running starting'
for _ in {1..150}; do
    state=$(docker inspect --format '{{.State.Status}} {{.State.Health.Status}}' "$container")
    [ "$state" = 'running starting' ] || break
    sleep 0.2
done
if [ "$state" != 'running healthy' ]; then
    docker logs "$container" >&2
    echo "docker-run.sh: the container is $state" >&2
    exit 1
fi

address=$(docker port "$container" 7377/tcp)
AWS_ENDPOINT_URL_PERSONALIZE=http://$address AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local "$@"
