"""What makes a page one in order, and the four kinds of readers who look at it."""

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

from reader import DESK, PHONE

KINDS = [dict(viewport=DESK, scheme="light", language="es-MX"), dict(viewport=DESK, scheme="dark", language="en-US"),
         dict(viewport=PHONE, scheme="dark", language="es-MX"), dict(viewport=PHONE, scheme="light", language="en-US")]

AXE = Axe().axe_script


def name(kind):
    return f"{kind['viewport']['width']}-{kind['scheme']}-{kind['language'][:2]}"


def faults(reader):
    """What axe finds, by rule and place. For readers with scripts: axe is one, and would never end."""
    reader.page.evaluate(AXE)
    # Not all that it says: what is in order is ten times as much, and is written out and read again for nothing.
    found = reader.page.evaluate("axe.run({resultTypes: ['violations']}).then(found => found.violations)")
    return [(fault["id"], node["target"]) for fault in found for node in fault["nodes"]]


def look(reader, path=None):
    """A page in order: nothing from elsewhere, nothing wider than the window, nothing axe or the browser complains about."""
    if path:
        reader.go(path)
    found = faults(reader)
    assert found == [], f"{reader.page.url} {found}"
    assert reader.overflows() == 0, reader.page.url
    hosts = {urlsplit(url).netloc for url in reader.requests if not url.startswith("data:")}
    assert hosts <= {urlsplit(reader.stack.url).netloc}
    assert [text for text in reader.complaints if "the server responded with a status of 4" not in text] == []
    assert reader.page.locator("h1").count() == 1
    assert reader.page.locator("html").get_attribute("lang") in ("es", "en")


def errors(reader):
    return reader.page.locator(".errors li").all_inner_texts()
