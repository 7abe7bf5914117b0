# shellcheck shell=bash disable=SC2154 # variables of the scripts that read this one
# A fresh Debian in a folder, for tests of what a machine must have. Nothing is handed on but how this machine gets packages.

suite=bookworm

# debian_sources: lines of sources.list for this machine's Debian mirrors; other vendors' packages stay out.
debian_sources() {
    # shellcheck disable=SC2016 # apt fills these in
    apt-get indextargets --format '$(ORIGIN) $(REPO_URI) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' |
        awk -v suite="$suite" '$1 == "Debian" && $3 ~ "^" suite { print "deb", $2, $3, $4 }' | sort -u
}

# make_debian ROOT [PACKAGES]: with commas between them. Its log is ROOT.log.
make_debian() {
    local mirror
    mirror=$(debian_sources | awk -v suite="$suite" '$3 == suite { print $2; exit }')
    say "Debian $suite into $1"
    debootstrap --variant=minbase ${2:+"--include=$2"} "$suite" "$1" "${mirror:-http://deb.debian.org/debian}" >"$1.log" 2>&1 ||
        fail "debootstrap failed: $(tail -n 1 "$1.log")"
    [ -z "$mirror" ] || debian_sources >"$1/etc/apt/sources.list"
    apt-config dump Acquire | grep -i '::proxy\|::ca' >"$1/etc/apt/apt.conf.d/90machine" || true
    cp -- /etc/resolv.conf /etc/hosts "$1/etc/"
    mkdir -p -- "$1/usr/local/share/ca-certificates"
    cp -R -- /usr/local/share/ca-certificates/. "$1/usr/local/share/ca-certificates/"
}
