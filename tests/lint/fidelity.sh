#!/usr/bin/env bash
# Writes tests/FIDELITY.md from the marks above the tests. With --check it writes nothing, and fails if the file differs
# from the marks. A mark is a comment directly above its test; a test may have several, one below the other:
#     // Fidelity: seen | A behaviour of the real service, as a sentence | aws-samples/some-repository, place in it
#     // Fidelity: documented | A long sentence continues in lines that
#     //   begin like this one | DG/API_CreateCampaign.html
#     // Fidelity: inferred | A behaviour without a public source, and the reason for it | -
# A source is a page of the guide as DG/PAGE.html, an https:// URL, or a public repository as OWNER/NAME or
# OWNER/NAME#ISSUE; several are joined by "; ". A source about another service of AWS begins with "sibling NAME: ".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export LC_ALL=C
table=tests/FIDELITY.md

# The heading of a row, by the beginning of its test's path below tests/. The first match counts.
areas='Protocols and signatures
| unit/wire/ unit/app/engine/ unit/app/options unit/app/command_line unit/app/authority_file unit/model/render unit/model/service unit/base/json wire/ sdk/wire sdk/output_shape
Constraints and types
| unit/model/every_input unit/model/pattern unit/model/type_clash unit/model/validate sdk/validation
Schemas, filters, metrics and schedules
| unit/model/languages/ unit/service/operations/compatibility
Resources and their lifecycles
| unit/service/lifecycle/ unit/service/resources/create unit/service/resources/describe
  unit/service/resources/resource_view unit/service/resources/kinds unit/service/resources/arn
  unit/service/resources/scope sdk/story.test sdk/cli_story sdk/polling sdk/accounts
Dependencies and deletion
| unit/service/operations/dependencies unit/service/resources/delete unit/service/resources/lookup sdk/story_order
  sdk/refusals
Updates, stops and training
| unit/service/resources/update unit/service/operations/stop_start unit/service/operations/training
  unit/service/operations/latest_version unit/service/operations/update sdk/story_changes sdk/lifecycles
Batch inference jobs
| unit/service/operations/create_batch_inference_job unit/service/operations/s3_location sdk/jobs
  unit/service/jobs/batch unit/service/jobs/inference unit/service/jobs/segment unit/service/jobs/theme
  unit/service/jobs/random_batches
Lists and page tokens
| unit/service/resources/list unit/service/resources/page sdk/listing
Quotas, tags, solution metrics and built-in recipes
| unit/service/resources/quotas unit/service/operations/data_minimums unit/service/resources/tags
  unit/service/operations/solution_metrics
  unit/service/resources/catalogue sdk/quotas
Rows, events and recommendations
| unit/service/data/ unit/service/recommender/ unit/service/events/ unit/service/runtime/ unit/service/resources/ids
  sdk/events sdk/recommendations
