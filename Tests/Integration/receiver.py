"""A system that receives webhooks: it verifies every message with the reference library of Standard Webhooks, and answers as
the path says or a test wants."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from standardwebhooks.webhooks import Webhook


class Message:
    """One attempt as it arrived."""

    def __init__(self, path, headers, body):
        self.path, self.headers, self.body, self.at = path, headers, body, time.monotonic()
        self.id = headers.get("webhook-id", "")
        content = json.loads(body)
        self.type, self.data = content["type"], content["data"]
        self.subject, self.sequence = self.data["subject"], self.data["sequence"]
        self.signatures = headers.get("webhook-signature", "").split()

    def is_signed_with(self, secret):
        try:
            Webhook(secret).verify(self.body.decode(), {name.lower(): value for name, value in self.headers.items()})
        except Exception:
            return False
        return True


class Handler(BaseHTTPRequestHandler):
    """Of a `Receiver`."""

    protocol_version = "HTTP/1.1"

    def handle(self):
        with self.server.receiver.lock:
            self.server.receiver.connections += 1
        super().handle()

    def do_POST(self):
        message = Message(self.path, dict(self.headers.items()), self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.receiver.lock:
            self.server.receiver.messages.append(message)
        answer = self.server.receiver.answers.get(self.path, 204)
        try:
            if callable(answer):
                return answer(self)
            self.reply(*(answer if isinstance(answer, tuple) else (answer,)))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def reply(self, status, headers={}, body=b""):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def handle_error(self, request, address):
        pass


class Receiver:
    """`answers` by path: a status, a pair of status and headers, or a function of the handler that answers itself."""

    def __init__(self, port=0):
        self.messages, self.answers, self.connections = [], {}, 0
        self.port = port
        self.lock = threading.Lock()
        self.open()

    def open(self):
        self.server = Server(("127.0.0.1", self.port), Handler)
        self.server.receiver = self
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self):
        """Nobody answers here any more."""
        self.server.shutdown()
        self.server.server_close()

    def url(self, path="/"):
        return f"http://127.0.0.1:{self.port}{path}"

    def at(self, path):
        with self.lock:
            return [message for message in self.messages if message.path == path]

    def first(self, path):
        """Each message once, in the order in which they came."""
        seen = {}
        for message in self.at(path):
            seen.setdefault(message.id, message)
        return list(seen.values())


# Hostile answers.


def html(handler):
    handler.reply(200, {"Content-Type": "text/html"}, b"<html><script>alert(1)</script>\x00\xff" + b"x" * 5000)


def endless(handler):
    """A gigabyte."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(1 << 30))
    handler.end_headers()
    for _ in range(1 << 10):
        handler.wfile.write(b"A" * (1 << 20))


def drip(handler):
    """A byte each second, for as long as somebody listens."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(1000):
        handler.wfile.write(b".")
        handler.wfile.flush()
        time.sleep(1)
