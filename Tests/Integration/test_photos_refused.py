"""What is no picture, too much work, or more than one person's share is refused, and costs nobody else anything."""

import fcntl
import re
import struct
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from photos import BROKEN, VISITOR, files, name_of, picture, sent, visitor
from test_people import unique


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
