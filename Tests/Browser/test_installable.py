"""What makes the pages an app: manifest, icons, and a service worker that keeps the shell, passes, and nothing else."""

import datetime
import io
import re

import pytest
import requests
from PIL import Image, ImageChops, ImageStat

from icons import SIZES, STATIC, paint
from kept_passes import PassSite
from order import errors, faults
from reader import PASSWORD, Reader

READY = """async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active.state !== "activated") await new Promise((resolve) => active.addEventListener("statechange", resolve));
    if (!navigator.serviceWorker.controller)
        await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve));
    return active.scriptURL;
}"""
KEPT = """async () => {
    const found = {};
    for (const name of await caches.keys())
        found[name.split(" ")[0]] = (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname);
    return found;
}"""
OFFLINE = "Sin conexión"
PASS = '<!doctype html>\n<html lang="es">\n<head><title>Pase</title><link rel="stylesheet" href="%s"></head><body><h1>Pase %s</h1></body></html>'
KEEP, NO_STORE = {"Cache-Control": "private, no-cache"}, {"Cache-Control": "no-store"}


@pytest.fixture
def installed(stack, chromium, account):
    """Somebody whose browser has taken the service worker."""
    reader = Reader(stack, chromium, account, workers="allow").sign_in()
    reader.page.wait_for_url("**/gate/shift/")
    assert reader.page.evaluate(READY) == f"{stack.url}/sw.js"
    yield reader
    reader.close()


@pytest.fixture
def passes(stack, chromium):
    """A site of passes and a page of a browser that has taken its service worker."""
    site = PassSite(stack.var / "share/web")
    context = chromium.new_context(base_url=site.url)
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto("/")
    page.evaluate("navigator.serviceWorker.register('/sw.js').then(() => {})")
    page.evaluate(READY)
    yield site, page
    context.close()
    site.stop()


def test_the_manifest_names_what_there_is(stack):
    page = requests.get(f"{stack.url}/account/sign-in/", timeout=10).text
    path = re.search(r'<link rel="manifest" href="([^"]+)">', page)[1]
    answer = requests.get(stack.url + path, timeout=10)
    manifest = answer.json()
    assert answer.headers["Content-Type"].split(";")[0] == "application/manifest+json"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert (manifest["lang"], manifest["scope"], manifest["display"]) == ("es", "/", "standalone")
    assert {"any", "maskable"} == {icon["purpose"] for icon in manifest["icons"]}
    icons = {icon["src"]: icon["sizes"] for icon in manifest["icons"]}
    icons[re.search(r'<link rel="apple-touch-icon" href="([^"]+)">', page)[1]] = "192x192"
    assert set(icons.values()) == {"192x192", "512x512"}
    for source, size in icons.items():
        answer = requests.get(stack.url + source, timeout=10)
        picture = Image.open(io.BytesIO(answer.content))
        assert answer.headers["Content-Type"] == "image/png" and "{}x{}".format(*picture.size) == size
        assert "transparency" not in picture.info and picture.mode in ("P", "RGB"), "a phone paints no ground of its own"
    assert requests.get(stack.url + manifest["start_url"], timeout=10).status_code == 200
    assert [shortcut["url"].split("/")[1] for shortcut in manifest["shortcuts"]] == ["gate", "home"]


def test_the_app_starts_where_its_user_works(installed):
    """The start is the sign-in page, which leads whoever is signed in on."""
    installed.go("/account/sign-in/")
    assert installed.page.url.rstrip("/") != f"{installed.stack.url}/account/sign-in"


@pytest.mark.parametrize("size", SIZES)
def test_the_icons_show_the_sign_of_the_pages(chromium, size):
    """Tests/Browser/icons.py paints them; two versions of a browser smooth edges a little otherwise."""
    kept = Image.open(STATIC / f"icon-{size}.png").convert("RGB")
    assert max(ImageStat.Stat(ImageChops.difference(kept, paint(chromium, size))).mean) < 2


def test_without_network_no_page_of_anybody_is_shown(installed):
    shown = ["/account/", "/account/sessions/", "/account/password/"]
    for path in shown:
        installed.go(path)
        assert installed.page.locator("h1").inner_text() != OFFLINE
    assert installed.complaints == [], "no policy stands in the way"
    installed.context.set_offline(True)
    for path in [*shown, "/", "/admin/", "/gate/", "/home/", "/api/visitors/", "/p/NEVEROPENED/"]:
        installed.go(path)
        assert installed.page.locator("h1").inner_text() == OFFLINE, path
        assert installed.page.evaluate("getComputedStyle(document.querySelector('.bar')).display") == "flex", "with its style"
        assert installed.page.evaluate("document.querySelector('img').naturalWidth") > 0
        assert installed.overflows() == 0
    assert faults(installed) == []
    assert "No connection" in installed.page.locator("[lang=en]").first.inner_text()
    assert installed.page.evaluate("fetch('/account/').then((answer) => answer.status, () => 'failed')") == "failed"
    installed.context.set_offline(False)
    installed.page.get_by_role("link", name="Reintentar").click()
    installed.page.wait_for_function("document.querySelector('h1').innerText !== 'Sin conexión'")


def test_only_the_shell_is_kept(installed):
    for path in ("/account/", "/account/sessions/"):
        installed.go(path)
    kept = installed.page.evaluate(KEPT)
    assert set(kept) == {"shell"}
    assert {re.sub(r"\.[0-9a-f]{10}", "", path) for path in kept["shell"]} >= {
        "/offline.html", "/static/garita.css", "/static/garita.js", "/static/icon.svg"}
    assert not [path for path in kept["shell"] if "scan" in path or "zbar" in path or not path.startswith(("/static/", "/offline"))]


