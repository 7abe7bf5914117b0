"""Requests nobody should send: drawn from a seed, so that each can be drawn again.

Every request starts from something sensible, a recorded exchange or a row of the route table with plausible fields, and
then goes wrong in one to three places: path, query, headers, body, method.
"""

import hashlib
import hmac
import io
import json
import random
import re
from urllib.parse import quote

from PIL import Image

from exchange import BOUNDARY, multipart
from recorded import picture
from replay import RECORDED


def pictures():
    for options in ({"format": "JPEG"}, {"format": "JPEG", "progressive": True}, {"format": "PNG"}, {"format": "WEBP"}):
        file = io.BytesIO()
        Image.new("RGB", (40, 30), "teal").save(file, **options)
        yield file.getvalue()


PICTURES = list(pictures())
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
ODD_METHODS = ["TRACE", "FOO", "PROPFIND", "CONNECT", "SEARCH", "A" * 40]
NUMBERS = [
    0, -1, 1, 2, 7, 2**31 - 1, 2**31, -2**31 - 1, 2**63 - 1, 2**63, -2**63, 2**64, 10**30, 10**300, 1.5, -0.0, 1e300,
    1e-300, 5e-324, 0.1 + 0.2]
# The ends of every type a number may be put into, what lies beyond, and other ways to write a number.
EXTREMES = [
    str(number) for edge in (2**15, 2**31, 2**32, 2**53, 2**63, 2**64) for sign in (1, -1)
    for number in (sign * edge - 1, sign * edge, sign * edge + 1)] + [
    "0", "-0", "+0", "1", "-1", "1e400", "-1e400", "1e18", "1E9999999999", "1.5", "0x7fffffffffffffff", "9" * 30, "-" + "9" * 30,
    "1" + "0" * 300, "", "-", "+", "NaN", "Infinity", "253402300799", "253402300800", "0" * 40 + "1", "٣", "1_000"]
TEXTS = [
    "", " ", "a", "0", "-1", "1e400", "NaN", "null", "true", "abc", "'", "\"", "\\", "%", "_", "%%%", "' or 1=1 --",
    "; drop table garita.users", "$1", "$$", "{}", "[]", "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "../../etc/passwd",
    "\0", "a\0b", "\x01\x02\x1b[31m", "\r\nX-Injected: 1", "\ufeff", "\u202eabc", "\u200b", "\ud7ff", "\U0010ffff",
    "e\u0301" * 50, "ñ" * 101, "İıſ", "ß", "Å", "٣", "１２", "𝟘", "²", "½", "👩‍👩‍👧‍👦" * 20, "x" * 200, "y" * 5000,
    "9" * 19, "9" * 400, "9" * 1100, "0" * 500, "1_000", "+5", "--5", "0x10", "1.0", "1.", ".5", "1,5",
    "2026-11-23", "2026-13-40", "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-29", "yesterday",
    "2026-11-23T10:00:00Z", "2026-11-23T25:61:61Z", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00",
    "2026-11-23T10:00:00+99:99", "infinity", "-infinity", "now", "today", "epoch", "allballs", "24:00", "23:59:60",
    "10:00", "10:00:00.1234567", "a@b.mx", "a@b", "@", "a@" + "b" * 300 + ".mx", "+52 55 1234 5678", "5512345678",
    "VISITOR:", "VISITOR:|", "VISITOR:" + "Q" * 200 + "|x", "RFID123456", "rfid 123456", "https://x/g/ABC", "ADMIN", "GUARD",
    "PENDING", "DENIED", "NUMERIC", "QR", "OTP", "ENTRY", "EXIT", "{\"a\":1}", "Bearer x", "\t", "\x7f", "\x80", "last"]
PARAMETERS = [
    "page", "page_size", "search", "ordering", "format", "pagination", "cursor", "limit", "offset", "building", "unit",
    "resident", "visitor", "is_active", "status", "visitor_type", "access_type", "access_point", "date_from", "date_to",
    "days", "resident_id", "visitor_id", "kind", "table_name", "user", "id", "fields", "%00", "", "é", "a[]", "__proto__"]
NUMBERED = [
    "page", "page_size", "limit", "offset", "days", "building", "unit", "resident", "visitor", "access_point", "resident_id",
    "visitor_id", "user", "id"]
