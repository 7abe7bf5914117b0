"""The rooms of the house and who may enter which: what SwiftPM does not check."""

import json
import re

import pytest

from stack import CLONE

SOURCES = CLONE / "Sources"
FILES = sorted(SOURCES.rglob("*.swift"))

# A room and the rooms it may import; what stands lower in the list never imports what stands higher.
PLATFORM = {"FastCGI", "PostgreSQL", "JSON", "QRCode", "Images", "Cryptography", "OperatingSystem", "CommonPasswords", "Spreadsheets", "Scoreboard", "HTTPClient", "MQTT"}
DOMAINS = {"Users", "Residents", "Visitors", "AccessControl", "AccessLogs", "Doors", "Integrations"}
BELOW_WEB = {"PostgreSQL", "JSON", "Cryptography"}
DOMAIN_IMPORTS = {"Vocabulary", "Resource", "OpenAPI", "Web", "QRCode"} | BELOW_WEB
ROOMS = {
    **{f"Domains/{name}": DOMAIN_IMPORTS for name in DOMAINS},
    "Domains/Users": DOMAIN_IMPORTS | {"CommonPasswords"},
    "Domains/Integrations": DOMAIN_IMPORTS | {"OperatingSystem"},
    "Outbox/Webhooks": {"Outbox", "HTTPClient", "PostgreSQL", "Cryptography", "OperatingSystem"},
    "Domains/Vocabulary": {"Resource", "Web"},
    "Resource": {"OpenAPI", "Web", "Images", "Spreadsheets"} | BELOW_WEB,
    "OpenAPI": {"Pages", "Web", "JSON"},
    "Pages": {"Web", "QRCode"} | BELOW_WEB,
    "Web": {"Images"} | BELOW_WEB,
    "Outbox/HomeAssistant": {"Outbox", "MQTT", "OperatingSystem"} | BELOW_WEB,
    "Platform/FastCGI": {"CFastCGI", "OperatingSystem"},
    "Platform/PostgreSQL": {"CPostgreSQL", "OperatingSystem"},
    "Platform/JSON": {"CJansson"},
    "Platform/QRCode": {"CQREncode", "Images"},
    "Platform/Images": {"CTurboJPEG", "CPNG", "CWebP", "Cryptography", "OperatingSystem"},
    "Platform/Spreadsheets": {"CXLSXWriter", "OperatingSystem"},
    "Platform/Cryptography": {"JSON", "Crypto", "CryptoExtras", "OperatingSystem"},
    "Platform/CommonPasswords": {"OperatingSystem"},
    "Platform/Scoreboard": {"OperatingSystem"},
    "Platform/HTTPClient": {"CCurl", "Cryptography", "OperatingSystem"},
    "Platform/MQTT": {"CMosquitto", "COpenSSL", "Cryptography", "OperatingSystem"},
    "Platform/OperatingSystem": {"CLinux"},
    "Outbox/Dispatch": BELOW_WEB | {"OperatingSystem"},
    "Outbox/UHPPOTE": BELOW_WEB | {"Outbox", "OperatingSystem"},
    "Monitoring": {"Vocabulary", "Web", "Scoreboard", "OperatingSystem"} | BELOW_WEB,
    "Outbox/HTTPRelay": {"Outbox", "Doors", "Web", "HTTPClient", "JSON", "Cryptography", "OperatingSystem"},
    "Outbox/LocalProgram": {"Outbox", "Doors", "OperatingSystem"},
    "Administration": DOMAINS | DOMAIN_IMPORTS - {"OpenAPI"} | {"Pages", "Spreadsheets", "Monitoring", "Scoreboard"},
    **{name: DOMAINS | DOMAIN_IMPORTS - {"OpenAPI"} | {"Pages"} for name in ("Gate", "Home", "Pass")},
    "Account": {"Users", "Vocabulary", "Pages", "Web", "QRCode", "PostgreSQL", "Cryptography"},
    "Terminals": {"AccessControl", "Vocabulary", "Web"} | BELOW_WEB,
    "Garita": {"Administration", "Account", "Gate", "Home", "Pass", "Terminals"} | DOMAINS | PLATFORM - {"QRCode", "Spreadsheets", "MQTT"} | {"Vocabulary", "Resource", "OpenAPI", "Pages", "Web", "Monitoring", "Outbox", "HTTPRelay", "HomeAssistant", "UHPPOTE", "LocalProgram", "Webhooks", "ArgumentParser"},
}

