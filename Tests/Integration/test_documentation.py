"""What documents and comments say is there, is there. Needs no stack: .venv/bin/pytest Tests/Integration/test_documentation.py"""

import re

import pytest

from documentation import (
    COMMENTED, DOCUMENTS, FILES, NAMES_NEW_FILES, anchors, code_spans, comments, exists, links, name_of, named_files)
from stack import CLONE

MAKEFILE = (CLONE / "Makefile").read_text()
SWIFT = [CLONE / name for name in FILES if name.startswith("Sources/Garita/") and name.endswith(".swift")]
VERSION = re.search(r'current = "(.+)"', (CLONE / "Sources/Garita/Server/Version.swift").read_text()).group(1)
# Documents of which each row names the tests that prove it.
PROOFS = ["docs/security.md", "docs/rules.md"]


def each_document(function):
    return pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)(function)


def is_broken(document, target):
    path, _, anchor = target.partition("#")
    file = document.parent / path if path else document
    return not file.exists() or bool(anchor) and anchor not in anchors(file.read_text())


def section(file, heading):
    """The text of a file from a heading of the second rank to the next one."""
    return ("\n" + file.read_text()).split("\n" + heading, 1)[1].split("\n## ")[0]


@each_document
def test_every_link_leads_somewhere(document):
    targets = [target for target in links(document.read_text()) if not re.match(r"https?:|mailto:", target)]
    assert [target for target in targets if is_broken(document, target)] == []


@each_document
def test_every_file_that_a_document_names_exists(document):
    if name_of(document) not in NAMES_NEW_FILES:
        named = named_files(code_spans(document.read_text()))
        assert sorted(name for name in named if not exists(name)) == []


def test_every_file_that_a_comment_names_exists():
    assert [
        f"{source}: {name}" for source in COMMENTED for name in sorted(named_files(comments(source))) if not exists(name)] == []


def test_every_document_is_found_from_the_front_page():
    reached, waiting = set(), [CLONE / "README.md"]
    while waiting:
        document = waiting.pop()
        reached.add(document)
        found = {(document.parent / target.partition("#")[0]).resolve() for target in links(document.read_text())}
        waiting += [file for file in found if file in DOCUMENTS and file not in reached]
    assert [name_of(document) for document in DOCUMENTS if document not in reached] == []


def test_the_front_page_lists_every_document_of_its_folder():
    listed = links((CLONE / "README.md").read_text())
    assert [name_of(file) for file in CLONE.glob("docs/*.md") if name_of(file) not in listed] == []


def test_the_front_page_names_every_room():
    rooms = [folder for top in (CLONE / "Sources").iterdir() for folder in (
        top.iterdir() if top.name in ("Domains", "Platform") else [top]) if any(folder.glob("**/*.swift")) or any(folder.glob("**/module.modulemap"))]
    words = re.findall(r"\w+", section(CLONE / "README.md", "## Rooms"))
    assert len(rooms) > 15 and sorted(room.name for room in rooms if room.name not in words) == []


def test_the_front_page_is_short():
    assert len((CLONE / "README.md").read_text().splitlines()) < 120


@each_document
def test_every_make_target_exists(document):
    targets = re.findall(r"^([a-z][a-z-]*):", MAKEFILE, flags=re.M)
    named = re.findall(r"(?:^|[\s=])make ([a-z][a-z-]*)", code_spans(document.read_text()), flags=re.M)
    assert sorted(set(named) - set(targets)) == []


@each_document
def test_every_command_exists(document):
    commands = {name for file in SWIFT for name in re.findall(r'commandName: "([a-z-]+)"', file.read_text())}
    named = re.findall(r"(?:^|\s)garita ([a-z][a-z|-]*)(?: ([a-z][a-z|-]*))?", code_spans(document.read_text()), flags=re.M)
    words = {word for first, second in named for word in f"{first}|{second}".split("|") if word}
    # The pools are arguments of `worker`.
    assert sorted(words - commands - {"gate", "auth", "app", "device"}) == []


