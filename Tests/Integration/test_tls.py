"""The site as it is installed, over TLS: protocols, names, cookies, what plain HTTP is for, and changes while it runs."""

import http.client
import socket
import ssl
import subprocess

import pytest

from pages import Person
from runs import until
from traffic import Traffic

TOKEN = "LoqXcYV8q5ONbJQxbmR7SCTNo3tiAXDfowyjxAjEuX0"


def connect(secure, name="localhost", protocols=(), highest=None):
    """A connection of TLS, whatever its certificate is worth. OpenSSL would not try the old versions by itself."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    if protocols:
        context.set_alpn_protocols(protocols)
    if highest:
        context.minimum_version = context.maximum_version = highest
    raw = socket.create_connection(("127.0.0.1", secure.tls), 10)
    return context.wrap_socket(raw, server_hostname=name)


def said(connection, text):
    """All that comes back, "" from a connection that is closed or cut off."""
    with connection:
        connection.sendall(text.encode())
        answer = b""
        try:
            while part := connection.recv(65536):
                answer += part
        except (ConnectionResetError, ssl.SSLError):
            pass
    return answer.decode("latin-1")


def plain(secure, method, path, host="localhost"):
    connection = http.client.HTTPConnection("127.0.0.1", secure.plain, timeout=10)
    connection.request(method, path, headers={"Host": host})
    answer = connection.getresponse()
    return answer, answer.read().decode()


def test_http_2_is_offered_and_spoken(secure):
    with connect(secure, protocols=["h2", "http/1.1"]) as offered, connect(secure, protocols=["http/1.1"]) as older:
        assert (offered.selected_alpn_protocol(), older.selected_alpn_protocol()) == ("h2", "http/1.1")
    command = ["curl", "-sS", "-i", "--http2", "--cacert", secure.certificate, "--resolve", f"localhost:{secure.tls}:127.0.0.1"]
    for path, status in (("/", 200), ("/api/visitors/", 401), ("/account/sign-in/", 200), ("/api/nowhere/%00", 400)):
        text = subprocess.check_output([*command, f"https://localhost:{secure.tls}{path}"], text=True)
        assert text.startswith(f"HTTP/2 {status} ") and "strict-transport-security: max-age=63072000" in text, path


@pytest.mark.parametrize("version, accepted", [
    (ssl.TLSVersion.TLSv1, False), (ssl.TLSVersion.TLSv1_1, False), (ssl.TLSVersion.TLSv1_2, True), (ssl.TLSVersion.TLSv1_3, True)])
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_only_tls_1_2_and_1_3_are_spoken(secure, version, accepted):
    try:
        with connect(secure, highest=version) as connection:
            assert accepted, connection.version()
    except ssl.SSLError as error:
        assert not accepted, error


def test_the_certificate_needs_no_word_of_its_authority(secure):
    command = ["openssl", "s_client", "-connect", f"127.0.0.1:{secure.tls}", "-servername", "localhost", "-status"]
    done = subprocess.run(command, input="", capture_output=True, text=True, timeout=20)
    assert "OCSP response: no response sent" in done.stdout


@pytest.mark.parametrize("name", ["evil.example", None])
def test_who_asks_for_another_name_gets_no_certificate(secure, name):
    with pytest.raises(ssl.SSLError) as caught:
        connect(secure, name)
    assert caught.value.reason in ("TLSV1_UNRECOGNIZED_NAME", "TLSV1_ALERT_UNRECOGNIZED_NAME")


def test_another_name_on_a_connection_of_ours_gets_no_answer(secure):
    assert said(connect(secure), "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n") == ""
    assert said(socket.create_connection(("127.0.0.1", secure.plain), 10), "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n") == ""


def test_without_tls_people_are_led_to_it_and_programs_refused(secure):
    answer, _ = plain(secure, "GET", "/gate/?a=b")
    assert (answer.status, answer.headers["Location"]) == (301, "https://localhost/gate/?a=b")
    assert answer.headers["Strict-Transport-Security"] is None
    for method in ("GET", "POST"):
        answer, text = plain(secure, method, "/api/auth/login/")
        assert (answer.status, answer.headers["Content-Type"], answer.headers["Location"]) == (403, "application/json", None)
        assert '"detail"' in text


def test_an_authority_finds_its_challenge_without_tls_and_nothing_else(secure):
    folder = secure.root / "var/lib/garita/acme/.well-known/acme-challenge"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / TOKEN).write_text(f"{TOKEN}.thumbprint")
    (folder / "folder").mkdir(exist_ok=True)
    for other in (folder.parent.parent / "other", folder / ".other", folder / "folder/other"):
        other.write_text("secret")
    answer, text = plain(secure, "GET", f"/.well-known/acme-challenge/{TOKEN}")
    assert (answer.status, answer.headers["Content-Type"], text) == (200, "text/plain", f"{TOKEN}.thumbprint")
    assert plain(secure, "GET", f"/.well-known/acme-challenge/{TOKEN[:-1]}")[0].status == 404
    place = "/.well-known/acme-challenge"
    for path in ("/other", f"{place}/", f"{place}/..%2f..%2fother", f"{place}/.other", f"{place}/folder/other", f"/.well-known/{TOKEN}"):
        answer, text = plain(secure, "GET", path)
        assert (answer.status, "secret" in text) == (301, False), path
    assert secure.ask("GET", f"/.well-known/acme-challenge/{TOKEN}")[0] == 404


def test_the_cookie_of_a_session_is_bound_to_tls_and_to_this_host(stack, secure):
    demo, person = stack.demo(), Person(secure)
    person.session.verify = str(secure.certificate)
    answer = person.sign_in(demo["GARITA_GUARD_USER"], demo["GARITA_GUARD_PASSWORD"])
    assert answer.status_code == 303 and answer.headers["Location"].startswith("/")
    cookies = list(person.session.cookies)
    assert "__Host-garita_session" in {cookie.name for cookie in cookies}
    assert [cookie.name for cookie in cookies if not (cookie.name.startswith("__Host-") and cookie.secure and cookie.path == "/")] == []
    assert person.get("/account/").status_code == 200


def test_what_may_hold_a_secret_is_never_compressed(stack, secure):
    demo, person = stack.demo(), Person(secure)
    person.session.verify = str(secure.certificate)
    person.sign_in(demo["GARITA_RESIDENT_USER"], demo["GARITA_RESIDENT_PASSWORD"])
    authorization = {"Authorization": f"Bearer {stack.token('RESIDENT')}"}
    for path, status in (("/home/", 200), ("/account/", 200), ("/p/ABCDEFGHJKMNPQRSTUVWXYZ234/", 404), ("/api/visitors/", 200)):
        answer = person.get(path, headers={"Accept-Encoding": "gzip"} | (authorization if path.startswith("/api/") else {}))
        assert (answer.status_code, answer.headers.get("Content-Encoding")) == (status, None) and len(answer.content) > 512, path
    assert person.get("/api/docs/").headers["Content-Encoding"] == "gzip"


def asking(secure):
    """Asks gate and pages all the time, over a connection of its own each time."""
    def work(traffic):
        while not traffic.is_over():
            for method, path in (("GET", "/"), ("POST", "/api/access/codes/validate/"), ("GET", "/account/sign-in/")):
                try:
                    traffic.statuses.append((path, secure.ask(method, path)[0]))
                except (OSError, http.client.HTTPException) as error:
                    traffic.statuses.append((path, repr(error)))

    return work


def test_nginx_reads_its_files_again_under_load_and_keeps_what_it_had_when_they_are_wrong(secure):
    kept, errors = secure.site.read_text(), secure.root / "var/log/nginx/error.log"
    with Traffic(asking(secure), 4) as traffic:
        for _ in range(5):
            asked = len(traffic.statuses)
            secure.reload()
            until(lambda: len(traffic.statuses) > asked + 20, 20)
        secure.site.write_text(kept + "\nnonsense on;\n")
        try:
            status, words = secure.test()
            assert status != 0 and 'unknown directive "nonsense"' in words
            secure.reload()
            until(lambda: 'unknown directive "nonsense"' in errors.read_text(), 10)
            asked = len(traffic.statuses)
            until(lambda: len(traffic.statuses) > asked + 20, 20)
        finally:
            secure.site.write_text(kept)
        assert secure.test() == (0, "")
        secure.reload()
    assert set(traffic.statuses) == {("/", 200), ("/api/access/codes/validate/", 401), ("/account/sign-in/", 200)}
