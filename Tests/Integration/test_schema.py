"""The document of the API: whole, valid, in both languages, and true of what the legacy API's clients expect."""

import functools
import json
import re
import subprocess

import jsonschema_rs
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from devices import enrol, gate  # noqa: F401 (fixture)
from stack import CLONE


@pytest.fixture(scope="module")
def document(stack):
    return stack.call("GET", "/api/schema/").json()


def operations(document):
    return [(method.upper(), path, operation)
            for path, methods in document["paths"].items() for method, operation in methods.items()]


def texts(node, found):
    """Every text for people in the document."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name in ("description", "summary") and isinstance(value, str):
                found.append(value)
            texts(value, found)
    elif isinstance(node, list):
        for value in node:
            texts(value, found)
    return found


def test_it_is_a_valid_openapi_document(document):
    assert document["openapi"] == "3.1.0"
    assert [str(error) for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_it_has_the_version_of_the_executable(stack, document):
    said = subprocess.run([stack.var / "bin/garita", "--version"], text=True, capture_output=True, check=True).stdout
    assert re.fullmatch(r"\d+\.\d+\.\d+", said.strip())
    assert document["info"]["version"] == said.strip()


def test_every_route_of_the_api_is_in_it_and_nothing_else(stack, document):
    said = subprocess.run([stack.var / "bin/garita", "routes"], text=True, capture_output=True, check=True).stdout
    routes = {tuple(line.split()[:2]) for line in said.splitlines() if line}
    assert {(method, path) for method, path, _ in operations(document)} == {
        (method, path) for method, path in routes if path.startswith("/api/")}


def test_names_are_unique_and_say_something(document):
    names = [operation["operationId"] for *_, operation in operations(document)]
    assert len(names) == len(set(names))
    assert all(re.fullmatch("[a-z][A-Za-z]+", name) for name in names)
    # A digit behind the name of a schema: two schemas claim it.
    assert [name for name in document["components"]["schemas"] if not re.fullmatch("[A-Z][A-Za-z]+", name)] == []


def test_every_operation_is_told_in_words_and_belongs_to_a_group(document):
    groups = {tag["name"] for tag in document["tags"]}
    for method, path, operation in operations(document):
        assert operation["summary"] and operation["description"], (method, path)
        assert set(operation["tags"]) <= groups, (method, path)
        assert any(status < "3" for status in operation["responses"]), (method, path)


def test_every_property_has_a_description_or_a_name_of_its_own(document):
    for name, schema in document["components"]["schemas"].items():
        for field, value in schema.get("properties", {}).items():
            plain = {"Problem", "VisitorGrant", "RevealedCode", "PasswordLink", "LogStatistics"}
            assert name in plain or name.endswith("Page") or {"description", "$ref", "const"} & set(value), (name, field)


def resolved(document, node):
    while "$ref" in node:
        node = {name: value for name, value in node.items() if name != "$ref"} | functools.reduce(
            lambda place, name: place[name], node["$ref"].split("/")[1:], document)
    return node


def test_every_body_names_its_fields_and_has_an_example_that_fits_it(document):
    bodies = [(operation["operationId"], operation["requestBody"]["content"]["application/json"])
              for *_, operation in operations(document) if "requestBody" in operation]
    assert len(bodies) > 40
    for name, content in bodies:
        assert "$ref" in content["schema"], name
        if resolved(document, content["schema"]).get("properties"):
            assert content["example"], name
        schema = {"components": document["components"], **content["schema"]}
        problems = [error.message for error in jsonschema_rs.Draft202012Validator(schema).iter_errors(content["example"])]
        assert problems == [] and "…" not in json.dumps(content["example"], ensure_ascii=False), (name, content["example"])


def test_what_many_operations_share_is_told_once(document):
    """Generators of clients make a type of each set of words that stands in an operation, however often it is the same."""
    for *_, operation in operations(document):
        for parameter in operation["parameters"]:
            assert "enum" not in json.dumps(parameter.get("schema", {})), (operation["operationId"], parameter["name"])
        language = [parameter for parameter in operation["parameters"] if parameter.get("$ref", "").endswith("/language")]
        assert len(language) == 1, operation["operationId"]
        for status in ("401", "403", "406", "413", "415", "5XX"):
            answer = operation["responses"].get(status)
            own = "validate" in operation["operationId"].lower() or "application/json" in (answer or {}).get("content", {})
            assert answer is None or "$ref" in answer or own, (operation["operationId"], status)
    for name, schema in document["components"]["schemas"].items():
        for field, value in schema.get("properties", {}).items():
            assert "enum" not in value, (name, field)


def test_names_of_lists_are_spelled_as_people_do(document):
    names = {operation["operationId"] for *_, operation in operations(document)}
    assert {"listHolidays", "listBuildings", "listAuditEntries", "listVisitors"} <= names
    assert [name for name in names if re.search(r"[aeiou]ies", name)] == []


def test_how_a_token_is_got_and_sent_is_told(stack, document, gate):  # noqa: F811
    """The worked examples are those of a shell: the one of a gate's device makes the signature that the gate takes."""
    for language in ("en", "es"):
        told = stack.call("GET", "/api/schema/", headers={"Accept-Language": language}).json()["info"]["description"]
        assert "Authorization: Bearer eyJ" in told and "/api/auth/login/" in told and "Authorization: Gate id=" in told
        page = stack.call("GET", "/api/docs/", headers={"Accept-Language": language, "Accept": "text/html"}).text
        assert "Authorization: Bearer eyJ" in page and page.count("<pre>") > 40 and "```" not in page and 'id="answer-429"' in page
    for name in re.findall(r"`([a-z]+[A-Z]\w+|signIn)`", document["info"]["description"]):
        assert name in {operation["operationId"] for *_, operation in operations(document)}, name
    device = enrol(stack, gate, "--entry")
    script = document["info"]["description"].split("\n```\n")[3].replace("https://garita.example", stack.url)
    script = script.replace("id=1, kv=1", f"id={device.id}, kv={device.version}")
    script = script.replace('"access_point_id": 1', f'"access_point_id": {gate["id"]}')
    said = subprocess.run(["bash", "-c", f"KEY={device.key}\n{script}"], text=True, capture_output=True).stdout
    assert json.loads(said)["valid"] is False and json.loads(said)["reason"] == "unknown_code", said


