"""Settings: read by the rules of python-decouple, shown with their origin and without secrets, all problems together."""

import json
import os
import re
import subprocess

import pytest
from decouple import Config, Csv, RepositoryEnv, UndefinedValueError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stack import CLONE

EXECUTABLE = os.environ.get("GARITA_EXECUTABLE", str(CLONE / ".build/release/garita"))
PASSWORD = "hidden4ever"
SECRET = "kq3Vd0yTz8mWc5RbXn1LhPf7JsGu2Ae9oZiQt4YwBxE="


def run(*arguments, file=None, **environment):
    named = {"GARITA_CONFIG": str(file)} if file else {}
    return subprocess.run(
        [EXECUTABLE, *arguments], env=named | environment, text=True, capture_output=True, timeout=30, cwd="/")


def config(file=None, **environment):
    """The settings by name, and the problems."""
    done = run("config", "--json", file=file, **environment)
    document = json.loads(done.stdout)
    assert done.returncode == (78 if document["problems"] else 0), done.stderr
    assert done.stderr.splitlines() == [f"garita: {problem}" for problem in document["problems"]]
    return {one["name"]: one for one in document["settings"]}, document["problems"]


def whole(folder, **others):
    """A file with all that is required, and others."""
    names = {"DATABASE_URL": "dbname=garita", "GARITA_KEYS": "/k", "GARITA_PHOTOS": "/p", "GARITA_COMMON_PASSWORDS": "/c"}
    file = folder / "garita.env"
    file.write_text("".join(f"{name}={value}\n" for name, value in (names | others).items() if value is not None))
    return file


NAMES = ["GARITA_WEB", "GARITA_SQL", "ALLOWED_HOSTS", "DEBUG"]
TEXTS = st.lists(st.sampled_from(
    ["a", "B.example", ".b", ",", ", ", " ", "\t", "#", "'", '"', "\\", "=", "true", "Off", "YES", "1", "\x0b", "\x1c", "\x85",
     "\u00a0", "\u2028", "ñ", "$HOME", "${A}", "export ", "\ufeff"]), max_size=7).map("".join)
LINES = st.one_of(
    st.tuples(st.sampled_from(["", " ", "\t", "#", "export ", "\u2003"]), st.sampled_from(NAMES), st.sampled_from(
        ["=", " = ", "= ", "", "==", ":"]), TEXTS).map("".join), TEXTS)
FILES = st.lists(st.tuples(LINES, st.sampled_from(["\n", "\n", "\r\n", "\r", "\n\n"])).map("".join), max_size=8).map("".join)


def expected(there, name, cast):
    """What python-decouple reads, or the class of its refusal."""
    try:
        return there.get(name, cast=cast)
    except (ValueError, UndefinedValueError) as refusal:
        return type(refusal)


def same(one, theirs, default):
    """Whether a setting of ours is what python-decouple reads."""
    if theirs is ValueError:
        return one["problem"] is not None and one["value"] is None
    return one["value"] == (default if theirs is UndefinedValueError else theirs)


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=FILES, beside=st.dictionaries(st.sampled_from(NAMES), TEXTS, max_size=2))
def test_files_mean_what_they_mean_to_python_decouple(tmp_path, text, beside):
    file = tmp_path / "odd.env"
    file.write_bytes(text.encode())
    found, _ = config(file, **beside)
    before = dict(os.environ)
    os.environ.update(beside)
    try:
        there = Config(RepositoryEnv(str(file)))
        for name, cast, default in [
                ("GARITA_WEB", str, None), ("GARITA_SQL", str, None), ("DEBUG", bool, False), ("ALLOWED_HOSTS", Csv(), None)]:
            assert same(found[name], expected(there, name, cast), default), (name, text, beside)
    finally:
        os.environ.clear()
        os.environ.update(before)


