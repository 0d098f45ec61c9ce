#!/usr/bin/env bash
# clang-tidy on one file; quiet where it is clean.
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
