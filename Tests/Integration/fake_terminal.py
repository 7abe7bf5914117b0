"""A ZKTeco terminal of the security dialect (push protocol 3.0.1) that calls a server: what it sends, how it keeps the token,
what it does with commands. Its faults are those of real ones: it repeats what was answered, mixes up an order, forgets what it
knew, has a wrong clock, breaks off in the middle."""

import datetime
import hashlib
import random
import re
import socket
import uuid

import requests

from stack import ZONE


class Terminal:
    """`url` is the server's; `address` the one of 127.0.0.0/8 that it calls from."""

    def __init__(self, url, serial=None, address="127.0.0.1", clock=0):
        self.url, self.serial, self.clock = url, serial or f"ZK{uuid.uuid4().hex[:10]}", clock
        self.session = requests.Session()
        self.session.mount("http://", Bound(address))
        self.token = None
        self.index = 0
        # Door number -> what its lock was told last: seconds, 255 to stay open, 0 for normal.
        self.doors, self.opened = {}, []

    def now(self):
        return (datetime.datetime.now(ZONE) + datetime.timedelta(seconds=self.clock)).strftime("%Y-%m-%d %H:%M:%S")

    def send(self, method, path, body=None, **query):
        return self.session.request(
            method, f"{self.url}/iclock/{path}", params={"SN": self.serial} | query, data=body, timeout=10,
            headers={"Cookie": f"token={self.token}"} if self.token else {}, allow_redirects=False)

    def connect(self, kind="acc"):
        return self.send("GET", "cdata", pushver="3.1.2", options="all", **({"DeviceType": kind} if kind else {}))

    def register(self):
        answer = self.send("POST", "registry", "DeviceType=acc,~DeviceName=F22,FirmVer=8.0.1,LockCount=1,MachineType=101")
        if answer.status_code == 200:
            code = re.search(r"RegistryCode=(\w+)", answer.text)[1]
            self.token = None
            session = re.search(r"SessionID=(\w+)", self.connect().text)[1]
            self.token = hashlib.md5(f"{code}{self.serial}{session}".encode()).hexdigest()
        return answer

    def restart(self):
        """The lock is in its normal state again; commands that were not carried out are forgotten."""
        self.doors = {}
        return self.connect()

    def record(self, event, door=1, code="0", way=0, time=None, index=None):
        self.index += 1
        return (f"time={time or self.now()}\tpin=0\tcardno={code}\tsitecode=0\tlinkid=0\teventaddr={door}\tevent={event}"
                f"\tinoutstatus={way}\tverifytype=4\tindex={index or self.index}\tmaskflag=0\ttemperature=255")

    def ask(self, code, door=1, way=0, record=None):
        """Somebody stands there: what the server says, and the lock does it."""
        answer = self.send("POST", "cdata", record or self.record(0, door, code, way), AuthType="device")
        self.obey(answer.text)
        return answer

    def tell(self, *records, table="rtlog", shuffled=False):
        records = random.sample(records, len(records)) if shuffled else records
        return self.send("POST", "cdata", "\r\n".join(records), table=table)

    def state(self, sensor="01", relay="00", alarm="00"):
        return self.tell(f"time={self.now()}\tsensor={sensor}\trelay={relay}\talarm={alarm}", table="rtstate")

    def poll(self, answers=True, code=0):
        """Fetches commands, does them, and says so."""
        told = self.send("GET", "getrequest")
        commands = re.findall(r"^C:(\d+):(.*)$", told.text, re.M)
        for _, command in commands:
            self.obey(command)
        if commands and answers:
            self.send("POST", "devicecmd", "\n".join(f"ID={id}&Return={code}&CMD=CONTROL DEVICE" for id, _ in commands))
        return told

    def obey(self, text):
        for door, duration in re.findall(r"CONTROL DEVICE 01(\w\w)01(\w\w)", text):
            self.doors[int(door, 16)] = int(duration, 16)
            if 0 < int(duration, 16) < 255:
                self.opened.append(int(door, 16))

    def break_off(self, path, length=1000):
        """Announces a body and sends half of it."""
        host, port = self.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), 5) as connection:
            connection.sendall(f"POST /iclock/{path}&SN={self.serial} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n".encode()
                               + b"time=" + b"x" * (length // 2))


class Bound(requests.adapters.HTTPAdapter):
    """Calls from one address of this machine."""

    def __init__(self, address):
        self.address = address
        super().__init__()

    def init_poolmanager(self, *positional, **named):
        super().init_poolmanager(*positional, source_address=(self.address, 0), **named)
