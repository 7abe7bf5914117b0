"""Fixtures: `stack` is one whole running Garita for the session; `make_stack` makes further ones for a test."""

import shutil

import pytest

from front import FAULTS, EchoPools, Front
from packaged import Packaged
from stack import Stack, open_folder


# The longest files, longest first: begun last, one of them would keep a worker alone at the end. The first keeps all cores
# busy, the next ones mostly wait.
LONGEST = [f"test_{name}" for name in """
    schemathesis keys ends folders_of_others legacy_import starts fuzz admin_security logs export second_factor in_doubt overload
    chaos passwords login photos_refused user_commands gate_guessing hostile_tokens""".split()]


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: LONGEST.index(item.module.__name__) if item.module.__name__ in LONGEST else len(LONGEST))


@pytest.fixture(scope="session")
def stack():
    one = Stack()
    one.start()
    yield one
    one.remove()


@pytest.fixture(autouse=True)
def nobody_stays_paused(request):
    """Wrong codes count for ten minutes and a day, of one account in all files: each test begins with none."""
    yield
    if "stack" in request.fixturenames:
        request.getfixturevalue("stack").psql("delete from garita.guess_counts; delete from garita.gate_throttles")


@pytest.fixture
def tell(capsys):
    """Prints figures that a person compares, also of tests that pass (xdist keeps them to itself)."""
    def line(text):
        with capsys.disabled():
            print(f"\n{text}")

    return line


@pytest.fixture
def place():
    """A folder that other users may enter; named before `make_stack`, it outlives the stacks inside."""
    folder = open_folder()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def make_stack():
    made = []

    def make(*positional, **named):
        made.append(Stack(*positional, **named))
        return made[-1]

    yield make
    for one in reversed(made):
        one.remove()


@pytest.fixture(scope="session")
def front():
    """nginx alone, with responders that tell what reached them."""
    one = Front()
    one.start()
    yield one
    one.remove()


@pytest.fixture(scope="session")
def secure(stack):
    """The site as it is installed, over TLS, before the pools of the stack."""
    var = stack.var.resolve()
    one = Packaged({"/run/garita": var / "run/pools", "/usr/share/garita": var / "share", "/var/lib/garita/photos": var / "photos"})
    yield one.start()
    one.remove()


@pytest.fixture(scope="session")
def installed():
    """The same before responders that tell what reached them; with every status of nginx at a path of its own."""
    place = "include snippets/garita-locations.conf;"
    one = Packaged(edits=[(place, f"{place}\n{FAULTS}")])
    one.pools = EchoPools(one.root / "run/garita")
    one.pools.start_pools()
    yield one.start()
    one.remove()
    one.pools.stop_pools()


@pytest.fixture(scope="module")
def crowded(stack):
    stack.psql("""set session_replication_role = replica; insert into garita.visitors (site_id, first_name, last_name, unit_id, expected_date, notes)
        select 1, 'Bulk', 'Row' || n, 1, '2026-01-01', repeat('x', 100) from generate_series(1, 200000) n;
        analyze garita.visitors""")
    yield stack
    stack.psql("set session_replication_role = replica; delete from garita.visitors where first_name = 'Bulk'; analyze garita.visitors")
