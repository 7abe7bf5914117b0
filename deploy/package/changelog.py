#!/usr/bin/env python3
"""changelog.py VERSION <CHANGELOG.md >debian/changelog: the same words in the form dpkg reads.

The newest section is VERSION. One paragraph or list entry becomes one "*" line; a section without a date has that of
SOURCE_DATE_EPOCH (dpkg wants one). Source: deb-changelog(5).
"""

import os
import re
import sys
import textwrap
from datetime import datetime, timezone
from email.utils import format_datetime

MAINTAINER = "The Garita authors <maintainers@garita.invalid>"


def plain(text):
    """Markdown's emphasis and links taken off."""
    return re.sub(r"\[([^]]+)\]\([^)]*\)", r"\1", text.replace("**", "").replace("`", ""))


def entries(section):
    """The paragraphs and list entries of a section, each one line; headings as "Heading:"."""
    for block in re.split(r"\n(?=\s*(?:[-*]|\d+\.)\s)|\n\s*\n|(?<=\n)(?=#)", section):
        text = " ".join(block.split())
        if text.startswith("#"):
            head, _, rest = block.strip().partition("\n")
            yield head.lstrip("# ") + ":"
            text = " ".join(rest.split())
        if text:
            yield plain(re.sub(r"^(?:[-*]|\d+\.)\s+", "", text))


def main():
    version = sys.argv[1]
    now = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", 0)), timezone.utc)
    sections = re.split(r"^## ", sys.stdin.read(), flags=re.M)[1:]
    for number, section in enumerate(sections):
        heading, _, body = section.partition("\n")
        date = re.search(r"\d{4}-\d\d-\d\d", heading)
        day = datetime.fromisoformat(date.group()).replace(tzinfo=timezone.utc) if date else now
        print(f"garita ({version if number == 0 else heading.split()[0]}) unstable; urgency=medium\n")
        for entry in entries(body):
            print(textwrap.fill(entry, 78, initial_indent="  * ", subsequent_indent="    ",
                                break_long_words=False, break_on_hyphens=False))
        print(f"\n -- {MAINTAINER}  {format_datetime(day)}\n")


main()
