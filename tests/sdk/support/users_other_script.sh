#!/bin/sh
# A user's script for the two other services: prints the error that each returns.

refused() {
    $AWS "$@" 2>&1 | sed -n 's/.*An error occurred (\([A-Za-z]*\)).*/\1/p'
}

runtime=$(refused personalize-runtime get-recommendations \
    --campaign-arn arn:aws:personalize:us-east-1:000000000000:campaign/films)
events=$(refused personalize-events put-events --tracking-id films --session-id one \
    --event-list eventType=watch,sentAt=2026-01-31T12:00:00Z)

printf '{"runtime": "%s", "events": "%s"}\n' "$runtime" "$events"
