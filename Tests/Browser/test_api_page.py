"""The page of the API: a text to read on a phone, on a desk and on paper."""

import pytest


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("language", ["es-MX", "en-US"])
def test_it_fits_whatever_it_is_read_on(make_reader, width, language):
    person = make_reader(language=language, viewport={"width": width, "height": 800})
    person.go("/api/docs/")
    assert person.overflows() == 0
    person.page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
    assert person.overflows() == 0
    assert person.complaints == []


def test_paper_shows_what_is_folded(make_reader):
    person = make_reader()
    person.go("/api/docs/")
    shown = "document.querySelector('#signIn dl').checkVisibility({contentVisibilityAuto: true})"
    assert not person.page.evaluate(shown)
    person.page.emulate_media(media="print")
    # It shows with the next drawing.
    person.page.wait_for_function(shown)
    assert person.overflows() == 0
