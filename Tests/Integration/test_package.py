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
    assert code == 0 and "systemctl daemon-reload\nsystemctl restart garita-gate.service garita-outbox.service garita-seal.service" in said, said
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


@pytest.mark.parametrize("url, password", [
    ("postgresql://boss:pa%2Fss%5Cn%40%3a%25@db.example.org:5432/garita?sslmode=require", "pa/ss\\n@:%"),
    ("postgres://db.example.org/garita?user=boss&password=p%26q&sslmode=require", "p&q"),
    ("postgresql://boss:a\\nb%0A@[::1]/garita", "a\\nb\n"),
    ("postgresql:///garita?host=/run/postgresql&port=5433", ""),
])
def test_a_password_is_no_argument_of_psql(tmp_path, url, password):
    (tmp_path / "url").write_text(url + "\n")
    code, said = setup_runs(tmp_path, f"""psql() {{ printf '%s\\n' "$@" >{tmp_path}/arguments; printf '%s' "${{PGPASSWORD:-}}" >{tmp_path}/password; }}
        with_url {tmp_path}/url -X""")
    arguments = (tmp_path / "arguments").read_text()
    assert (code, said, (tmp_path / "password").read_text()) == (0, "", password)
    assert arguments.startswith("-X\n-d\npostgres") and "password" not in arguments and not (password and password[:2] in arguments)
    assert [word for word in ("boss", "sslmode=require", "port=5433") if (word in url) != (word in arguments)] == []


@pytest.mark.parametrize("url", ["postgresql://boss:SEC/RET@db/x", "postgresql://boss:SEC@RET@db/x", "postgresql://boss:%ZZSECRET@db/x", "SECRET",
                                 "postgresql://db/x?pass%77ord=SECRET", "postgresql://db/x?sslpassword=SECRET"])
def test_a_url_whose_password_cannot_be_told_is_refused(tmp_path, url):
    (tmp_path / "url").write_text(url)
    code, said = setup_runs(tmp_path, f"psql() {{ echo called; }}; with_url {tmp_path}/url -X")
    assert code == 1 and "holds no address of PostgreSQL" in said and "SEC" not in said and "called" not in said


def answered(tmp_path, **changed):
    """What setup says of answers that are right but for these."""
    right = {"NAME": "Los Pinos", "HOST": "garita.example.org", "TIME_ZONE": "America/Mexico_City", "COUNTRY": "MX", "LANGUAGE": "es",
             "CERTIFICATE": "self-signed", "DATABASE": "local", "ADMINISTRATOR": "admin"}
    (tmp_path / "answers.env").write_text("".join(f"{name}={value}\n" for name, value in (right | changed).items()))
    return setup_runs(tmp_path, f"cd {tmp_path}; read_answers --file answers.env; cat etc/setup.env.unfinished")


def test_answers_are_read_from_the_callers_folder(tmp_path):
    for name in ("chain.pem", "key.pem"):
        (tmp_path / name).touch()
    code, said = answered(tmp_path, NAME="-x", CERTIFICATE="chain.pem", CERTIFICATE_KEY="key.pem", COUNTRY="",
                          DATABASE="postgresql://db.example.org:5432/garita?sslmode=verify-full&sslrootcert=/etc/garita/ca.pem")
    assert code == 0 and f'CERTIFICATE="{tmp_path}/chain.pem"\nCERTIFICATE_KEY="{tmp_path}/key.pem"' in said, said


@pytest.mark.parametrize("name, value", [
    ("TIME_ZONE", "America/Nowhere"), ("TIME_ZONE", "America"), ("COUNTRY", "QQ"), ("COUNTRY", "mx"), ("ADMINISTRATOR", "-boss"),
    *(("DATABASE", f"postgresql://{way}") for way in (
        "boss:pw@db/x", "boss@db/x", "db/x?user=boss", "db/x?sslmode=require&password=pw", "db/x?pass%77ord=pw", "boss:pa/ss@db/x", "db/x?a=b?password=pw")),
])
def test_answers_that_cannot_be_are_refused_before_anything_is_done(tmp_path, name, value):
    code, said = answered(tmp_path, **{name: value})
    assert code == 1 and said.startswith(f"{name}: ") and "Setup did nothing" in said and not list(tmp_path.glob("etc/*")), said


def test_a_block_of_pg_hba_without_its_end_takes_nothing_else_away(tmp_path):
    file = tmp_path / "pg_hba.conf"
    file.write_text("# Written by garita setup: as before\nlocal garita garita_app scram-sha-256\nlocal all postgres peer\nhost all all ::1/128 md5\n")
    words = f'become() {{ postgres=(env); }}; ask_postgres() {{ [[ $1 == *hba* ]] && echo {file} || true; }}; admit_roles'
    assert setup_runs(tmp_path, words) == (0, "")
    rest = "# End of what garita setup wrote.\nlocal all postgres peer\nhost all all ::1/128 md5\n"
    text = file.read_text()
    assert text.endswith(rest) and text.count("garita_app") == 1 and text.count("# Written") == 1
    assert setup_runs(tmp_path, words)[0] == 3 and file.read_text() == text


def test_nginx_is_quoted_with_what_stops_it(tmp_path):
    words = """nginx() { printf '%s\\n' 'nginx: [warn] a' 'nginx: [emerg] b in /etc/x:3' 'nginx: configuration file test failed' >&2; return 1; }
        check_nginx || echo "$nginx_said" """
    assert setup_runs(tmp_path, words) == (0, "nginx: [emerg] b in /etc/x:3\n")
