#!/usr/bin/env bash
# The steps of a release, for .github/workflows/release.yml. release.env says where it goes.
#   release.sh version TAG        checks that the tag names the version of the sources, and prints the version
#   release.sh notes TAG          prints the subjects of the commits since the tag before
#   release.sh image TAG          builds the image for all processors and pushes it
#   release.sh pack TAG FOLDER    packs for npm and pip the archives in a folder, and writes SHA256SUMS there
#   release.sh files TAG FOLDER   makes a release of the files in a folder, with notes
#   release.sh npm FOLDER         publishes the npm packages in a folder
set -euo pipefail

die() {
    printf 'release.sh: %s\n' "$*" >&2
    exit 2
}

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=release.env
. "$root/server/package/release.env"
owner=${OWNER:-${GITHUB_REPOSITORY_OWNER:-}}
image=$REGISTRY/${owner,,}/personalize-local # a registry takes only small letters

version() { # version TAG
    local version
    version=$(sed -n 's/^project(personalize-local VERSION \([0-9.]*\) .*/\1/p' "$root/CMakeLists.txt")
    [ "$1" = "v$version" ] || die "the tag is $1, and the version in CMakeLists.txt is $version"
    echo "$version"
}

notes() { # notes TAG
    local before
    if before=$(git -C "$root" describe --tags --abbrev=0 --match 'v*.*.*' "$1^" 2>/dev/null); then
        printf 'Changes since %s:\n\n' "$before"
        git -C "$root" log --no-merges --reverse --format='- %s' "$before..$1"
    else
        echo 'The first release.'
    fi
}

image() { # image TAG
    local version revision
    version=$(version "$1")
    revision=$(git -C "$root" rev-parse HEAD)
    docker login "$REGISTRY" --username "$GITHUB_ACTOR" --password-stdin <<<"$GITHUB_TOKEN"
    docker buildx build --file "$root/docker/Dockerfile" --platform linux/amd64,linux/arm64 --push \
        --build-arg "REVISION=$revision" --tag "$image:$version" --tag "$image:latest" "$root"
}

pack() { # pack TAG FOLDER
    local version
    version=$(version "$1")
    "$root/server/package/npm_and_wheels.py" --into "$2" --image "$image:$version" "$2"/*.tar.gz
    mkdir -p "$2/wheels"
    mv "$2"/*.whl "$2/wheels"
    (cd "$2" && sha256sum -- *.deb *.tar.gz *.tgz wheels/*.whl >SHA256SUMS)
}

files() { # files TAG FOLDER
    notes "$1" >"$2/notes.md"
    gh release create "$1" --verify-tag --title "$1" --notes-file "$2/notes.md" \
        "$2"/*.deb "$2"/*.tar.gz "$2"/*.tgz "$2"/wheels/*.whl "$2/SHA256SUMS"
}

# The main package comes last: it names the others.
npm_packages() { # npm_packages FOLDER
    local tarball
    for tarball in "$1"/personalize-local-linux-*.tgz "$1"/personalize-local-[0-9]*.tgz; do
        npm publish --access public --provenance "$tarball"
    done
}

verb=${1:-}
[ $# = 0 ] || shift
case $verb in
    version | notes | image | pack | files) "$verb" "$@" ;;
    npm) npm_packages "$@" ;;
    *) die "no such verb: $verb" ;;
esac
