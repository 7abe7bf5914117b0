# shellcheck shell=bash
# The Swift toolchain comes from swift.org, not from Debian: we can only ask for it.

require_swift() {
    command -v swift >/dev/null ||
        fail "The Swift toolchain (6.2 or newer) is not in PATH: install it from https://www.swift.org/install/linux/"
}
