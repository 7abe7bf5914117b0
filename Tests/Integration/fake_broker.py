"""mosquitto on a port and in a folder of its own, and who speaks through it."""

import json
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import paho.mqtt.client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.subscribeoptions import SubscribeOptions

from runs import until
from stack import free_port


class Broker:
    """The broker of Debian; what it keeps ends with it."""

    def __init__(self, *lines):
        self.folder = Path(tempfile.mkdtemp(prefix="garita-mqtt-"))
        self.folder.chmod(0o755)
        self.port = free_port()
        self.lines = lines or ("allow_anonymous true",)
        self.process = None

    def start(self):
        settings = self.folder / "mosquitto.conf"
        settings.write_text("\n".join((f"listener {self.port} 127.0.0.1", "persistence false", *self.lines, "")))
        # As root it would take the account mosquitto.
        self.process = subprocess.Popen(
            ["/usr/sbin/mosquitto", "-c", str(settings)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(self.answers, 10)
        return self

    def answers(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), 0.2).close()
            return True
        except OSError:
            return False

    def kill(self):
        self.process.kill()
        self.process.wait(10)

    def freeze(self):
        """The connections stay, and nothing goes on."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)

    def remove(self):
        self.thaw()
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


class Client:
    """Hears what is said in some topics, in order, from the moment it is made."""

    def __init__(self, broker, *topics, name="", session=0, clean=True):
        self.heard = []
        self.topics = topics
        self.ready = threading.Event()
        self.mqtt = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=name, protocol=mqtt.MQTTv5)
        self.mqtt.on_connect = self.connected
        self.mqtt.on_subscribe = lambda *_: self.ready.set()
        self.mqtt.on_message = lambda client, data, message: self.take(message)
        properties = Properties(PacketTypes.CONNECT)
        properties.SessionExpiryInterval = session
        self.prepare()
        self.mqtt.connect("127.0.0.1", broker.port, keepalive=30, clean_start=clean, properties=properties)
        self.mqtt.loop_start()
        assert not topics or self.ready.wait(10)

    def prepare(self):
        pass

    def connected(self, client, *_):
        if self.topics:
            client.subscribe([(topic, SubscribeOptions(qos=1)) for topic in self.topics])

    def take(self, message):
        self.heard.append(message)

    def last(self, topic):
        return next((message.payload.decode() for message in reversed(self.heard) if message.topic == topic), None)

    def said(self, topic):
        return [message.payload.decode() for message in self.heard if message.topic == topic]

    def say(self, topic, payload, retain=False):
        self.mqtt.publish(topic, payload, qos=1, retain=retain).wait_for_publish(5)

    def leave(self, gone=False):
        """In order, or as when the power fails."""
        if gone:
            self.mqtt.socket().shutdown(socket.SHUT_RDWR)
        else:
            self.mqtt.disconnect()
        self.mqtt.loop_stop()


class Device(Client):
    """What obeys the commands of one door as docs/doors-mqtt.md asks of a device."""

    def __init__(self, broker, base, delay=0, answers=True, **session):
        self.base, self.delay, self.answers = base, delay, answers
        self.seen, self.opened, self.stale = [], [], []
        super().__init__(broker, f"{base}/command", **session)
        self.say(f"{base}/device", "online", retain=True)

    def prepare(self):
        self.mqtt.will_set(f"{self.base}/device", "offline", qos=1, retain=True)

    def take(self, message):
        super().take(message)
        threading.Thread(target=self.obey, args=(message,), daemon=True).start()

    def obey(self, message):
        command = json.loads(message.payload)
        if command["not_after"] < time.time() or command["id"] in self.seen:
            return self.stale.append(command)
        self.seen.append(command["id"])
        self.opened.append(command)
        if self.answers:
            time.sleep(self.delay)
            answer = Properties(PacketTypes.PUBLISH)
            answer.CorrelationData = message.properties.CorrelationData
            self.mqtt.publish(
                message.properties.ResponseTopic, json.dumps({"id": command["id"], "ok": True}), qos=1, properties=answer)

    def move(self, contact):
        self.say(f"{self.base}/contact", contact, retain=True)
