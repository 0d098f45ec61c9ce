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

# Words of our own that are not plain English or not the field's terms. Each pattern has no good use in code or pages.
prose() {
    git ls-files -co --exclude-standard -- server storage docs README.md CONTRIBUTING.md SECURITY.md dev | grep -vE '\.(json|sql|svg|html|css)$'
}

reword() { # reword PATTERN REPLACEMENT
    if prose | xargs grep -nIE -- "$1"; then
        echo "house rule: use plain words: $2" >&2
        failed=1
    fi
}

reword '\b[Oo]n (its|his|their) way\b' 'in progress, in transition, before it arrives'
reword '\b([Cc]omes?|[Cc]ame) to rest\b|\bat rest,? (again|yet)\b' 'has a stable status'
reword '\b([Ss]et|[Ss]ets|[Ss]etting) out (on|now|again)\b|\bset_out\b|\bput_on_way\b' 'starts a transition'
reword '\b([Hh]e|[Hh]im|[Hh]imself|[Hh]is)\b' 'name the thread, the request, the client or the user'
reword '\b[Ww]ho(ever)? (asks|waits|wait|logs|leaves|finds|begins|breaks|came|merely|may not|is to)\b|\b[Ww]hom\b' \
    'name the subject: a waiter, a client, a request'
reword '\b([Nn]obody|[Ss]omebody) [a-z]' 'no client, no thread, a user, another account'
reword '\b(is|are|was|were|be|been) told\b|\btold (of|apart|so)\b' 'is reported, is returned, is listed'
reword '\b[Ll]ooked at\b|\bone more look\b' 'is polled, is read, is checked'
reword '^ *//+ That [a-z]' 'begin a comment with the value that the function returns, or with its action'
reword '\b[Aa]ll the same\b|\b[Aa]new\b|\bhas not (its|the|a)\b' 'still, again, does not have'
reword '\bclass (Door|Lane|Watch|Visit)\b|\bstruct (Door|Lane|Watch|Visit)\b|\b(PlanBook|QuotaBook|EngineGate)\b' \
    'endpoint, I/O context, deadline, waiter, overrides, gate'
reword '\b(giving_up|on_the_way|reckon|reckons|reckoned)\b' 'stopping, in progress, compute'

# Tables may be longer.
while read -r lines file; do
    case $file in
        *kind_table.cpp | *option_table.cpp | *call_table.cpp | total) continue ;;
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
