"""One HTTP exchange as it travels: nothing added, nothing re-encoded, nothing followed."""

import http.client
import json

BOUNDARY = "----capboundary"


class Answer:
    """Status, headers (their names in lower case; equal ones joined) and body."""

    def __init__(self, response):
        self.status = response.status
        self.headers = {}
        for name, value in response.getheaders():
            old = self.headers.get(name.lower())
            self.headers[name.lower()] = value if old is None else f"{old}, {value}"
        self.body = response.read()

    def json(self):
        return json.loads(self.body)

    def value(self):
        """What a recording holds: JSON, text, or None for an empty body."""
        if not self.body:
            return None
        if self.headers.get("content-type", "").startswith("application/json"):
            return self.json()
        return self.body.decode(errors="replace")


class Closed:
    """No answer: the server closed the connection."""

    status, headers, body = 0, {}, b""

    def value(self):
        return None


class Client:
    """One connection, opened again whenever the server has closed it."""

    def __init__(self, host, port, timeout=15):
        self.connection = http.client.HTTPConnection(host, port, timeout=timeout)

    def send(self, method, path, headers=None, body=None):
        """The answer; `Closed` when a fresh connection ends without one."""
        for _ in range(2):
            was_open = self.connection.sock is not None
            try:
                return self._send(method, path, headers or {}, body)
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self.connection.close()
                if not was_open:
                    return Closed()
            except Exception:
                self.connection.close()
                raise
        return Closed()

    def _send(self, method, path, headers, body):
        names = {name.lower() for name in headers}
        self.connection.putrequest(method, path, skip_host="host" in names, skip_accept_encoding=True)
        for name, value in headers.items():
            self.connection.putheader(name, value if isinstance(value, bytes) else value.encode())
        if "accept" not in names:
            self.connection.putheader("Accept", "*/*")
        if (body is not None or method in ("POST", "PUT", "PATCH")) and "content-length" not in names:
            self.connection.putheader("Content-Length", str(len(body or b"")))
        self.connection.endheaders(body)
        return Answer(self.connection.getresponse())


def multipart(fields, boundary=BOUNDARY):
    """The body of a form with files: name -> text, or (file name, type, bytes)."""
    lines = []
    for name, value in fields.items():
        if isinstance(value, tuple):
            file, kind, content = value
            head = f'Content-Disposition: form-data; name="{name}"; filename="{file}"\r\nContent-Type: {kind}'
        else:
            content, head = str(value).encode(), f'Content-Disposition: form-data; name="{name}"'
        lines.append(f"--{boundary}\r\n{head}\r\n\r\n".encode() + content + b"\r\n")
    return b"".join(lines) + f"--{boundary}--\r\n".encode()