# Files that say HTML(unescaped:).
UNESCAPED = {
    "Pages/HTML.swift", "Account/SecondFactorPages.swift", "Administration/Actions/SecretReveal.swift"}


def code(file):
    """The text without comments and without what stands between quotes."""
    text = re.sub(r"//.*", "", file.read_text())
    return re.sub(r'"(\\.|[^"\\\n])*"', '""', text)


def imports(file):
    return set(re.findall(r"^\s*(?:@\w+ )*(?:package |public |internal |private )?import (?:\w+ )?(\w+)", code(file), re.M))


def allowed(room):
    return ROOMS[room] | ({"Glibc", "Synchronization"} if room.startswith("Platform/") else set())


def room_of(file):
    path = file.relative_to(SOURCES).as_posix()
    return next((room for room in ROOMS if path.startswith(room + "/")), None)


def offenders(pattern, files=FILES):
    return [
        f"{file.relative_to(CLONE)}: {match.group().strip()}" for file in files for match in re.finditer(pattern, code(file), re.M)]


def test_every_file_stands_in_a_room():
    assert [file for file in FILES if room_of(file) is None] == []


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_imports_only_what_stands_below_it(room):
    for file in FILES:
        if room_of(file) == room:
            assert imports(file) <= allowed(room), f"{file.relative_to(CLONE)} imports {imports(file) - allowed(room)}"


def test_a_domain_never_imports_a_domain():
    for file in FILES:
        room = room_of(file)
        if room.startswith("Domains/"):
            assert not imports(file) & (DOMAINS - {room.removeprefix("Domains/")}), file


# Rooms that serve whatever is declared above them, and the words they have no use for.
KNOW_NO_RESIDENCE = ("Web/", "Administration/CSVImport/")
WORDS = ("visitor", "visit", "resident", "residence", "household", "guard", "gate", "card", "vehicle", "building")
OF_THE_RESIDENCE = re.compile(
    rf"(?:(?<![A-Za-z])(?:{'|'.join(WORDS)})|(?:{'|'.join(map(str.capitalize, WORDS))}))s?(?![a-z])")
# Keys are derived for purposes that they name; a code is read by GateCode.
NAME_WHAT_THEY_SERVE = {"Web/DeviceKeys.swift", "Web/Keys.swift"}


def test_what_serves_any_table_knows_no_residence():
    found = []
    for file in FILES:
        path = file.relative_to(SOURCES).as_posix()
        if not path.startswith(KNOW_NO_RESIDENCE) or path in NAME_WHAT_THEY_SERVE:
            continue
        for line in file.read_text().splitlines():
            said, _, comment = line.partition("//")
            plain = re.sub(r"\bguard\b|\bGateCode\b", "", said) + comment
            found += [f"{path}: {line.strip()}" for _ in OF_THE_RESIDENCE.finditer(plain)]
    assert found == []


def test_addresses_of_administration_are_spelt_once():
    """A link that is made of one word cannot break; pages of the layout have a word of their own."""
    places = {
        file.relative_to(SOURCES).as_posix() for file in FILES
        if re.search(r'"/admin/', re.sub(r"//.*", "", file.read_text()))}
    assert places == {"Administration/AdminPath.swift", "Pages/PagePath.swift"}


def test_only_the_platform_imports_c_and_holds_pointers():
    above = [file for file in FILES if not room_of(file).startswith("Platform/")]
    assert offenders(r"import C(FastCGI|PostgreSQL|Jansson|QREncode|PNG|TurboJPEG|WebP|XLSXWriter|Curl|Mosquitto|OpenSSL|Linux)\b|import Glibc", above) == []
    assert offenders(r"\bUnsafe\w*|\bOpaquePointer\b|\bunsafeBitCast\b|\bUnmanaged\b", above) == []


def test_a_c_library_belongs_to_one_room():
    for library in ("CFastCGI", "CPostgreSQL", "CJansson", "CQREncode", "CPNG", "CTurboJPEG", "CWebP", "CXLSXWriter", "CCurl", "CMosquitto", "COpenSSL", "CLinux"):
        assert len({room_of(file) for file in FILES if library in imports(file)}) == 1, library


def test_nothing_in_the_sources_ends_the_process_on_input():
    # The one exception: what does not fit together in the sources is a fault of ours, seen at the first start.
    others = [file for file in FILES if file.name != "Declarations.swift"]
    assert offenders(
        r"\btry!|\bas!|\bfatalError\b|\bpreconditionFailure\b|\babort\(\)|\bprecondition\(|\bassert\(", others) == []


