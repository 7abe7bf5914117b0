"""web/static/scan.js with the scanner that was built, in Chromium with a fake camera that shows a film of QR codes."""

import pytest
import requests

from film import dark, glossy, held, noise, qr_code, write

LINK = "HTTPS://GARITA.EXAMPLE/P/ABCDEFGHJKMNPQRSTUVWXYZ23"
SCENES = {
    f"{LINK}1": held(qr_code(f"{LINK}1")),
    f"{LINK}2": held(qr_code(f"{LINK}2"), angle=45),
    f"{LINK}3": dark(held(qr_code(f"{LINK}3"))),
    f"{LINK}4": held(qr_code(f"{LINK}4", module=3)),
    f"{LINK}5": glossy(held(qr_code(f"{LINK}5"))),
    "VISITOR:AB12CD34|José Peña Ñúñez 日本": held(qr_code("VISITOR:AB12CD34|José Peña Ñúñez 日本")),
}
OPEN = """async ([scan, wasm]) => {
    const { openCamera, closeCamera } = await import(scan);
    const video = document.createElement("video");
    document.body.append(video);
    Object.assign(window, { texts: [], video, closeCamera, lost: [] });
    video.addEventListener("cameralost", (event) => lost.push(event.detail));
    return openCamera(video, (text) => texts.push(text), wasm)
        .then((camera) => { Object.assign(window, { camera }); return "open"; }, (error) => error.message);
}"""
# A page of /gate/ that needs nobody to be signed in.
GATE = "/gate/nowhere/"


@pytest.fixture(scope="module")
def cameras(chromium, tmp_path_factory):
    """Chromium with a camera that shows the scenes and, after them, noise."""
    film = tmp_path_factory.mktemp("film") / "codes.mjpeg"
    write(film, [*SCENES.values(), noise()])
    browser = chromium.browser_type.launch(executable_path="/usr/bin/chromium", args=[
        "--no-sandbox", "--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"])
    yield browser
    browser.close()


@pytest.fixture
def open_page(stack, cameras):
    made = []

    def make(path=GATE, language="es-MX", permissions=("camera",), script=None, browser=cameras):
        context = browser.new_context(base_url=stack.url, locale=language, permissions=permissions, service_workers="block")
        made.append(context)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.set_default_timeout(40_000)
        page.goto(path)
        return page

    yield make
    for context in made:
        context.close()


@pytest.fixture
def files(stack):
    """Paths of the script and of the scanner, as a page names them."""
    if not (stack.var / "share/web/static/zbar.wasm").exists():
        pytest.skip("the scanner was not built: no Debian mirror gave the sources of zbar")
    names = dict(line.split() for line in (stack.var / "share/web/static/assets.txt").read_text().splitlines())
    return [f"/static/{names[name]}" for name in ("scan.js", "zbar.wasm")]


def read(page, count):
    """The first texts that the page was given."""
    page.wait_for_function("count => texts.length >= count", arg=count)
    return page.evaluate("texts")


def test_codes_are_read_tilted_dark_small_and_glossy(open_page, files):
    page = open_page()
    assert page.evaluate(OPEN, files) == "open"
    page.wait_for_function("count => new Set(texts).size >= count", arg=len(SCENES))
    texts = read(page, len(SCENES) + 2)
    assert set(texts) == set(SCENES), "and nothing is read in noise"
    assert [one for one, other in zip(texts, texts[1:]) if one == other] == [], "each once for as long as it is seen"


def test_a_camera_is_let_go_taken_again_lost_and_closed(open_page, files):
    page = open_page()
    page.evaluate(OPEN, files)
    read(page, 1)
    hide = """hidden => {
        Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
        window.track ??= video.srcObject.getTracks()[0];
        document.dispatchEvent(new Event("visibilitychange"));
    }"""
    page.evaluate(hide, True)
    assert page.evaluate("[track.readyState, video.srcObject]") == ["ended", None]
    known = page.evaluate("texts.length")
    page.evaluate(hide, False)
    read(page, known + 1)
    page.evaluate("window.texts.length = 0, video.srcObject.getTracks()[0].dispatchEvent(new Event('ended'))")
    assert page.evaluate("[video.srcObject, ...lost]") == [None, "La cámara no responde o la usa otro programa."], "unplugged"
    page.evaluate(OPEN, files)
    read(page, 1)
    page.evaluate("window.track = video.srcObject.getTracks()[0], closeCamera()")
    known = page.evaluate("texts.length")
    page.wait_for_timeout(2500)
    assert page.evaluate("[track.readyState, video.srcObject, texts.length, lost]") == ["ended", None, known, []]


