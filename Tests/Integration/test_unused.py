"""What is declared is named somewhere else: nothing waits in the files for somebody to use it."""

import ast
import re
from collections import Counter

from sources import files, name, swift_code

SWIFT = {file: swift_code(file.read_text()) for file in files("Sources/**/*.swift")}
DECLARED = re.compile(r"\b(?:func|var|let|struct|enum|class|protocol|typealias|associatedtype)\s+`?([A-Za-z_]\w*)")
CASES = re.compile(r"\bcase ((?!let |var )[a-z][^\n}]*)")

# Swift declarations that only others name, and who.
EXCEPTIONS = {
    "Garita": "where the program begins",
    "allValueStrings": "ArgumentParser, for help and completions",
    "appendInterpolation": "the compiler, for text with values inside",
    "appendLiteral": "the compiler, for text with values inside",
    "callAsFunction": "the compiler, for a value that is called",
    "customMirror": "dump and failed expectations",
    "eight": "the examples of RFC 6238, in a test",
}
# Functions of the tests that only others call, and who.
HOOKS = {
    "nobody_stays_paused": "pytest, around each test", "before_load_schema": "schemathesis", "after_call": "schemathesis",
    "filter_failure": "schemathesis", "log_message": "http.server", "do_POST": "http.server"}


def swift_words():
    """How often each word stands in the sources, and how often as a declaration."""
    words, declared = Counter(), Counter()
    for code in SWIFT.values():
        words.update(re.findall(r"\w+", code))
        declared.update(found for found in DECLARED.findall(code) if found != "_")
        for line in CASES.findall(code):
            names = re.sub(r"\(.*?\)|=[^,]+", "", line)
            # With a colon it is a pattern of a switch.
            declared.update(re.findall(r"(?:^|, )([a-z]\w*)", names) if ":" not in names else [])
    return words, declared


def test_every_swift_declaration_is_used():
    words, declared = swift_words()
    assert {one for one in declared if words[one] <= declared[one]} - set(EXCEPTIONS) == set()
    assert {one for one in EXCEPTIONS if words[one] > declared[one]} == set(), "no exceptions any more"


def test_every_sql_function_is_called():
    """By a function, a trigger, a policy, a migration or the program; a test is no caller."""
    kept = {file: file.read_text() for file in files("sql/**/*.sql", "sql/**/*.psql", "Sources/**/*.swift", "deploy/**/*.sh")
            if not name(file).startswith("sql/tests/")}
    made = {function: file for file, text in kept.items() if name(file).startswith("sql/functions/")
            for function in re.findall(r"create or replace function (?:api|garita)\.(\w+)", text)}
    assert len(made) > 100
    # What a file says about a function is no call; a trigger stands in the file of its function.
    about = re.compile(r"(?:create or replace|comment on|grant execute on|revoke \w+ on|alter) function \w+\.\w+")
    called = Counter(word for text in kept.values() for word in re.findall(r"\w+", about.sub("", text)))
    assert {function for function in made if not called[function]} == set()


def test_every_class_of_the_stylesheet_is_on_a_page():
    styled = set()
    for file in files("web/**/*.css"):
        rules = re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.S)
        styled |= set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"\{[^{}]*\}", "{}", rules)))
    pages = " ".join(file.read_text() for file in files("Sources/**/*.swift", "web/**/*.js", "web/**/*.html"))
    assert len(styled) > 20 and {one for one in styled if not re.search(rf"(?<![\w-]){one}(?![\w-])", pages)} == set()


def test_every_helper_of_the_tests_is_used():
    words, declared = Counter(), Counter()
    for file in files("Tests/**/*.py"):
        words.update(re.findall(r"\w+", file.read_text()))
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                declared[node.name] += 1
    # Tests, and what pytest, HTMLParser and the language call by their names.
    called = re.compile(r"test_\w+|pytest_\w+|__\w+__|handle_\w+")
    assert {one for one in declared.keys() - HOOKS.keys() if words[one] <= declared[one] and not called.fullmatch(one)} == set()
