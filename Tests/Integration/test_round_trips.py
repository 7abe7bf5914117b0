"""How often an answer goes to the database and back."""

import pytest

from round_trips import RoundTrips

LISTS = [
    "/api/visitors/", "/api/visitors/?page=last", "/api/visitors/?status=APPROVED",
    "/api/visitors/list_minimal/", "/api/codes/", "/api/residents/", "/api/units/", "/api/buildings/", "/api/users/",
    "/api/access/points/", "/api/access/codes/", "/api/logs/", "/api/logs/?page_size=1&page=2", "/api/logs/?page=last",
    "/api/logs/?status=SUCCESS&page_size=5", "/api/logs/?search=ana", "/api/logs/stats/?days=30",
    "/api/logs/visitor_logs/?visitor_id=1",
]


@pytest.fixture(scope="module")
def trips(stack):
    with RoundTrips(stack) as counter:
        yield counter


@pytest.mark.parametrize("role", ["ADMIN", "GUARD", "RESIDENT"])
@pytest.mark.parametrize("path", LISTS + ["/api/users/me/"])
def test_a_list_takes_one_round_trip(stack, trips, path, role):
    def ask():
        answer = stack.call("GET", path, role)
        assert answer.status_code == 200, answer.text

    # Not always the same worker: whoever asks first also connects and prepares.
    assert {trips.of(ask) for _ in range(6)} == {1}


def test_a_search_by_index_takes_two(stack, trips):
    def ask():
        assert stack.call("GET", "/api/visitors/?search=carlos&status=APPROVED", "ADMIN").status_code == 200

    assert {trips.of(ask) for _ in range(6)} == {2}


def test_a_pass_takes_one_and_a_new_visitor_two(stack, trips):
    visitor = stack.call("GET", "/api/visitors/", "ADMIN").json()["results"][0]

    def issue():
        body = {"visitor_id": visitor["id"], "code_type": "QR"}
        assert stack.call("POST", "/api/visitors/generate_code/", "ADMIN", json=body).status_code == 201

    def register():
        body = {
            "first_name": "Ida", "last_name": "Vuelta", "unit": visitor["unit"],
            "expected_date": visitor["expected_date"]}
        assert stack.call("POST", "/api/visitors/", "ADMIN", json=body).status_code == 201

    assert trips.of(issue) == 1
    assert trips.of(register) == 2
