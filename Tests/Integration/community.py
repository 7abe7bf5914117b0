"""A residence of a test's own beside the sample data: its accounts, homes and gates, and nothing that nobody put there."""

import requests

from pages import Person
from test_login import django_hash

PASSWORD = "la vaca verde salta"


class Community:
    """In Mexico City, or where its `zone` says. Accounts `<code>-admin`, `-guard`, `-resident`; unit A-101; gates `Norte` and `Sur`."""

    zone = "America/Mexico_City"

    def __init__(self, stack, code):
        self.stack, self.code = stack, code
        self.site = stack.psql(f"""insert into garita.sites (name, code, time_zone)
            values ('Comunidad {code}', '{code}', '{self.zone}') returning id""")[0]
        for role in ("ADMIN", "GUARD", "RESIDENT"):
            stack.psql(f"""insert into garita.users (site_id, username, password_hash, role, first_name, last_name)
                values ({self.site}, '{code}-{role.lower()}', '{django_hash(PASSWORD)}', '{role}', 'Ada', 'Luz')""")
        building = self.add("buildings", name="Torre A", code="A")
        self.unit = self.add("units", building_id=SQL(building), number="101", floor=1)
        self.north, self.south = (self.add("access_points", name=name, code=name, location="x") for name in ("Norte", "Sur"))
        stack.psql("select garita.ensure_log_partition((now() - make_interval(months => n))::date) from generate_series(0, 13) n")

    def add(self, table, **values):
        """One row; text stands for itself, anything else is SQL."""
        quoted = {name: "'" + value.replace("'", "''") + "'" if isinstance(value, str) and not isinstance(value, SQL) else str(value)
                  for name, value in values.items()}
        return self.stack.psql(f"""insert into garita.{table} (site_id, {", ".join(values)})
            values ({self.site}, {", ".join(quoted.values())}) returning id""")[0]

    def visit(self, status, days=0, first_name="Ana", last_name="Uno", **values):
        """A visit of the unit, expected in so many days."""
        return self.add(
            "visitors", first_name=first_name, last_name=last_name, status=status, unit_id=SQL(self.unit),
            expected_date=SQL(f"(now() at time zone '{self.zone}')::date + {days}"), **values)

    def log(self, ago, status="SUCCESS", direction="ENTRY", gate=None, method="QR_CODE", rows=1):
        """Attempts so long ago, as SQL writes intervals."""
        self.stack.psql(f"""insert into garita.access_logs (timestamp, site_id, access_type, access_method, status,
                access_point_id, access_point_name, person_name)
            select now() - interval '{ago}', {self.site}, '{direction}', '{method}', '{status}', {gate or self.north}, 'x', 'y'
            from generate_series(1, {rows})""")

    def person(self, role="ADMIN", **headers):
        """At a browser, signed in."""
        one = Person(self.stack, **headers)
        assert one.sign_in(f"{self.code}-{role.lower()}", PASSWORD).status_code == 303
        return one

    def call(self, path, role="ADMIN"):
        """The API, as one of its accounts."""
        if role not in self.__dict__.setdefault("tokens", {}):
            account = {"username": f"{self.code}-{role.lower()}", "password": PASSWORD}
            self.tokens[role] = requests.post(f"{self.stack.url}/api/auth/login/", json=account, timeout=10).json()["access"]
        return requests.get(self.stack.url + path, headers={"Authorization": f"Bearer {self.tokens[role]}"}, timeout=10)


class SQL(str):
    """Text that is an expression."""
