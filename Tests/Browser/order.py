"""What makes a page one in order, and the two kinds of readers who look at it."""

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

from reader import DESK, PHONE

# Each width, scheme and language once. What two of them decide together, a look at the page sees without loading it again.
KINDS = [dict(viewport=PHONE, scheme="dark", language="es-MX"), dict(viewport=DESK, scheme="light", language="en-US")]

AXE = Axe().axe_script


def name(kind):
    return f"{kind['viewport']['width']}-{kind['scheme']}-{kind['language'][:2]}"


def faults(reader, only=None):
    """What axe finds, by rule and place; `only` one rule. For readers with scripts: axe is one, and would never end."""
    reader.page.evaluate(AXE)
    # Not all that it says: what is in order is ten times as much, and is written out and read again for nothing.
    found = reader.page.evaluate(
        "only => axe.run({resultTypes: ['violations'], ...only && {runOnly: [only]}}).then(found => found.violations)", only)
    return [(fault["id"], node["target"]) for fault in found for node in fault["nodes"]]


def turned(reader):
    """What is wrong with the same page in the other scheme and in a window of the other width."""
    size = reader.page.viewport_size
    reader.page.emulate_media(color_scheme="light" if reader.scheme == "dark" else "dark")
    reader.page.set_viewport_size(DESK if size["width"] == PHONE["width"] else PHONE)
    found = faults(reader, "color-contrast")
    wider = reader.overflows()
    reader.page.emulate_media(color_scheme=reader.scheme)
    reader.page.set_viewport_size(size)
    return found + ([f"{wider} px too wide"] if wider else [])


def look(reader, path=None, turn=True):
    """A page in order: nothing from elsewhere, nothing wider than the window, nothing axe or the browser complains about."""
    if path:
        reader.go(path)
    found = faults(reader) + (turned(reader) if turn else [])
    assert found == [], f"{reader.page.url} {found}"
    assert reader.overflows() == 0, reader.page.url
    hosts = {urlsplit(url).netloc for url in reader.requests if not url.startswith("data:")}
    assert hosts <= {urlsplit(reader.stack.url).netloc}
    assert [text for text in reader.complaints if "the server responded with a status of 4" not in text] == []
    assert reader.page.locator("h1").count() == 1
    assert reader.page.locator("html").get_attribute("lang") in ("es", "en")


def errors(reader):
    return reader.page.locator(".errors li").all_inner_texts()
