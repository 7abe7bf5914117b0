"""A relay that opens whenever it is asked, and knows when it was asked for what."""

import http.server
import json
import threading
import time
import urllib.parse


class OpenRelay:
    """`GET /open?id=N` opens; at address, on a free port of loopback."""

    def __init__(self):
        relay = self
        self.opened, lock = [], threading.Lock()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                arrived = time.time()
                words = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
                with lock:
                    relay.opened.append((int(words["id"][0]), arrived))
                data = json.dumps({"ison": True}).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        # Whoever asks may be killed meanwhile.
        self.server.handle_error = lambda *_: None
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def settings(self):
        """Of a door of the driver `http`."""
        return json.dumps({"address": self.address, "open_path": "/open?id={command_id}", "success_rule": "/ison=true"})

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
