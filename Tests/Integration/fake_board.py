"""A board that opens doors, as UHPPOTE boards do: 64 bytes by UDP and TCP, with the faults of networks and of boards.

Source: the protocol as uhppote-core implements it. PyPI's uhppoted, which is nobody's here, talks with it in test_uhppote.py.
"""

import datetime
import random
import socket
import struct
import threading
import time

SIZE, UDP_ONLY, BOTH = 64, "udp", "both"
EMPTY, DELETED = bytes(SIZE), 0xFFFFFFFF
SWIPE, DOOR = 1, 2
REMOTE_OPEN, OPENED, CLOSED, UNKNOWN, BUTTON, FORCED = 44, 23, 24, 6, 20, 38


def decimal(text):
    return bytes.fromhex(text)


class Board:
    """State, what it answers, and switches for what goes wrong. Everything is in the hands of one lock."""

    def __init__(self, serial=405419896, port=0, transport=UDP_ONLY, seed=0):
        self.serial, self.lock, self.dice = serial, threading.RLock(), random.Random(seed)
        self.cards, self.places, self.capacity = {}, [], 20000
        self.events, self.first, self.store = [], 1, 200000
        self.controls = {door: [3, 5] for door in range(1, 5)}
        self.unlocked_until, self.open_doors, self.special = [0.0] * 5, [False] * 5, False
        self.listener, self.clock_offset, self.requests, self.openings = EMPTY[:7], 0.0, [], []
        # Of a function, how many requests are lost before they are done, and how many answers afterwards.
        self.lost_requests, self.lost_answers = {}, {}
        # Faults: parts of 1, seconds, or switches.
        self.drop_requests = self.drop_replies = self.duplicate = self.reorder = 0.0
        self.delay, self.dead, self.full, self.old_events = 0.0, False, False, False
        self.wrong_serial = self.wrong_function = self.half_open = self.stuck = False
        self.held_back, self.ended = [], False
        self.take_port(port, transport == BOTH)
        self.run(self.serve_udp)
        if transport == BOTH:
            self.run(self.serve_tcp)

    def take_port(self, port, is_both):
        """At one port; one that is drawn may be free for datagrams alone, then another one is."""
        while True:
            self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self.udp.bind(("127.0.0.1", port))
            self.port = self.udp.getsockname()[1]
            try:
                self.tcp = socket.create_server(("127.0.0.1", self.port)) if is_both else None
                return
            except OSError:
                self.udp.close()
                if port:
                    raise

    # What happens at the board.

    def now(self):
        return datetime.datetime.now() + datetime.timedelta(seconds=self.clock_offset)

    def happen(self, kind, reason, door=1, granted=True, card=0, direction=1):
        """One event: kept, and sent to the listener."""
        with self.lock:
            index = self.first + len(self.events)
            self.events.append(struct.pack(
                "<IBBBBI", index, kind, granted, door, direction, card) + decimal(self.now().strftime("%Y%m%d%H%M%S")) + bytes([reason]))
            while len(self.events) > self.store:
                self.events.pop(0)
                self.first += 1
            message = self.status()
            if self.listener[:4] != bytes(4):
                address, port = socket.inet_ntoa(self.listener[:4]), struct.unpack("<H", self.listener[4:6])[0]
                self.udp.sendto((b"\x19" if self.old_events else b"\x17") + message[1:], (address, port))
            return index

    def swipe(self, number, door=1, direction=1):
        """A card at a reader: the board decides by its own list."""
        with self.lock:
            card = self.cards.get(number)
            granted = bool(card and card[8 + door - 1] == 1)
            if granted:
                self.unlock(door)
            return self.happen(SWIPE, 1 if granted else UNKNOWN, door, granted, number, direction)

    def leaf(self, door, is_open):
        with self.lock:
            self.open_doors[door] = is_open
            if self.special:
                self.happen(DOOR, OPENED if is_open else CLOSED, door, card=8 if is_open else 9)

    def unlock(self, door):
        if not self.stuck:
            self.unlocked_until[door] = time.monotonic() + self.controls[door][1]

    def reset(self):
        """As after a battery was taken out: no events, and their count begins anew."""
        with self.lock:
            self.events, self.first = [], 1

    def put(self, number, days=b"\x20\x01\x01\x01\x20\x99\x12\x31", doors=(1, 0, 0, 0)):
        """A card that somebody else writes into the list."""
        with self.lock:
            if number not in self.cards:
                self.places.append(number)
            self.cards[number] = days + bytes(doors) + bytes(4)

    def delete(self, number):
        with self.lock:
            if self.cards.pop(number, None) is None:
                return False
            self.places[self.places.index(number)] = DELETED
            return True

    # What it answers.

    def status(self):
        last = self.events[-1] if self.events else bytes(20)
        now, clock = time.monotonic(), self.now()
        relays = sum(1 << door - 1 for door in range(1, 5) if self.unlocked_until[door] > now or self.controls[door][0] == 1)
        return (b"\x17\x20\0\0" + struct.pack("<I", self.serial) + last + bytes(self.open_doors[1:]) + bytes(4) + b"\0"
                + decimal(clock.strftime("%H%M%S")) + bytes(9) + bytes([relays, 0]) + decimal(clock.strftime("%y%m%d"))).ljust(SIZE, b"\0")

    def answer(self, request):
        """The body behind the serial number; None for silence."""
        function, body = request[1], request[8:]
        number = struct.unpack("<I", body[:4])[0]
        handler = {
            0x20: lambda: self.status()[8:], 0x30: lambda: self.set_time(body), 0x32: lambda: decimal(self.now().strftime("%Y%m%d%H%M%S")),
            0x40: lambda: self.open(body[0]), 0x50: lambda: self.put_card(number, body), 0x52: lambda: bytes([self.delete(number)]),
            0x58: lambda: struct.pack("<I", len(self.cards)), 0x5A: lambda: self.card(number), 0x5C: lambda: self.place(number),
            0x80: lambda: self.control(body), 0x82: lambda: self.control(body[:1]), 0x8E: lambda: self.record(body[0]),
            0x90: lambda: self.listen(body), 0x92: lambda: self.listener, 0x94: self.device, 0xB0: lambda: self.event(number)}.get(function)
        return handler() if handler else None

    def device(self):
        return bytes([127, 0, 0, 1, 255, 255, 255, 0, 127, 0, 0, 1]) + decimal("001223344556") + decimal("0892") + decimal("20181105")

    def set_time(self, body):
        self.clock_offset = (datetime.datetime.strptime(body[:7].hex(), "%Y%m%d%H%M%S") - datetime.datetime.now()).total_seconds()
        return body[:7]

    def open(self, door):
        if not 1 <= door <= 4:
            return None
        self.openings.append((time.monotonic(), door))
        self.unlock(door)
        if not self.stuck:
            self.happen(DOOR, REMOTE_OPEN, door, card=3922570474)
        return b"\1"

    def put_card(self, number, body):
        if number in (0, DELETED, 0xFFFFFF) or number not in self.cards and (self.full or len(self.cards) >= self.capacity):
            return b"\0"
        self.put(number, body[4:12], body[12:16])
        return b"\1"

    def card(self, number):
        return struct.pack("<I", number) + self.cards[number] if number in self.cards else bytes(4)

    def place(self, index):
        if not 1 <= index <= len(self.places):
            return bytes(4)
        number = self.places[index - 1]
        return struct.pack("<I", DELETED) if number == DELETED else self.card(number)

    def control(self, body):
        door = body[0]
        if door not in self.controls:
            return None
        if len(body) > 2:
            self.controls[door] = [body[1], body[2]]
        return bytes([door, *self.controls[door]])

    def record(self, enable):
        self.special = bool(enable)
        return b"\1"

    def listen(self, body):
        self.listener = body[:7]
        return b"\1"

    def event(self, index):
        if not self.events:
            return bytes(20)
        index = self.first if index == 0 else self.first + len(self.events) - 1 if index == 0xFFFFFFFF else index
        if index < self.first:
            return struct.pack("<IB", index, 0xFF).ljust(20, b"\0")
        return self.events[index - self.first] if index < self.first + len(self.events) else bytes(20)

    # The network.

    def reply(self, request):
        """What goes back; None for silence, as for all that is no request to this board."""
        if len(request) != SIZE or request[0] != 0x17:
            return None
        serial = struct.unpack("<I", request[4:8])[0]
        if serial != self.serial and not (serial == 0 and request[1] == 0x94):
            return None
        with self.lock:
            self.requests.append(bytes(request))
            body = None if self.spent(self.lost_requests, request[1]) else self.answer(request)
        if body is None or self.spent(self.lost_answers, request[1]):
            return None
        serial = self.serial + 1 if self.wrong_serial else self.serial
        function = request[1] ^ 1 if self.wrong_function else request[1]
        return (bytes([0x17, function, 0, 0]) + struct.pack("<I", serial) + body).ljust(SIZE, b"\0")

    @staticmethod
    def spent(counts, function):
        counts[function] = counts.get(function, 0) - 1
        return counts[function] >= 0

    def serve_udp(self):
        while not self.ended:
            request, sender = self.udp.recvfrom(2048)
            if self.dead or self.dice.random() < self.drop_requests:
                continue
            answer = self.reply(request)
            if answer and self.dice.random() >= self.drop_replies:
                self.send(answer, sender)

    def send(self, answer, sender):
        if self.delay:
            threading.Timer(self.delay, self.udp.sendto, (answer, sender)).start()
            return
        if self.dice.random() < self.reorder:
            self.held_back.append((answer, sender))
            return
        for _ in range(2 if self.dice.random() < self.duplicate else 1):
            self.udp.sendto(answer, sender)
        # What was held back comes after what came later.
        while self.held_back:
            self.udp.sendto(*self.held_back.pop())

    def serve_tcp(self):
        while not self.ended:
            connection, _ = self.tcp.accept()
            self.run(self.converse, connection)

    def converse(self, connection):
        with connection:
            while request := connection.recv(SIZE, socket.MSG_WAITALL):
                answer = None if self.dead or self.half_open else self.reply(request)
                if answer and self.dice.random() >= self.drop_replies:
                    connection.sendall(answer)

    def run(self, work, *arguments):
        threading.Thread(target=self.quietly, args=(work, *arguments), daemon=True).start()

    def quietly(self, work, *arguments):
        """A socket that was closed ends who waits for it."""
        try:
            work(*arguments)
        except OSError:
            pass

    def end(self):
        self.ended = True
        self.udp.close()
