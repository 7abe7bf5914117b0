"""A person with a browser: which languages it asks for, how wide it is, light or dark, with scripts or without."""

import gzip

PASSWORD = "la vaca verde salta"
PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 800}


class Reader:
    def __init__(self, stack, browser, user, language="es-MX", viewport=DESK, scheme="light", scripts=True,
                 username="browser_person", cookies=None, workers="block"):
        self.stack, self.user, self.username, self.scheme = stack, user, username, scheme
        self.context = browser.new_context(
            locale=language, viewport=viewport, color_scheme=scheme, java_script_enabled=scripts, base_url=stack.url,
            storage_state=cookies, service_workers=workers)
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.requests, self.complaints = [], []
        self.page.on("request", lambda request: self.requests.append(request.url))
        # What the browser itself complains about: a policy broken, a script that fails.
        self.page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def close(self):
        self.context.close()

    def go(self, path):
        self.requests.clear()
        return self.page.goto(self.stack.url + path)

    def send(self):
        """Presses the button of the form of the page."""
        self.page.locator("main form button:not([type=button])").first.click()

    def sign_in(self, password=PASSWORD):
        self.go("/account/sign-in/")
        self.page.fill("#username", self.username)
        self.page.fill("#password", password)
        self.send()
        return self

    def weight(self, path):
        """Bytes of the page and of everything it loads, compressed, by kind."""
        # What the page before still loads is not this one's.
        self.page.wait_for_load_state()
        sizes = {}
        answers = []
        listen = lambda answer: answers.append(answer)
        self.page.on("response", listen)
        self.go(path)
        self.page.remove_listener("response", listen)
        for answer in answers:
            # The icon of the window comes when the browser likes, also while the next page loads.
            if answer.url.startswith("data:") or answer.url.endswith(".svg") or answer.status != 200:
                continue
            kind = answer.headers["content-type"].split(";")[0]
            sizes[kind] = sizes.get(kind, 0) + len(gzip.compress(answer.body(), 9))
        return sizes

    def overflows(self):
        """How much wider than its window the page is."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
