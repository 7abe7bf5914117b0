"""Scripts and nginx configuration, read by the tools that know them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from front import render
from packaged import Packaged
from stack import CLONE

SCRIPTS = sorted([*CLONE.glob("deploy/**/*.sh"), *CLONE.glob("Tests/*.sh"), CLONE / ".ci/run"])
GIXY = Path(sys.executable).with_name("gixy")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The main files of the packaged layout and of development."""
    packaged, var = Packaged(), tmp_path_factory.mktemp("nginx")
    folder = var / "share/nginx"
    shutil.copytree(CLONE / "nginx", folder)
    (var / "share/web").mkdir()
    for name in ("log/nginx", "nginx"):
        (var / name).mkdir(parents=True)
    render(folder, var, packaged.plain)
    yield {"packaged": packaged.file, "development": folder / "development.conf"}
    packaged.remove()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: str(script.relative_to(CLONE)))
def test_shellcheck_has_nothing_to_say(script):
    done = subprocess.run(["shellcheck", "--external-sources", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("layout", ["packaged", "development"])
def test_nginx_takes_the_configuration_without_a_warning(files, layout):
    done = subprocess.run(
        ["/usr/sbin/nginx", "-t", "-q", "-e", "stderr", "-c", files[layout]], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("layout", ["packaged", "development"])
def test_gixy_finds_nothing(files, layout):
    # The variable behind a fastcgi_pass names one of two upstreams, which nginx never resolves. Who asks for another name
    # on a connection of ours is told nothing, rather than that the name is not here (421).
    done = subprocess.run([GIXY, "--skips", "missing_resolver,http2_misdirected_request", files[layout]], capture_output=True, text=True)
    assert done.returncode == 0 and "No issues found" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize("layout", ["packaged", "development"])
def test_gixy_reads_the_snippets_too(files, layout):
    """The control: a fault planted in a snippet must be found, or the test above says nothing."""
    snippet = files[layout].parent / "snippets/garita-static.conf"
    kept = snippet.read_text()
    snippet.write_text(kept + "\nlocation /i { alias /srv/; add_header X-Other 1; }\n")
    try:
        done = subprocess.run([GIXY, files[layout]], capture_output=True, text=True)
    finally:
        snippet.write_text(kept)
    assert "alias_traversal" in done.stdout and done.returncode != 0


def test_installed_and_waiting_versions_are_told():
    """E9: which of our packages has an update, without changing anything."""
    done = subprocess.run([CLONE / "deploy/local/packages.sh", "updates"], capture_output=True, text=True)
    told = {line.split()[0]: line.endswith(" waits") for line in done.stdout.splitlines()}
    assert {"nginx", "postgresql", "libfcgi-dev", "libpq-dev", "zbar"} <= told.keys(), done.stdout + done.stderr
    assert done.returncode == int(any(told.values()))
