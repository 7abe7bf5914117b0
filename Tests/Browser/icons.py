"""Makes the icons of an installed app out of web/static/icon.svg: `.venv/bin/python Tests/Browser/icons.py` after a change
of it. They are kept as files, 2 KB together, because a build has nothing that paints an SVG.

White on the green of the pages, to the edge, the sign within the 80 % that no phone cuts off: one picture serves as icon and
as maskable icon (w3.org/TR/appmanifest, icon masks)."""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

STATIC = Path(__file__).resolve().parents[2] / "web/static"
SIZES = [192, 512]


def paint(browser, size):
    """The icon as an image of `size` by `size`."""
    sign = (STATIC / "icon.svg").read_text().split("</style>")[1].removesuffix("</svg>")
    page = browser.new_page(viewport={"width": size, "height": size})
    page.set_content(
        '<style>body { margin: 0; background: #1f6a4d } svg { display: block; width: 60vw; margin: 20vw }</style>'
        f'<svg viewBox="0 0 24 24" fill="none" stroke="#fff" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round">{sign}</svg>')
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    return picture


def main():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for size in SIZES:
            paint(browser, size).quantize(16).save(STATIC / f"icon-{size}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
