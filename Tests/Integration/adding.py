"""docs/adding.md as a program: its blocks applied to a copy of the sources, and the executable that comes of it."""

import re
import shutil
import subprocess
from pathlib import Path

from stack import CLONE

PAGE = CLONE / "docs/adding.md"
BLOCK = re.compile(
    r"^(?P<where>New file|At the end of|In) `(?P<path>[^`]+)`(?:, instead of `(?P<old>[^`]+)`)?:\n\n(?P<code>(?:    .*\n|\n)+)", re.M)


def blocks():
    """(where, path, what it stands instead of, code) in the order of the page."""
    for found in BLOCK.finditer(PAGE.read_text()):
        code = re.sub(r"^ {4}", "", found["code"].rstrip("\n") + "\n", flags=re.M)
        yield found["where"], found["path"], found["old"], code


def copied(clone):
    """The product's own files with every block applied."""
    for room in ("Sources", "sql", "nginx", "web", "deploy"):
        shutil.copytree(CLONE / room, clone / room)
    for where, path, old, code in blocks():
        file = clone / path
        if where == "New file":
            assert not file.exists(), path
            file.write_text(code)
        elif where == "At the end of":
            file.write_text(file.read_text() + "\n" + code)
        else:
            text = file.read_text()
            assert text.count(old) == 1, f"{path}: {old}"
            file.write_text(text.replace(old, code.strip()))
    return clone


def commands():
    """How the product was built: the compiler's arguments by module, and the linker's."""
    plan = (CLONE / ".build/release.yaml").read_text()
    found = {name: re.findall(r'"((?:[^"\\]|\\.)*)"', arguments) for name, arguments in re.findall(
        r'^  "C\.(\w+)-[^"]*\.(?:module|exe)":\n(?:    .*\n)*?    args: \[(.*)\]$', plan, re.M)}
    link = next(arguments for arguments in re.findall(r"^    args: \[(.*)\]$", plan, re.M) if "-emit-executable" in arguments)
    return found, re.findall(r'"((?:[^"\\]|\\.)*)"', link)


def compile_module(module, arguments, clone, made):
    """As the product's own, but from the copy, unoptimised, into one object."""
    sources = next(argument for argument in arguments if argument.startswith("@"))
    rooms = {str((clone / Path(file).relative_to(CLONE)).parent) for file in Path(sources[1:]).read_text().split()}
    files = sorted(str(file) for file in Path(min(rooms, key=len)).rglob("*.swift"))
    pairs = list(zip(arguments, arguments[1:]))
    kept = [argument for pair in pairs if pair[0] in ("-Xcc", "-enable-upcoming-feature", "-package-name", "-swift-version") for argument in pair]
    folders = [argument for argument in arguments if argument.startswith("-I/")]
    subprocess.run(
        [arguments[0], "-module-name", module, "-Onone", "-warnings-as-errors", "-parse-as-library", "-whole-module-optimization",
         "-num-threads", "0", "-c", "-o", f"{made}/{module}.o", "-emit-module", "-emit-module-path", f"{made}/{module}.swiftmodule",
         "-I", str(made), "-I", arguments[arguments.index("-I") + 1], *kept, *folders, *files], check=True, timeout=300)


def built(clone, *modules):
    """The executable with these modules of the copy in place of its own; unoptimised, which is quicker."""
    compilers, linker = commands()
    made = clone / "made"
    made.mkdir()
    for module in modules:
        compile_module(module, compilers[module], clone, made)
    objects = next(argument for argument in linker if argument.startswith("@"))
    kept = [line for line in Path(objects[1:]).read_text().splitlines() if not any(f"/{module}.build/" in line for module in modules)]
    (made / "objects").write_text("\n".join(kept + [f"{made}/{module}.o" for module in modules]))
    place = linker.index("-o") + 1
    linker[place] = str(made / "garita")
    linker[linker.index(objects)] = f"@{made}/objects"
    subprocess.run(linker, check=True, timeout=300, capture_output=True)
    shutil.copy(CLONE / ".build/release/common-passwords.txt", made)
    return made / "garita"
