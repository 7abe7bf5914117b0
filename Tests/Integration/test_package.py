"""What the Debian package is made of, without making it: `make test-package` installs it. Needs the build, no stack."""

import os
import re
import subprocess

import pytest

from stack import CLONE

PACKAGE = CLONE / "deploy/package"
SCRIPTS = sorted(PACKAGE.glob("debian/garita.p*"))
GARITA = CLONE / ".build/release/garita"
VERSION = re.search(r'current = "(.+)"', (CLONE / "Sources/Garita/Server/Version.swift").read_text()).group(1)


def run(*words, **arguments):
    done = subprocess.run(words, capture_output=True, text=True, **arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    root = tmp_path_factory.mktemp("root")
    run(PACKAGE / "install.sh", root)
    return root


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_shellcheck_has_nothing_to_say_about_what_dpkg_runs(script):
    assert run("shellcheck", "--shell=sh", script) == ""


def test_everything_is_where_the_units_and_settings_look_for_it(installed):
    share = installed / "usr/share/garita"
    for file in ("common-passwords.txt", "sql/roles.sql", "web/static/assets.txt", "nginx/site.conf", "nginx/hosts.conf"):
        assert (share / file).stat().st_size > 0
    assert not (share / "sql/tests").exists()
    for name in ("setup", "upgrade", "stop"):
        assert os.access(share / f"setup/{name}.sh", os.X_OK)
    # Whatever one of its scripts reads lies beside it.
    named = {name for file in (share / "setup").glob("*.sh") for name in re.findall(r'^\. "\$here/([\w.]+)"', file.read_text(), flags=re.M)}
    assert {"lib.sh", "shared.sh"} <= named and {name for name in named if not (share / "setup" / name).exists()} == set()
    for line in (share / "web/static/assets.txt").read_text().splitlines():
        assert (share / "web/static" / line.split()[1]).exists()
    for kind in ("bash-completion/completions/garita", "zsh/vendor-completions/_garita", "fish/vendor_completions.d/garita.fish"):
        assert "migrate" in (installed / "usr/share" / kind).read_text()


def test_all_units_and_snippets_are_in_it(installed):
    units = installed / "lib/systemd/system"
    made = {file.name for file in (CLONE / "deploy/systemd").iterdir() if not file.name.startswith("garita.sys") and file.suffix != ".tmpfiles"}
    assert {file.name for file in units.iterdir()} == made and "garita-gate.service" in made
    programs = set(re.findall(r"^ExecStart=(/usr/bin/\S+)", "".join(file.read_text() for file in units.glob("*.service")), flags=re.M))
    assert programs == {"/usr/bin/garita"}
    snippets = {file.name for file in (CLONE / "nginx/snippets").iterdir()} - {"garita-origins.conf"}
    assert {file.name for file in (installed / "etc/nginx/snippets").iterdir()} == snippets


def test_the_site_that_setup_renders_keeps_no_example(installed):
    """Every place that names the example is a name of the residence: setup exchanges the name and nothing else."""
    site = (installed / "usr/share/garita/nginx/site.conf").read_text()
    assert re.findall(r"[\w./-]*garita\.example\.org", re.sub(r"#.*", "", site)) == ["garita.example.org"] * site.count("server_name garita.")


def test_the_changelog_is_one_that_dpkg_reads(tmp_path):
    text = run(PACKAGE / "changelog.py", VERSION, input=(CLONE / "CHANGELOG.md").read_text())
    (tmp_path / "changelog").write_text(text)
    fields = run("dpkg-parsechangelog", "--file", tmp_path / "changelog")
    assert f"Version: {VERSION}\n" in fields and "dpkg-parsechangelog: warning" not in fields


def test_the_manual_tells_of_every_command():
    dump = run(GARITA, "--experimental-dump-help")
    page = run(PACKAGE / "manual.py", input=dump)
    assert run("groff", "-man", "-Tutf8", "-ww", "-z", input=page) == ""
    read = re.sub(r"\\f[BIR]|\\", "", page)
    names = re.findall(r'"commandName" : "([\w-]+)"', dump)
    assert len(names) > 20 and {name for name in names if name != "help" and not re.search(rf"\b{name}\b", read)} == set()


def test_the_answers_of_setup_are_those_that_the_page_lists():
    asked = re.search(r"questions=\((.*?)\)", (CLONE / "deploy/setup/answers.sh").read_text()).group(1).split()
    assert re.findall(r"^\| `([A-Z_]+)` \|", (CLONE / "docs/install.md").read_text(), flags=re.M) == asked


def setup_runs(tmp_path, words):
    """The functions of setup on folders of the test, with words in the place of systemctl, garita and dpkg; its exit and words."""
    names = ("lib", "shared", "paths", "answers", "settings", "database", "site", "services")
    folder = tmp_path / "setup"
    if not folder.exists():
        folder.mkdir()
        for name in names:
            file = CLONE / ("deploy/local" if name == "lib" else "deploy/setup") / f"{name}.sh"
            (folder / file.name).write_text(file.read_text())
    script = "set -euo pipefail\n" + "".join(f". {folder}/{name}.sh\n" for name in names) + f"""
        settings={tmp_path}/etc state={tmp_path}/state fallback={tmp_path}/90-before.conf schema_version={tmp_path}/schema-version
        share={CLONE}
        mkdir -p {tmp_path}/etc {tmp_path}/state
        has_systemd() {{ true; }}
        systemctl() {{ [ "$1" = -q ] || printf 'systemctl %s\\n' "$*"; }}
        package_version() {{ printf 8.0.0; }}
        """ + words
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_a_schema_that_cannot_be_looked_at_counts_as_nothing(tmp_path):
    code, said = setup_runs(tmp_path, "operator() { echo 'garita: away' >&2; return 69; }; bring_up_schema")
    assert code == 1 and "away" in said and not (tmp_path / "schema-version").exists()


@pytest.mark.parametrize("plan", ["", "0099_one"])
def test_workers_of_the_version_before_end_when_the_schema_is_that_of_now(tmp_path, plan):
    """Whoever migrates: an upgrade that goes on, setup, or an installation after a removal."""
    (tmp_path / "90-before.conf").touch()
    code, said = setup_runs(tmp_path, f"operator() {{ printf '%s' '{plan}'; }}; units_of() {{ echo garita-gate.socket; }}; bring_up_schema")
    assert code == 0 and "systemctl daemon-reload\nsystemctl restart garita-gate.service garita-seal.service" in said, said
    assert not (tmp_path / "90-before.conf").exists() and (tmp_path / "schema-version").read_text() == "8.0.0"


def test_a_folder_that_is_right_is_not_touched(tmp_path):
    """A path unit restarts the pools whose folder of keys changes, were it only its attributes."""
    folder = tmp_path / "keys"
    assert setup_runs(tmp_path, f"folder 700 $(id -un) {folder}")[0] == 0
    before = folder.stat()
    assert setup_runs(tmp_path, f"folder 700 $(id -un) {folder}")[0] == 0
    assert before.st_ctime_ns == folder.stat().st_ctime_ns and before.st_mode & 0o7777 == 0o700
    folder.chmod(0o755)
    assert setup_runs(tmp_path, f"folder 700 $(id -un) {folder}")[0] == 0 and folder.stat().st_mode & 0o7777 == 0o700
