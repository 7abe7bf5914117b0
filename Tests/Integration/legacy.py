"""A residence of the legacy system in the legacy system's tables, and one of ours to take it over."""

import json
import os
import re
import struct
import subprocess
import zlib

import requests

from stack import CLONE

PASSWORD = "jardin-de-lluvia-42"  # of Tests/Fixtures/original_tables.sql
TABLES = {  # table of the legacy system -> its model in a dump
    "users_customuser": "users.customuser", "auth_group": "auth.group", "residents_building": "residents.building",
    "residents_unit": "residents.unit", "residents_resident": "residents.resident",
    "visitors_visitor": "visitors.visitor", "visitors_temporarycode": "visitors.temporarycode",
    "access_control_accesspoint": "access_control.accesspoint",
    "access_control_accesscode": "access_control.accesscode", "access_logs_accesslog": "access_logs.accesslog"}


def take(stack, *arguments, language="en", **options):
    var = stack.var.resolve()
    return subprocess.run(
        [str(var / "bin/garita"), "import-original", "--language", language, *arguments], text=True, timeout=120,
        env={"PATH": os.environ["PATH"], "GARITA_CONFIG": str(var / "operator.env")},
        **({"capture_output": True} | options))


class Residence:
    """A Garita without the sample community, beside a database of the legacy system in the same cluster."""

    def __init__(self, stack):
        self.stack = stack
        stack.psql("create role original login password 'original'; create database original owner original", "postgres")
        self.reset()

    def reset(self):
        self.original("drop owned by original")
        self.stack.psql("grant create on schema public to original", "original")
        self.original((CLONE / "Tests/Fixtures/original_tables.sql").read_text())

    def original(self, sql):
        return self.stack.psql("set role original;\n" + sql, "original")

    @property
    def address(self):
        folder = str(self.stack.var.resolve() / "run/postgresql").replace("/", "%2F")
        return f"postgresql://original:original@{folder}/original"

    def take(self, *arguments):
        return take(self.stack, *arguments)

    def counts(self):
        return self.stack.psql("select " + ", ".join(
            f"(select count(*) from garita.{table})" for table in (
                "users", "buildings", "units", "residents", "access_points", "access_codes", "visitors",
                "temporary_codes", "access_logs", "access_code_points", "legacy_imports")))[0]

    def log_in(self, name, password=PASSWORD):
        return requests.post(
            f"{self.stack.url}/api/auth/login/", json={"username": name, "password": password}, timeout=10)

    def call(self, method, path, token, **arguments):
        return requests.request(
            method, self.stack.url + path, headers={"Authorization": f"Bearer {token}"}, timeout=10, **arguments)

    def dump(self, path, indent=None):
        """What `manage.py dumpdata` writes of those tables, logs first so that nothing stands in the order we want."""
        rows = []
        for table, model in reversed(TABLES.items()):
            for line in self.original(f"select to_jsonb(t) from {table} t order by id"):
                fields = json.loads(line)
                number = fields.pop("id")
                fields = {re.sub(r"(?<!document)(?<!device)_id$", "", name): value for name, value in fields.items()}
                if model == "access_control.accesscode":
                    fields["access_points"] = [int(gate) for gate in self.original(
                        "select accesspoint_id from access_control_accesscode_access_points"
                        f" where accesscode_id = {number}")]
                rows.append({"model": model, "pk": number, "fields": fields})
        path.write_text("\n".join(map(json.dumps, rows)) if indent is None else json.dumps(rows, indent=indent))
        return path


def picture():
    """The smallest PNG that is one: a single grey pixel."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b""))


def empty(residence):
    """Takes the sample community away, so that numbers are free: what an installation without `garita demo` is."""
    residence.stack.psql("""
        set session_replication_role = replica;
        truncate garita.access_code_points, garita.temporary_code_points, garita.temporary_codes, garita.access_codes,
            garita.visitors, garita.residents, garita.units, garita.devices, garita.access_points, garita.buildings,
            garita.sessions, garita.login_throttles, garita.password_links, garita.users, garita.legacy_imports, garita.audit,
            garita.access_logs, garita.log_rollups, garita.log_people, garita.log_people_rollups, garita.log_day_rollups, garita.log_rollup_progress,
            garita.gate_throttles, garita.admissions, garita.row_counts restart identity cascade;
        select garita.repair_copies()""")
    residence.stack.psql("delete from garita.sites where code = 'OTRO'")