def test_it_speaks_both_languages(stack, document):
    spanish = stack.call("GET", "/api/schema/", headers={"Accept-Language": "es-MX"}).json()
    ours, theirs = texts(document, []), texts(spanish, [])
    assert len(ours) == len(theirs)
    same = {one for one, other in zip(ours, theirs) if one == other and len(one.split()) > 2}
    assert same == set()


def whole(body):
    """Without the line that stands for the rest of a list; a visit with the fields of ours that each one has."""
    if isinstance(body, dict):
        ours = {"companions": 0, "party": ""} if "is_currently_inside" in body else {}
        return {name: whole(value) for name, value in body.items()} | ours
    if isinstance(body, list):
        return [whole(value) for value in body if not (isinstance(value, str) and value.endswith("items in all)"))]
    return body


def test_what_the_original_answered_fits_it(document):
    """Recorded answers, but for the gate's: ours say more."""
    checked = 0
    # The recording blanks the port and cuts long lists short.
    for exchange in json.loads((CLONE / "Tests/Fixtures/original.json").read_text().replace(":PORT", ":8000")):
        path = exchange.get("path", "").split("?")[0]
        template = re.sub(r"/\d+/", "/{id}/", path)
        operation = document["paths"].get(template, {}).get(exchange.get("method", "").lower())
        if operation is None or exchange.get("status") not in (200, 201) or "validate" in path:
            continue
        content = operation["responses"].get(str(exchange["status"]), {}).get("content", {}).get("application/json")
        body = whole(exchange["response_body"])
        if content is None or not isinstance(body, (dict, list)):
            continue
        schema = {"components": document["components"], **content["schema"]}
        problems = [f"{list(error.instance_path)}: {error.message}"
                    for error in jsonschema_rs.Draft202012Validator(schema, validate_formats=True).iter_errors(body)]
        assert problems == [], exchange["name"]
        checked += 1
    assert checked > 150


def test_a_copy_of_it_is_not_sent_again(stack):
    first = stack.call("GET", "/api/schema/")
    again = stack.call("GET", "/api/schema/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.text) == (304, "")


@pytest.mark.parametrize("language, words", [("en", "The interface for programs"), ("es", "La interfaz para programas")])
def test_the_page_tells_all_of_it_without_scripts_or_strangers(stack, document, language, words):
    answer = stack.call("GET", "/api/docs/", headers={"Accept-Language": language, "Accept": "text/html"})
    assert answer.status_code == 200 and words in answer.text and f'<html lang="{language}">' in answer.text
    for _, path, operation in operations(document):
        assert f'id="{operation["operationId"]}"' in answer.text and path in answer.text
    assert "<script" not in answer.text and "style=" not in answer.text
    loaded = re.findall(r'<link[^>]* href="([^"]*)"|src="([^"]*)"', answer.text)
    assert loaded == [("/static/garita.css", "")]
    targets = set(re.findall(r'href="#([^"]+)"', answer.text))
    assert targets <= set(re.findall(r'id="([^"]+)"', answer.text))
    assert "script-src" not in answer.headers["Content-Security-Policy"]


def test_the_defaults_it_tells_are_those_of_the_tables(stack, document):
    """A form of a page is filled in with them, so that what is sent is what the table would have taken."""
    tables = {"/api/visitors/": "visitors", "/api/residents/": "residents", "/api/units/": "units", "/api/buildings/": "buildings",
              "/api/users/": "users", "/api/access/points/": "access_points", "/api/access/codes/": "access_codes",
              "/api/access/blocklist/": "blocklist", "/api/access/schedules/": "schedules", "/api/access/holidays/": "holidays"}
    for path, table in tables.items():
        reference = document["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        told = {name: property["default"]
                for name, property in document["components"]["schemas"][reference.split("/")[-1]]["properties"].items() if "default" in property}
        rows = stack.psql(f"""select column_name, column_default from information_schema.columns
            where table_schema = 'garita' and table_name = '{table}' and column_default ~ '^(''.+''::|\\d+$|true$|false$)'""")
        kept = dict(row.split("|", 1) for row in rows)
        settable = document["components"]["schemas"][reference.split("/")[-1]]["properties"]
        expected = {}
        for name, default in kept.items():
            text = re.sub(r"^'(.*)'::.*$", r"\1", default)
            if name in settable and text:
                expected[name] = text == "true" if text in ("true", "false") else int(text) if text.isdigit() else text
        assert told == expected, path


def test_every_action_of_the_audit_has_a_name(stack, document):
    allowed = stack.psql("select pg_get_constraintdef(oid) from pg_constraint where conname = 'audit_action_choice'")[0]
    told = resolved(document, document["components"]["schemas"]["AuditEntry"]["properties"]["action"])["enum"]
    assert sorted(told) == sorted(re.findall(r"'(\w+)'", allowed))