@each_document
def test_every_setting_is_read_somewhere(document):
    named = set(re.findall(r"\bGARITA_[A-Z_]+[A-Z]\b", document.read_text()))
    read = "".join((CLONE / name).read_text() for name in COMMENTED)
    assert sorted(name for name in named if not re.search(rf"\b{name}\b", read)) == []


def test_operators_read_of_every_command():
    page = (CLONE / "docs/operations.md").read_text() + (CLONE / "docs/gate.md").read_text()
    commands = [name for file in SWIFT for name in re.findall(r'commandName: "([a-z-]+)"', file.read_text())]
    assert len(commands) > 20
    assert [name for name in commands if not re.search(rf"(?<![\w-]){name}(?![\w-])", page)] == []


@each_document
def test_every_file_of_tests_that_a_document_names_exists(document):
    """By its whole name or the beginning of several: `test_x` for test_x_and_y."""
    named = re.findall(r"`(test_\w+|[a-z_]+/\w+_test|\w+Tests(?:/\w+)?)`", document.read_text())
    assert sorted({name for name in named if not any(
        re.search(rf"^(Tests|sql/tests)/(\w+/)?{name}(\w*\.(py|sql|swift)$|/)", file) for file in FILES)}) == []


@pytest.mark.parametrize("document", PROOFS)
def test_every_test_that_a_rule_names_exists(document):
    """Names of test functions, outside of backticks; one that ends in … is the beginning of a name."""
    tests = [re.sub("^test_", "", name) for file in FILES if file.startswith("Tests/") and file.endswith(".py")
             for name in re.findall(r"^(?:async )?def (test_\w+)", (CLONE / file).read_text(), flags=re.M)]
    text = (CLONE / document).read_text()
    rows = re.sub(r"`[^`]*`", "", "\n".join(line for line in text.splitlines() if line.startswith("|")))
    named = re.findall(r"(?<![\w/])([a-z][a-z0-9]*(?:_[a-z0-9]+){2,}…?)", rows)
    missing = [name for name in named if name not in tests and not (
        name.endswith("…") and any(test.startswith(name[:-1]) for test in tests))]
    assert missing == []


def test_the_rules_have_the_reasons_of_the_code_in_its_order_and_words():
    source = next(CLONE.glob("Sources/Domains/*/Reason.swift")).read_text()
    reasons = re.findall(r'Reason\(\s*"(\w+)", "([^"]+)", es: "([^"]+)"', source.split("named(_ name")[0])
    # Two of them stand before the list, because code names them.
    order = re.findall(r'^ {8}(?:Reason\(\s*"(\w+)"|(\w+),$)', source, flags=re.M)
    texts = {name: f"{english} / {spanish}" for name, english, spanish in reasons}
    names = [name or {"unknownCode": "unknown_code"}.get(word, word) for name, word in order]
    rows = re.findall(r"^\| `(\w+)`(?: \*)? \| .* \| (.*) \|$", section(CLONE / "docs/rules.md", "## 2."), flags=re.M)
    assert rows == [(name, texts[name]) for name in names]


def test_every_function_that_a_rule_names_exists():
    rows = section(CLONE / "docs/rules.md", "## Where each rule is").splitlines()
    cells = [row.split("|")[2] for row in rows if row.startswith("|")]
    named = {name for cell in cells for name in re.findall(r"`([a-z]\w+)`", cell)} - {"permissions"}
    assert sorted(name for name in named if not any(CLONE.glob(f"sql/functions/*/{name}.sql"))) == []


def test_every_table_of_the_glossary_exists():
    tables = {name for file in CLONE.glob("sql/migrations/*.sql")
              for name in re.findall(r"create table (?:if not exists )?garita\.(\w+)", file.read_text())}
    cells = [row.split("|")[4] for row in section(CLONE / "docs/glossary.md", "## Things").splitlines() if row.count("|") == 6]
    columns = {"sponsor_id"}
    named = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    assert sorted(named - tables - columns) == []


def test_this_version_is_the_newest_of_the_changelog():
    sections = re.findall(r"^## \[?(\S+?)\]?(?: |$)", (CLONE / "CHANGELOG.md").read_text(), flags=re.M)
    assert [section for section in sections if section != "Unreleased"][0] == VERSION
