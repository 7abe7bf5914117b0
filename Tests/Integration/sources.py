"""The files of the project as tests read them: Swift without its comments and texts, functions with their lengths."""

import ast
import re

from stack import CLONE

# A comment, the beginning of a text, or what the caller waits for.
SWIFT = re.compile(r'//[^\n]*|/\*.*?\*/|(?P<pounds>#*)(?P<quotes>"""|")', re.S)


def files(*patterns):
    """The project's own files, each once, below the folders that are kept in its repository."""
    found = {path for pattern in patterns for path in CLONE.glob(pattern) if path.is_file()}
    return sorted(path for path in found if not {".build", ".venv", "__pycache__"} & set(path.relative_to(CLONE).parts))


def name(path):
    return path.relative_to(CLONE).as_posix()


def text_end(source, start, pounds, quotes):
    """Where the text ends whose first character is at `start`; and the (start, end) of the code inside `\\( )` of it."""
    code, place = [], start
    part = re.compile(rf'\\{pounds}\(|\\.|{quotes}{pounds}|\n', re.S) if quotes == '"' else re.compile(
        rf'\\{pounds}\(|\\.|{quotes}{pounds}', re.S)
    while found := part.search(source, place):
        place = found.end()
        if found[0] == "\n" or found[0].startswith('"'):
            return place, code
        if found[0].endswith("("):
            end = brackets_end(source, place)
            code.append((place, end))
            place = end
    return len(source), code


def brackets_end(source, start):
    """Where the bracket closes that was opened before `start`."""
    depth, place, part = 1, start, re.compile(SWIFT.pattern + r"|[()]", re.S)
    while found := part.search(source, place):
        place = found.end()
        if found["quotes"]:
            place, _ = text_end(source, place, found["pounds"], found["quotes"])
        elif found[0] in "()":
            depth += 1 if found[0] == "(" else -1
            if depth == 0:
                return found.start()
    return len(source)


def swift_code(source):
    """The source with blanks for comments and texts; code inside of texts stays. Lines keep their numbers."""
    kept, place = [], 0
    while found := SWIFT.search(source, place):
        kept.append(source[place:found.start()])
        place, inside = found.end(), []
        if found["quotes"]:
            place, inside = text_end(source, found.end(), found["pounds"], found["quotes"])
        blank = list(re.sub(r"[^\n]", " ", source[found.start():place]))
        for start, end in inside:
            blank[start - found.start():end - found.start()] = swift_code(source[start:end])
        kept.append("".join(blank))
    return "".join(kept) + source[place:]


def swift_functions(source):
    """(name, line, how many lines) of every function and initialiser that has a body."""
    code = swift_code(source)
    for found in re.finditer(r"\b(?:func\s+([^\s(<]+)|(?<![.\w])(init)[?]?\s*(?=[(<])|(deinit)\b|(subscript)\b)", code):
        opening = re.compile(r"[{}]|\n\s*(?:///|@\w+\s|package |private |static |func |init|var |let |case |struct |enum |extension )").search(
            code, found.end())
        if not opening or opening[0] != "{":
            continue
        depth, place = 1, opening.end()
        while depth and (bracket := re.compile(r"[{}]").search(code, place)):
            depth += 1 if bracket[0] == "{" else -1
            place = bracket.end()
        first = code.count("\n", 0, found.start()) + 1
        yield next(filter(None, found.groups())), first, code.count("\n", 0, place) + 2 - first


def python_functions(source):
    """(name, line, how many lines) of every function."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            yield node.name, node.lineno, node.end_lineno - node.lineno + 1