Capture of an account
| unit/local/capture/ unit/app/capture sdk/capture
Everything else
|'
areas=${areas//$'\n| '/|}
areas=${areas//$'\n '/}
areas=${areas//$'\n|'/|}

marked_files() {
    git ls-files -co --exclude-standard -- 'tests/*.cpp' 'tests/sdk/*.mjs' 'tests/sdk/*.py' | while read -r file; do
        [ ! -f "$file" ] || printf '%s\n' "$file"
    done
}

# rows: prints one line per mark: area, rank of the mark, file, line, and the four cells of its row. Reports every bad
# mark and then fails.
rows() {
    marked_files | AREAS=$areas xargs -r awk '
        BEGIN {
            guide = "https://docs.aws.amazon.com/personalize/latest/dg/"
            rank["seen"] = 1; rank["documented"] = 3; rank["inferred"] = 4
            row_count = split(ENVIRON["AREAS"], area_rows, "\n")
        }

        function complain(line, what) {
            printf "%s:%d: the mark %s\n", file, line, what > "/dev/stderr"
            bad = 1
        }
        function trimmed(text) {
            gsub(/^[ \t]+|[ \t]+$/, "", text)
            return text
        }
        function area_of(path,   i, j, count, halves, beginnings) {
            sub(/^tests\//, "", path)
            for (i = 1; i < row_count; i++) {
                split(area_rows[i], halves, "|")
                count = split(halves[2], beginnings, " ")
                for (j = 1; j <= count; j++) if (index(path, beginnings[j]) == 1) return i
            }
            return row_count
        }

        # The text escaped for a table in Markdown; code stays unchanged.
        function shown(text,   i, count, parts, out) {
            count = split(text, parts, "`")
            for (i = 1; i <= count; i++) {
                if (i % 2) { gsub(/[*]/, "\\\\*", parts[i]); gsub(/</, "\\&lt;", parts[i]) }
                out = out (i > 1 ? "`" : "") parts[i]
            }
            gsub(/[|]/, "\\\\|", out)
            return out
        }
        # A path may look like a repository, so after a comma only a name without capitals counts.
        function is_repository(word, is_first) {
            if (!is_first && word !~ /^[a-z0-9-]+\/[a-z0-9.-]+$/) return 0
            if (word ~ /[.](cpp|html|ipynb|java|js|json|md|mjs|py|rst|sh|ts|txt|yml)$/) return 0
            return word ~ /^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+(#[0-9]+)?$/
        }
        function linked(word,   name, url) {
            name = word
            if (sub(/^DG\//, "", name)) {
                url = guide name
                sub(/[.]html/, "", name)
            } else if (sub(/^https:\/\//, "", name)) {
                url = word
            } else {
                url = "https://github.com/" name
                sub(/#/, "/issues/", url)
            }
            links++
            return "[" name "](" url ")"
        }
        # The source with its pages and repositories as links. Sets `links` to their number.
        function source_cell(text,   i, j, parts, words, word, tail, before, out) {
            links = 0
            parts_count = split(text, parts, /; */)
            for (i = 1; i <= parts_count; i++) {
                before = "" # the punctuation after the previous word
                out = out (i > 1 ? "; " : "")
                words_count = split(parts[i], words, " ")
                for (j = 1; j <= words_count; j++) {
                    word = words[j]; tail = ""
                    if (match(word, /[,:)]+$/)) { tail = substr(word, RSTART); word = substr(word, 1, RSTART - 1) }
                    if (word ~ /^DG\/[A-Za-z0-9_-]+[.]html(#.+)?$/ || word ~ /^https:\/\/[^ ]+$/) {
                        word = linked(word)
                    } else if ((j == 1 || before ~ /[,:]/) && is_repository(word, j == 1 || before ~ /:/)) {
                        word = linked(word)
                    } else {
                        word = shown(word)
                    }
                    before = tail
                    out = out (j > 1 ? " " : "") word tail
                }
            }
            return out
        }

        # Assigns the marks read so far to this test; without a name they belong to none.
        function assign_marks(name,   i) {
            for (i = 1; i <= count; i++) {
                if (name == "") complain(begun[i], "is not directly above a test"); else row(begun[i], marks[i], name)
            }
            count = 0
        }
        function row(line, text, name,   parts, number, mark, what, source, key, at) {
            number = split(text, parts, / [|] /)
            mark = trimmed(parts[1]); what = trimmed(parts[2]); source = trimmed(parts[3])
            if (number != 3 || what == "" || source == "") {
                complain(line, "does not have three parts: how it is known | what happens | its source, or - if inferred")
                return
            }
            if (!(mark in rank)) {
                complain(line, "is \"" mark "\": expected seen, documented or inferred")
                return
            }
            at = source == "-" ? "" : source_cell(source)
            if (mark != "inferred" && source == "-") { complain(line, "is " mark " but has no source"); return }
            if (source != "-" && !links) {
                complain(line, "has no source of the form DG/PAGE.html, https:// URL or OWNER/NAME: " source)
                return
            }
            key = tolower(what)
            sub(/[.]$/, "", key)
            if (key in known) { complain(line, "repeats the mark at " known[key] ": " what); return }
            known[key] = file ":" line
            i_rank = rank[mark]
            if (mark == "seen" && source ~ /^siblings?[ :]/) { i_rank = 2; mark = "seen at a sibling" }
            name = "[" name "](" substr(file, 7) ")"
            printf "%d\t%d\t%s\t%d\t%s\t%s\t%s\t%s\n", area_of(file), i_rank, file, line, shown(what), mark, at, name
        }

        # The name of the test that begins in this line, or an empty text.
        function test_in(line,   quote, end) {
            if (match(line, /^TEST(_F|_P)?\([A-Za-z0-9_]+, *[A-Za-z0-9_]+\)/)) {
                line = substr(line, RSTART, RLENGTH)
                sub(/^TEST[_FP]*\(/, "", line); sub(/, */, ".", line); sub(/\)$/, "", line)
                return "`" line "`"
            }
            if (match(line, /^ *(async )?def test_[a-z0-9_]+/)) {
                line = substr(line, RSTART, RLENGTH)
                sub(/^.* /, "", line)
                return "`" line "`"
            }
            if (!match(line, /^ *(await )?(t[.])?(test|it)\([\047"`]/)) return ""
            quote = substr(line, RLENGTH, 1)
            line = substr(line, RLENGTH + 1)
            end = index(line, quote ",")
            if (!end) return ""
            line = substr(line, 1, end - 1)
            gsub(/\\/, "", line)
            return shown(line)
        }

        FNR == 1 { assign_marks(""); file = FILENAME }
        /^[ \t]*(\/\/|#)[ \t]*[Ff]idelity([ :]|$)/ {
            begun[++count] = FNR
            marks[count] = $0
            if (!sub(/^[ \t]*(\/\/|#) Fidelity: +/, "", marks[count])) {
                complain(FNR, "does not begin with \"// Fidelity: \"")
                count--
            }
            next
        }
        # clang-format may break a long mark anywhere, so a mark continues until it has its source.
        count && (/^[ \t]*(\/\/|#)   +[^ ]/ || (/^[ \t]*(\/\/|#)/ && marks[count] !~ / [|] .+ [|] ./)) {
            sub(/^[ \t]*(\/\/|#) +/, "")
            marks[count] = marks[count] " " $0
            next
        }
        count { assign_marks(test_in($0)) }
        END { assign_marks(""); exit bad }'
}

# Prints the page: the meaning of the marks, their numbers, and one table per area.
page() {
    cat <<'TEXT'
# Can I trust this?

This page lists the behaviour of Amazon Personalize that the tests check, and the evidence for each behaviour. It is
generated from the marks above the tests; `./dev fidelity` writes it again.

- **seen**: a public source records this behaviour of the real service.
- **seen at a sibling**: the same for another AWS service, which the source names. It uses the same protocol and mostly
  the same framework, so Personalize probably behaves the same way.
- **documented**: AWS says so in its guide, its API reference, or the models of its SDKs.
- **inferred**: no public source says so. It is our best guess; rely on it least.

When the server refuses a request, the header `x-personalize-local-why` of its answer names the same evidence.

TEXT
    sort -t "$(printf '\t')" -k1,1n -k2,2n -k3,3 -k4,4n | AREAS=$areas awk -F '\t' '
        { rows[$1]++; cells[$1, rows[$1]] = "| " $5 " | " $6 " | " $7 " | " $8 " |"; counts[$1, $2]++; counts[0, $2]++ }
        function line_of(title, area,   mark) {
            printf "| %s |", title
            for (mark = 1; mark <= 4; mark++) printf " %d |", counts[area, mark]
            print ""
        }
        END {
            area_count = split(ENVIRON["AREAS"], titles, "\n")
            print "| | seen | seen at a sibling | documented | inferred |\n| --- | --: | --: | --: | --: |"
            for (i = 1; i <= area_count; i++) {
                sub(/[|].*/, "", titles[i])
                anchor = tolower(titles[i]); gsub(/[^a-z0-9 -]/, "", anchor); gsub(/ /, "-", anchor)
                if (rows[i]) line_of("[" titles[i] "](#" anchor ")", i)
            }
            line_of("together", 0)
            for (i = 1; i <= area_count; i++) {
                if (!rows[i]) continue
                print "\n## " titles[i] "\n"
                print "| what happens | how it is known | source | test |\n| --- | --- | --- | --- |"
                for (j = 1; j <= rows[i]; j++) print cells[i, j]
            }
        }'
}

made=$(mktemp)
trap 'rm -f "$made"' EXIT
rows | page >"$made" || {
    echo "fidelity: correct the marks listed above; the head of tests/lint/fidelity.sh describes their format" >&2
    exit 1
}
case ${1:-} in
    '') cat "$made" >"$table" ;;
    --check)
        diff -u "$table" "$made" >&2 || {
            echo "fidelity: $table differs from the marks above the tests; ./dev fidelity writes it again" >&2
            exit 1
        }
        ;;
    *)
        echo "usage: $0 [--check]" >&2
        exit 2
        ;;
esac
