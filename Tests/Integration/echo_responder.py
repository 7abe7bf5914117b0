"""A FastCGI responder that answers with the parameters it was given: what nginx really sends to a worker.

It stands on descriptor 0 like a worker, one connection per request, and keeps no state. Query `?status=503` sets the
status of the answer, `?sleep=3` delays it, `?header=Name:value` adds a header, `?die=1` ends the responder instead. `?mark=7` is written into the file ECHO_LOG
before anything else is done.
"""

import json
import os
import socket
import struct
import time
from urllib.parse import parse_qsl

PARAMS, STDIN, STDOUT, END_REQUEST = 4, 5, 6, 3


def read_exactly(connection, count):
    data = b""
    while len(data) < count:
        part = connection.recv(count - len(data))
        if not part:
            raise EOFError
        data += part
    return data


def read_record(connection):
    _, kind, request, length, padding = struct.unpack("!BBHHBx", read_exactly(connection, 8))
    content = read_exactly(connection, length)
    read_exactly(connection, padding)
    return kind, request, content


def read_length(data, at):
    if data[at] < 128:
        return data[at], at + 1
    return struct.unpack_from("!I", data, at)[0] & 0x7FFFFFFF, at + 4


def parameters(data):
    """Pairs in the order of arrival, so that a repeated name is seen."""
    pairs, at = [], 0
    while at < len(data):
        name_length, at = read_length(data, at)
        value_length, at = read_length(data, at)
        name, value = data[at : at + name_length], data[at + name_length : at + name_length + value_length]
        pairs.append((name.decode("latin-1"), value.decode("latin-1")))
        at += name_length + value_length
    return pairs


def read_request(connection):
    streams, ended = {PARAMS: b"", STDIN: b""}, set()
    request = 0
    while ended != {PARAMS, STDIN}:
        kind, request, content = read_record(connection)
        if kind in streams:
            streams[kind] += content
            if not content:
                ended.add(kind)
    return request, parameters(streams[PARAMS]), streams[STDIN]


def answer(pairs, body):
    query = dict(parse_qsl(dict(pairs).get("QUERY_STRING", "")))
    if "mark" in query:
        with open(os.environ["ECHO_LOG"], "a") as log:
            log.write(query["mark"] + "\n")
    time.sleep(float(query.get("sleep", 0)))
    if "die" in query:
        os._exit(133)
    head = f"Status: {query.get('status', '200 OK')}\r\nContent-Type: application/json\r\n"
    if "header" in query:
        head += query["header"] + "\r\n"
    return head.encode() + b"\r\n" + json.dumps({"pool": os.environ["POOL"], "pairs": pairs, "body": len(body)}).encode()


def record(kind, request, content):
    return struct.pack("!BBHHBx", 1, kind, request, len(content), 0) + content


def serve(connection):
    request, pairs, body = read_request(connection)
    content = answer(pairs, body)
    connection.sendall(record(STDOUT, request, content) + record(STDOUT, request, b"") + record(END_REQUEST, request, bytes(8)))


def main():
    listener = socket.socket(fileno=0)
    while True:
        connection, _ = listener.accept()
        with connection:
            try:
                serve(connection)
            except (EOFError, OSError):
                pass


if __name__ == "__main__":
    main()
