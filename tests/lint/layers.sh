#!/usr/bin/env bash
# Holds every #include of the product against layers.txt.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
git ls-files -co --exclude-standard -- 'server/*.h' 'server/*.cpp' 'storage/*.h' 'storage/*.cpp' | while read -r file; do
    grep -HnE '^#include' "$file" || true
done | awk '
    FILENAME != "-" {
        if ($0 ~ /^#/ || NF == 0) next
        split($0, halves, ":"); folder = halves[1]; allowed[folder] = folder " " halves[2]; next
    }
    {
        split($0, parts, ":"); file = parts[1]
        folder = file; sub(/\/[^\/]*$/, "", folder)
        included = $0; sub(/^[^<"]*[<"]/, "", included); sub(/[>"].*$/, "", included)
        if (included !~ /[\/.]/ || included ~ /^(sys|arpa|netinet)\// || included ~ /^(unistd|netdb|fcntl)\.h$/) next
        if (!(folder in allowed)) { print file ": its folder is not in layers.txt"; bad = 1; next }
        # storage and storage/sqlite are one library
        if (folder ~ /^storage/ && included ~ /^storage\//) next
        n = split(allowed[folder], may, " "); ok = 0
        for (i = 1; i <= n; i++) {
            prefix = may[i]; if (prefix ~ /^(server|storage)/) prefix = prefix "/"
            if (index(included, prefix) == 1) ok = 1
        }
        if (!ok) { print file ":" parts[2] ": " folder " must not include " included; bad = 1 }
    }
    END { exit bad }' tests/lint/layers.txt -
