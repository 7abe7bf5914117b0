"""What the documents and comments of this repository name: links, files, commands, tests. Reads files only."""

import re

from stack import CLONE

DOCUMENTS = sorted([*CLONE.glob("*.md"), *CLONE.glob("docs/**/*.md")])
# It tells how to add files, and so names some that are not there.
NAMES_NEW_FILES = {"docs/adding.md"}
# Files of other programs and of an installation, not of this repository.
FOREIGN_FILES = {"manage.py", "postgresql.conf", "pg_hba.conf", "nginx.conf", "garita.conf", "garita-local.conf", "testssl.sh"}
SUFFIXES = "swift|psql|sql|py|sh|md|conf|conf\\.in|lua|css|js|modulemap"
FOLDERS = "Sources|sql|nginx|deploy|Tests|docs|web"
IGNORED = {".git", ".build", ".venv", "var", "__pycache__", ".pytest_cache"}

FILES = [
    path.relative_to(CLONE).as_posix() for top in sorted(CLONE.iterdir()) if top.name not in IGNORED
    for path in ([top] if top.is_file() else sorted(top.rglob("*")))
    if path.is_file() and not IGNORED & set(path.relative_to(CLONE).parts)]
COMMENTED = [name for name in FILES if re.search(rf"\.({SUFFIXES})$|^Makefile$|^\.ci/run$|^deploy/package/debian/", name) and not name.endswith(".md")]


def name_of(path):
    return path.relative_to(CLONE).as_posix()


def prose(text):
    """The text without blocks of code, those between fences and those that are indented."""
    text = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    return re.sub(r"(?<=\n\n)(?: {4}.*\n|\n)+", "\n", text)


def links(text):
    """Targets of [text](target) and ![text](target)."""
    return re.findall(r"\]\(([^)\s]+)\)", prose(text))


def anchors(text):
    """As GitHub makes them of headings: lower case, blanks to hyphens, signs left out, equal ones numbered."""
    found = []
    for heading in re.findall(r"^#+ +(.*?)\s*$", prose(text), flags=re.M):
        slug = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        earlier = [other for other in found if re.fullmatch(rf"{re.escape(slug)}(-\d+)?", other)]
        found.append(f"{slug}-{len(earlier)}" if slug in found else slug)
    return found


def code_spans(text):
    """What stands between backticks, and blocks of code."""
    return "\n".join([*re.findall(r"`([^`\n]+)`", text), *re.findall(r"^ {4}.*", text, flags=re.M)])


def comments(name):
    """The comments of a source file; of Python its documentation strings too."""
    text = (CLONE / name).read_text()
    marker = {"swift": "//", "js": "//", "sql": "--", "psql": "--", "lua": "--", "modulemap": "//"}.get(name.rsplit(".", 1)[-1], "#")
    if name.endswith(".css"):
        return "\n".join(re.findall(r"/\*.*?\*/", text, flags=re.S))
    strings = re.findall(r'"""(.*?)"""', text, flags=re.S) if name.endswith(".py") else []
    return "\n".join([*re.findall(rf"(?:^|\s){re.escape(marker)}(.*)", text), *strings])


def named_files(text):
    """Names that end as files of this repository do, and paths below its folders; addresses of the web are none."""
    text = re.sub(r"\b[a-z]+://\S+|\b[\w-]+(\.[\w-]+)*\.(org|com|net|io|dev)/\S*", " ", text)
    bounded = r"(?<![\w/.$<>{}@*~%-])"
    by_ending = rf"{bounded}((?:[\w+.*-]+/)*[\w+*-]+\.(?:{SUFFIXES}))(?![\w/-]|\.\w)"
    by_folder = rf"{bounded}((?:{FOLDERS})/[\w+./*-]*)(?![\w<>{{}}$@])"
    return {name.rstrip(".") for pattern in (by_ending, by_folder) for name in re.findall(pattern, text)}


def exists(name):
    """Whether the repository has it, whole or as the end of a path: Web/Route.swift."""
    if name in FOREIGN_FILES:
        return True
    name = re.sub(r"^(\.\./)+", "", name)
    if "*" in name:
        return any(True for _ in CLONE.glob(name)) or any(True for _ in CLONE.glob(f"*/**/{name}"))
    return (CLONE / name).exists() or any(file.endswith("/" + name) for file in FILES)
