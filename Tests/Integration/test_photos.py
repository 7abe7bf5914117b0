"""Photos of accounts, residents and visitors: sent, made anew, seen by those who see the row, and gone with it."""

import email.utils
import fcntl
import io
import os
import re
import struct
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from stack import day
from test_commands import garita
from test_people import PASSWORD, RESIDENT, account, unique

BROKEN = ["Upload a valid image. The file you uploaded was either not an image or a corrupted image."]
VISITOR = {"first_name": "Foto", "last_name": "V", "expected_date": day()}


def picture(kind="JPEG", size=(400, 200), **options):
    """Left half red, right half white."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def sent(content, name="cara.jpg", kind="image/jpeg"):
    return {"photo": (name, content, kind)}


def visitor(stack, role="ADMIN", unit=1, photo=True):
    """A new visitor with a photo: the row as answered."""
    answer = stack.call("POST", "/api/visitors/", role, data=VISITOR | {"unit": unit}, files=sent(picture()) if photo else None)
    assert answer.status_code == 201, answer.text
    return answer.json()


def path_of(stack, row):
    assert row["photo"].startswith(stack.url)
    return row["photo"].removeprefix(stack.url)


def shown(answer):
    assert answer.status_code == 200, answer.text
    return Image.open(io.BytesIO(answer.content))


def name_of(stack, table, id):
    return stack.psql(f"select photo from garita.{table} where id = {id}")[0]


def files(stack):
    return {path.name for path in (stack.var.resolve() / "photos").iterdir() if not path.name.startswith(".")}


def both(name):
    return {f"{name}.jpg", f"{name}-thumbnail.jpg"}


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


def test_what_is_no_picture_is_refused_as_the_original_does(stack):
    row = visitor(stack)
    path, before = f"/api/visitors/{row['id']}/", files(stack)
    jpeg = picture(size=(800, 800), quality=95)
    for content in (b"not a picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture("GIF"), picture("BMP"),
                    b"%PDF-1.7", jpeg[:len(jpeg) // 2], picture("PNG")[:60], b"\xff\xd8\xff\xd9"):
        answer = stack.call("PATCH", path, "ADMIN", data={"first_name": "Otra"}, files=sent(content))
        assert (answer.status_code, answer.json()) == (400, {"photo": BROKEN})
    empty = stack.call("PATCH", path, "ADMIN", files=sent(b""))
    assert (empty.status_code, empty.json()) == (400, {"photo": ["The submitted file is empty."]})
    long = stack.call("PATCH", path, "ADMIN", files=sent(jpeg, "x" * 101))
    assert long.json() == {"photo": ["Ensure this filename has at most 100 characters (it has 101)."]}
    for body in ({"photo": "http://x/y.png"}, {"photo": 7}, {"photo": {}}, {"photo": name_of(stack, "visitors", row["id"])}):
        answer = stack.call("PATCH", path, "ADMIN", json=body)
        assert (answer.status_code, answer.json()) == (400, {"photo": [
            "The submitted data was not a file. Check the encoding type on the form."]})
    together = stack.call("PATCH", path, "ADMIN", data={"first_name": ""}, files=sent(b"no"))
    assert together.json() == {"first_name": ["This field may not be blank."], "photo": BROKEN}
    spanish = stack.call("PATCH", path, "ADMIN", files=sent(b"no"), headers={"Accept-Language": "es"})
    assert spanish.json() == {"photo": ["Suba una imagen válida. El archivo no es una imagen o está dañado."]}
    assert stack.call("GET", path, "ADMIN").json()["first_name"] == "Foto"
    assert files(stack) == before


def test_a_file_too_large_is_told_by_the_field_or_by_nginx(stack):
    path = f"/api/visitors/{visitor(stack)['id']}/"
    for megabytes, status in ((5.1, 400), (6.1, 413)):
        content = picture() + bytes(int(megabytes * 1_048_576))
        answer = stack.call("PATCH", path, "ADMIN", files=sent(content))
        assert answer.status_code == status, answer.text
        if status == 400:
            assert answer.json() == {"photo": ["Ensure this file has no more than 5 megabytes."]}
    assert stack.call("POST", "/api/units/", "ADMIN", files=sent(picture(size=(900, 900), quality=95))).status_code in (400, 413)


def test_a_bomb_is_refused_at_once(stack):
    path = f"/api/visitors/{visitor(stack)['id']}/"
    many = {"photo": ["This image has too many pixels. Upload a smaller one."]}
    for content in (picture("PNG", (4_001, 4_000)), picture("PNG", (16_000, 16_000)), picture("JPEG", (6_000, 5_000))):
        began = time.monotonic()
        answer = stack.call("PATCH", path, "ADMIN", files=sent(content))
        assert (answer.status_code, answer.json()) == (400, many)
        assert time.monotonic() - began < 1


def chunk(name, content):
    return struct.pack("!I", len(content)) + name + content + struct.pack("!I", zlib.crc32(name + content))


def test_a_file_that_takes_too_much_work_is_refused_at_once(stack):
    """Small files, few pixels, and seconds of computing to whoever opens them as they are."""
    path = f"/api/visitors/{visitor(stack)['id']}/"
    large = picture("JPEG", (5_700, 4_200), progressive=True)
    start = large.rindex(b"\xff\xda")
    scans = large[:start] + large[start:-2] * 15 + large[-2:]
    dot = picture("PNG", (1, 1))
    endless = dot[:33] + chunk(b"IDAT", zlib.compress(bytes(500_000_000))) + chunk(b"IEND", b"")
    texts = dot[:33] + chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(7_900_000), 9)) * 500 + dot[33:]
    # A decoder that looks for its place behind damage looks inside what a reserved marker announces.
    marked = picture("JPEG", (64, 64), progressive=True, restart_marker_blocks=4)
    first = marked.index(b"\xff\xd0")
    hidden = marked[:first] + b"\xff\x02" + struct.pack("!H", len(marked) - first) + marked[first:]
    refused = {"photo": ["This image takes too much work to open. Save it again as an ordinary JPEG and upload that."]}
    for content, status, body in (
            (scans, 400, refused), (endless, 400, refused), (hidden, 400, {"photo": BROKEN}), (texts, 200, None)):
        began = time.monotonic()
        answer = stack.call("PATCH", path, "ADMIN", files=sent(content))
        assert time.monotonic() - began < 2
        assert answer.status_code == status and (body is None or answer.json() == body), answer.text
    spanish = stack.call("PATCH", path, "ADMIN", files=sent(scans), headers={"Accept-Language": "es"})
    assert spanish.json() == {"photo": [
        "Esta imagen requiere demasiado trabajo para abrirla. Guárdela de nuevo como JPEG normal y súbala."]}


def share(stack, role, photos, ago="1 hour"):
    """So many pictures of this account so long ago; answers the path of the account."""
    id = stack.call("GET", "/api/users/me/", role).json()["id"]
    stack.psql(f"""delete from garita.photo_counts where user_id = {id};
        insert into garita.photo_counts (user_id, site_id, since, photos)
        select {id}, site_id, now() - interval '{ago}', {photos} from garita.users where id = {id}""")
    return f"/api/users/{id}/"


def settled(stack, path, role, **arguments):
    """Asked again while other pictures have their turn."""
    while (answer := stack.call("PATCH", path, role, files=sent(picture()), **arguments)).status_code == 503:
        time.sleep(0.1)
    return answer


@pytest.mark.parametrize("role, most", [("RESIDENT", 50), ("GUARD", 2000)])
def test_each_account_has_its_share_of_pictures_a_day(stack, role, most):
    path = share(stack, role, most - 2)
    with ThreadPoolExecutor(6) as senders:
        answers = list(senders.map(lambda _: settled(stack, path, role), range(6)))
    assert sorted(answer.status_code for answer in answers) == [200] * 2 + [429] * 4
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert 22 * 3600 < int(refused.headers["Retry-After"]) <= 23 * 3600
    assert refused.json()["detail"].startswith("Request was throttled.")
    # Everything else goes on, and the day ends.
    assert stack.call("PATCH", path, role, json={"photo": None}).status_code == 200
    share(stack, role, most + 1, "25 hours")
    assert settled(stack, path, role).status_code == 200
    assert stack.call("PATCH", path, role, json={"photo": None}).status_code == 200


def test_what_is_refused_counts_as_well_and_a_repetition_does_not(stack):
    path, key = share(stack, "RESIDENT", 0), {"Idempotency-Key": unique()}
    count = lambda: int(stack.psql(f"select photos from garita.photo_counts where user_id = {path.split('/')[3]}")[0])
    me = stack.call("GET", "/api/users/me/", "RESIDENT").json()["id"]
    unit, = stack.psql(f"select unit_id from garita.residents where user_id = {me}")
    bad = {"data": VISITOR | {"unit": unit, "first_name": ""}, "files": sent(picture())}
    assert stack.call("POST", "/api/visitors/", "RESIDENT", **bad).status_code == 400
    assert stack.call("POST", "/api/visitors/", "RESIDENT", headers=key, **bad).status_code == 400
    assert count() == 2, "the transaction of the request was taken back, the count was not"
    good = {"data": VISITOR | {"unit": unit}, "files": sent(picture())}
    assert [stack.call("POST", "/api/visitors/", "RESIDENT", headers=key, **good).status_code for _ in range(3)] == [201] * 3
    assert count() == 3


def test_pictures_hold_two_workers_and_no_more(stack):
    """One has its turn, one waits; whoever comes next is told so, and everybody else is served."""
    path, stop = f"/api/visitors/{visitor(stack)['id']}/", threading.Event()

    def insist(_):
        answers = []
        while not stop.is_set():
            answers.append(stack.call("PATCH", path, "ADMIN", files=sent(picture())))
        return answers

    with open(stack.var.resolve() / "photos/.turn") as turn, ThreadPoolExecutor(8) as senders:
        fcntl.flock(turn, fcntl.LOCK_EX)  # a picture that takes its time
        sending = [senders.submit(insist, number) for number in range(8)]
        try:
            began, served = time.monotonic(), []
            while time.monotonic() - began < 2:
                served.append(stack.call("POST", "/api/visitors/", "GUARD", json=VISITOR | {"unit": 1}))
        finally:
            stop.set()
    answers = [answer for one in sending for answer in one.result()]
    assert {answer.status_code for answer in served} == {201} and len(served) > 3
    assert {answer.status_code for answer in answers} == {503}
    assert (answers[0].headers["Retry-After"], answers[0].json()["detail"]) == (
        "1", "Other images are being prepared. Please try again in a moment.")
    # Waiting is for one at a time: a second each.
    assert len([answer for answer in answers if answer.elapsed.total_seconds() > 0.9]) <= 4
    assert stack.call("PATCH", path, "ADMIN", files=sent(picture())).status_code == 200


def test_a_full_size_photo_of_a_phone_is_taken_and_the_worker_is_small_again(stack):
    row = visitor(stack)
    path = f"/api/visitors/{row['id']}/"

    def memory():
        return max(int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{pid}/status").read())[1]) for pid in stack.workers("app"))

    before = memory()
    for kind, size in (("JPEG", (5_712, 4_284)), ("PNG", (4_000, 4_000)), ("WEBP", (4_000, 4_000))):
        for _ in range(6):
            answer = stack.call("PATCH", path, "ADMIN", files=sent(picture(kind, size)))
            assert answer.status_code == 200, answer.text
        print(f"{kind}: {answer.elapsed.total_seconds():.2f} s, workers {memory() // 1024} MB (before {before // 1024} MB)")
    assert memory() - before < 12_000


def test_nothing_but_pixels_is_kept(stack):
    exif = Image.Exif()
    exif[0x0112] = 6  # held upright: the camera's top is the picture's right
    exif[0x010E] = "<script>alert(1)</script>"
    exif.get_ifd(0x8825)[2] = (19.0, 25.0, 57.0)
    exif.get_ifd(0x8825)[1] = "N"
    script = b"<html><script>alert(1)</script></html>"
    content = picture(exif=exif, comment=script) + script
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825)
    row = stack.call("POST", "/api/visitors/", "ADMIN", data=VISITOR | {"unit": 1}, files=sent(content, "x.html", "text/html")).json()
    for end, size in (("", (200, 400)), ("thumbnail/", (128, 256))):
        answer = stack.call("GET", path_of(stack, row) + end, "ADMIN")
        image = shown(answer)
        assert image.size == size
        assert not image.getexif() and not image.info.keys() & {"exif", "comment", "icc_profile", "xmp"}
        assert b"script" not in answer.content and b"Exif" not in answer.content
        assert answer.headers["Content-Type"] == "image/jpeg"
        top, bottom = (image.getpixel((size[0] // 2, y * size[1] // 4)) for y in (1, 3))
        assert top[1] < 60 and min(bottom) > 230


def test_a_new_photo_takes_the_place_of_the_old_files(stack):
    row = visitor(stack)
    path, old = f"/api/visitors/{row['id']}/", name_of(stack, "visitors", row["id"])
    assert re.fullmatch("[0-9a-f]{32}", old) and both(old) <= files(stack)
    # A form without the field, or with an empty file field, changes nothing.
    for form in ({"data": {"first_name": "Nueva"}}, {"files": {"photo": ("", b"", "application/octet-stream")}}):
        assert stack.call("PATCH", path, "ADMIN", **form).status_code == 200
        assert name_of(stack, "visitors", row["id"]) == old
    assert stack.call("PATCH", path, "ADMIN", files=sent(picture(size=(90, 90)))).status_code == 200
    new = name_of(stack, "visitors", row["id"])
    assert new != old and both(new) <= files(stack) and not both(old) & files(stack)
    gone = stack.call("PATCH", path, "ADMIN", json={"photo": None})
    assert (gone.status_code, gone.json()["photo"]) == (200, None)
    assert not both(new) & files(stack)
    assert stack.call("GET", path + "photo/", "ADMIN").status_code == 404
    stack.call("PATCH", path, "ADMIN", files=sent(picture()))
    assert stack.call("PATCH", path, "ADMIN", files={"photo": (None, "")}).json()["photo"] is None


def test_a_change_of_a_state_that_is_gone_leaves_the_files_alone(stack):
    row = visitor(stack)
    path, old = f"/api/visitors/{row['id']}/", name_of(stack, "visitors", row["id"])
    before, tag = files(stack), stack.call("GET", path, "ADMIN").headers["ETag"]
    stale = {"If-Match": '"0"'}
    assert stack.call("PATCH", path, "ADMIN", files=sent(picture()), headers=stale).status_code == 412
    assert stack.call("DELETE", path, "ADMIN", headers=stale).status_code == 412
    assert files(stack) == before
    assert stack.call("PATCH", path, "ADMIN", files=sent(picture()), headers={"If-Match": tag}).status_code == 200
    assert files(stack) == before - both(old) | both(name_of(stack, "visitors", row["id"]))


def test_a_deleted_row_takes_its_files_along_and_a_refused_one_keeps_them(stack):
    row = visitor(stack)
    name = name_of(stack, "visitors", row["id"])
    assert stack.call("DELETE", f"/api/visitors/{row['id']}/", "GUARD").status_code == 403
    assert both(name) <= files(stack)
    assert stack.call("DELETE", f"/api/visitors/{row['id']}/", "ADMIN").status_code == 204
    assert not both(name) & files(stack)
    resident = stack.call("POST", "/api/residents/", "ADMIN", data=RESIDENT | {"document_id": unique()}, files=sent(picture())).json()
    stack.call("POST", "/api/access/codes/", "ADMIN", json={"resident": resident["id"], "code": unique(), "code_type": "RFID"})
    assert stack.call("DELETE", f"/api/residents/{resident['id']}/", "ADMIN").status_code == 409
    assert both(name_of(stack, "residents", resident["id"])) <= files(stack)


def test_a_write_that_fails_leaves_no_file(stack):
    row = visitor(stack)
    before = files(stack)
    stack.psql("""create function public.refuse() returns trigger language plpgsql as
        $$begin raise exception using errcode = '23514', message = 'no'; end$$;
        create trigger refuse before update on garita.visitors for each row when (new.notes = 'refuse me')
        execute function public.refuse()""")
    try:
        refused = stack.call("PATCH", f"/api/visitors/{row['id']}/", "ADMIN", data={"notes": "refuse me"}, files=sent(picture()))
        assert refused.status_code == 400, refused.text
    finally:
        stack.psql("drop trigger refuse on garita.visitors; drop function public.refuse()")
    assert stack.call("PATCH", "/api/visitors/999999/", "ADMIN", files=sent(picture())).status_code == 404
    assert files(stack) == before
    assert shown(stack.call("GET", path_of(stack, row), "ADMIN"))


def test_a_repeated_create_keeps_one_photo(stack):
    key, before = {"Idempotency-Key": unique()}, files(stack)
    content = picture()
    rows = [stack.call("POST", "/api/visitors/", "ADMIN", data=VISITOR | {"unit": 1}, files=sent(content), headers=key)
            for _ in range(3)]
    assert [answer.status_code for answer in rows] == [201] * 3 and len({answer.content for answer in rows}) == 1
    assert len(files(stack) - before) == 2
    assert shown(stack.call("GET", path_of(stack, rows[0].json()), "ADMIN"))


def test_files_that_no_row_names_are_swept_away_after_a_day(stack):
    folder, row = stack.var.resolve() / "photos", visitor(stack)
    named, lost, young = name_of(stack, "visitors", row["id"]), "a" * 32, "b" * 32
    for name in (lost, young):
        for file in both(name):
            (folder / file).write_bytes(b"x")
    (folder / "readme.txt").write_text("of the operator")
    yesterday = time.time() - 90_000
    for path in folder.iterdir():
        if not path.name.startswith(young):
            os.utime(path, (yesterday, yesterday))
    said = garita(stack, "maintain").stdout
    assert int(re.search(r"photos of nobody removed: (\d+)", said)[1]) >= 1
    left = files(stack)
    assert both(named) <= left and both(young) <= left and "readme.txt" in left and not both(lost) & left
    kept = {name for table in ("users", "residents", "visitors") for name in stack.psql(
        f"select photo from garita.{table} where photo <> ''")}
    assert {name for name in left if name != "readme.txt"} <= set().union(*map(both, kept)) | both(young)
    for name in ("readme.txt", *both(young)):
        (folder / name).unlink()
    assert shown(stack.call("GET", path_of(stack, row), "ADMIN"))


def test_a_lost_file_is_a_404_and_no_more(stack):
    row = visitor(stack)
    for file in both(name_of(stack, "visitors", row["id"])):
        (stack.var.resolve() / "photos" / file).unlink()
    answer = stack.call("GET", path_of(stack, row), "ADMIN")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/json")
    assert answer.json() == {"detail": "Not found."}
    assert stack.call("PATCH", f"/api/visitors/{row['id']}/", "ADMIN", json={"photo": None}).status_code == 200


def test_no_name_of_a_file_stands_in_a_log_or_in_the_audit(stack):
    row = visitor(stack)
    names = [name_of(stack, "visitors", row["id"])]
    path = path_of(stack, row)
    stack.call("GET", path, "ADMIN")
    stack.call("PATCH", path.removesuffix("photo/"), "ADMIN", files=sent(picture()))
    names.append(name_of(stack, "visitors", row["id"]))
    for file in both(names[1]):
        (stack.var.resolve() / "photos" / file).unlink()
    stack.call("GET", path + "thumbnail/", "ADMIN")
    stack.call("DELETE", path.removesuffix("photo/"), "ADMIN")
    logs = [path for path in (stack.var.resolve() / "log").rglob("*") if path.is_file()]
    assert any("/api/.photos/-" in log.read_text(errors="replace") for log in logs)
    for name in names:
        assert [log for log in logs if name in log.read_text(errors="replace")] == []
        assert stack.psql(f"select id from garita.audit where changes::text like '%{name}%'") == []
    changes = stack.psql(
        f"select changes ->> 'photo' from garita.audit where table_name = 'visitors' and row_id = {row['id']} order by id")
    assert changes == ["[null, true]", "[true, true]", "[true, null]"]


@pytest.mark.parametrize("mode, said", [(None, "no folder that can be written"), (0o755, "open to others")])
def test_a_folder_that_is_missing_or_open_is_told(stack, place, mode, said):
    folder = place / "photos"
    if mode:
        folder.mkdir()
        folder.chmod(mode)
    done = garita(stack, "check", GARITA_PHOTOS=str(folder))
    assert done.returncode == 78 and f"GARITA_PHOTOS" in done.stderr and said in done.stderr
