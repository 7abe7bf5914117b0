#!/usr/bin/env bash
# passwords.sh FILE: makes the list of common passwords out of what packages of Debian bring, the same on every machine:
# Django's 20,000 most used passwords, and the words of a Spanish and an English dictionary.
#
# One entry a line, in small letters without accents, sorted by byte, as Sources/Platform/CommonPasswords reads it.
# Nothing else that lies in /usr/share/dict takes part. Made once; again when a package or this file is newer.
# shellcheck source-path=SCRIPTDIR
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=lib.sh
. "$here/lib.sh"

list=$1
passwords=/usr/lib/python3/dist-packages/django/contrib/auth/common-passwords.txt.gz # python3-django
spanish=/usr/share/dict/spanish                                                      # wspanish
english=/usr/share/dict/american-english                                             # wamerican

for file in "$passwords" "$spanish" "$english"; do
    [ -r "$file" ] || fail "$file is missing: run deploy/local/packages.sh"
done
made=$(stat -c %Z -- "$passwords" "$spanish" "$english" "${BASH_SOURCE[0]}" | sort -n | tail -n 1)
if [ -s "$list" ] && [ "$(stat -c %Z -- "$list")" -ge "$made" ]; then exit 0; fi
{ zcat -- "$passwords" && cat -- "$spanish" "$english"; } |
    LC_ALL=C.UTF-8 sed -e 's/.*/\L&/' -e 'y/áàâäãåéèêëíìîïóòôöõúùûüñç/aaaaaaeeeeiiiiooooouuuunc/' -e "/'/d" -e '/..../!d' |
    LC_ALL=C sort -u >"$list.new"
mv -f -- "$list.new" "$list"
