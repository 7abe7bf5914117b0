"""The administration as people meet it: every page that a link leads to, phone and desk, light and dark, two languages."""

import re
from itertools import cycle

import pytest

from administration import crawl, list_dead
from administrator import clash, submit
from order import KINDS, errors, look, name
from reader import DESK

# Looked at in all four kinds; the others in two, turn about, so that each is seen on a phone and on a desk, light and
# dark, in either language; a list that is narrowed down in one.
MAIN = re.compile(r"/admin/|/admin/(visitors|log|users)/|/admin/visitors/(new|\{id\}|\{id\}/edit)/|/admin/(search|reports|settings)/")
PAIRS = [(0, 2), (1, 3), (0, 3), (1, 2)]


@pytest.fixture(scope="module")
def pages(here):
    """Kind -> address of every page."""
    pages, dead = crawl(here.person())
    assert len(pages) > 90
    print(list_dead(dead))
    return pages


def is_seen(number, kind, pairs):
    return number == pairs[0] if kind[1] else MAIN.fullmatch(kind[0]) or number in pairs


@pytest.mark.parametrize("number", range(4), ids=[name(kind) for kind in KINDS])
def test_every_page_is_in_order(sign_in, pages, number):
    kind = KINDS[number]
    reader = sign_in(**kind)
    faults = []
    for (what, path), pairs in zip(sorted(pages.items()), cycle(PAIRS)):
        if not is_seen(number, what, pairs):
            continue
        reader.complaints.clear()
        try:
            look(reader, path)
            assert reader.page.locator("html").get_attribute("lang") == kind["language"][:2]
            assert reader.page.locator("h1").inner_text().strip() and reader.page.title().strip(), "a title"
            assert reader.page.locator("main").count() == 1 and reader.page.locator("b:text-is('x')").count() == 0
        except AssertionError as fault:
            faults.append(f"{path}: {fault}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("number", range(4), ids=[name(kind) for kind in KINDS])
def test_what_goes_wrong_is_in_order(sign_in, here, number):
    """A refused form, a clash, a page that is not there, a list that is empty, the question before several are changed."""
    reader = sign_in(**KINDS[number])
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
    slower = sign_in(**KINDS[number])
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
        if (sizes.pop("text/html") > 6_000 or sizes.pop("text/css", 0) > 12_000 or sizes.pop("application/javascript", 0) > 6_000
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
