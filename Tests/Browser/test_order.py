"""The control of order.py: what is wrong in the other scheme or width alone is found too."""

import pytest

from order import KINDS, look, name
from reader import Reader

FAULTS = {"dark": "color = 'light-dark(#1d2733, #222)'", "light": "color = 'light-dark(#eee, #eee)'", "narrow": "minWidth = '500px'",
          "wide": "marginLeft = 'max(0px, 300vw - 2000px)'"}


@pytest.mark.parametrize("kind", KINDS, ids=name)
def test_a_look_sees_both_schemes_and_widths(stack, chromium, kind):
    reader = Reader(stack, chromium, None, **kind)
    try:
        look(reader, "/account/sign-in/")
        for fault in FAULTS.values():
            reader.go("/account/sign-in/")
            reader.page.evaluate(f"document.querySelector('h1').style.{fault}")
            with pytest.raises(AssertionError):
                look(reader)
    finally:
        reader.close()
