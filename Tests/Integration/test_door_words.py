"""What devices tell is read by people, in both languages."""

import re

from stack import CLONE

SOURCES = CLONE / "Sources"
FILES = sorted(SOURCES.rglob("*.swift"))


def test_what_devices_tell_has_words():
    """Events and troubles that drivers report are read by people: each has words in both languages."""
    reported = set(re.findall(r'^\s*case [\d., ]+: "([a-z_]+)"', (SOURCES / "Terminals/TerminalEvent.swift").read_text(), re.M))
    reported |= set(re.findall(r'\d+: "([a-z_]+)"', (SOURCES / "Outbox/UHPPOTE/EventWords.swift").read_text().split(" words: ")[0]))
    reported |= {word for file in FILES for word in re.findall(r'\bkind: "([a-z_]+)"', file.read_text())}
    said = (SOURCES / "Domains/Doors/DoorEvents.swift").read_text()
    assert len(reported) > 20 and reported - set(re.findall(r'\.init\("([a-z_]+)", Text', said)) == set()
    answers = {
        word for file in FILES if re.search("Outbox/(HTTPRelay|UHPPOTE|HomeAssistant|LocalProgram|Dispatch)", file.as_posix())
        for word in re.findall(r'(?:\.(?:accepted|confirmed|failed|unknown), |refuse\(|answer: )"([^"\\]+)"', file.read_text())}
    said = (SOURCES / "Domains/Doors/DoorAnswer.swift").read_text()
    assert len(answers) > 20 and answers - set(re.findall(r'Text\(\s*"([^"]+)", es:', said)) == set()
    reported = {word for file in FILES if "Outbox/" in file.as_posix() for word in re.findall(r'\btrouble: "([a-z_]+)"', file.read_text())}
    said = (SOURCES / "Domains/Doors/DoorTrouble.swift").read_text()
    assert reported and reported - set(re.findall(r'trouble\("([a-z_]+)", "', said)) == set()