# Where text becomes a number without WholeNumber, and why nothing overflows from there.
READ_NUMBERS = {
    "Web/WholeNumber.swift",  # bounds it
    "Web/FieldText.swift",  # reports overflow; every field has a range
    "Web/Calendar.swift",  # a few digits, counted before
    "Outbox/Webhooks/RetryAfter.swift",  # a few digits, counted before
    "Resource/SealedText.swift",  # of our own SQL, and only compared
}
# What may be made another type of number: what is a number already.
A_NUMBER = re.compile(
    r"(try )?[\w.$\[\]]*(\.integer\(\d\)|\bcount(\(\$0\))?|[gG]eneration( \?\? 0)?|[vV]ersion|\bsize|\bline|\brows"
    r"|integerValue \?\? 0|\btaken|\bleft|\bindex( \+ 1)?\]?|\bplace|\bstatus|\bmonths|\bcommon|\btotal|byte - 0x80|\d+|CSVImportLimit\.rows)")


def test_a_number_from_outside_is_read_within_bounds():
    """Swift ends the process when arithmetic overflows: one request, one worker. So the range stands where it is read."""
    found = []
    for file in FILES:
        if room_of(file).startswith("Platform/") or file.relative_to(SOURCES).as_posix() in READ_NUMBERS:
            continue
        text = code(file)
        for match in re.finditer(r"(?<![\w.])U?Int(?:8|16|32|64)?\(((?:[^()]|\([^()]*\))*)\)", text):
            argument = match.group(1)
            if not re.match(r"(exactly|clamping|truncatingIfNeeded|ascii): ", argument) and not A_NUMBER.fullmatch(argument):
                found.append(f"{file.relative_to(CLONE)}: {match.group()}")
        found += [f"{file.relative_to(CLONE)}: {m}" for m in re.findall(r"(?:flatMap|compactMap)\(U?Int\d*\.init\)", text)]
    assert found == [], "WholeNumber reads these"


def test_nothing_traps_on_what_it_is_given():
    """What ends the process on one value among all: the smallest number, a repeated key, an absent value."""
    assert offenders(r"\babs\(|\.magnitude\b|\bnumericCast\b|uniqueKeysWithValues|\bUnsafe\w*\.init\(bitPattern") == []
    assert offenders(r"[\w)\]]!(?=[.\s,)\]\[:(]|$)") == []


def test_only_commands_print():
    workers = [file for file in FILES if room_of(file) != "Garita"]
    assert offenders(r"(?<![\w.])(print|debugPrint|dump)\(", workers) == []


def test_markup_escapes_unless_a_word_says_otherwise():
    """What may stand in a page as it is: drawings of ours, and HTML's own arithmetic."""
    unescaped = {file.relative_to(SOURCES).as_posix() for file in FILES if re.search(r"\bHTML\(unescaped:", code(file))}
    assert unescaped <= UNESCAPED
    assert offenders(r"\bHTML\((stringLiteral|stringInterpolation):") == []
    for file in FILES:
        unquoted = re.findall(r"""[\w-]=\\\(""", file.read_text()) if "HTML" in code(file) else []
        assert unquoted == [], f"{file}: an attribute without quotes"


def test_everything_is_one_process_one_request():
    assert offenders(r"\basync\b|\bawait\b|\bactor\s+[A-Z]|\bTask\s*\{|\bDispatchQueue\b|\bThread\b") == []


def test_api_functions_are_called_and_the_called_ones_exist():
    called = {name for file in FILES for name in re.findall(r"\bapi\.([a-z_]+)\s*\(", file.read_text())}
    functions = (CLONE / "sql/functions").rglob("*.sql")
    made = {name for file in functions for name in re.findall(r"create or replace function api\.([a-z_]+)", file.read_text())}
    assert called - made == set(), "called, but not in sql/functions"
    assert made - called == set(), "in sql/functions, but nobody calls them"


