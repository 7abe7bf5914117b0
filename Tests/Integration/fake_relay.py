"""A relay that asks for digest authentication and checks it by RFC 7616 alone, with the faults of real ones.

As a program: `fake_relay.py MD5|SHA-256 USES` listens on a free port of loopback and prints it; a nonce is good for so many
requests, then the relay calls it stale. GET /log tells without authentication what it did."""

import hashlib
import http.server
import json
import re
import secrets
import sys
import threading
import urllib.parse

USER, PASSWORD, REALM = "admin", 'p"ä\\s: s', "relay"
HASHES = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}


class Relay(http.server.ThreadingHTTPServer):
    def __init__(self, algorithm, uses):
        super().__init__(("127.0.0.1", 0), Handler)
        self.algorithm, self.uses = algorithm, uses
        self.nonces, self.did, self.asked, self.is_on, self.lock = {}, [], 0, False, threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def hashed(self, text):
        return HASHES[self.server.algorithm](text.encode()).hexdigest()

    def verdict(self):
        """None when the authorization is right, else whether the nonce was only stale."""
        header = self.headers.get("Authorization", "")
        said = {name: quoted or plain for name, quoted, plain in re.findall(r'(\w+)=(?:"((?:\\.|[^"\\])*)"|([^,\s]+))', header)}
        nonce = said.get("nonce")
        if not header.startswith("Digest ") or nonce not in self.server.nonces:
            return False
        if said.get("uri") != self.path or said.get("algorithm", "MD5") != self.server.algorithm or said.get("qop") != "auth":
            return False
        first = self.hashed(f"{USER}:{REALM}:{PASSWORD}")
        second = self.hashed(f"{self.command}:{self.path}")
        expected = self.hashed(f"{first}:{nonce}:{said['nc']}:{said['cnonce']}:auth:{second}")
        if not secrets.compare_digest(expected, said.get("response", "")) or said.get("username") != USER:
            return False
        # The same count twice is a replay.
        if int(said["nc"], 16) <= self.server.nonces[nonce]:
            return False
        self.server.nonces[nonce] = int(said["nc"], 16)
        return None if int(said["nc"], 16) <= self.server.uses else True

    def answer(self, status, body, **headers):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def handle_request(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/log":
            return self.answer(200, {"did": self.server.did, "asked": self.server.asked})
        with self.server.lock:
            self.server.asked += 1
            wrong = self.verdict()
            if wrong is not None:
                nonce = secrets.token_hex(8)
                self.server.nonces[nonce] = 0
                stale = ", stale=true" if wrong else ""
                return self.answer(401, {}, WWW_Authenticate=(
                    f'Digest qop="auth", realm="{REALM}", nonce="{nonce}", algorithm={self.server.algorithm}{stale}'))
            path = urllib.parse.urlsplit(self.path)
            if path.path == "/state":
                return self.answer(200, {"output": self.server.is_on})
            self.server.is_on = True
            self.server.did.append(f"{self.command} {self.path} {body.decode()}".strip())
            return self.answer(200, {"was_on": False})

    do_GET = do_POST = do_PUT = handle_request


if __name__ == "__main__":
    relay = Relay(sys.argv[1], int(sys.argv[2]))
    print(relay.server_address[1], flush=True)
    threading.Thread(target=relay.serve_forever, daemon=True).start()
    sys.stdin.read()  # until whoever started it has gone