def test_each_value_tells_where_it_comes_from(tmp_path):
    file = whole(tmp_path, DEBUG="yes", GARITA_WEB="/of/the/file", GARITA_SQL="/of/the/file", DATABASE_URL=None)
    (tmp_path / "url").write_text(f"postgresql://u:{PASSWORD}@db.example/garita\n")
    (tmp_path / "url").chmod(0o600)
    found, problems = config(file, GARITA_WEB="", DATABASE_URL_FILE=str(tmp_path / "url"))
    assert problems == []
    origins = {name: found[name]["origin"] for name in found}
    assert origins["GARITA_KEYS"] == f"{file}:1" and origins["GARITA_WEB"] == "environment" and origins["GARITA_TLS"] == "not set"
    assert origins["DATABASE_URL"] == f"content of {tmp_path}/url"
    # The environment beats the file, also when it is empty.
    assert found["GARITA_WEB"]["value"] == "" and found["GARITA_SQL"]["value"] == "/of/the/file" and found["DEBUG"]["value"] is True
    assert found["DATABASE_URL"]["value"] == "user=u password=******** dbname=garita host=db.example"
    assert run("config", "GARITA_SQL", file=file).stdout == f"  GARITA_SQL               /of/the/file  ({file}:6)\n"
    done = run("config", "GARITA_SQLS", file=file)
    assert done.returncode == 65 and "is GARITA_SQL meant?" in done.stderr


def test_all_problems_are_told_together_and_no_secret_is(tmp_path):
    open_file = tmp_path / "open"
    open_file.write_text(SECRET)
    open_file.chmod(0o644)
    file = whole(
        tmp_path, DATABASE_URL=f"host=x {PASSWORD}", DEBUG="perhaps", CORS_ALLOWED_ORIGINS="https://x.example/", GARITA_KEYS=None,
        ALLOWED_HOSTS="https://x.example", GARITA_PHOTOS=None, GARITA_PHOTO="/p")
    for command in ("config", "check"):
        done = run(command, file=file, SECRET_KEY_FILE=str(open_file))
        assert done.returncode == 78
        told = [line.split(": ", 1)[1] for line in done.stderr.splitlines() if ".W" not in line]
        assert [re.match("[A-Z_]+", line)[0] for line in told] == [
            "DATABASE_URL", "SECRET_KEY_FILE", "ALLOWED_HOSTS", "CORS_ALLOWED_ORIGINS", "DEBUG", "GARITA_PHOTOS"], done.stderr
        assert PASSWORD not in done.stdout + done.stderr and SECRET not in done.stdout + done.stderr
    assert "GARITA_PHOTO on line 6 is no setting; is GARITA_PHOTOS meant?" in run("config", file=file).stdout


@pytest.mark.parametrize("mode, folder, is_good", [
    (0o600, None, True), (0o640, None, True), (0o644, None, False), (0o660, None, False), (0o644, "there", True), (None, None, False)])
def test_a_secret_in_a_file_of_its_own(tmp_path, mode, folder, is_good):
    secret = tmp_path / (folder or ".") / "secret"
    if mode:
        secret.parent.mkdir(exist_ok=True)
        secret.write_text(SECRET + "\r\n")
        secret.chmod(mode)
    file = whole(tmp_path, GARITA_KEYS=None, SECRET_KEY_FILE=secret)
    found, problems = config(file, **({"CREDENTIALS_DIRECTORY": str(tmp_path / folder)} if folder else {}))
    assert (problems == []) == is_good
    assert found["SECRET_KEY"]["value"] == ("********" if is_good else None)
    _, problems = config(file, SECRET_KEY=SECRET)
    assert problems == ["SECRET_KEY and SECRET_KEY_FILE are both set; take one away"]