def test_every_sentence_sql_raises_stands_beside_its_spanish():
    """A message in English, the same in Spanish as the detail: both constants, so that neither holds data of a person."""
    found = 0
    for file in (CLONE / "sql/functions").rglob("*.sql"):
        for raised in re.findall(r"raise exception using\b((?:'(?:[^']|'')*'|[^';])*);", file.read_text()):
            if "errcode = 'GA" not in raised:
                continue
            found += 1
            english, spanish = ([
                sentence for value in re.findall(rf"\b{option} = (case\b.*?\bend\b|'(?:[^']|'')*')", raised, re.S)
                for sentence in re.findall(r"(?:^|then\s+|else\s+)'((?:[^']|'')*)'", value)] for option in ("message", "detail"))
            assert english and len(english) == len(spanish), f"{file.name}: {raised}"
            assert all(re.fullmatch("[A-ZÁÉÍÓÚ].* .*", sentence) for sentence in english + spanish), f"{file.name}: {raised}"
            assert not set(english) & set(spanish), f"{file.name}: {raised}"
            assert not any(re.search(ENGLISH, sentence, re.I) for sentence in spanish), f"{file.name}: {raised}"
    assert found > 60


def test_the_pages_of_tables_know_no_table():
    """What a page of all tables says of one of them stands in the declaration of that one."""
    words = "visitor|resident|unit|building|device|card|gate|access_point|date_from|date_to|DENIED|SUCCESS|ENTRY"
    found = [f"{file.name}: {match.group()}" for file in sorted((SOURCES / "Administration/Tables").glob("*.swift"))
             for match in re.finditer(rf'"[^"\n]*\b({words})s?\b[^"\n]*"', file.read_text())]
    assert found == []


def test_an_api_function_stands_in_a_file_of_its_name():
    for file in (CLONE / "sql/functions").rglob("*.sql"):
        if file.name != "phone_plans.sql":  # rows of a table
            names = re.findall(r"create or replace function (?:api|garita)\.([a-z_]+)", file.read_text())
            assert file.stem in names, file


def test_secrets_and_machines_are_not_in_the_files():
    kept = [path for room in ("Sources", "sql", "nginx", "web", "deploy", "Tests") for path in (CLONE / room).rglob("*") if path.is_file()]
    for file in kept:
        if file.suffix in {".swift", ".sql", ".sh", ".conf", ".in", ".py", ".html", ".css", ".psql"}:
            assert not re.search(r"BEGIN (EC |RSA )?PRIVATE KEY|(?<!functions)/home/(?!(?:invite|visits|waiting|log|cards|vehicles|household|me)/)[a-z]", file.read_text()), file


LITERAL = r'"((?:[^"\\]|\\.)*)"'
WORDS = rf"{LITERAL}(?:\s*\+\s*{LITERAL})*"
# Names, and what is written alike in both languages.
ALIKE = {"Español", "English", "No", "ID", "QR", "Error", "Error:", "Total", "Garita", "MQTT, Home Assistant", "Webhook", "Webhooks"}
ENGLISH = r"\b(the|and|of|with|this|that|from|is|are|was|were|by|to|for|it|its|not|you|your|none|yes|all|any)\b"


def literals(source):
    return " ".join(re.findall(LITERAL, source))


def test_every_sentence_exists_in_both_languages():
    """A sentence of a person is English and Spanish, and the one is not the other."""
    seen, alike, foreign = 0, set(), set()
    for file in (CLONE / "Sources").rglob("*.swift"):
        for said in re.finditer(rf"\bText\(\s*({WORDS}),\s*es:\s*({WORDS})", file.read_text()):
            pair = [re.sub(r"\\\(.*?\)|`[^`]*`|\{.*?\}", "", text) for text in re.split(r",\s*es:\s*", said[0])]
            english, spanish = map(literals, (pair[0], pair[-1]))
            seen += 1
            # Many countries have one name in both.
            if english == spanish and re.search("[a-z]", english) and file.name != "Countries.swift":
                alike.add(english)
            if re.search(ENGLISH, spanish, re.I):
                foreign.add(spanish)
    assert seen > 900 and alike <= ALIKE and not foreign, (seen, alike - ALIKE, foreign)


def test_versions_are_exact():
    """E9: what is tested is what is built, today and later."""
    packages = re.findall(r"\.package\(.*?\)", (CLONE / "Package.swift").read_text())
    assert len(packages) >= 2 and all(re.search(r'exact: "[\d.]+"', package) for package in packages), packages
    named = {re.search(r'/([\w-]+)"', package).group(1): re.search(r'exact: "(.+)"', package).group(1) for package in packages}
    resolved = json.loads((CLONE / "Package.resolved").read_text())["pins"]
    assert {pin["identity"]: pin["state"]["version"] for pin in resolved} == named, "the build fetched what the manifest does not name"
    tools = [line for line in (CLONE / "Tests/requirements.txt").read_text().splitlines() if not line.startswith("#")]
    assert len(tools) > 10 and all(re.fullmatch(r"[\w-]+==[\d.]+", tool) for tool in tools), tools
