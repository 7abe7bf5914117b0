"""A guard with an account of one test, signed in at a browser without scripts."""

import pytest

from pages import Person
from test_login import django_hash

PASSWORD, NEW = "la vaca verde salta", "otra vaca azul duerme"
NAME = "page_person"
SIGN_IN = "/account/sign-in/"


@pytest.fixture
def account(stack):
    """A guard of the first site."""
    stack.psql(f"delete from garita.login_throttles; delete from garita.users where username = '{NAME}'")
    user = stack.psql(f"""insert into garita.users (site_id, username, password_hash, role, first_name, last_name)
        select min(id), '{NAME}', '{django_hash(PASSWORD)}', 'GUARD', 'Lola', '"><script>alert(1)</script>' from garita.sites
        returning id""")[0]
    yield user
    stack.psql(f"delete from garita.users where username = '{NAME}'")


@pytest.fixture
def person(stack, account):
    """Signed in."""
    one = Person(stack)
    assert one.sign_in(NAME, PASSWORD).status_code == 303
    return one


def is_in(person):
    return person.get("/account/").status_code == 200
