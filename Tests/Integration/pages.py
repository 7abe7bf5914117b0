"""A person at a browser without scripts: keeps cookies, reads forms, sends them as browsers do."""

import re
from html.parser import HTMLParser

import requests


class Forms(HTMLParser):
    """The forms of a page: action and the fields a browser would send, several values of a name as a list."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.headings, self.inside = [], [], None
        self.select = self.area = None
        self.feed(text)

    def add(self, name, value):
        fields = self.forms[-1]["fields"]
        if name in fields:
            before = fields[name] if isinstance(fields[name], list) else [fields[name]]
            fields[name] = before + [value]
        else:
            fields[name] = value

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        name = attributes.get("name")
        if tag == "form":
            self.forms.append({"action": attributes["action"], "method": attributes.get("method", "get"), "fields": {}})
        elif tag == "input" and self.forms and name:
            kind = attributes.get("type", "text")
            if kind in ("checkbox", "radio") and "checked" in attributes or kind not in ("checkbox", "radio", "file"):
                self.add(name, attributes.get("value", ""))
        elif tag == "select" and self.forms:
            self.select = [name, None]
        elif tag == "option" and self.select and (self.select[1] is None or "selected" in attributes):
            # Without a value its text is one; that comes next.
            self.select[1] = attributes.get("value", "")
            self.inside = tag if "value" in attributes else "option without value"
            return
        elif tag == "textarea" and self.forms:
            self.area = [name, ""]
        self.inside = tag

    def handle_endtag(self, tag):
        if tag == "select" and self.select:
            if self.select[1] is not None:
                self.add(*self.select)
            self.select = None
        elif tag == "textarea" and self.area:
            # A browser drops the line break right behind the tag.
            self.add(self.area[0], self.area[1].removeprefix("\n"))
            self.area = None
        self.inside = None

    def handle_data(self, data):
        if self.area:
            self.area[1] += data
        elif self.inside == "option without value":
            self.select[1] = data
            self.inside = None
        elif self.inside in ("h1", "title"):
            self.headings.append(data)
            self.inside = None


def lines(value):
    """As browsers send them (HTML, 4.10.22.4)."""
    return re.sub(r"\r\n|\r|\n", "\r\n", value) if isinstance(value, str) else value


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
        fields = {name: [lines(one) for one in value] if isinstance(value, list) else lines(value) for name, value in fields.items()}
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