VALIDATE = "/api/access/codes/validate/"
ORDERINGS = ["id", "-created_at", "created_at,-id", "-", "--id", ",,,", "password", "password_hash", "1", "id desc", "a.b"]
TYPES = [
    "application/json", "application/json; charset=utf-16", "application/json; charset=latin-1", "application/JSON",
    "application/json; charset=\"", "application/x-www-form-urlencoded", "multipart/form-data",
    f"multipart/form-data; boundary={BOUNDARY}", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a b\"",
    "multipart/form-data; boundary=" + "b" * 200, "text/plain", "application/xml", "", ";", "a/b/c", "*/*", "json",
    "application/x-www-form-urlencoded; charset=utf-7", "application/json" + ";a=b" * 100]
HEADERS = {
    "Accept": ["*/*", "text/html", "application/xml", "text/csv", "application/problem+json", "", ";;;", ",", "a" * 500,
               "application/json;q=0", "application/json; indent=99999", "image/png"],
    "Accept-Language": ["es", "en", "es-MX,es;q=0.9", "", "*", ";", "ñ", "x" * 300, "es;q=abc"],
    "Idempotency-Key": ["", "a", "\"a\"", "\"", "k" * 64, "k" * 65, "ñ", "a b", "\x7f"],
    "If-Match": ["*", "\"x\"", "W/\"x\"", "", "x" * 500, "\"a\", \"b\""],
    "If-None-Match": ["*", "\"x\"", "", ",,,"],
    "Origin": ["null", "http://localhost:3000", "https://evil.example", "", "http://a\"b"],
    "Cookie": ["a=b", "sessionid=x; sessionid=y", "=", ";;;", "garita_device=x", "__Host-garita=" + "x" * 500],
    "X-HTTP-Method-Override": ["DELETE"], "X-Forwarded-For": ["6.6.6.6", "' or 1=1"], "X-Request-Id": ["x", "../.."],
    "Range": ["bytes=0-0", "bytes=9-1"], "User-Agent": ["", "x" * 1000, "ñ", "\x80"], "Proxy": ["http://evil.example"],
    "Content-Encoding": ["gzip", "br"], "If-Modified-Since": ["Thu, 01 Jan 1970 00:00:00 GMT", *EXTREMES], "Prefer": ["return=minimal"], "Referer": ["x" * 900],
}
AUTHORIZATIONS = [
    "", "Bearer", "Bearer ", "Bearer a b", "Bearer " + "x" * 3000, "Bearer a.b.c", "Bearer ..", "Basic YTpi", "bearer x",
    "Gate", "Gate 1:2:3", "Gate device=\"1\"", "Gate " + "x" * 500, "Token abc", "Bearer é", "\x01"]


