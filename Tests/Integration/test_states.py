"""ETag: what has not changed is not sent again, and of two who change the same state one is told so."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from stack import day
from visits import give, register

READS = [
    ("/api/visitors/1/", "GUARD"), ("/api/visitors/", "ADMIN"), ("/api/visitors/?search=a&page_size=3", "RESIDENT"),
    ("/api/visitors/list_minimal/", "GUARD"), ("/api/users/", "ADMIN"), ("/api/users/me/", "RESIDENT"),
    ("/api/logs/", "ADMIN"), ("/api/units/1/", "GUARD"), ("/api/access/points/", "RESIDENT")]


def conditional(stack, method, path, role="ADMIN", **arguments):
    names = {"match": "If-Match", "none_match": "If-None-Match"}
    headers = {names[name]: arguments.pop(name) for name in list(arguments) if name in names}
    return stack.call(method, path, role, headers=headers, **arguments)


@pytest.mark.parametrize("path, role", READS)
def test_who_has_it_already_is_not_sent_it_again(stack, path, role):
    first = stack.call("GET", path, role)
    tag = first.headers["ETag"]
    assert tag.startswith('"') and tag.endswith('"')
    for held in (tag, f"W/{tag}", f'"x", {tag}', f'"a,b" ,W/"c",{tag}'):
        for method in ("GET", "HEAD"):
            again = conditional(stack, method, path, role, none_match=held)
            assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag), held
            assert "Content-Type" not in again.headers and again.headers["Vary"] == first.headers["Vary"]
    for other in ('"x"', "x", tag[1:-1], f'"{tag[1:-2]}"', '"', "", "*"):
        again = conditional(stack, "GET", path, role, none_match=other)
        assert (again.status_code, again.content) == (200, first.content), other


def test_a_change_makes_another_state_of_row_and_list_and_of_rows_that_show_it(stack):
    visitor = register(stack, "RESIDENT", resident=1)
    row, rows = f"/api/visitors/{visitor}/", "/api/visitors/?ordering=-created_at"
    before = {path: stack.call("GET", path, "ADMIN").headers["ETag"] for path in (row, rows)}
    stack.call("PATCH", "/api/residents/1/", "ADMIN", json={"last_name": "Rosas"})
    after = {path: conditional(stack, "GET", path, none_match=tag) for path, tag in before.items()}
    stack.call("PATCH", "/api/residents/1/", "ADMIN", json={"last_name": "González"})
    for path, tag in before.items():
        again = after[path]
        assert again.status_code == 200 and again.headers["ETag"] != tag, "the host's name is part of it"


def test_roles_see_states_of_their_own(stack):
    tags = {stack.call("GET", "/api/residents/1/", role).headers["ETag"] for role in ("ADMIN", "GUARD")}
    assert len(tags) == 2, "a guard does not even learn that the document changed"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_change_of_a_state_that_is_gone_is_refused(stack, method):
    path = f"/api/visitors/{register(stack)}/"
    card = {"first_name": "Eva", "last_name": "Z", "unit": 1, "expected_date": day()}
    seen = stack.call("GET", path, "ADMIN").headers["ETag"]
    assert stack.call("PATCH", path, "GUARD", json={"notes": "meanwhile"}).status_code == 200
    now = stack.call("GET", path, "ADMIN")
    for stale in (seen, f"W/{now.headers['ETag']}", '"x"', "x"):
        lost = conditional(stack, method, path, match=stale, json=card)
        assert lost.status_code == 412, stale
        assert lost.json() == {"detail": "This record was changed in the meantime. Read it again."}
    assert conditional(stack, method, path, none_match="*", json=card).status_code == 412
    assert stack.call("GET", path, "ADMIN").content == now.content, "nothing was written"
    done = conditional(stack, method, path, match=f'"x", {now.headers["ETag"]}', json=card)
    assert done.status_code == (204 if method == "DELETE" else 200)


def test_any_state_will_do_if_the_client_says_so_and_without_a_word_as_before(stack):
    path = f"/api/visitors/{register(stack)}/"
    assert conditional(stack, "PATCH", path, match="*", json={"notes": "a"}).status_code == 200
    assert stack.call("PATCH", path, "ADMIN", json={"notes": "b"}).status_code == 200
    for held in ("*", '"x"'):
        assert conditional(stack, "PATCH", "/api/visitors/999999/", match=held, json={}).status_code == 404
        assert conditional(stack, "DELETE", "/api/visitors/999999/", match=held).status_code == 404
    assert conditional(stack, "PATCH", path, "GUARD", match='"x"', json=[1]).status_code == 400


def test_the_answer_to_a_change_names_the_state_it_left(stack):
    made = stack.call("POST", "/api/buildings/", "ADMIN", json={"name": uuid.uuid4().hex, "code": uuid.uuid4().hex[:9]})
    path = f"/api/buildings/{made.json()['id']}/"
    changed = conditional(stack, "PATCH", path, match=made.headers["ETag"], json={"address": "x"})
    assert changed.status_code == 200
    assert changed.headers["ETag"] == stack.call("GET", path, "ADMIN").headers["ETag"]
    put = conditional(stack, "PUT", path, match=changed.headers["ETag"], json=made.json() | {"address": "y"})
    assert put.status_code == 200 and "ETag" not in put.headers, "RFC 9110, 9.3.4"
    code = give(stack)
    shown = stack.call("GET", f"/api/access/codes/{code['id']}/", "ADMIN")
    assert conditional(
        stack, "PATCH", f"/api/access/codes/{code['id']}/", match=shown.headers["ETag"], json={"notes": "n"}
    ).status_code == 200


def test_of_many_who_change_the_same_state_at_once_one_wins(stack):
    path = f"/api/visitors/{register(stack)}/"
    for round in range(5):
        seen = stack.call("GET", path, "ADMIN").headers["ETag"]
        notes = [f"{round}-{n}" for n in range(12)]
        with ThreadPoolExecutor(12) as editors:
            answers = list(editors.map(
                lambda note: conditional(stack, "PATCH", path, match=seen, json={"notes": note}), notes))
        won = [note for note, answer in zip(notes, answers) if answer.status_code == 200]
        assert sorted(answer.status_code for answer in answers) == [200] + [412] * 11
        assert stack.call("GET", path, "ADMIN").json()["notes"] == won[0]


@pytest.mark.parametrize("role, path", [
    ("RESIDENT", "users/me"), ("GUARD", "users/me"), ("RESIDENT", "residents/1"), ("RESIDENT", "visitors/1"),
    ("GUARD", "visitors/1"), ("ADMIN", "units/1"), ("ADMIN", "access/points/1"), ("ADMIN", "users/2"),
    ("ADMIN", "access/codes/1")])
def test_whoever_may_change_a_row_may_say_in_which_state(stack, role, path):
    if path == "users/me":
        path = f"users/{stack.call('GET', '/api/users/me/', role).json()['id']}"
    seen = stack.call("GET", f"/api/{path}/", role)
    if seen.status_code == 404 and "access/codes" in path:
        path = f"access/codes/{give(stack)['id']}"
        seen = stack.call("GET", f"/api/{path}/", role)
    field = "notes" if "notes" in seen.json() else "phone"
    body = {field: seen.json()[field]}
    assert conditional(stack, "PATCH", f"/api/{path}/", role, match='"x"', json=body).status_code == 412
    done = conditional(stack, "PATCH", f"/api/{path}/", role, match=seen.headers["ETag"], json=body)
    assert done.status_code == 200, done.text