def test_the_detector_of_the_browser_comes_first(open_page, files):
    detector = """globalThis.BarcodeDetector = class {
        static async getSupportedFormats() { return ["qr_code"]; }
        async detect() { %s }
    };"""
    page = open_page(script=detector % 'return [{ rawValue: "one" }, { rawValue: "two" }];')
    assert page.evaluate(OPEN, [files[0], "/static/none.wasm"]) == "open"
    assert read(page, 2) == ["one", "two"]
    page = open_page(script=detector % 'throw new Error("no service");')
    assert page.evaluate(OPEN, files) == "open"
    assert read(page, 1)[0] in SCENES, "a detector that is none is replaced"


def test_a_lamp_is_switched_where_there_is_one(open_page, files):
    lamp = """
        MediaStreamTrack.prototype.getCapabilities = () => ({ torch: true });
        MediaStreamTrack.prototype.applyConstraints = async (constraints) => { window.asked = constraints; };"""
    page = open_page(script=lamp)
    page.evaluate(OPEN, files)
    assert page.evaluate("camera.setTorch(true).then(() => asked)") == {"advanced": [{"torch": True}]}
    page = open_page()
    page.evaluate(OPEN, files)
    assert page.evaluate("camera.setTorch") is None


@pytest.mark.parametrize("language, words", [("es-MX", "no permite usar la cámara"), ("en-US", "does not allow the camera")])
def test_a_refused_camera_is_said(open_page, files, language, words):
    page = open_page("/account/sign-in/", language, permissions=[], script="""
        navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("", "NotAllowedError"); };
        globalThis.BarcodeDetector = class { static async getSupportedFormats() { return ["qr_code"]; } };""")
    assert words in page.evaluate(OPEN, files)


def page_says(page, files, words):
    return words in page.evaluate(OPEN, files)


def test_no_camera_and_no_reader_are_said(open_page, files, chromium):
    assert page_says(open_page(browser=chromium), files, "no tiene cámara")
    assert page_says(open_page(), [files[0], "/static/none.wasm"], "no puede leer códigos")


def test_only_the_console_may_run_the_scanner(open_page, files):
    """The policy of the other pages; the control is that the same page of /gate/ opens."""
    for path in ("/account/sign-in/", "/admin/", "/home/", "/p/X/"):
        page = open_page(path)
        assert page_says(page, files, "no puede leer códigos") or page_says(page, files, "cannot read codes"), page.url


def test_without_a_secure_connection_it_is_said(open_page, files, stack):
    page = open_page("about:blank")
    script = (stack.var / "share/web/static/scan.js").read_text()
    page.route("http://camera.test/**", lambda route: route.fulfill(
        body=script if route.request.url.endswith(".js") else '<html lang="en"><title>x</title>',
        content_type="text/javascript" if route.request.url.endswith(".js") else "text/html"))
    page.goto("http://camera.test/")
    assert page_says(page, ["/scan.js", ""], "only works over a secure connection")


def test_the_scanner_is_small_kept_forever_and_has_its_licence(stack, files):
    for path, kind, most in zip(files, ("application/javascript", "application/wasm"), (3 * 1024, 32 * 1024)):
        answer = requests.get(stack.url + path, stream=True, timeout=10)
        assert answer.headers["Content-Type"].split(";")[0] == kind and answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert len(answer.raw.read()) <= most, path
    licence = requests.get(f"{stack.url}/static/zbar.txt", timeout=10).text
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in licence and "Version 2.1" in licence and "zbar_0.23.92.orig.tar.gz" in licence
