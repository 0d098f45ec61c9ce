#!/usr/bin/env bash
# Holds every #include against server/layers.txt, looks for circles among rooms (a header and its source are one room),
# and holds the table of folders in CONTRIBUTING.md against server/layers.txt. Prints how many rooms and floors there are.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

git ls-files -co --exclude-standard -- 'server/*.h' 'server/*.cpp' 'storage/*.h' 'storage/*.cpp' | while read -r file; do
    [ ! -f "$file" ] || grep -HnE '^#include' "$file" || printf '%s:0:\n' "$file"
done | awk '
    function complain(text) { print "layers: " text; bad = 1 }
    function words(text, list,   n) { gsub(/^ +| +$/, "", text); n = split(text, list, / +/); return text == "" ? 0 : n }
    # The folder of layers.txt that a file belongs to: its own, or the nearest one above it.
    function layer_of(path) {
        while (sub(/\/[^\/]*$/, "", path)) if (path in place) return path
        return ""
    }
    function room_of(path) { sub(/[.](h|cpp)$/, "", path); return path }

    FILENAME == "server/layers.txt" {
        if ($0 ~ /^#/ || NF == 0) next
        split($0, halves, ":"); folder = halves[1]; split(halves[2], sides, "|")
        place[folder] = ++layers; folders[layers] = folder
        count = words(sides[1], list)
        for (i = 1; i <= count; i++) {
            if (!(list[i] in place)) complain("server/layers.txt: " list[i] " must stand above " folder)
            may[folder, list[i]] = 1
            short = list[i]; sub(/.*\//, "", short); told[folder] = told[folder] (i > 1 ? ", " : "") short
        }
        headers[folder] = words(sides[2], list)
        for (i = 1; i <= headers[folder]; i++) header[folder, i] = list[i]
        next
    }
    FILENAME == "CONTRIBUTING.md" {
        if ($0 !~ /^\| `(server|storage)[^`]*` \|/) next
        split($0, cells, / *\| */); name = cells[2]; gsub(/`|\/$|\/`/, "", name); sub(/\/$/, "", name)
        if (!(name in place)) { if (name != "server/package") complain("CONTRIBUTING.md: no such layer: " name); next }
        if (cells[4] != told[name]) complain("CONTRIBUTING.md: " name " includes: " told[name])
        described[name] = 1
        next
    }
    {
        split($0, parts, ":"); file = parts[1]; room = room_of(file); rooms[room] = 1
        included = $0
        if (!sub(/^[^<"]*[<"]/, "", included)) next
        quoted = $0 ~ /#include "/; sub(/[>"].*$/, "", included)
        folder = layer_of(file)
        if (folder == "") { complain(file ": its folder is not in server/layers.txt"); next }
        if (quoted) {
            target = layer_of(included)
            if (target != folder && !((folder, target) in may)) complain(file ":" parts[2] ": " folder " must not include " included)
            other = room_of(included)
            if (other != room && !((room, other) in edge)) { edge[room, other] = 1; uses[room] = uses[room] " " other }
            next
        }
        if (included !~ /[\/.]/) next
        ok = 0
        for (i = 1; i <= headers[folder]; i++) if (index(included, header[folder, i]) == 1) ok = 1
        if (!ok) complain(file ":" parts[2] ": " folder " must not include <" included ">")
    }
    END {
        for (i = 1; i <= layers; i++) if (!(folders[i] in described)) complain("CONTRIBUTING.md: no row for " folders[i] "/, which includes: " told[folders[i]])
        # A room stands on the floor above the highest of those that it uses. What is never placed is in a circle.
        for (room in rooms) left++
        do {
            placed = 0
            for (room in rooms) {
                if (room in level) continue
                count = split(uses[room], used, " "); highest = 0
                for (i = 1; i <= count; i++) {
                    if (!(used[i] in rooms)) continue
                    if (!(used[i] in level)) { highest = -1; break }
                    if (level[used[i]] > highest) highest = level[used[i]]
                }
                if (highest < 0) continue
                level[room] = highest + 1; placed++; left--
                if (level[room] > floors) floors = level[room]
            }
        } while (placed)
        # Rooms above a circle are not placed either: take away those that nothing unplaced uses, until the circle is left.
        do {
            dropped = 0
            for (room in rooms) {
                if (room in level || room in above) continue
                is_used = 0
                for (other in rooms) if (!(other in level) && !(other in above) && ((other, room) in edge)) is_used = 1
                if (!is_used) { above[room] = 1; dropped++ }
            }
        } while (dropped)
        for (room in rooms) {
            total++
            if (!(room in level) && !(room in above)) complain("in a circle of rooms: " room)
        }
        printf "layers: %d rooms on %d floors in %d folders, circles: %s\n", total, floors, layers, left ? "see above" : "none"
        exit bad
    }' server/layers.txt CONTRIBUTING.md -
