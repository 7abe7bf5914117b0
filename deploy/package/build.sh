#!/usr/bin/env bash
# `make package` after the build: .build/package/garita_<version>_<architecture>.deb, by debhelper.
#
# GARITA_PACKAGE_VERSION and GARITA_PACKAGE_SQL (another folder than sql/) are for tests of upgrades.
# shellcheck source-path=SCRIPTDIR/../local
set -euo pipefail
umask 022

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=lib.sh
. "$here/../local/lib.sh"

cd -- "$here/../.."
version=${GARITA_PACKAGE_VERSION:-$(sed -n 's/.*current = "\(.*\)"/\1/p' Sources/Garita/Server/Version.swift)}
folder=.build/package
tree=$folder/garita-$version
# Times of files in the package: of the last commit, so that the same sources make the same package.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || date +%s)
export SOURCE_DATE_EPOCH GARITA_CLONE=$PWD

rm -rf -- "$tree"
mkdir -p -- "$tree"
cp -R -- "$here/debian" "$tree/debian"
sed -i "s/@VERSION@/$version/" "$tree/debian/garita.preinst"
"$here/changelog.py" "$version" <CHANGELOG.md >"$tree/debian/changelog"
.build/release/garita --experimental-dump-help | "$here/manual.py" >"$tree/debian/garita.1"
(cd -- "$tree" && env -u MAKEFLAGS -u MAKELEVEL DEB_BUILD_OPTIONS=noautodbgsym debian/rules binary) >"$folder/build.log" 2>&1 ||
    fail "The package was not built: $(grep -v '^make' "$folder/build.log" | tail -n 1) ($folder/build.log)"
rm -rf -- "$tree"
say "$folder/garita_${version}_$(dpkg --print-architecture).deb"
