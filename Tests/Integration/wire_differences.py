"""Where Garita answers otherwise than the original on purpose: every line says by which rule."""

import re

DIFFERENCES = []


def explanation(name, where, recorded, ours):
    """Why this difference is deliberate; None when nobody wanted it."""
    for names, places, test, why in DIFFERENCES:
        if re.fullmatch(names, name) and re.fullmatch(places, where) and test(recorded, ours):
            return why
    return None
