#!/usr/bin/env bash
# clang-tidy on what one compiler call reads: a file, or several that are compiled together. Quiet where it is clean.
# Together they cost a fifth: most of the time goes into the headers that they share.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
output=$(clang-tidy --quiet -p build/lint "$1" 2>/dev/null) || {
    printf '%s\n' "$output"
    echo "clang-tidy: $1" >&2
    exit 1
}
[ -z "$output" ] || {
    printf '%s\n' "$output"
    exit 1
}
