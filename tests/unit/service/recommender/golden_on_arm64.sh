#!/usr/bin/env bash
# Compares the golden scores on arm64, under qemu: golden_on_arm64.sh OPTION..., the options that the recommender is
# compiled with. Exits 77, for skipped, where the tools for that are not installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."
compiler=aarch64-linux-gnu-g++
googletest=/usr/src/googletest/googletest

for tool in "$compiler" qemu-aarch64; do
    command -v "$tool" >/dev/null && continue
    echo "skipped: $tool is not installed; apt-get install g++-aarch64-linux-gnu qemu-user"
    exit 77
done
if [ ! -f "$googletest/src/gtest-all.cc" ]; then
    echo "skipped: $googletest has no sources; apt-get install googletest"
    exit 77
fi

build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
printf '#include "tests/support/source_folder.h"\nconst char* const plocal::test::source_folder = "%s";\n' "$PWD" \
    >"$build/source_folder.cpp"

compile() { # compile OPTION... SOURCE
    local source=${*: -1}
    "$compiler" -std=c++20 -O2 -Wno-psabi -I. "${@:1:$#-1}" -c "$source" -o "$build/$(basename "$source").o"
}
for source in server/service/recommender/*.cpp; do compile "$@" "$source"; done
for source in server/base/{random,text}.cpp tests/support/taste_world.cpp \
    tests/unit/service/recommender/golden_scores_test.cpp "$build/source_folder.cpp"; do
    compile "$source"
done
for source in "$googletest"/src/gtest-all.cc "$googletest"/src/gtest_main.cc; do compile -O0 -I"$googletest" "$source"; done
"$compiler" -static "$build"/*.o -o "$build/golden"
qemu-aarch64 "$build/golden"
