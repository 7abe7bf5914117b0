"""Fixtures: one running Garita and Debian's Chromium; `reader` is a person with a browser of a certain kind."""

import sys
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Integration"))

from administration import Residence  # noqa: E402
from stack import Stack  # noqa: E402
from test_login import django_hash  # noqa: E402

from reader import PASSWORD, Reader  # noqa: E402


@pytest.fixture(scope="session")
def stack():
    one = Stack()
    one.start()
    yield one
    one.remove()


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def here(stack):
    """A residence with rows in every table."""
    one = Residence(stack, "visto")
    assert PASSWORD == "la vaca verde salta"
    return one


@pytest.fixture(scope="session")
def cookies(stack, chromium, here):
    """Of the administrator of `here`, who signs in once: a password takes as long as some pages."""
    reader = Reader(stack, chromium, None, username=f"{here.code}-admin").sign_in()
    state = reader.context.storage_state()
    reader.close()
    return state


@pytest.fixture
def sign_in(stack, chromium, cookies):
    """A browser of the administrator's."""
    made = []

    def make(**kind):
        made.append(Reader(stack, chromium, None, cookies=cookies, **kind))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def account(stack):
    """A guard with a long name and a hostile one."""
    stack.psql("delete from garita.login_throttles; delete from garita.users where username = 'browser_person'")
    yield stack.psql(f"""insert into garita.users (site_id, username, password_hash, role, first_name, last_name)
        select min(id), 'browser_person', '{django_hash(PASSWORD)}', 'GUARD', 'María Guadalupe', 'Hernández <b>y</b> Rodríguez'
        from garita.sites returning id""")[0]
    stack.psql("delete from garita.users where username = 'browser_person'")


@pytest.fixture
def make_reader(stack, chromium, account):
    made = []

    def make(**kind):
        made.append(Reader(stack, chromium, account, **kind))
        return made[-1]

    yield make
    for one in made:
        one.close()
