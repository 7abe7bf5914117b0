"""deploy/local/scanner.sh: zbar for the browser, the same bytes wherever it is made, and a build that goes on without it."""

import os
import shutil
import subprocess

import pytest

from stack import CLONE

BUILT = CLONE / ".build/release/zbar.wasm"
FUNCTION, MEMORY = 0, 2


def clone_without_network(folder):
    """A clone at another place, and the environment of a machine whose way out leads nowhere."""
    for part in ("deploy/local", "Sources/Scanner"):
        shutil.copytree(CLONE / part, folder / part)
    (folder / "made").mkdir()
    (folder / "apt.conf").write_text("".join(
        f'Acquire::{scheme}::Proxy "http://127.0.0.1:9";\n' for scheme in ("http", "https")))
    return os.environ | {"APT_CONFIG": str(folder / "apt.conf")}


def make(folder, environment):
    return subprocess.run(
        [folder / "deploy/local/scanner.sh", folder / "made"], env=environment, capture_output=True, text=True, timeout=120)


def number(data, place):
    """An unsigned LEB128 and the place behind it."""
    value = shift = 0
    while True:
        byte = data[place]
        value |= (byte & 127) << shift
        place, shift = place + 1, shift + 7
        if byte < 128:
            return value, place


def sections(module):
    """Section number -> its bytes (WebAssembly Core Specification, 5.5)."""
    assert module[:8] == b"\0asm\1\0\0\0"
    found, place = {}, 8
    while place < len(module):
        kind = module[place]
        size, place = number(module, place + 1)
        found[kind] = module[place:place + size]
        place += size
    return found


def exports(section):
    count, place = number(section, 0)
    found = {}
    for _ in range(count):
        size, place = number(section, place)
        name = section[place:place + size].decode()
        found[name] = section[place + size]
        place = number(section, place + size + 1)[1]
    return found


@pytest.mark.skipif(not BUILT.exists(), reason="no Debian mirror gave the sources of zbar")
def test_the_same_sources_give_the_same_scanner(tmp_path):
    environment = clone_without_network(tmp_path)
    shutil.copytree(CLONE / ".build/zbar", tmp_path / ".build/zbar")
    done = make(tmp_path, environment)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "made/zbar.wasm").read_bytes() == BUILT.read_bytes()
    kept = (tmp_path / "made/zbar.wasm").stat()
    assert make(tmp_path, environment).returncode == 0
    assert (tmp_path / "made/zbar.wasm").stat().st_mtime_ns == kept.st_mtime_ns, "made once"


@pytest.mark.skipif(not BUILT.exists(), reason="no Debian mirror gave the sources of zbar")
def test_the_scanner_asks_for_nothing():
    found = sections(BUILT.read_bytes())
    assert 2 not in found, "nothing is imported"
    assert exports(found[7]) == {"memory": MEMORY, "frame": FUNCTION, "read": FUNCTION}
    assert 0 not in found, "no names, paths or tools of a machine"


@pytest.mark.parametrize("kept", [None, b"something else"])
def test_without_sources_the_build_goes_on(tmp_path, kept):
    """Also with sources that are not those of Debian."""
    environment = clone_without_network(tmp_path)
    if kept:
        (tmp_path / ".build/zbar").mkdir(parents=True)
        for name in ("zbar_0.23.92.orig.tar.gz", "zbar_0.23.92-7+deb12u1.debian.tar.xz"):
            (tmp_path / ".build/zbar" / name).write_bytes(kept)
    done = make(tmp_path, environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1 and "next build asks again" in done.stdout
    assert list((tmp_path / "made").iterdir()) == []
