"""A person at a browser without scripts: keeps cookies, reads forms, sends them as browsers do."""

from html.parser import HTMLParser

import requests


class Forms(HTMLParser):
    """The forms of a page: action and the fields a browser would send."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.headings, self.inside = [], [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self.forms.append({"action": attributes["action"], "fields": {}})
        elif tag in ("input", "button") and self.forms and attributes.get("name"):
            if tag == "input":
                self.forms[-1]["fields"][attributes["name"]] = attributes.get("value", "")
        self.inside = tag

    def handle_data(self, data):
        if self.inside in ("h1", "title"):
            self.headings.append(data)
        self.inside = None


class Person:
    def __init__(self, stack, **headers):
        self.stack, self.session = stack, requests.Session()
        self.session.headers.update(headers)

    def get(self, path, **arguments):
        self.page = self.session.get(self.stack.url + path, timeout=10, allow_redirects=False, **arguments)
        return self.page

    def post(self, path, fields, **headers):
        """As a browser posts the form of a page of this site."""
        sent = {"Sec-Fetch-Site": "same-origin", "Origin": self.stack.url} | headers
        sent = {name: value for name, value in sent.items() if value is not None}
        return self.session.post(self.stack.url + path, data=fields, headers=sent, timeout=10, allow_redirects=False)

    def form(self, action):
        """The fields of the form with that action on the page looked at last."""
        return next(form["fields"] for form in Forms(self.page.text).forms if form["action"] == action)

    def token(self):
        return Forms(self.page.text).forms[0]["fields"]["form_token"]

    def send(self, path, fields, page=None, **headers):
        """Looks at a page and sends its form with these fields filled in."""
        self.get(page or path)
        return self.post(path, self.form(path) | fields, **headers)

    def sign_in(self, username, password, **headers):
        return self.send("/account/sign-in/", {"username": username, "password": password}, **headers)

    @property
    def cookie(self):
        return self.session.cookies.get("garita_insecure_session")
