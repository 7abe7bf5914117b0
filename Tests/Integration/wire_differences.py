"""Where Garita answers otherwise than the legacy API on purpose: every row says by which rule.

A reason in quotes sums up a line of docs/contract.md, and its number is the one in "Differences from the legacy API"
there; a reason without quotes stands here alone.
"""

import re

ROLES = '"Rules about who and whether come from rules.md"'
OURS_2 = '"2. The gate decision follows rules.md: exit spends nothing, unsupported medium, inactive point"'
OURS_3 = '"3. Codes are not searchable by part. code_used in logs is masked. secret_key is returned once"'
OURS_4 = '"4. qr_code_image is an authenticated URL"'
OURS_5 = '"5. Deleting something in use deactivates or refuses with 409, never erases history"'
OURS_7 = '"7. issued_by, authorized_by, generated_by are filled from the caller; ip_address and device_id are filled"'
OURS_8 = '"8. A phone that is one is answered in one style"'
ATTENTION = "A grant to a visitor names who of the block list resembles the person (docs/gate.md)"
GRANT = '"A grant adds code_id, log_id, warnings, and for visitors uses_left"'
REFUSAL = '"A refusal adds reason, reasons, message"'
PASSWORDS = f"{ROLES}: common passwords are refused (5)"
COOKIES = f"{ROLES}: the JSON API takes no cookies (5)"
SCHEME = '"Ours: the scheme is read in either case" (RFC 9110, 11.1)'
NO_HTML = "No browsable pages: the API answers JSON, people have pages of their own"
HOSTS = "An unknown Host gets no answer (security requirement C4)"
COMPANY = "Ours: how many people come along with a visitor, and the list of guests it was registered with"
LOG_EXTRA = "The log names every reason and warning (rules.md 2), and what became of a door; all are left out where there are none"

ANY = ".*"


def anything(recorded, ours):
    return True


def masked(recorded, ours):
    return recorded != "" and re.fullmatch("••.{0,2}", ours or "")


def filled(recorded, ours):
    return recorded in (None, "") and ours not in (None, "")


def common_password(recorded, ours):
    return isinstance(ours, list) and any("password" in text for text in ours)


# (names of exchanges, places, test of recorded and ours, why)
DIFFERENCES = [
    (r"login malformed JSON", r"body\.detail", lambda r, o: o.startswith("JSON parse error - "),
     '"{"detail": "JSON parse error - …"} (our own words after the dash)"'),
    (r"users create (ok|minimal|common.*|with photo.*)", r"status|body\..* \((missing|added)\)", anything, PASSWORDS),
    (r"users create (duplicate|username too long)", r"body\.password \(added\)", common_password, PASSWORDS),
    (r".*", r"header Vary Cookie", anything, COOKIES),
    (r"session cookie.*", ANY, anything, COOKIES),
    (r"buildings TRACE", r"header (Content-Type|Allow)|body", anything,
     '"405 {"detail": "Method \\"X\\" not allowed."}"; the legacy API\'s proxy answered with a page'),
    (r"format query api.*|Accept text/html|401 with Accept text/html", r"header Content-Type|body", anything, NO_HTML),
    (r".* OPTIONS( detail)?", r"body\.renders.*", anything, NO_HTML),
    (r"(visitors|access codes|validate) OPTIONS", r"body\.actions\.POST\.(authorized_by|issued_by)\.read_only", anything,
     OURS_7),
    (r"(access codes|validate) OPTIONS", r"body\.actions\.POST\.schedule \(added\)", anything,
     f"{ROLES}: a code may have a schedule (2)"),
    (r"auth header: lower-case bearer", "status", lambda r, o: o == 200, SCHEME),
    (r"auth header: lower-case bearer", r"header .*|body.*", anything, SCHEME),
    (r"Accept-Language es", r"body\..*", anything, '"Accept-Language: es gives Spanish"'),
    (r"Host not allowed", ANY, anything, HOSTS),
    (r"static file", ANY, anything, "Files of the legacy API's admin site are none of the API's"),
    (r"pagination: buildings \?page_size=1", r"body\.(next|results.*)", anything,
     '"Ours: page_size 1..100 is honoured"'),
    (r"visitors create full|residents PUT", r"body\.phone", lambda r, o: re.sub("[^0-9]", "", o).endswith(r.lstrip("+")), OURS_8),
    (r"visitors create full", r"body\.authorized_by", anything, OURS_7),
    (r"visitors detail after generate_code.*", r"body\.authorized_by", filled, OURS_7),
    (r"access codes .*", r"body.*\.issued_by", filled, OURS_7),
    (r"generate_code QR|validate_code ok.*|codes .*", r"body.*\.qr_code_image",
     lambda r, o: re.fullmatch(r"(http://[\w.:]+)?/api/codes/\d+/qr\.png", o or ""), OURS_4),
    (r"codes .*", r"body.*\.secret_key", lambda r, o: o == "", OURS_3),
    (r"(codes|access codes|logs).*search.*|logs of the deleted point.*|pagination: .*search=page",
     r"status|body.*", anything, OURS_3),
    (r"access codes .*", r"body.*\.code", masked,
     f"{ROLES}: permanent codes are read masked, showing one is audited (1)"),
    (r"validate(_code)? .*|bad: charset.*", r"body\.(code_id|log_id|warnings|uses_left) \(added\)", anything, GRANT),
    (r"validate_code .*", r"body\.attention \(added\)", lambda r, o: o == [], ATTENTION),
    (r"validate_code .*", r"body\.(reason|reasons|message) \(added\)", anything, REFUSAL),
    (r"validate_code point unknown.*", ANY, lambda r, o: True,
     '"A refusal at a gate: 404 unknown point"; the legacy API did not look'),
    (r"validate_code with a permanent code", ANY, anything,
     f"{ROLES}: validate_code is the same decision as at a gate (2)"),
    (r"validate duplicate JSON keys.*", ANY, anything,
     "A name twice in one object is refused, because parsers disagree about it (security requirement C1)"),
    (r"bad: invalid UTF-8 in a query", r"status|body.*", anything,
     "Text that is not UTF-8 is refused with the parameter named (security requirement C2)"),
    (r"points DELETE.*|units DELETE.*", r"status|body", lambda r, o: o == 409 or "in use" in str(o), OURS_5),
    (r"stats with logs of a deleted point.*", r"body\.by_access_point\..*", anything, OURS_5),
    (r"access point names of a deleted point.*", r"body\.(access_point|access_point_name \(added\))", anything, OURS_5),
    (r"logs after the cascade.*", r"body\.resident", anything, OURS_5),
    (r"access point names of a deleted point.*", r"body\.denial_reason", anything, OURS_2),
    (r".*", r"body.*\.(companions|party) \(added\)", anything, COMPANY),
    (r".*", r"body.*\.ip_address", filled, OURS_7),
    (r".*", r"body.*\.code_used", masked, OURS_3),
    (r".*_logs|access point names.*", r"body.*\.(reasons|warnings|door_state) \(added\)", lambda r, o: o, LOG_EXTRA),
]


def explanation(name, where, recorded, ours):
    """Why this difference is deliberate; None when nobody wanted it."""
    for names, places, test, why in DIFFERENCES:
        if re.fullmatch(names, name) and re.fullmatch(places, where, re.S) and test(recorded, ours):
            return why
    return None
