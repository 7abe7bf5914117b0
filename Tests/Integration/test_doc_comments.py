"""What a room offers to others says what it is: every `package` declaration has a doc comment."""

import re

import pytest

from sources import files, name, swift_code

ROOMS = ["Platform", "Monitoring", "Pages", "Resource", "Web"]
DECLARATION = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*package (?:(?:static|final|mutating|consuming|borrowing|convenience|override|private\(set\)) )*"
    r"(?P<kind>func|var|let|init|struct|enum|class|protocol|typealias|subscript|extension)\b\s*(?P<name>[^\s:({<]*)")
# Declared elsewhere, with its meaning: what a protocol of Swift's own asks for.
KNOWN = {"description", "debugDescription", "customMirror", "==", "hash", "makeIterator", "next", "deinit", "startIndex", "endIndex"}


def undocumented(room):
    for file in files(f"Sources/{room}/**/*.swift"):
        source = file.read_text()
        lines, code = source.splitlines(), swift_code(source).splitlines()
        for number, line in enumerate(code):
            found = DECLARATION.match(line)
            if not found or found["kind"] == "extension" or found["name"] in KNOWN:
                continue
            above = number - 1
            while above >= 0 and re.match(r"\s*@\w", lines[above]):
                above -= 1
            if not re.match(r"\s*///|.*\*/\s*$", lines[above]):
                yield f"{name(file)}:{number + 1}: {lines[number].strip()}"


@pytest.mark.parametrize("room", ROOMS)
def test_what_others_may_use_has_a_doc_comment(room):
    assert files(f"Sources/{room}/**/*.swift"), "there is no such room"
    assert list(undocumented(room)) == []
