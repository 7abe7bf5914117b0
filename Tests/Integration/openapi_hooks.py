"""What schemathesis must know of Garita: who calls, and what no schema can say.

Loaded by schemathesis itself (schemathesis.toml), in a process of its own for each role.
"""

import os
import re

import jsonschema_rs
import requests
import schemathesis
from schemathesis.core import NOT_SET
from schemathesis.specs.openapi.checks import AcceptedNegativeData, RejectedPositiveData

from accounts import NAMES, PASSWORD, heal
from stack import Stack
from tokens import password_hash

STACK = Stack(var=os.environ["GARITA_VAR"], port=int(os.environ["GARITA_PORT"]))
ROLE = os.environ["GARITA_ROLE"]
HASH = password_hash(PASSWORD)


@schemathesis.auth(refresh_interval=None)
class Session:
    """A token that works: sessions end, accounts are changed and passwords guessed while schemathesis asks."""

    token = None

    def get(self, case, context):
        if Session.token is None:
            heal(STACK, HASH)
            account = {"username": NAMES[ROLE], "password": PASSWORD}
            answer = requests.post(f"{STACK.url}/api/auth/login/", json=account, timeout=20)
            answer.raise_for_status()
            Session.token = answer.json()["access"]
        return Session.token

    def set(self, case, data, context):
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def after_call(context, case, response):
    sent = response.request.headers.get("Authorization")
    if response.status_code in (401, 429) and Session.token and sent == f"Bearer {Session.token}":
        Session.token = None


# MARK: Answers have no members that the document does not name


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """An answer may gain members one day, so the document leaves its objects open; today each must be told."""
    asked = set()
    for methods in raw_schema["paths"].values():
        for operation in methods.values():
            collect(operation.get("requestBody"), raw_schema, asked)
    for name, schema in raw_schema["components"]["schemas"].items():
        if name not in asked:
            close(schema)
    for methods in raw_schema["paths"].values():
        for operation in methods.values():
            close(operation["responses"])


def collect(node, document, found):
    if isinstance(node, dict):
        if "$ref" in node:
            name = node["$ref"].rsplit("/", 1)[1]
            if name not in found:
                found.add(name)
                collect(document["components"]["schemas"][name], document, found)
        for value in node.values():
            collect(value, document, found)
    elif isinstance(node, list):
        for value in node:
            collect(value, document, found)


def close(node):
    if isinstance(node, dict):
        if node.get("type") == "object" and "properties" in node and "additionalProperties" not in node:
            node["additionalProperties"] = False
        for value in node.values():
            close(value)
    elif isinstance(node, list):
        for value in node:
            close(value)


# MARK: What no schema can say

# A request may be of the right form and still be refused for what only the database knows. The sentence tells.
STATE = re.compile("|".join([
    r'Invalid pk ".*" - object does not exist\.', r'El identificador ".*" no existe\.',
    r".* already exists\.", r".* ya existe un registro con este valor de .*", r"Ya existe un usuario con ese nombre\.",
    r"The fields .* must make a unique set\.", r"Los campos .* deben formar un conjunto único\.",
    r"This date is earlier than the one it must follow\.", r"Esta fecha es anterior a la que debe seguir\.",
    r"No resident with that number lives in the unit visited\.", r"Ningún residente con ese número vive en la unidad visitada\.",
    r"A guard needs a resident's approval: .*", r"Un guardia autoriza por indicación de un residente: .*",
    r"No such (schedule|access point)\.", r"No existe ese (horario|acceso)\.",
    # Whether a password is good depends on whose it is and on a dictionary, whether it is right on the account.
    r"(This|The) password is .*", r"(Esta|La) contraseña es .*",
    r"The password is incorrect\.", r"La contraseña no es correcta\.",
    r"The code is incorrect or .*", r"El código es incorrecto o .*",
    # Drawn bytes are no picture.
    r"Upload a valid image\..*", r"Suba una imagen válida\..*",
    r"Your old password was entered incorrectly.*", r"Su contraseña anterior es incorrecta.*",
    r"This link does not exist, .*", r"El enlace no existe, .*",
    # What is long enough depends on the kind of the code.
    r"A PIN must have at least 6 digits\.", r"Un NIP debe tener al menos 6 dígitos\.",
    # Names are compared as people read them, and some are taken by what they say.
    r"A user name must use letters of one alphabet only\.", r"Un nombre de usuario debe usar letras de un solo alfabeto\.",
    r"This user name is reserved: .*", r"Este nombre de usuario está reservado: .*",
    # A file of no bytes is a string as well.
    r"The submitted file is empty\.", r"El archivo .* está vacío\.",
    # A text of letters that stand for no name, plate or number.
    r"Nothing in it can be compared\.", r"No contiene nada que se pueda comparar\.",
    r"This is no phone number that can be compared\. .*", r"No es un número de teléfono que se pueda comparar\. .*",
    # Addresses of the machine itself, and the many spellings of IPv6.
    r"Nothing is sent to this address\.", r"A esta dirección no se envía nada\.",
    r"This day is over\. .*", r"Este día ya pasó\. .*",
]), re.S)


