"""A site of its own with the service worker as it was built, whose visitors' passes answer what a test says."""

import http.server
import threading


class PassSite:
    """`answers` holds, by path, the status, headers and text of an answer, which is not given before `late` is set; other paths
    are files of share/web."""

    def __init__(self, web):
        self.answers, self.answering, self.late, site = {}, True, threading.Event(), self
        self.late.set()

        class Handler(http.server.SimpleHTTPRequestHandler):
            def __init__(self, *arguments):
                super().__init__(*arguments, directory=web)

            def do_GET(self):
                if not site.answering:
                    return
                path = self.path.partition("?")[0]
                if path not in site.answers:
                    return super().do_GET()
                site.late.wait(30)
                status, headers, text = site.answers[path]
                body = text.encode()
                self.send_response(status)
                for name, value in {"Content-Type": "text/html; charset=utf-8", "Content-Length": len(body), **headers}.items():
                    self.send_header(name, str(value))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        """From now on nobody answers, also where a browser has opened a connection beforehand."""
        self.answering = False
        self.late.set()
        self.server.shutdown()
        self.server.server_close()
