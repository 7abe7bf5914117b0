"""Photos of accounts, residents and visitors: sent, made anew, and seen by those who see the row."""

import email.utils
import os
import re

import pytest

from photos import VISITOR, name_of, path_of, picture, sent, shown, visitor
from test_people import PASSWORD, RESIDENT, account, unique


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_sent_with_the_form_and_shown_again(stack, kind):
    # What the client calls it counts for nothing.
    answer = stack.call("POST", "/api/visitors/", "GUARD", data=VISITOR | {"unit": 1},
                        files=sent(picture(kind, (2400, 1200)), "cara.gif", "text/html"))
    row = answer.json()
    assert answer.status_code == 201
    assert row["photo"] == f"{stack.url}/api/visitors/{row['id']}/photo/"
    listed = stack.call("GET", "/api/visitors/?ordering=-created_at", "GUARD").json()["results"][0]
    assert (listed["id"], listed["photo"]) == (row["id"], row["photo"])
    for end, size in (("", (1600, 800)), ("thumbnail/", (256, 128))):
        answer = stack.call("GET", path_of(stack, row) + end, "GUARD", headers={"Accept": "image/*"})
        image = shown(answer)
        assert (image.format, image.size, answer.headers["Content-Type"]) == ("JPEG", size, "image/jpeg")
        left, right = (image.getpixel((x * size[0] // 4, size[1] // 2)) for x in (1, 3))
        assert left[0] > 200 and left[1] < 60 and min(right) > 230


def test_accounts_and_residents_have_photos_too(stack):
    name = f"u{unique()}"
    made = stack.call("POST", "/api/users/", "ADMIN", data={"username": name, "password": PASSWORD}, files=sent(picture()))
    assert made.status_code == 201 and made.json()["photo"].startswith(f"{stack.url}/api/users/"), made.text
    assert shown(stack.call("GET", path_of(stack, made.json()), "ADMIN")).size == (400, 200)
    made = stack.call("POST", "/api/residents/", "ADMIN", data=RESIDENT | {"document_id": unique()}, files=sent(picture()))
    assert made.status_code == 201, made.text
    assert shown(stack.call("GET", path_of(stack, made.json()), "GUARD")).size == (400, 200)


def test_everybody_keeps_the_own_photo(stack):
    for role in ("ADMIN", "GUARD", "RESIDENT"):
        me = stack.call("GET", "/api/users/me/", role).json()
        changed = stack.call("PATCH", f"/api/users/{me['id']}/", role, files=sent(picture()))
        assert changed.status_code == 200, changed.text
        assert stack.call("GET", "/api/users/me/", role).json()["photo"] == changed.json()["photo"]
        assert shown(stack.call("GET", path_of(stack, changed.json()) + "thumbnail/", role)).size == (256, 128)
        assert stack.call("PATCH", f"/api/users/{me['id']}/", role, json={"photo": None}).json()["photo"] is None


def test_only_who_sees_the_row_sees_the_photo(stack):
    me = stack.call("GET", "/api/users/me/", "RESIDENT").json()
    unit, = stack.psql(f"select unit_id from garita.residents where user_id = {me['id']}")
    own, other = visitor(stack, "RESIDENT", int(unit)), visitor(stack, "ADMIN", 4)
    account_photo = stack.call("PATCH", f"/api/users/{account(stack)[0]}/", "ADMIN", files=sent(picture())).json()
    for end in ("", "thumbnail/"):
        for role in ("ADMIN", "GUARD", "RESIDENT"):
            shown(stack.call("GET", path_of(stack, own) + end, role))
        for row, role in ((other, "RESIDENT"), (account_photo, "RESIDENT"), (account_photo, "GUARD")):
            path = path_of(stack, row)
            assert shown(stack.call("GET", path + end, "ADMIN"))
            hidden = stack.call("GET", path + end, role)
            missing = stack.call("GET", re.sub(r"\d+", "999999", path) + end, role)
            assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)
            assert hidden.status_code == 404 and "X-Accel-Redirect" not in hidden.headers
        assert stack.call("GET", path_of(stack, own) + end).status_code == 401
    assert stack.call("PATCH", f"/api/visitors/{other['id']}/", "RESIDENT", files=sent(picture())).status_code == 404
    assert stack.call("PATCH", "/api/residents/3/", "GUARD", files=sent(picture())).status_code == 403


def test_a_row_without_a_photo_answers_as_a_missing_one(stack):
    bare = visitor(stack, photo=False)
    assert bare["photo"] is None
    answer = stack.call("GET", f"/api/visitors/{bare['id']}/photo/", "ADMIN")
    assert (answer.status_code, answer.json()) == (404, {"detail": "No Visitor matches the given query."})
    assert stack.call("GET", "/api/visitors/x/photo/", "ADMIN").status_code == 404
    assert stack.call("POST", f"/api/visitors/{bare['id']}/photo/", "ADMIN").status_code == 405


def test_another_site_sees_nothing(stack):
    row = visitor(stack)
    site, name = unique(), name_of(stack, "visitors", row["id"])
    there, = stack.psql(f"""
        with s as (insert into garita.sites (name, code) values ('Otro', '{site}') returning id),
        b as (insert into garita.buildings (site_id, name, code) select id, 'x', 'X' from s returning id, site_id),
        n as (insert into garita.units (site_id, building_id, number, floor) select site_id, id, '1', 1 from b
            returning id, site_id)
        insert into garita.visitors (site_id, unit_id, first_name, last_name, expected_date, photo)
            select site_id, id, 'x', 'x', current_date, '{name}' from n returning id""")
    hidden = stack.call("GET", f"/api/visitors/{there}/photo/", "ADMIN")
    assert (hidden.status_code, hidden.json()) == (404, {"detail": "No Visitor matches the given query."})


def test_no_client_reaches_the_folder(stack):
    name = name_of(stack, "visitors", visitor(stack)["id"])
    for path in (f"/api/.photos/{name}.jpg", f"/api/%2ephotos/{name}.jpg", f"/photos/{name}.jpg",
                 f"/api/.photos/../../photos/{name}.jpg", f"/static/../photos/{name}.jpg", "/api/.photos/"):
        answer = stack.call("GET", path, "ADMIN")
        assert answer.status_code == 404 and answer.headers["Content-Type"] != "image/jpeg"
    folder = stack.var.resolve() / "photos"
    assert folder.stat().st_mode & 0o007 == 0
    assert {path.stat().st_mode & 0o137 for path in folder.iterdir()} == {0}
    assert not folder.is_relative_to(stack.var.resolve() / "share/web")


def test_two_photos_of_one_size_and_one_second_are_two_states(stack):
    path = path_of(stack, visitor(stack))
    first = stack.call("GET", path, "ADMIN")
    id = path.split("/")[-3]
    stack.call("PATCH", path.removesuffix("photo/"), "ADMIN", files=sent(picture()))
    moment = email.utils.parsedate_to_datetime(first.headers["Last-Modified"]).timestamp()
    for file in stack.var.glob(f"photos/{name_of(stack, 'visitors', id)}*"):
        os.utime(file, (moment, moment))
    second = stack.call("GET", path, "ADMIN")
    assert len(second.content) == len(first.content) and second.headers["Last-Modified"] == first.headers["Last-Modified"]
    assert re.fullmatch('"[0-9a-f]{32}"', second.headers["ETag"]) and second.headers["ETag"] != first.headers["ETag"]
    for seen in ({"If-None-Match": first.headers["ETag"]}, {"If-Modified-Since": first.headers["Last-Modified"]},
                 {"Range": "bytes=0-9", "If-Range": first.headers["Last-Modified"]}):
        assert stack.call("GET", path, "ADMIN", headers=seen).status_code == 200
    assert stack.call("GET", path, "ADMIN", headers={"If-None-Match": second.headers["ETag"]}).status_code == 304
    assert stack.call("GET", path, "ADMIN", headers={"If-Match": first.headers["ETag"]}).status_code == 412
    thumbnail = stack.call("GET", f"{path}thumbnail/", "ADMIN")
    assert thumbnail.headers["ETag"] not in (first.headers["ETag"], second.headers["ETag"])


def test_the_answer_is_private_and_asked_for_again(stack):
    path = path_of(stack, visitor(stack))
    first = stack.call("GET", path, "ADMIN")
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert first.headers["X-Content-Type-Options"] == "nosniff"
    assert first.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert re.fullmatch("[0-9a-f]{32}", first.headers["X-Request-Id"])
    assert "X-Accel-Redirect" not in first.headers
    again = stack.call("GET", path, "ADMIN", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    stack.call("PATCH", path.removesuffix("photo/"), "ADMIN", files=sent(picture(size=(300, 300))))
    fresh = stack.call("GET", path, "ADMIN", headers={"If-None-Match": first.headers["ETag"]})
    assert shown(fresh).size == (300, 300)
    # Whoever may not see it hears so, whatever they claim to have.
    assert stack.call("GET", path, headers={"If-None-Match": fresh.headers["ETag"]}).status_code == 401
    head = stack.call("HEAD", path, "ADMIN")
    assert (head.status_code, head.headers["Content-Length"]) == (200, str(len(fresh.content)))
    assert (head.headers["Content-Type"], head.content) == ("image/jpeg", b"")
