#!/usr/bin/env bash
# scanner.sh FOLDER: makes FOLDER/zbar.wasm, which reads QR codes in a browser that cannot do it by itself, and
# FOLDER/zbar.txt, its licence: zbar of Debian 12 with Debian's corrections, compiled by the clang of the Swift toolchain.
#
# The sources (1 MB) are fetched once by apt's own downloader, which knows this machine's mirrors and proxies and takes
# only what has the SHA-256 below; they stay in .build/. Without them the build goes on: guards scan with a hand-held
# reader, and phones with their own camera.
# Source of the sums: zbar_0.23.92-7+deb12u1.dsc. `packages.sh updates` tells when Debian has a newer version than $debian.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=lib.sh
. "$here/lib.sh"

made=$1
code=$here/../../Sources/Scanner
kept=$here/../../.build/zbar
version=0.23.92
debian=0.23.92-7+deb12u1
archive=zbar_$version.orig.tar.gz
archive_sum=dffc16695cb6e42fa318a4946fd42866c0f5ab735f7eaf450b108d1c3a19b4ba
corrections=zbar_$debian.debian.tar.xz
corrections_sum=bb794d1466b2ba5adabbb5ac7d271e801c757d096d4838fb0f721f6ed87eb588
# What decodes QR codes, and nothing else.
parts=(zbar/decoder.c zbar/decoder/qr_finder.c zbar/image.c zbar/img_scanner.c zbar/refcnt.c zbar/scanner.c zbar/symbol.c
    zbar/qrcode/{bch15_5,binarize,isaac,qrdec,qrdectxt,rs,util}.c)
headers=(assert config errno iconv inttypes math stdio stdlib string time)

# mirrors: this machine's, Debian's, and the one that keeps what the others have replaced by something newer.
mirrors() {
    # shellcheck disable=SC2016 # apt fills these in
    { apt-get indextargets --format '$(ORIGIN) $(REPO_URI)' 'Created-By: Packages' | sed -n 's|^Debian \(.*[^/]\)/*$|\1|p'
      printf '%s\n' https://deb.debian.org/debian; } 2>/dev/null | awk '!seen[$0]++'
    printf '%s\n' https://snapshot.debian.org/archive/debian/20240701T000000Z
}

# fetch FILE SHA256: into the kept folder; false when no mirror has it.
fetch() {
    local mirror
    ! printf '%s  %s\n' "$2" "$kept/$1" | sha256sum --check --status 2>/dev/null || return 0
    for mirror in $(mirrors); do
        timeout 60 /usr/lib/apt/apt-helper -q -o Acquire::Retries=0 -o Acquire::http::Timeout=10 -o Acquire::https::Timeout=10 \
            -o APT::Sandbox::User= download-file "$mirror/pool/main/z/zbar/$1" "$kept/$1" "SHA256:$2" >/dev/null 2>&1 && return 0
    done
    rm -f -- "$kept/$1" "$kept/$1.FAILED"
    return 1
}

unpack() {
    rm -rf -- "$kept/source"
    mkdir -- "$kept/source"
    tar -xz --strip-components=1 -C "$kept/source" -f "$kept/$archive" &&
        tar -xJ -C "$kept/source" -f "$kept/$corrections" || return 1
    while read -r name; do
        patch -s -p1 -d "$kept/source" <"$kept/source/debian/patches/$name" || return 1
    done <"$kept/source/debian/patches/series"
}

# toolchain_programs: where the Swift toolchain has its own clang, which makes the same bytes on every machine.
toolchain_programs() { swiftc -print-target-info | sed -n 's|.*"runtimeResourcePath": "\(.*\)/lib/swift".*|\1/bin|p'; }

# compile: zbar with our few functions for its C library.
compile() {
    local part name tools
    local flags=(--target=wasm32 -O2 -mbulk-memory -ffreestanding -nostdlibinc -DENABLE_QRCODE=1 -w -I ours -I include -I zbar)
    tools=$(toolchain_programs)
    cd -- "$kept/source" && rm -rf ours && mkdir ours && cp -- "$code"/* ours/ || return 1
    for name in "${headers[@]}"; do printf '#include "libc.h"\n' >"ours/$name.h"; done
    for part in "${parts[@]}" ours/scanner.c; do
        "$tools/clang" "${flags[@]}" -c "$part" -o "ours/${part//\//_}.o" || return 1
    done
    "$tools/wasm-ld" --no-entry --export=frame --export=read --strip-all --stack-first -z stack-size=1048576 --max-memory=268435456 \
        -o ours/zbar.wasm ours/*.o
}

licence() {
    printf 'zbar.wasm is made of ZBar %s, copyright of its authors, under the GNU Lesser General Public License,\n' "$version"
    printf 'version 2.1 or later (below). Its sources, as used here:\n\n'
    printf '    %s\n' "https://deb.debian.org/debian/pool/main/z/zbar/$archive" "SHA-256 $archive_sum" \
        "https://deb.debian.org/debian/pool/main/z/zbar/$corrections" "SHA-256 $corrections_sum"
    printf '\nIt is made by deploy/local/scanner.sh of Garita with the files of Sources/Scanner/; changed sources are\n'
    printf 'compiled by the same script. Those files are under the licence of Garita.\n\n'
    cat -- "$kept/source/COPYING" "$kept/source/LICENSE.md"
}

wasm=$made/zbar.wasm
if [ -s "$wasm" ] && [ -z "$(find "$code" "${BASH_SOURCE[0]}" -newer "$wasm" -print -quit)" ]; then exit 0; fi
mkdir -p -- "$kept"
if ! { fetch "$archive" "$archive_sum" && fetch "$corrections" "$corrections_sum"; }; then
    say "Without the scanner for cameras (no Debian mirror gives zbar's sources now; the next build asks again)."
    exit 0
fi
step "Unpacking zbar" unpack
step "Compiling zbar" compile
licence >"$made/zbar.txt.new"
mv -f -- "$made/zbar.txt.new" "$made/zbar.txt"
install -m 644 -- "$kept/source/ours/zbar.wasm" "$wasm.new"
mv -f -- "$wasm.new" "$wasm"
rm -rf -- "$kept/source"
