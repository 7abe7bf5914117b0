"""What a console must not lose: a scan without connection, after the session, of the camera."""

import pytest

from reader import PASSWORD, Reader
from watch import colour, gate, guard, guard_cookies, scan, until  # noqa: F401


def test_without_connection_nothing_is_lost_and_nothing_counted_twice(guard, gate):
    reader, code = guard(), gate.pass_of()
    before = gate.rows()
    reader.context.set_offline(True)
    scan(reader, code)
    assert "Sin conexión" in reader.page.locator(".lost").inner_text()
    assert reader.page.input_value("#q") == code
    reader.context.set_offline(False)
    reader.page.locator("#q").press("Enter")
    colour(reader, "green")
    # The answer is lost, not the question.
    other = gate.pass_of()
    reader.page.route("**/gate/scan/", lambda route: (route.fetch(), route.abort()))
    scan(reader, other)
    reader.page.wait_for_selector(".lost")
    reader.page.unroute("**/gate/scan/")
    reader.page.locator("#q").press("Enter")
    assert colour(reader, "green") and gate.rows() == before + 2
    assert "ya se había decidido" in reader.page.locator(".verdict").inner_text()


def test_the_next_scan_is_not_what_a_lost_one_left_in_the_box(guard, gate):
    reader, first, second = guard(), gate.pass_of(), gate.pass_of()
    before = gate.rows()
    reader.context.set_offline(True)
    scan(reader, first)
    reader.page.wait_for_selector(".lost")
    reader.context.set_offline(False)
    scan(reader, second)
    colour(reader, "green")
    # The question arrives, its answer is lost; the code is scanned anew, after another one.
    reader.page.route("**/gate/scan/", lambda route: (route.fetch(), route.abort()))
    scan(reader, first)
    reader.page.wait_for_selector(".lost")
    reader.page.unroute("**/gate/scan/")
    scan(reader, second)
    colour(reader, "red")
    scan(reader, first)
    assert colour(reader, "green") and gate.rows() == before + 3
    assert "ya se había decidido" in reader.page.locator(".verdict").inner_text()


def test_a_session_that_ended_loses_no_scan(stack, chromium, gate):
    reader, code = Reader(stack, chromium, None, username=f"{gate.code}-guard").sign_in(), gate.pass_of()
    try:
        reader.go("/gate/")
        gate.stack.psql(f"""update garita.sessions set revoked_at = now() where id = (select max(s.id) from garita.sessions s
            join garita.users u on u.id = s.user_id where u.username = '{gate.code}-guard')""")
        scan(reader, code)
        reader.page.wait_for_url("**/account/sign-in/**")
        assert code not in reader.page.url
        reader.page.fill("#username", f"{gate.code}-guard")
        reader.page.fill("#password", PASSWORD)
        reader.send()
        reader.page.wait_for_url("**/gate/")
        assert reader.page.input_value("#q") == code and "No se decidió nada" in reader.page.locator(".notice").first.inner_text()
        # Nor does a shift that has ended.
        shift = f"site_id = {gate.site} and user_id = (select id from garita.users where username = '{gate.code}-guard')"
        gate.stack.psql(f"update garita.shifts set closed_at = now() where {shift}")
        reader.page.locator("#q").press("Enter")
        reader.page.wait_for_url("**/gate/shift/")
        gate.stack.psql(f"update garita.shifts set closed_at = null where {shift}")
        reader.go("/gate/")
        assert reader.page.input_value("#q") == code
        reader.page.locator("#q").press("Enter")
        colour(reader, "green")
        # Nor is what it kept put before the next one.
        reader.page.evaluate("code => sessionStorage.setItem('garita-gate-text', code)", code)
        reader.go("/gate/")
        assert reader.page.input_value("#q") == code
        scan(reader, gate.pass_of())
        colour(reader, "green")
    finally:
        reader.close()


# A camera that holds up whatever `shown` is.
CAMERA = """
    navigator.mediaDevices.getUserMedia = async () => {
        const canvas = document.createElement("canvas"), brush = canvas.getContext("2d");
        setInterval(() => brush.fillRect(0, 0, 9, 9), 50);
        return canvas.captureStream();
    };
    window.BarcodeDetector = class {
        static async getSupportedFormats() { return ["qr_code"]; }
        async detect() { return window.shown ? [{rawValue: window.shown}] : []; }
    };"""


def test_the_camera_reads_a_code_once_for_as_long_as_it_is_held_up(guard, gate):
    reader, code, other = guard(), gate.pass_of(), gate.pass_of()
    reader.page.add_init_script(CAMERA)
    reader.go("/gate/")
    button = reader.page.locator("[data-camera] button")
    if not button.count():
        pytest.skip("this installation has no module for the camera")
    before = gate.rows()
    button.click()
    reader.page.evaluate("code => window.shown = code", code)
    colour(reader, "green")
    reader.page.wait_for_timeout(800)
    assert reader.page.locator(".verdict.green").count() == 1 and gate.rows() == before + 1, "it is still held up"
    assert reader.page.locator("[data-camera] button").first.inner_text() == "Apagar cámara"
    name = reader.page.locator(".whom strong").inner_text()
    reader.page.evaluate("code => window.shown = code", other)
    until(reader, f"document.querySelector('.whom strong')?.textContent !== '{name}'")
    colour(reader, "green")
    reader.page.locator("[data-camera] button").first.click()
    assert reader.page.locator("[data-camera] button").first.inner_text() == "Escanear con la cámara"
    assert not reader.page.locator("video").is_visible()
