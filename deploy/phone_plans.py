#!/usr/bin/python3
"""Writes what Garita knows of phone numbers and countries anew, from Debian's python3-phonenumbers (libphonenumber's
metadata), python3-babel (names of countries) and tzdata (in which country a time zone lies):

    sql/functions/phones/phone_plans.sql          the numbering plans that garita.read_phone reads by
    Sources/Domains/Users/Countries.swift         what the settings offer
    Tests/Fixtures/phones.psql                    what libphonenumber itself makes of numbers of every country

Run it from the top of the clone when Debian has newer packages, and run Tests/sql.sh sql/tests/phones after it.
"""

import json
import re
import unicodedata
from pathlib import Path

import babel
import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberFormat, PhoneNumberType
from phonenumbers.phonenumberutil import COUNTRY_CODE_TO_REGION_CODE, SUPPORTED_REGIONS

TOP = Path(__file__).resolve().parent.parent
ZONES = Path("/usr/share/zoneinfo")
KINDS = ("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip", "pager", "uan", "voicemail")
# Dialled before a mobile number in former years, and still written by people; the library knows it no more.
FORMER = {"CL": "0", "CO": "03"}
# Regions with a plan of their own and no code in ISO 3166.
NO_COUNTRIES = {"AC", "TA"}
# Longer texts have no room in the columns of the legacy system.
MAXIMUM = 20


def quoted(value):
    return "null" if value is None else "'" + value.replace("'", "''") + "'"


def words(values):
    return quoted("{" + ",".join(str(value) for value in values) + "}")


def zones_of_countries():
    """{MX: [America/Mexico_City, Mexico/General, ...]}"""
    place = {}
    for line in (ZONES / "zone.tab").read_text().splitlines():
        if not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            place[zone] = country
    links = [line.split()[1:] for line in (ZONES / "tzdata.zi").read_text().splitlines() if line.startswith("L ")]
    place |= {name: place[target] for target, name in links if target in place and name not in place}
    found = {}
    for zone, country in sorted(place.items()):
        found.setdefault(country, []).append(zone)
    return found


def formats(metadata):
    """[[whole number, how it begins, how it is written], ...]: the first that fits is taken."""
    return json.dumps([
        [one.pattern, one.leading_digits_pattern[-1] if one.leading_digits_pattern else "", one.format]
        for one in metadata.intl_number_format or metadata.number_format])


def plan(code, place, region, zones):
    metadata = PhoneMetadata.metadata_for_region(region)
    patterns = [getattr(metadata, kind) for kind in KINDS]
    numbers = "|".join(one.national_number_pattern for one in patterns if one and one.national_number_pattern)
    rule = metadata.national_prefix_transform_rule
    return ", ".join((
        quoted(region), quoted(str(code)), str(place), quoted(metadata.international_prefix or ""),
        quoted(metadata.national_prefix_for_parsing or ""), quoted(rule), quoted(FORMER.get(region, "")),
        words(metadata.general_desc.possible_length), quoted(metadata.general_desc.national_number_pattern), quoted(numbers),
        quoted(formats(metadata) if place == 1 else "[]"), words(zones.get(region, []))))


def write_plans():
    zones = zones_of_countries()
    rows = [plan(code, place, region, zones) for code, regions in sorted(COUNTRY_CODE_TO_REGION_CODE.items())
            for place, region in enumerate(regions, 1) if region in SUPPORTED_REGIONS]
    (TOP / "sql/functions/phones/phone_plans.sql").write_text(
        f"-- Made by deploy/phone_plans.py of libphonenumber {phonenumbers.__version__} (Apache-2.0): do not edit.\n"
        "delete from garita.phone_plans;\n"
        "insert into garita.phone_plans (\n"
        "    country, calling_code, place, exit_prefix, trunk_prefix, trunk_rule, former_prefix, lengths, shape, numbers,\n"
        "    formats, time_zones) values\n" + ",\n".join(f"    ({row})" for row in rows) + ";\n")


def plain(text):
    return unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode().lower()


def write_names():
    english, spanish = babel.Locale("en").territories, dict(babel.Locale("es", "MX").territories)
    spanish["GB"] = "Reino Unido"  # babel takes the short form, RU
    countries = sorted(SUPPORTED_REGIONS - NO_COUNTRIES, key=lambda region: plain(spanish[region]))
    lines = "\n".join(
        f'    FieldChoice("{one}", Text("{english[one]}", es: "{spanish[one]}")),' for one in countries)
    (TOP / "Sources/Domains/Users/Countries.swift").write_text(f"""import Resource
import Web

/// Countries with a numbering plan, by their Spanish names.
///
/// Made by deploy/phone_plans.py from the names of Unicode's CLDR: do not edit.
let countries = [
{lines}
]
""")


def readings(region, number):
    """One number as people write it: as a neighbour dials it, from abroad, without the blanks, with an exit code."""
    whole = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    yield from (whole, national, phonenumbers.national_significant_number(number), "00" + whole[1:], whole[1:])
    yield phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    yield phonenumbers.format_out_of_country_calling_number(number, region)


def expected(region, text):
    """What must be kept of it: its international form, or the text."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number) or number.extension:
        return None
    style = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    style = re.sub("[^0-9 +()-]", " ", style)
    bare = f"+{number.country_code} {phonenumbers.national_significant_number(number)}"
    return style if len(style) <= MAXIMUM else bare


def write_fixture():
    cases = set()
    for region in sorted(SUPPORTED_REGIONS):
        for kind in PhoneNumberType.values():
            number = phonenumbers.example_number_for_type(region, kind)
            for text in readings(region, number) if number else ():
                kept = expected(region, text)
                if kept and re.fullmatch("[0-9 +().-]+", text):
                    cases.add((region, text, kept))
    rows = "\n".join("\t".join(case) for case in sorted(cases))
    (TOP / "Tests/Fixtures/phones.psql").write_text(
        "-- Made by deploy/phone_plans.py: country, what is typed, what libphonenumber makes of it.\n"
        "create temporary table phones (country text, typed text, kept text);\n"
        f"copy phones from stdin;\n{rows}\n\\.\n")


if __name__ == "__main__":
    write_plans()
    write_names()
    write_fixture()
