#!/usr/bin/env bash
# Checks the rules that a script can check: forbidden words and headers, and files that are too long.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
failed=0

product() { git ls-files -co --exclude-standard -- 'server/*.h' 'server/*.cpp' 'storage/*.h' 'storage/*.cpp'; }

forbid() { # forbid PATTERN REASON
    if product | xargs grep -nE -- "$1"; then
        echo "house rule: $2" >&2
        failed=1
    fi
}

forbid '#include <(regex|iostream)>' '<regex> and <iostream> are not used'
forbid 'using namespace [a-z:_]+;' 'using namespace is not used'
forbid '\b(TODO|FIXME|XXX)\b' 'TODO notes are not used: finish the work or describe the limit'

# Tables may be longer.
while read -r lines file; do
    case $file in
        *kind_table.cpp | *option_table.cpp | total) continue ;;
    esac
    if [ "$lines" -gt 250 ]; then
        echo "house rule: $file has $lines lines, a room has at most 250" >&2
        failed=1
    fi
done < <(product | xargs wc -l)

for file in $(product | grep '\.h$'); do
    if ! head -n 1 "$file" | grep -q '^//'; then
        echo "house rule: $file does not say what it promises in its first line" >&2
        failed=1
    fi
done
exit $failed
