#!/usr/bin/env bash
# Starts the image beside the steps of a job, waits until it is ready, and writes the variables for clients to GITHUB_ENV.
# For action.yml. IMAGE, PORT, FIXTURES and SETTINGS are its inputs. REPOSITORY and VERSION are those of the action.
set -euo pipefail

# shellcheck source=../server/package/release.env
. "$(dirname "${BASH_SOURCE[0]}")/../server/package/release.env"
owner=${OWNER:-${REPOSITORY%%/*}}
tag=latest
[[ $VERSION != v[0-9]*.*.* ]] || tag=${VERSION#v}
image=${IMAGE:-$REGISTRY/${owner,,}/personalize-local:$tag}

flags=(--detach --cap-drop ALL --security-opt no-new-privileges --publish "127.0.0.1:$PORT:7377")
if [ "$FIXTURES" ]; then
    flags+=(--volume "$(realpath "$FIXTURES"):/fixtures:ro" --env PERSONALIZE_LOCAL_FIXTURES=/fixtures)
fi
while IFS= read -r setting; do
    [ -z "$setting" ] || flags+=(--env "$setting")
done <<<"$SETTINGS"
container=$(docker run "${flags[@]}" "$image")

# The image checks once a second whether the server is ready. A container that has ended is not `running`.
state='running starting'
for _ in {1..150}; do
    state=$(docker inspect --format '{{.State.Status}} {{.State.Health.Status}}' "$container")
    [ "$state" = 'running starting' ] || break
    sleep 0.2
done
if [ "$state" != 'running healthy' ]; then
    docker logs "$container" >&2
    echo "personalize-local: the container is $state" >&2
    exit 1
fi

endpoint=http://$(docker port "$container" 7377/tcp)
echo "endpoint=$endpoint" >>"$GITHUB_OUTPUT"
{
    for service in PERSONALIZE PERSONALIZE_EVENTS PERSONALIZE_RUNTIME; do
        echo "AWS_ENDPOINT_URL_$service=$endpoint"
    done
    echo "PERSONALIZE_LOCAL_ENDPOINT=$endpoint" # for the npm and pip packages
    # A job that has credentials or a region keeps them: the server takes any.
    [ "${AWS_ACCESS_KEY_ID:-}" ] || printf '%s\n' AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local
    [ "${AWS_REGION:-${AWS_DEFAULT_REGION:-}}" ] || printf '%s\n' AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
} >>"$GITHUB_ENV"
