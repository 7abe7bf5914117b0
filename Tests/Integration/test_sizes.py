"""No file and no function grows beyond what is read at one go."""

from sources import files, name, python_functions, swift_functions

FILE, FUNCTION = 300, 40
SOURCES = files("Package.swift", "Sources/**/*.swift", "Tests/**/*.swift", "Tests/**/*.py", "sql/functions/**/*.sql",
                "sql/tests/**/*sql", "deploy/**/*.sh", "Tests/*.sh")

# Path, or path and function -> why it may be longer.
EXCEPTIONS = {
    "Sources/Resource/Resource+Documentation.swift documentation": "one case for each operation of a table: data, read at one go",
}


def too_long():
    for file in SOURCES:
        lines = len(file.read_text().splitlines())
        if lines > FILE:
            yield name(file), lines
        read = {".swift": swift_functions, ".py": python_functions}.get(file.suffix)
        for function, _, lines in read(file.read_text()) if read else []:
            if lines > FUNCTION:
                yield f"{name(file)} {function}", lines


def test_files_and_functions_are_short():
    assert {what: lines for what, lines in too_long() if what not in EXCEPTIONS} == {}


def test_the_exceptions_are_needed():
    assert set(EXCEPTIONS) - {what for what, _ in too_long()} == set()


def test_the_ruler_measures():
    """The control: what stands in texts and comments is no bracket and no function."""
    swift = 'func one() {\n    // func no() {\n    let text = "}\\(two("{"))func no() {"\n}\n\nfunc two(_ text: String) -> String { text }\n'
    assert list(swift_functions(swift)) == [("one", 1, 4), ("two", 6, 1)]
    assert list(python_functions("def one():\n    pass\n\n\ndef two():\n    return 1\n")) == [("one", 1, 2), ("two", 5, 2)]
