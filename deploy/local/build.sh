#!/usr/bin/env bash
# Builds what `make run` needs: the executable and, beside it, the list of common passwords and the scanner for cameras. A
# second time, with nothing changed, it is done in a moment.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=lib.sh
. "$here/lib.sh"
# shellcheck source=toolchain.sh
. "$here/toolchain.sh"

stamp=.build/garita.stamp

is_built() {
    [ -x .build/release/garita ] && [ -f "$stamp" ] &&
        [ -z "$(find Package.swift Sources -newer "$stamp" -print -quit)" ]
}

build() {
    mkdir -p .build
    [ "$(free_megabytes .build)" -ge 1000 ] || fail "Less than 1000 MB are free below $PWD/.build: the build needs them."
    touch "$stamp.new"
    say "Building (the first time takes some minutes)."
    swift build -c release --product garita || fail "The build failed; the lines above say why."
    mv -- "$stamp.new" "$stamp"
}

require_swift
cd -- "$here/../.."
is_built || build
deploy/local/passwords.sh .build/release/common-passwords.txt
deploy/local/scanner.sh .build/release
