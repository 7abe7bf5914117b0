"""Scripts and nginx configuration, read by the tools that know them."""

import subprocess
import sys
from pathlib import Path

import pytest

from stack import CLONE

SCRIPTS = sorted([*CLONE.glob("deploy/**/*.sh"), *CLONE.glob("Tests/*.sh"), CLONE / ".ci/run"])
GIXY = Path(sys.executable).with_name("gixy")


@pytest.fixture(scope="module")
def nginx_folder(tmp_path_factory):
    """The production site as /etc/nginx would hold it, with paths of its own, and the development file rendered."""
    folder = tmp_path_factory.mktemp("nginx")
    for source in (CLONE / "nginx").rglob("*.conf*"):
        text = source.read_text().replace("/etc/garita/tls", str(folder)).replace("/var/log/nginx", str(folder))
        target = folder / source.relative_to(CLONE / "nginx").with_name(source.name.removesuffix(".in"))
        target.parent.mkdir(exist_ok=True)
        target.write_text(text.replace("@VAR@", str(folder)).replace("@PORT@", "18099"))
    for name in ("log/nginx", "nginx"):
        (folder / name).mkdir(parents=True)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
         "/CN=garita.example.org", "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
        check=True, capture_output=True)
    (folder / "production.conf").write_text(
        f"worker_processes 2;\nworker_rlimit_nofile 4096;\npid {folder}/pid;\nevents {{ worker_connections 1024; }}\n"
        "http { include /etc/nginx/mime.types; include site.conf; }\n")
    return folder


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: str(script.relative_to(CLONE)))
def test_shellcheck_has_nothing_to_say(script):
    done = subprocess.run(["shellcheck", "--external-sources", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("file", ["production.conf", "development.conf"])
def test_nginx_takes_the_configuration_without_a_warning(nginx_folder, file):
    done = subprocess.run(
        ["/usr/sbin/nginx", "-t", "-q", "-e", "stderr", "-p", nginx_folder, "-c", nginx_folder / file],
        capture_output=True, text=True)
    # Port 80 belongs to root, and another server of this machine may have it: not what is asked here.
    said = [line for line in done.stderr.splitlines() if "bind()" not in line]
    assert [line for line in said if "[emerg]" in line or "[warn]" in line] == []


@pytest.mark.parametrize("file", ["production.conf", "development.conf"])
def test_gixy_finds_nothing(nginx_folder, file):
    # The variable behind a fastcgi_pass names one of two upstreams, which nginx never resolves.
    done = subprocess.run([GIXY, "--skips", "missing_resolver", nginx_folder / file], capture_output=True, text=True)
    assert done.returncode == 0 and "No issues found" in done.stdout, done.stdout + done.stderr


def test_gixy_reads_the_snippets_too(nginx_folder):
    """The control: a fault planted in a snippet must be found, or the test above says nothing."""
    snippet = nginx_folder / "snippets/garita-static.conf"
    kept = snippet.read_text()
    snippet.write_text(kept + "\nlocation /i { alias /srv/; add_header X-Other 1; }\n")
    try:
        done = subprocess.run([GIXY, nginx_folder / "development.conf"], capture_output=True, text=True)
    finally:
        snippet.write_text(kept)
    assert "alias_traversal" in done.stdout and done.returncode != 0


def test_installed_and_waiting_versions_are_told():
    """E9: which of our packages has an update, without changing anything."""
    done = subprocess.run([CLONE / "deploy/local/packages.sh", "updates"], capture_output=True, text=True)
    told = {line.split()[0]: line.endswith(" waits") for line in done.stdout.splitlines()}
    assert {"nginx", "postgresql", "libfcgi-dev", "libpq-dev", "zbar"} <= told.keys(), done.stdout + done.stderr
    assert done.returncode == int(any(told.values()))
