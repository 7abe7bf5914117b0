"""One worker asked by its socket, without nginx."""

import socket
import struct


def record(kind, content):
    """One record of FastCGI: version 1, request 1."""
    return struct.pack(">BBHHBB", 1, kind, 1, len(content), 0, 0) + content


def length(text):
    """FastCGI 1.0, section 3.4: four bytes with the highest bit set from 128 on."""
    return struct.pack(">B", len(text)) if len(text) < 128 else struct.pack(">I", len(text) | 1 << 31)


def ask(path, body=b"", **parameters):
    """What the worker behind a socket answers, head and body; a GET unless the parameters say otherwise."""
    parameters = {"REQUEST_METHOD": "GET", "CONTENT_LENGTH": str(len(body))} | parameters
    pairs = b"".join(length(name) + length(value) + name.encode() + value.encode() for name, value in parameters.items())
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(10)
        connection.connect(str(path))
        connection.sendall(record(1, struct.pack(">HB5x", 1, 0)) + record(4, pairs) + record(4, b""))
        connection.sendall((record(5, body) if body else b"") + record(5, b""))
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return answer.decode(errors="replace")
