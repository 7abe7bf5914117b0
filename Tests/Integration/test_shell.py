"""Scripts and nginx configuration, read by the tools that know them."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from front import render
from packaged import Packaged
from stack import CLONE

SCRIPTS = sorted([*CLONE.glob("deploy/**/*.sh"), *CLONE.glob("Tests/*.sh"), CLONE / ".ci/run"])
GIXY, HADOLINT, YAMLLINT = (Path(sys.executable).with_name(name) for name in ("gixy", "hadolint", "yamllint"))
CONTAINERS = sorted(CLONE.glob("deploy/**/Containerfile"))
YAML = sorted(CLONE.glob("deploy/**/*.yaml"))


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The main files of the packaged layout and of development."""
    packaged, var = Packaged(), tmp_path_factory.mktemp("nginx")
    folder = var / "share/nginx"
    shutil.copytree(CLONE / "nginx", folder)
    (var / "share/web").mkdir()
    for name in ("log/nginx", "nginx"):
        (var / name).mkdir(parents=True)
    render(folder, var, packaged.plain, packaged.plain + 1)
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


@pytest.mark.parametrize("file", CONTAINERS, ids=lambda file: str(file.relative_to(CLONE)))
def test_hadolint_finds_nothing(file):
    done = subprocess.run([HADOLINT, "--failure-threshold", "style", file], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


def test_yamllint_finds_nothing():
    rules = "{extends: default, rules: {line-length: {max: 130}}}"
    done = subprocess.run([YAMLLINT, "--strict", "--config-data", rules, *YAML], capture_output=True, text=True)
    assert len(YAML) > 1 and (done.returncode, done.stdout) == (0, ""), done.stdout


def test_what_a_container_is_given_is_read_by_it():
    """Variables of the two files of services are settings, or read by the scripts of the containers."""
    program = os.environ.get("GARITA_EXECUTABLE", str(CLONE / ".build/release/garita"))
    done = subprocess.run([program, "config", "--json"], env={}, text=True, capture_output=True)
    known = {one["name"] for one in json.loads(done.stdout)["settings"]} | {"POSTGRES_PASSWORD", "PGDATA"}  # of the official image
    scripts = "".join(file.read_text() for file in CLONE.glob("deploy/container/**/*.sh"))
    render = yaml.safe_load((CLONE / "deploy/render.yaml").read_text())["services"]
    given = {one["key"] for service in render for one in service["envVars"]}
    given |= {name for service in yaml.safe_load((CLONE / "deploy/container/compose.yaml").read_text())["services"].values()
              for name in service["environment"]}
    assert len(given) > 7 and {name for name in given - known if not re.search(rf"\b{name}\b", scripts)} == set()
    assert all((CLONE / service["dockerfilePath"]).is_file() for service in render)
