#!/usr/bin/env python3
"""manual.py <DUMP >garita.1: one manual page for all commands, from `garita --experimental-dump-help`.

The dump is swift-argument-parser's own description of the commands (ToolInfo, serialization version 0). Source of the
form: man(7), groff_man_style(7).
"""

import json
import os
import sys
from datetime import datetime, timezone

STANDARD = {"help", "version"}

FILES = [
    ("/etc/garita/garita.env", "settings, where GARITA_CONFIG names no other file"),
    ("/etc/garita/setup.env", "what \"garita setup\" was answered"),
    ("/etc/garita/keys/", "the keys; keep a copy elsewhere, apart from backups"),
    ("/etc/nginx/sites-available/garita", "nginx's site: what an operator tunes"),
    ("/usr/share/doc/garita/docs/", "the documents that commands name"),
    ("/var/lib/garita/, /var/backups/garita/", "photos and state; backups"),
]


def safe(text):
    """Text in which groff finds no command and keeps each sign as it is written."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\(ga").replace("'", "\\(aq")
    return "\\&" + text if text.startswith((".", "'")) else text


def own(arguments):
    return [one for one in arguments or [] if one.get("shouldDisplay", True) and one["valueName"] not in STANDARD]


def names(argument):
    dashes = {"long": "--", "short": "-", "longWithSingleDash": "-"}
    return [dashes[name["kind"]] + name["name"] for name in argument.get("names", [])]


def synopsis(argument):
    """How one argument is written, in groff: bold what is typed as it stands, italic what is replaced."""
    value = f"\\fI{safe(argument['valueName'].upper())}\\fR"
    if argument["kind"] != "positional":
        flag = f"\\fB{safe(names(argument)[-1])}\\fR"
        value = flag if argument["kind"] == "flag" else f"{flag} {value}"
    value += " ..." if argument.get("isRepeating") else ""
    return f"[{value}]" if argument.get("isOptional") else value


def commands(command, path=()):
    """Every command that does something itself, with the words that call it."""
    path = (*path, command["commandName"])
    children = [one for one in command.get("subcommands") or [] if one["commandName"] != "help" and one.get("shouldDisplay", True)]
    if not children:
        yield path, command
    for child in children:
        yield from commands(child, path)


def describe(path, command):
    words = " ".join([f"\\fB{safe(' '.join(path))}\\fR", *map(synopsis, own(command.get("arguments")))])
    print(f".SS {words}\n{safe(command.get('abstract', ''))}")
    if command.get("discussion"):
        print(f".PP\n{safe(command['discussion'])}")
    for argument in own(command.get("arguments")):
        if not argument.get("abstract"):
            continue
        term = ", ".join(f"\\fB{safe(name)}\\fR" for name in names(argument)) or f"\\fI{safe(argument['valueName'].upper())}\\fR"
        default = f" Without it: {argument['defaultValue']}." if argument.get("defaultValue") else ""
        print(f".TP\n{term}\n{safe(argument['abstract'] + default)}")


def main():
    top = json.load(sys.stdin)["command"]
    day = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", 0)), timezone.utc)
    print(f".TH GARITA 1 {day:%Y-%m-%d} Garita\n.SH NAME\ngarita \\- access control of residential communities")
    print(".SH SYNOPSIS\n.B garita\n.I COMMAND\n.RI [ ARGUMENT \\ ...]")
    print(f".SH DESCRIPTION\n{safe(top['abstract'])}\n.PP\n{safe(top.get('discussion', ''))}\n.SH COMMANDS")
    for path, command in commands(top):
        describe(path, command)
    print(".SH FILES")
    for file, meaning in FILES:
        print(f".TP\n.I {safe(file)}\n{safe(meaning)}")
    print(".SH SEE ALSO\n.BR nginx (8),\n.BR systemctl (1),\n.BR psql (1)")


main()