def test_a_form_that_met_no_network_stays_with_what_was_typed(installed):
    installed.go("/account/password/")
    installed.page.fill("#new_password", PASSWORD)
    installed.context.set_offline(True)
    installed.send()
    installed.page.locator(".offline").wait_for()
    assert installed.page.input_value("#new_password") == PASSWORD
    installed.context.set_offline(False)
    installed.send()
    installed.page.wait_for_selector(".errors")
    assert errors(installed) == ["Su contraseña anterior es incorrecta. Vuelva a escribirla."]


def test_a_new_version_takes_the_place_of_the_old_one(installed):
    installed.page.evaluate("caches.open('shell of before').then((cache) => cache.put('/x', new Response('x')))")
    installed.page.evaluate("navigator.serviceWorker.ready.then((registration) => registration.unregister())")
    installed.go("/account/")
    installed.page.evaluate(READY)
    assert installed.page.evaluate("caches.has('shell of before')") is False
    answer = requests.get(f"{installed.stack.url}/sw.js", timeout=10)
    assert answer.headers["Cache-Control"] == "no-cache" and "@FILES@" not in answer.text


def test_an_opened_pass_is_readable_without_network_and_says_so(passes):
    site, page = passes
    site.answers["/p/ABC/"] = 200, KEEP, PASS % ("/static/garita.0123456789.css", "ABC")
    began = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    page.goto("/p/ABC/?language=es")
    assert page.evaluate("document.documentElement.dataset.fetched") is None
    site.stop()
    for path in ("/p/ABC/", "/P/abc", "/p/ABC"):
        page.goto(path)
        assert page.locator("h1").inner_text() == "Pase ABC"
        fetched = datetime.datetime.fromisoformat(page.evaluate("document.documentElement.dataset.fetched"))
        assert began <= fetched <= datetime.datetime.now(datetime.timezone.utc)
    style = page.locator("link[rel=stylesheet]").get_attribute("href")
    assert re.fullmatch(r"/static/garita\.[0-9a-f]{10}\.css", style) and "0123456789" not in style, "the style of this version"
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 0
    page.goto("/p/ABC/cancel/")
    assert page.locator("h1").inner_text() == OFFLINE


@pytest.mark.parametrize("status", [404, 410, 200])
def test_a_pass_that_has_ended_is_no_longer_kept(passes, status):
    site, page = passes
    for token in ("ABC", "DEF"):
        site.answers[f"/p/{token}/"] = 200, KEEP, PASS % ("/static/garita.css", token)
        page.goto(f"/p/{token}/")
    site.answers["/p/ABC/"] = status, NO_STORE, PASS % ("/static/garita.css", "over")
    page.goto("/p/ABC/")
    site.answers["/p/DEF/"] = 503, {}, PASS % ("/static/garita.css", "busy")
    page.goto("/p/DEF/")
    page.goto("/")
    page.wait_for_function("caches.open('passes').then((cache) => cache.keys()).then((keys) => keys.length === 1)")
    site.stop()
    page.goto("/p/ABC/")
    assert page.locator("h1").inner_text() == OFFLINE
    page.goto("/p/DEF/")
    assert page.locator("h1").inner_text() == "Pase DEF", "a service that is busy ends no pass"


def test_the_pass_that_brought_the_worker_is_kept(stack, chromium):
    site = PassSite(stack.var / "share/web")
    site.answers["/p/FIRST/"] = 200, KEEP, PASS % ("/static/garita.css", "FIRST")
    context = chromium.new_context(base_url=site.url)
    page = context.new_page()
    page.goto("/p/FIRST/")
    page.evaluate("navigator.serviceWorker.register('/sw.js').then(() => {})")
    page.evaluate(READY)
    page.wait_for_function("caches.open('passes').then((cache) => cache.keys()).then((keys) => keys.length === 1)")
    site.stop()
    page.reload()
    assert page.locator("h1").inner_text() == "Pase FIRST"
    context.close()


def test_a_pass_is_not_waited_for_when_there_is_a_copy(passes):
    site, page = passes
    site.answers["/p/ABC/"] = 200, KEEP, PASS % ("/static/garita.css", "ABC")
    page.goto("/p/ABC/")
    page.goto("/")
    site.late.clear()
    page.goto("/p/ABC/")
    assert page.locator("h1").inner_text() == "Pase ABC"
    assert page.evaluate("document.documentElement.dataset.fetched")


def test_what_a_page_asks_for_by_itself_starts_no_worker(installed):
    """Where the browser can be told so (w3c.github.io/ServiceWorker, static routing); files of the shell are the control."""
    installed.go("/account/")
    asked = """async (path) => {
        await (await fetch(path)).text();
        return performance.getEntriesByName(new URL(path, location).href).at(-1).workerFinalSourceType;
    }"""
    assert installed.page.evaluate(asked, "/account/") == "network"
    assert installed.page.evaluate(asked, "/static/icon.svg") == "fetch-event"


def test_the_last_twenty_passes_are_kept(passes):
    site, page = passes
    for number in range(22):
        site.answers[f"/p/T{number}/"] = 200, KEEP, PASS % ("/static/garita.css", number)
        page.goto(f"/p/T{number}/")
    page.wait_for_function("caches.open('passes').then((cache) => cache.keys()).then((keys) => keys.length === 20)")
    assert page.evaluate(KEPT)["passes"] == [f"/p/T{number}/" for number in range(2, 22)]
