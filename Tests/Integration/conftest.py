"""Fixtures: `stack` is one whole running Garita for the session; `make_stack` makes further ones for a test."""

import pytest

from front import Front
from stack import Stack


@pytest.fixture(scope="session")
def stack():
    one = Stack()
    one.start()
    yield one
    one.remove()


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
