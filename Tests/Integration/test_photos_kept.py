"""The files of photos: pixels only, there as long as their row names them, and named nowhere else."""

import io
import os
import re
import struct
import time

import pytest
from PIL import Image, ImageChops

from photos import VISITOR, both, corners, files, has_its_corners, jpeg, name_of, path_of, picture, sent, shown, visitor
from test_commands import garita
from test_people import RESIDENT, unique


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


def exif(byte_order, kind, value=6):
    """One EXIF segment: a directory with the orientation of that type (3 SHORT, 4 LONG), or an empty one."""
    count = 0 if value is None else 1
    entry = struct.pack(byte_order + "HHI" + {3: "HH", 4: "I"}[kind], 0x0112, kind, 1, value, *[0] * (kind == 3)) if count else b""
    mark = {"<": b"II", ">": b"MM"}[byte_order]
    block = b"Exif\0\0" + mark + struct.pack(byte_order + "HIH", 42, 8, count) + entry + bytes(4)
    return b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block


def before(marker, odd, content):
    place = content.index(b"\xff" + marker)
    return content[:place] + odd + content[place:]


def ink(has_marker):
    """The corners in cyan, magenta, yellow and black, with Adobe's marker inverted, without it as it is."""
    image = corners().convert("CMYK")
    if has_marker:
        return jpeg(image)
    content = jpeg(ImageChops.invert(image))
    place = content.index(b"\xff\xee")
    return content[:place] + content[place + 16:]


UPRIGHT, HELD = jpeg(corners()), jpeg(corners().transpose(Image.Transpose.ROTATE_90))


@pytest.mark.parametrize("content", [
    before(b"\xdb", b"SEFH" + b"\x11" * 14, UPRIGHT), before(b"\xc4", bytes([1, 2, 3] * 6), UPRIGHT),
    before(b"\xc0", b"\0" * 9, UPRIGHT), before(b"\xda", b"x", UPRIGHT), before(b"\xe0", b"\0", UPRIGHT),
    *(HELD[:2] + exif(order, kind) + HELD[2:] for order in "<>" for kind in (3, 4)),
    HELD[:2] + exif("<", 3, None) + exif("<", 3) + HELD[2:], HELD[:2] + exif(">", 3, 9) + exif(">", 4) + HELD[2:],
    ink(True), ink(False), jpeg(corners(), progressive=True), jpeg(corners(), subsampling=2)],
    ids=["odd-dqt", "odd-dht", "odd-sof", "odd-sos", "odd-app0", "le-short", "le-long", "be-short", "be-long", "second", "second-long",
         "adobe", "ink", "progressive", "420"])
def test_a_jpeg_is_read_as_other_programs_read_it(stack, content):
    row = visitor(stack, photo=False)
    answer = stack.call("PATCH", f"/api/visitors/{row['id']}/", "ADMIN", files=sent(content))
    assert answer.status_code == 200, answer.text
    assert has_its_corners(shown(stack.call("GET", path_of(stack, answer.json()), "ADMIN")))


@pytest.mark.parametrize("disposition", [
    "filename*=UTF-8''c%C3%A1mara.png", "filename*=utf-8'es'foto.png", "filename*=iso-8859-1'es'c%E1mara.png",
    "filename=camara.png; filename*=UTF-8''c%C3%A1mara.png", "filename*=UTF-8''%ZZ.png"])
def test_a_photo_may_be_named_in_either_way(stack, disposition):
    row = visitor(stack, photo=False)
    body = f'--X\r\nContent-Disposition: form-data; name="photo"; {disposition}\r\n\r\n'.encode() + picture("PNG") + b"\r\n--X--\r\n"
    answer = stack.call("PATCH", f"/api/visitors/{row['id']}/", "ADMIN", data=body,
                        headers={"Content-Type": "Multipart/Form-Data; Boundary=X"})
    assert answer.status_code == 200, answer.text
    assert shown(stack.call("GET", path_of(stack, answer.json()), "ADMIN")).size == (400, 200)


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
