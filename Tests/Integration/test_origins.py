"""Pages of other sites call the API only from the origins of the list (CORS)."""

import pytest

OURS = "http://localhost:3000"
OTHERS = [
    "http://localhost:3000.evil.example", "http://evil.example", "https://localhost:3000", "http://localhost:3001",
    "http://localhost", "http://xlocalhost:3000", "http://localhost:30000", "null", "*", "http://localhost:3000/",
    "http://127.0.0.1:3000", "file://", "http://localhost:3000 http://evil.example"]
PATHS = ["/api/buildings/1/", "/api/visitors/", "/api/access/codes/validate/", "/api/auth/login/", "/api/nowhere/"]


def cors(answer):
    return {name.lower() for name in answer.headers if name.lower().startswith("access-control")}


def preflight(stack, path, origin, headers=None, method="POST"):
    asked = {"Origin": origin, "Access-Control-Request-Method": method}
    return stack.call("OPTIONS", path, headers=asked | ({"Access-Control-Request-Headers": headers} if headers else {}))


@pytest.mark.parametrize("path", PATHS)
def test_the_listed_origin_may_ask(stack, path):
    answer = preflight(stack, path, OURS, "authorization,content-type")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == OURS
    assert answer.headers["Access-Control-Allow-Methods"] == "DELETE, GET, OPTIONS, PATCH, POST, PUT"
    assert "authorization" in answer.headers["Access-Control-Allow-Headers"]
    assert answer.headers["Access-Control-Max-Age"] == "86400"
    assert "origin" in answer.headers["Vary"]
    longer = preflight(stack, path, OURS, "idempotency-key, if-match").headers["Access-Control-Allow-Headers"].split(", ")
    assert {"idempotency-key", "if-match", "if-none-match", "authorization", "content-type"} <= set(longer)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("origin", OTHERS)
def test_any_other_is_told_nothing(stack, path, origin):
    for answer in (preflight(stack, path, origin, "authorization"), stack.call("GET", path, "ADMIN", headers={"Origin": origin})):
        assert cors(answer) == set()
        assert "origin" in answer.headers["Vary"]


@pytest.mark.parametrize("path, role, status", [
    ("/api/buildings/1/", "ADMIN", 200), ("/api/buildings/1/", None, 401), ("/api/nowhere/", "ADMIN", 404),
    ("/api/auth/login/", None, 405), ("/api/audit/", "GUARD", 403)])
def test_the_listed_origin_reads_answers_and_errors(stack, path, role, status):
    answer = stack.call("GET", path, role, headers={"Origin": OURS})
    assert answer.status_code == status
    assert cors(answer) == {
        "access-control-allow-origin", "access-control-allow-credentials", "access-control-expose-headers"}
    assert answer.headers["Access-Control-Allow-Origin"] == OURS
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]


def test_errors_of_nginx_are_read_as_well(stack):
    answer = stack.call("POST", "/api/visitors/", "ADMIN", headers={"Origin": OURS}, data=b"x" * 7_000_000)
    assert answer.status_code == 413 and answer.headers["Access-Control-Allow-Origin"] == OURS


@pytest.mark.parametrize("path", ["/", "/static/garita.css", "/nowhere"])
def test_pages_are_for_nobody_elses_page(stack, path):
    assert cors(stack.call("GET", path, headers={"Origin": OURS})) == set()
    assert cors(preflight(stack, path, OURS)) == set()


def test_options_without_a_preflights_words_still_tells_of_the_path(stack):
    answer = stack.call("OPTIONS", "/api/visitors/", "ADMIN", headers={"Origin": OURS})
    assert "actions" in answer.json()


def test_a_list_that_is_no_list_of_origins_is_refused(make_stack):
    ended = make_stack(CORS_ALLOWED_ORIGINS="http://localhost:3000, http://x;evil").run_to_end()
    assert ended.returncode != 0 and "CORS_ALLOWED_ORIGINS" in ended.stderr + ended.stdout
