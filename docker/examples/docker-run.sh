#!/usr/bin/env bash
# Runs a command with a container beside it. The fixtures come from a folder. The database outlives the container. All
# else is read-only.
#   docker-run.sh npm test
# FIXTURES names the folder. IMAGE names the image; `./dev image` builds personalize-local:latest.
set -euo pipefail
if [ $# = 0 ]; then
    echo "docker-run.sh: add the command to run, for example: docker-run.sh npm test" >&2
    exit 2
fi

image=${IMAGE:-personalize-local:latest}
fixtures=$(cd "${FIXTURES:-$(dirname "${BASH_SOURCE[0]}")/fixtures}" && pwd)

# Publishes port 7377 of the container on a free port of this machine, on loopback only.
container=$(docker run --detach \
    --read-only --cap-drop ALL --security-opt no-new-privileges \
    --publish 127.0.0.1::7377 \
    --volume "$fixtures:/fixtures:ro" --env PERSONALIZE_LOCAL_FIXTURES=/fixtures \
    --volume personalize-data:/data --env PERSONALIZE_LOCAL_DB=/data/personalize.db \
    "$image")
finish() {
    docker stop "$container" >/dev/null # takes two seconds at most
    docker rm "$container" >/dev/null
}
trap finish EXIT

# The image checks once a second whether the server is ready. A container that has ended is not `running`.
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
AWS_ENDPOINT_URL_PERSONALIZE=http://$address AWS_REGION=us-east-1 \
    AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local "$@"
