"""What an administrator does at a browser, with and without scripts."""

import pytest

from administration import HOSTILE

BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


def submit(reader, then="show"):
    reader.page.locator(f"main form.row-form button[name=then][value={then}]").click()


def clash(here, faster, slower):
    """Two edit the same visitor; answers the address of the form."""
    path = f"/admin/visitors/{here.visit('APPROVED', last_name=HOSTILE)}/edit/"
    for one in (faster, slower):
        one.go(path)
    for one, words in ((faster, f"First {HOSTILE} {id(faster)}"), (slower, f"Second {HOSTILE}")):
        one.page.fill("#notes", words)
        submit(one)
    return path
