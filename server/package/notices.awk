# Prints the notices in copyright files of Debian. Before each file, the arguments say what is printed of it:
#   library=NAME   its heading
#   without=REGEX  in Debian's format: the paths that are no part of the library. A paragraph about such files alone is
#                  left out, and so is a license that only they have.
#                  https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
#   from=REGEX until=REGEX  in other formats: a paragraph that begins what is printed, and one that ends it. Without
#                  them, all is printed.
BEGIN { RS = ""; rule = "==============================================================================" }

FNR == 1 {
    print_notice()
    count = 0
    heading = library; skip = without; first = from; last = until
}

{ paragraphs[++count] = $0 }

END { print_notice() }

function print_notice(    i, is_wanted) {
    if (count == 0) return
    printf "%s\n%s\n%s\n\n", rule, heading, rule
    if (paragraphs[1] ~ /^Format:/) {
        print_stanzas()
        return
    }
    is_wanted = first == ""
    for (i = 1; i <= count; ++i) {
        if (first != "" && paragraphs[i] ~ first) is_wanted = 1
        if (last != "" && paragraphs[i] ~ last) is_wanted = 0
        if (is_wanted) print paragraphs[i] "\n"
    }
}

function print_stanzas(    i, j, names, parts, many, name) {
    for (i = 2; i <= count; ++i) {
        if (paragraphs[i] !~ /^Files:/ || !is_of_library(paragraphs[i])) continue
        name = license_of(paragraphs[i])
        names[name] = 1
        many = split(name, parts, / and | or /)
        for (j = 1; j <= many; ++j) names[parts[j]] = 1
        print_plain(paragraphs[i])
    }
    for (i = 2; i <= count; ++i) {
        if (paragraphs[i] ~ /^License:/ && license_of(paragraphs[i]) in names) print_plain(paragraphs[i])
    }
}

function is_of_library(stanza,    lines, paths, many, i, j, is_path) {
    many = split(stanza, lines, "\n")
    for (i = 1; i <= many; ++i) {
        if (lines[i] ~ /^[A-Za-z]/) is_path = sub(/^Files:/, "", lines[i])
        if (!is_path) continue
        j = split(lines[i], paths, /[ \t]+/)
        for (; j > 0; --j) if (paths[j] != "" && paths[j] !~ skip) return 1
    }
    return 0
}

function license_of(stanza,    lines, many, i) {
    many = split(stanza, lines, "\n")
    for (i = 1; i <= many; ++i) if (sub(/^License: */, "", lines[i])) return lines[i]
    return ""
}

# Lines begin with a blank there, and an empty line is a dot.
function print_plain(stanza,    lines, many, i) {
    many = split(stanza, lines, "\n")
    for (i = 1; i <= many; ++i) {
        sub(/[ \t]+$/, "", lines[i])
        if (lines[i] == "Files: *") continue
        if (lines[i] == " .") lines[i] = ""
        sub(/^ /, "", lines[i])
        print lines[i]
    }
    print ""
}
