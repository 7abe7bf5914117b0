"""Compares an answer with a recorded one, field by field.

What differs by nature is compared by form: moments of the recording's clock, drawn codes, tokens, the server's own
address, file names. Everything else is compared by value, down to the type and the order of the keys.
"""

import datetime
import re

from stack import day

# The minutes and the day in which the legacy API was recorded.
CLOCK = re.compile(r"2026-11-2[23]T22:2[45]:\d\d(\.\d{6})?-06:00")
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?[+-]\d\d:\d\d")
RECORDED_ON = datetime.date(2026, 11, 22)
DATE = re.compile(r"\d{4}-\d\d-\d\d")
JWT = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+")
PHOTO = re.compile(r"http://127\.0\.0\.1:PORT/media/\S+")
MORE = re.compile(r"… \((\d+) items in all\)")
CODES = {
    "NUMERIC": re.compile(r"\d{6,8}"),
    "ALPHANUMERIC": re.compile(r"[A-Z2-9]{8}"),
    "QR": re.compile(r"[A-Z2-9]{26}"),
    "OTP": re.compile(r"[A-Z0-9]{6}"),
}
SEED = re.compile(r"[A-Z2-7]{32}")


def shifted(recorded, later=0):
    """A recorded day, moved so that it is as far from today as it was from the day of the recording."""
    return day((datetime.date.fromisoformat(recorded) - RECORDED_ON).days + later)


class Comparison:
    """The differences of one exchange: (where, recorded, ours)."""

    def __init__(self, origin, codes):
        self.origin, self.codes, self.differences, self.compared = origin, codes, [], 0

    def note(self, where, recorded, ours):
        self.differences.append((where, recorded, ours))

    def same(self, where, recorded, ours):
        self.compared += 1
        if not (type(recorded) is type(ours) and recorded == ours):
            self.note(where, recorded, ours)

    def form(self, where, pattern, recorded, ours):
        self.compared += 1
        if not (isinstance(ours, str) and pattern.fullmatch(ours)):
            self.note(where, recorded, ours)

    def value(self, where, recorded, ours):
        if isinstance(recorded, dict) and isinstance(ours, dict):
            self.object(where, recorded, ours)
        elif isinstance(recorded, list) and isinstance(ours, list):
            self.array(where, recorded, ours)
        elif isinstance(recorded, str):
            self.text(where, recorded, ours)
        else:
            self.same(where, recorded, ours)

    def object(self, where, recorded, ours):
        for name in recorded:
            if name in ours:
                self.member(f"{where}.{name}", name, recorded, ours)
            else:
                self.note(f"{where}.{name} (missing)", recorded[name], None)
        for name in ours:
            if name not in recorded:
                self.note(f"{where}.{name} (added)", None, ours[name])
        # The legacy API counts in the order its database happens to find.
        if where.split(".")[-1] not in ("by_access_method", "by_access_point"):
            self.same(f"{where} (order)", [n for n in recorded if n in ours], [n for n in ours if n in recorded])
        if {"valid_from", "valid_until"} <= recorded.keys() & ours.keys():
            self.same(f"{where} (hours valid)", hours(recorded), hours(ours))

    def member(self, where, name, recorded, ours):
        old, new = recorded[name], ours[name]
        if name == "code" and "secret_key" in recorded and old in self.codes:
            self.same(where, self.codes[old], new)
        elif name == "code" and "secret_key" in recorded:
            # A pass just issued: from now on its recorded code stands for ours.
            self.form(where, CODES[recorded["code_type"]], old, new)
            self.codes[old] = new
        elif name == "secret_key" and old:
            self.form(where, SEED, old, new)
        else:
            self.value(where, old, new)

    def array(self, where, recorded, ours):
        length = MORE.fullmatch(recorded[-1]) if recorded and isinstance(recorded[-1], str) else None
        items = recorded[:-1] if length else recorded
        self.same(f"{where} (length)", int(length[1]) if length else len(recorded), len(ours))
        for index, (old, new) in enumerate(zip(items, ours)):
            self.value(f"{where}[{index}]", old, new)

    def text(self, where, recorded, ours):
        if recorded == "<JWT>":
            self.form(where, JWT, recorded, ours)
        elif CLOCK.fullmatch(recorded):
            self.form(where, TIMESTAMP, recorded, ours)
        elif DATE.fullmatch(recorded):
            self.compared += 1
            # A replay may pass midnight.
            if ours not in (shifted(recorded), shifted(recorded, -1)):
                self.note(where, recorded, ours)
        elif PHOTO.fullmatch(recorded):
            self.form(where, re.compile(re.escape(self.origin) + r"/\S+"), recorded, ours)
        else:
            self.same(where, recorded.replace("http://127.0.0.1:PORT", self.origin), ours)


def hours(code):
    begin, end = (datetime.datetime.fromisoformat(code[name]) for name in ("valid_from", "valid_until"))
    return round((end - begin).total_seconds() / 3600, 3)
