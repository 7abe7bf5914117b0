"""The administration as people meet it: every page that a link leads to, phone and desk, light and dark, two languages."""

import re
from itertools import cycle

import pytest

from administration import crawl, list_dead
from administrator import clash, submit
from order import KINDS, errors, look, name
from reader import DESK

# Looked at in the other scheme and width, too; a list that is narrowed down is seen by one reader alone, turn about.
MAIN = re.compile(r"/admin/|/admin/(visitors|log|users)/|/admin/visitors/(new|\{id\}|\{id\}/edit)/|/admin/(search|reports|settings)/")


@pytest.fixture(scope="module")
def pages(here):
    """Kind -> address of every page."""
    pages, dead = crawl(here.person())
    assert len(pages) > 90
    print(list_dead(dead))
    return pages


@pytest.mark.parametrize("number", range(2), ids=[name(kind) for kind in KINDS])
def test_every_page_is_in_order(sign_in, pages, number):
    kind = KINDS[number]
    reader = sign_in(**kind)
    faults = []
    for (what, path), turn in zip(sorted(pages.items()), cycle((0, 1))):
        if what[1] and turn != number:
            continue
        reader.complaints.clear()
        try:
            look(reader, path, turn=MAIN.fullmatch(what[0]))
            assert reader.page.locator("html").get_attribute("lang") == kind["language"][:2]
            assert reader.page.locator("h1").inner_text().strip() and reader.page.title().strip(), "a title"
            assert reader.page.locator("main").count() == 1 and reader.page.locator("b:text-is('x')").count() == 0
        except AssertionError as fault:
            faults.append(f"{path}: {fault}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_what_goes_wrong_is_in_order(sign_in, here, kind):
    """A refused form, a clash, a page that is not there, a list that is empty, the question before several are changed."""
    reader = sign_in(**kind)
    look(reader, "/admin/nowhere/")
    look(reader, "/admin/visitors/?search=nobody+has+this+name")
    assert reader.page.locator("main table").count() == 0
    reader.go("/admin/visitors/new/")
    submit(reader)
    look(reader)
    assert len(errors(reader)) >= 3
    reader.go("/admin/visitors/")
    reader.page.locator("main input[name=row]").first.check()
    reader.page.locator("button[name=action]").first.click()
    look(reader)
    slower = sign_in(**kind)
    path = clash(here, reader, slower)
    look(slower)
    assert slower.page.url.endswith(path)


def test_pages_are_light(sign_in, pages):
    """HTML 6 KB, stylesheet 12 KB, script 6 KB, three files and the icon."""
    reader = sign_in()
    heavy = []
    # All of them are weighed by test_admin_budgets.py; here what the browser really asks for.
    for path in (path for kind, path in pages.items() if MAIN.fullmatch(kind[0]) and not kind[1]):
        sizes = reader.weight(path)
        weighed = dict(sizes)
        files = len([url for url in reader.requests if not url.startswith("data:") and "/photo/" not in url])
        if (sizes.pop("text/html") > 6_200 or sizes.pop("text/css", 0) > 12_000 or sizes.pop("application/javascript", 0) > 6_000
                or set(sizes) - {"image/jpeg"} or files > 4):
            heavy.append((path, files, weighed))
    assert heavy == []


def test_print_leaves_what_belongs_on_paper(sign_in):
    reader = sign_in(viewport=DESK)
    for path in ("/admin/visitors/", "/admin/log/"):
        reader.go(path)
        reader.page.emulate_media(media="print")
        assert not reader.page.locator(".side").is_visible() and not reader.page.locator(".who").is_visible()
        assert reader.page.locator("h1").is_visible() and reader.page.locator("main table").is_visible()