def test_a_pipe_is_no_file_of_settings_and_none_of_a_secret(tmp_path):
    """Nobody writes into it: reading would never end."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe, 0o600)
    assert run("config", file=pipe).returncode == 1
    _, problems = config(whole(tmp_path, DATABASE_URL=None, DATABASE_URL_FILE=pipe))
    assert problems[0].startswith("DATABASE_URL_FILE: ")


def test_an_empty_folder_of_credentials_opens_no_file(tmp_path):
    (tmp_path / "secret").write_text(SECRET)
    (tmp_path / "secret").chmod(0o644)
    _, problems = config(whole(tmp_path, GARITA_KEYS=None, SECRET_KEY_FILE=tmp_path / "secret"), CREDENTIALS_DIRECTORY="")
    assert problems == ["SECRET_KEY_FILE: the file is open to others; chmod 600 it"]


@pytest.mark.parametrize("text", [",", "#x"])
def test_a_list_without_a_host_does_not_admit_all(tmp_path, text):
    _, problems = config(whole(tmp_path, ALLOWED_HOSTS=text))
    assert problems == ["ALLOWED_HOSTS: holds no name; take the line away to let nginx alone decide"]


@pytest.mark.parametrize("secret, words", [
    (SECRET, None), ("0f" * 4 + "1a2b3c4d5e6f7089" + "9b7d5f3e1c0a8264" + "d1f4a86c39b2e0755e" + "66aa", None),
    ("short" * 3, "shorter than 43"), ("abcdefghijkl" * 5, "example"), ("k9Qz7Lm2Xw5R" * 5, "not drawn at random"),
    ("correct-horse-battery-staple-correct-horse-battery", "not drawn at random"),
    ("ab" * 40, "not drawn at random"), ("django-insecure-" + SECRET, "example"),
    ("your-secret-key-here-change-it-in-production-now", "example")])
def test_weak_secrets_and_those_of_examples_are_refused(tmp_path, secret, words):
    _, problems = config(whole(tmp_path, GARITA_KEYS=None, SECRET_KEY=secret))
    assert (words is None) == (problems == []) and (words or "") in "".join(problems)


@pytest.mark.parametrize("text, shown", [
    ("postgres://u:p%40%2Fw@db.example:6432/garita?sslmode=verify-full&sslrootcert=/ca.pem",
     "user=u password=******** dbname=garita host=db.example port=6432 sslmode=verify-full sslrootcert=/ca.pem"),
    ("postgresql:///garita?host=/run/postgresql", "dbname=garita host=/run/postgresql"),
    ("postgres://%2Frun%2Fpostgresql/garita", "dbname=garita host=/run/postgresql"),
    ("postgres://[::1]:5432/garita", "dbname=garita host=::1 port=5432"),
    ("host=/run/postgresql dbname='gar ita' password='a b'", "password=******** dbname='gar ita' host=/run/postgresql"),
    ("postgres://u@x/y?options=-csearch_path%3Dhidden4ever", "user=u options=******** dbname=y host=x"),
    *[(f"postgresql://boss:{password}@db/x", None) for password in ("hidden4ever/RET", "hidden4ever@RET", "1/hidden4ever", "h@i/hidden4ever")],
    ("postgresql://boss:hidden4ever/x", None), ("host=db port=hidden4ever", None),
    ("mysql://u:hidden4ever@x/y", None), ("postgres://u:hidden4ever@x/y?unknown=1", None), ("hidden4ever", None)])
def test_the_database_is_named_as_django_and_libpq_do(tmp_path, text, shown):
    found, problems = config(whole(tmp_path, DATABASE_URL=text))
    if shown:
        assert problems == [] and sorted(found["DATABASE_URL"]["value"].split()) == sorted(shown.split())
    else:
        assert found["DATABASE_URL"]["value"] == "********"
        assert problems == ["DATABASE_URL: is neither an address of PostgreSQL nor text that libpq reads"]
        assert PASSWORD not in json.dumps(found) + run("check", DATABASE_URL=text).stderr


@pytest.mark.parametrize("text, lines", [
    ("https://app.example.org, http://localhost:3000",
     ['"https://app.example.org" "https://app.example.org";', '"http://localhost:3000" "http://localhost:3000";']), ("", []),
    *[(text, None) for text in ("*", "http://x;evil", "localhost:3000", 'http://x\\"', "~^http", "http://x/", "null",
                                "http://x:0", "http://x:70000", "HTTP://x", "http://x y", "http://")]])
def test_nginx_gets_origins_and_nothing_else(text, lines):
    done = run("config", "--nginx-origins", CORS_ALLOWED_ORIGINS=text)
    if lines is None:
        assert (done.returncode, done.stdout) == (78, "") and done.stderr.startswith("garita: CORS_ALLOWED_ORIGINS: ")
    else:
        assert (done.returncode, done.stdout.splitlines()) == (0, lines)


def table():
    """The table of docs/configuration.md, made from what the program says of itself."""
    found = json.loads(run("config", "--json").stdout)["settings"]
    rows = ["| Setting | Kind | Default | Read by | |", "|---|---|---|---|---|"]
    for one in found:
        kind = one["kind"] + (", secret" if one["secret"] else "")
        default = f"`{one['default']}`" if one["default"] else "–"
        rows.append(f"| `{one['name']}` | {kind} | {default} | {one['read_by']} | {one['meaning']} |")
    return "\n".join(rows)


def test_the_document_holds_the_table_of_the_program():
    page = (CLONE / "docs/configuration.md").read_text()
    assert table() in page, f"docs/configuration.md must hold:\n{table()}"