def reached(case, response):
    """Whether the request went to the operation: a client takes `/x/./` for `/x/` before it sends it."""
    sent = response.request.url.split("?")[0].split("/", 3)[3]
    return len(sent.split("/")) == len(case.operation.path.strip("/").split("/")) + 1


def is_of_state(answer):
    """Whether every reason of a 400 is one that a schema cannot know."""
    if answer.get("valid") is False:
        return True  # the gate's own answer: refused, with its reasons
    # Which settings a door has depends on its driver, which a door that is changed keeps.
    rest = {name: value for name, value in answer.items() if not name.startswith(("settings.", "secrets."))}
    texts = [text for value in rest.values() for text in (value if isinstance(value, list) else [value])]
    return bool(answer) and all(STATE.fullmatch(text) for text in texts)


class LenientReading:
    """Whether a request that breaks the schema is a good one as the contract reads it.

    The legacy API's clients are used to it and test_wire.py keeps it: numbers pass for text and text for numbers, blanks
    around a value are taken away, and what a list does not know of its parameters it passes over.
    """

    WORDS = {"true": True, "t": True, "yes": True, "y": True, "on": True, "1": True, "1.0": True,
             "false": False, "f": False, "no": False, "n": False, "off": False, "0": False, "0.0": False}

    def __init__(self, case):
        self.case, self.document = case, case.operation.schema.raw_schema
        self.operation = self.document["paths"][case.operation.path][case.operation.method.lower()]

    def accepts(self):
        places = {"path": self.case.path_parameters, "query": self.case.query, "header": self.case.headers}
        for parameter in map(self.resolved, self.operation["parameters"]):
            # An empty header or query is as good as none, and an empty list is not even sent.
            given = {name.lower(): value for name, value in (places[parameter["in"]] or {}).items() if value not in ([], {}, None) and str(value).strip()}
            name = parameter["name"].lower()
            if name not in given:
                if parameter["required"]:
                    return False
            elif not parameter.get("x-ignores-unknown") and not self.fits(given[name], parameter["schema"]):
                return False
        body = self.operation.get("requestBody")
        if body is None or (self.case.body is NOT_SET and not body["required"]):
            return True
        if self.case.body is NOT_SET:
            return False
        schema = body["content"][self.case.media_type]["schema"]
        if self.case.media_type == "multipart/form-data" and isinstance(self.case.body, dict):
            return self.fits(self.as_form(self.case.body, self.resolved(schema)), schema)
        return self.fits(self.case.body, schema)

    @staticmethod
    def as_form(body, schema):
        """All is text there, the last of equal names counts, and a blank that need not be there is none."""
        fields = {name: value[-1] if isinstance(value, list) and value else value for name, value in body.items()}
        fields = {name: str(value) if isinstance(value, (bool, int, float)) else value for name, value in fields.items()}
        return {name: value for name, value in fields.items()
                if value not in ("", [], None) or name in schema.get("required", [])}

    def resolved(self, node):
        while "$ref" in node:
            target = self.document
            for step in node["$ref"].split("/")[1:]:
                target = target[step]
            node = target
        return node

    def fits(self, value, schema):
        schema = self.resolved(schema)
        if schema.get("format") == "binary":
            return True
        if isinstance(value, dict) and "properties" in schema:
            required = set(schema.get("required", []))
            return required <= value.keys() and all(
                self.fits(value[name], of) for name, of in schema["properties"].items() if name in value)
        if isinstance(value, list) and "items" in schema:
            return all(self.fits(element, schema["items"]) for element in value)
        validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
        return any(validator.is_valid(reading) for reading in self.readings(value))

    def readings(self, value):
        yield value
        if isinstance(value, (bool, dict, list)) or value is None:
            return
        text = str(value).strip()
        yield text
        if text.lower() in self.WORDS:
            yield self.WORDS[text.lower()]
        try:
            yield int(re.sub(r"\.0*$", "", text))
        except ValueError:
            pass


@schemathesis.hook
def filter_failure(context, failure, case, response):
    if not reached(case, response):
        return False
    if isinstance(failure, RejectedPositiveData) and response.status_code == 400:
        return not is_of_state(response.json())
    if isinstance(failure, AcceptedNegativeData):
        return not LenientReading(case).accepts()
    return True