class Hostile:
    """Draws requests for a table of routes: (method, path with {id})."""

    def __init__(self, routes):
        self.routes = routes
        recorded = json.loads(RECORDED.read_text())
        self.recorded = [e for e in recorded if e.get("method") and "…" not in e["path"]]
        self.names = sorted({
            name for e in recorded for body in (e.get("request_body"), e["response_body"]) if isinstance(body, dict)
            for name in body} | {"password", "request_id", "method", "access_points", "schedule", "value", "kind"})

    def draw(self, seed, number):
        """(role, method, path, headers, body) of one request."""
        die = random.Random(f"{seed}/{number}")
        role = die.choice(["ADMIN", "ADMIN", "ADMIN", "GUARD", "RESIDENT", "DEVICE", None])
        if die.random() < 0.4:
            exchange = die.choice(self.recorded)
            method, path = exchange["method"], exchange["path"]
            body = exchange.get("request_body")
        else:
            method, path = die.choice(self.routes)
            path = path.replace("{id}", str(die.randrange(1, 9)))
            body = self.fields(die) if method in ("POST", "PUT", "PATCH") or die.random() < 0.05 else None
        if role == "DEVICE" and die.random() < 0.8:
            method, path = "POST", VALIDATE
            body = {"code": die.choice(TEXTS), "access_point_id": die.choice(NUMBERS), "access_type": die.choice(["ENTRY", "EXIT"])}
        headers = {}
        for _ in range(die.choice([1, 1, 1, 2, 3])):
            method, path, headers, body = die.choice(
                [self.worse_path, self.worse_numbers, self.worse_numbers, self.worse_query, self.worse_query, self.worse_headers, self.worse_body, self.worse_body,
                 self.worse_body, self.worse_method])(die, method, path, headers, body)
        content, kind = self.written(die, body)
        if kind is not None and "Content-Type" not in headers:
            headers["Content-Type"] = kind
        return role, method, path, headers, content

    # MARK: Values

    def value(self, die, depth=0):
        roll = die.random()
        if roll < 0.55:
            return die.choice(TEXTS)
        if roll < 0.75:
            return die.choice(NUMBERS + EXTREMES)
        if roll < 0.85:
            return die.choice([None, True, False])
        if depth > 2:
            return []
        if roll < 0.93:
            return [self.value(die, depth + 1) for _ in range(die.randrange(4))]
        return {die.choice(TEXTS[:20]): self.value(die, depth + 1) for _ in range(die.randrange(3))}

    def fields(self, die):
        names = die.sample(self.names, die.randrange(1, 9))
        return {name: self.value(die) if die.random() < 0.5 else die.choice([1, "x", "2026-11-23", True]) for name in names}

    # MARK: Going wrong

    def worse_method(self, die, method, path, headers, body):
        return die.choice(METHODS + METHODS + ODD_METHODS), path, headers, body

    def worse_path(self, die, method, path, headers, body):
        bare, _, query = path.partition("?")
        parts = bare.split("/")
        place = die.randrange(1, len(parts))
        text = quote(die.choice(TEXTS)[:300].encode(errors="surrogatepass"), safe=die.choice(["", "!$&'()*+,;=:@"]))
        parts[place] = die.choice([
            text, parts[place] + text, "%2e%2e", "..", ".", "", "%00", "%ff%fe", "%2f", "%25%32%66", parts[place].upper(),
            parts[place] + die.choice([".json", ".xml", ".csv", ".html", "."]), "9" * 30, "-1", "0", "1.0", "%20", "+"])
        bare = "/".join(parts)
        return method, (bare or "/") + ("?" + query if query else ""), headers, body

    def worse_numbers(self, die, method, path, headers, body):
        """Every number of the address at an end of its range, and one more in it or in a header."""
        path = re.sub(r"\d+", lambda _: quote(die.choice(EXTREMES)), path)
        if die.random() < 0.5:
            path += ("&" if "?" in path else "?") + f"{die.choice(NUMBERED)}={quote(die.choice(EXTREMES))}"
        name, form = die.choice([
            ("If-Match", "{}"), ("If-Match", '"{}"'), ("Idempotency-Key", "{}"), ("Range", "bytes={}-{}"), ("Accept", "*/*;q={}"),
            ("Cookie", "garita_insecure_session={}; __Host-garita_device={}.{}"), ("Accept-Language", "es;q={}"),
            ("Authorization", "Gate id={}, kv={}, ts={}, rid={}0123456789abcdef, mac={}"),
            ("Authorization", "Gate id={}, kv={}, ts={}, rid=0123456789abcdef, mac=" + "00" * 32)])
        value = re.sub("{}", lambda _: die.choice(EXTREMES), form)
        return method, path, headers | {name: printable(value)}, body

    def signed(self, die, device, now, method, path, body):
        """What a device with a good key would say of this request, most often at a moment that is none."""
        moment = die.choice([str(now), str(now - 2**63), str(now + 2**63 - 1), str(now - 2**63 + 300), *EXTREMES])
        name = die.choice(["0123456789abcdef", "x" * 64, "x" * 65, "", "\x7f" * 20, "ñ" * 10])
        text = "\n".join([method, path.partition("?")[0], hashlib.sha256(body or b"").hexdigest(), moment, name])
        code = hmac.new(bytes.fromhex(device["key"]), text.encode(), hashlib.sha256).hexdigest()
        version = device["kv"] if die.random() < 0.9 else die.choice(EXTREMES)
        return printable(f"Gate id={device['id']}, kv={version}, ts={moment}, rid={name}, mac={code}")

    def worse_query(self, die, method, path, headers, body):
        items = []
        for _ in range(die.choice([1, 1, 2, 3, 40])):
            name = die.choice(PARAMETERS)
            value = die.choice(ORDERINGS if name == "ordering" else EXTREMES if name in NUMBERED else TEXTS)[:600]
            encoded = quote(value.encode(errors="surrogatepass"), safe=die.choice(["", ",:-"]))
            items.append(name + die.choice(["=", "=", "=", "", "=="]) + die.choice([encoded, encoded, encoded, "%ff", "%", "%zz", "%00"]))
        query = "&".join(quote(item, safe="%=+,:-") for item in items)[:7000]
        return method, path + ("&" if "?" in path else "?") + query, headers, body

    def worse_headers(self, die, method, path, headers, body):
        headers = dict(headers)
        for name in die.sample(sorted(HEADERS), die.randrange(1, 4)):
            headers[name] = printable(die.choice(HEADERS[name]))
        if die.random() < 0.3:
            headers["Authorization"] = printable(die.choice(AUTHORIZATIONS))
        if die.random() < 0.3:
            headers["Content-Type"] = printable(die.choice(TYPES))
        return method, path, headers, body

    def worse_body(self, die, method, path, headers, body):
        if method in ("GET", "DELETE") and die.random() < 0.7:
            method = die.choice(["POST", "PUT", "PATCH"])
        if not isinstance(body, dict) or die.random() < 0.15:
            return method, path, headers, die.choice([self.value(die), self.fields(die)])
        body = dict(body)
        for _ in range(die.choice([1, 1, 2, 4])):
            name = die.choice(list(body) or self.names)
            if die.random() < 0.1:
                body.pop(name, None)
            else:
                body[name] = self.value(die)
        return method, path, headers, body

    # MARK: Bytes

    def written(self, die, body):
        """The body as bytes, and its type."""
        if body is None:
            return None, None
        roll = die.random()
        if isinstance(body, dict) and roll < 0.12:
            pairs = "&".join(f"{quote(str(n))}={quote(str(v).encode(errors='surrogatepass'))}" for n, v in body.items())
            return self.broken(die, pairs.encode()), "application/x-www-form-urlencoded"
        if isinstance(body, dict) and roll < 0.24:
            fields = {str(n).replace('"', ""): str(v).encode(errors="replace").decode() for n, v in body.items()}
            if die.random() < 0.5:
                content = die.choice([
                    picture(), self.mangled(die), self.mangled(die), b"", b"\xff\xd8\xff", b"GIF89a", b"\x89PNG\r\n\x1a\n",
                    b"<svg/>"])
                fields["photo"] = (die.choice(["a.png", "../../a.png", "", "a\0.png", "x" * 300]), "image/png", content)
            return self.broken(die, multipart_of(fields)), f"multipart/form-data; boundary={BOUNDARY}"
        text = json.dumps(body, ensure_ascii=die.random() < 0.5)
        return self.broken(die, text.encode(errors="surrogatepass")), "application/json"

    def mangled(self, die):
        """A picture with some bytes changed, or torn."""
        content = bytearray(die.choice(PICTURES))
        for _ in range(die.choice([1, 2, 8])):
            content[die.randrange(8, len(content))] = die.randrange(256)
        return bytes(content[:die.choice([len(content), die.randrange(len(content))])])

    def broken(self, die, content):
        """Mostly whole; else cut, stuffed, doubled, nested or overwritten."""
        roll = die.random()
        if roll < 0.7:
            return content
        cut = die.randrange(len(content) + 1)
        return die.choice([
            lambda: content[:cut], lambda: content + content, lambda: content[:cut] + b"\0" + content[cut:],
            lambda: content[:cut] + bytes([die.randrange(256)]) + content[cut + 1:], lambda: b"\xef\xbb\xbf" + content,
            lambda: b"[" * die.choice([10, 17, 2000, 15000]) + content, lambda: b'{"a":' * die.choice([16, 3000]) + b"1",
            lambda: b'{"code":"a","code":"b","name":1,"name":2}', lambda: content.replace(b'"', b"'"),
            lambda: content.decode(errors="replace").encode("utf-16"), lambda: b" " * die.choice([100, 17000]) + content,
            lambda: b"-" * 10, lambda: bytes(die.randrange(256) for _ in range(64)), lambda: b"\"" + b"\\u0000" * 50 + b"\"",
        ])()


def multipart_of(fields):
    try:
        return multipart(fields)
    except UnicodeEncodeError:
        return multipart({"name": "x"})


def printable(text):
    """A header's value as bytes: nothing that would end the header."""
    return text.replace("\r", "").replace("\n", "").encode(errors="surrogatepass")


def shown(role, method, path, headers, body):
    """One line of a report: what to send again."""
    return f"{role} {method} {path} {headers} {body[:300] if body else body}"


