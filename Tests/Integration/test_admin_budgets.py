"""What a page of the administration may cost: bytes, and ways to the database and back."""

import gzip
import re

import pytest

from administration import Residence, crawl
from round_trips import RoundTrips


@pytest.fixture(scope="module")
def here(stack):
    return Residence(stack, "ligero")


@pytest.fixture(scope="module")
def pages(here):
    found, _ = crawl(here.person())
    assert len(found) > 90
    return found


def test_a_page_weighs_six_kilobytes_at_most(here, pages):
    """HTML 6 KB, stylesheet 12 KB, script 6 KB, icon 1 KB, compressed; nothing else is loaded but the pictures of people."""
    person = here.person()
    weights = {}
    for path in pages.values():
        text = person.get(path).text
        weights[path] = len(gzip.compress(text.encode(), 6))
        # The icon of a home screen is loaded by whoever puts the page there.
        files = re.findall(r'(?<!"apple-touch-icon" )(?:src|href)="(/static/[^"]+)"', text)
        assert len(files) == 3, path
        assert not re.search(r'(?:src|href|action|url)\s*=?\s*["(](?:https?:)?//', text), path
    heavy = {path: weight for path, weight in weights.items() if weight > 6_000}
    assert heavy == {}
    for name, most in zip(sorted(files, key=lambda name: name.rsplit(".")[-1]), (12_000, 6_000, 1_000)):
        assert len(gzip.compress(person.get(name).content, 9)) <= most, name


# Words searched among visitors: the index says first which rows hold the rarest word.
SEARCHED = {"/admin/visitors/?search=ana"}


def test_a_page_takes_two_round_trips_at_most(stack, here, pages):
    """The session is one; all that a page shows is the other."""
    person = here.person()
    with RoundTrips(stack) as trips:
        def cost(path):
            def ask():
                assert person.get(path).status_code == 200, path
            # Whoever asks first also connects and prepares.
            return min(trips.of(ask) for _ in range(3))
        many = {path: count for path in pages.values() if (count := cost(path)) > 2}
        # What an import brought is looked for before it is taken back, and the settings of a door come by a function of their own;
        # both is rare.
        rare = r"[?&]search=.|/imports/\d+/undo/$|/doors/\d+/edit/$"
        assert {path for path in many if not re.search(rare, path)} == set(), many
        assert {path: cost(path) for path in SEARCHED} == dict.fromkeys(SEARCHED, 3)
