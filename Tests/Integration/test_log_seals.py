"""E3: the access log is sealed, and whoever changes it afterwards is found out, the database's superuser too."""

import threading
import time

import pytest

from test_commands import garita
from test_main_job import Guard

# What a thief with the database in his hands would do first.
AS_SUPERUSER = "set session_replication_role = replica;"


@pytest.fixture
def sealed(stack, tmp_path):
    """A log that holds, with the witness's file; what a test damaged is put right afterwards."""
    guard = Guard(stack)
    for _ in range(3):
        assert guard.scan("RFID123456").status_code == 200
    witness = tmp_path / "seals"
    assert garita(stack, "seal", "--witness", str(witness)).returncode == 0
    assert verify(stack, witness).returncode == 0
    tables = ("access_logs", "log_seals", "log_leaves")
    stack.psql("".join(f"create table public.{name}_kept as select * from garita.{name};" for name in tables))
    yield Sealed(stack, witness)
    stack.psql(AS_SUPERUSER + "".join(
        f"delete from garita.{name}; insert into garita.{name} select * from public.{name}_kept; drop table public.{name}_kept;"
        for name in tables))


class Sealed:
    def __init__(self, stack, witness):
        self.stack, self.witness = stack, witness
        self.seal, self.row = map(int, stack.psql(
            "select seal || ' ' || max(log_id) from garita.log_leaves group by seal order by seal desc limit 1")[0].split())

    def damage(self, sql):
        self.stack.psql(AS_SUPERUSER + sql)

    def faults(self, witness=True):
        done = verify(self.stack, self.witness if witness else None)
        return [] if done.returncode == 0 else done.stderr.splitlines()


def verify(stack, witness=None):
    return garita(stack, "verify-log", *(["--witness", str(witness)] if witness else []))


def test_what_is_sealed_holds_and_nothing_is_sealed_twice(sealed):
    before = sealed.witness.read_text()
    assert "seals made: 0, log rows: 0" in garita(sealed.stack, "seal", "--witness", str(sealed.witness)).stdout
    assert sealed.witness.read_text() == before and len(before.splitlines()) == sealed.seal
    assert sealed.stack.psql("""select count(*) from garita.access_logs l
        where not exists (select from garita.log_leaves v where v.log_id = l.id)""") == ["0"]


@pytest.mark.parametrize("change", [
    "status = 'DENIED'", "person_name = 'Somebody else'", "\"timestamp\" = \"timestamp\" + interval '1 second'",
    "access_point_id = 2", "reasons = '{expired}'", "authorized_by = null", "request_id = 'x'", "unit_display = 'B-1'"])
def test_a_changed_row_is_named_with_its_seal(sealed, change):
    sealed.damage(f"update garita.access_logs set {change} where id = {sealed.row}")
    (fault,) = sealed.faults()
    assert f"seal {sealed.seal}: log row {sealed.row}" in fault


def test_a_removed_row_is_named(sealed):
    sealed.damage(f"delete from garita.access_logs where id = {sealed.row}")
    assert any(f"log row {sealed.row} is gone" in fault for fault in sealed.faults())


def test_a_row_removed_with_its_leaf_breaks_the_seal(sealed):
    sealed.damage(f"delete from garita.access_logs where id = {sealed.row}; delete from garita.log_leaves where log_id = {sealed.row}")
    assert any(f"seal {sealed.seal}: what it covers was changed" in fault for fault in sealed.faults())


def test_a_seal_made_anew_by_somebody_without_the_key_is_not_ours(sealed):
    """All that can be computed without the key is put right; the signature cannot."""
    sealed.damage(f"""update garita.log_seals set chain = sha256(chain) where number = {sealed.seal}""")
    faults = "\n".join(sealed.faults())
    assert "does not follow" in faults and "signature is not ours" in faults and "witness has another" in faults


def test_a_log_cut_short_is_told_by_the_witness(sealed):
    sealed.damage(f"""delete from garita.access_logs l using garita.log_leaves v where v.log_id = l.id and v.seal = {sealed.seal};
        delete from garita.log_leaves where seal = {sealed.seal}; delete from garita.log_seals where number = {sealed.seal}""")
    assert sealed.faults(witness=False) == []
    (fault,) = sealed.faults()
    assert "cut short" in fault


def test_a_seal_taken_from_the_middle_is_missed(sealed):
    Guard(sealed.stack).scan("RFID123456")
    garita(sealed.stack, "seal")
    sealed.damage(f"delete from garita.log_leaves where seal = {sealed.seal}; delete from garita.log_seals where number = {sealed.seal}")
    faults = "\n".join(sealed.faults())
    assert f"seal {sealed.seal} is missing" in faults and "does not follow" in faults


def test_a_row_slipped_in_long_after_is_named(sealed):
    """The seals get an age at which every transaction of their time has ended."""
    sealed.damage("""insert into garita.access_logs (id, "timestamp", site_id, person_name, access_type, access_method, status)
        select 1000000000 + id, "timestamp", site_id, 'X', access_type, access_method, status from garita.access_logs limit 1;
        update garita.access_logs set id = 0 where id > 1000000000;
        insert into garita.log_seals select number + 1, made_at + interval '1 hour', rows, ids_until, root, chain, key_version,
            signature, created_at from garita.log_seals order by number desc limit 1""")
    assert any("log row 0 was slipped in" in fault for fault in sealed.faults())


def test_erased_names_leave_the_log_verifiable(sealed):
    sealed.damage(f"""update garita.access_logs set person_name = '', person_document = '', vehicle_plate = '', photo = '',
        notes = '', temperature = null where id = {sealed.row}""")
    assert sealed.faults() == []


def test_a_row_that_is_committed_late_is_sealed_later(sealed):
    """Its id is lower than one that was sealed meanwhile: ids are given out before the commit."""
    late = threading.Thread(target=sealed.stack.psql, args=("""begin;
        insert into garita.access_logs ("timestamp", site_id, person_name, access_type, access_method, status)
        select now(), 1, 'Late', 'ENTRY', 'MANUAL', 'ERROR'; select pg_sleep(3); commit""",))
    late.start()
    time.sleep(1)
    Guard(sealed.stack).scan("RFID123456")
    assert "log rows: 1" in garita(sealed.stack, "seal", "--witness", str(sealed.witness)).stdout
    late.join()
    assert "log rows: 1" in garita(sealed.stack, "seal", "--witness", str(sealed.witness)).stdout
    assert sealed.faults() == []
    rows = sealed.stack.psql("""select l.person_name from garita.log_leaves v join garita.access_logs l on l.id = v.log_id
        order by v.seal desc, v.log_id desc limit 1""")
    assert rows == ["Late"]


def test_a_killed_sealer_leaves_no_half_and_the_witness_catches_up(sealed):
    Guard(sealed.stack).scan("RFID123456")
    assert garita(sealed.stack, "seal").returncode == 0
    with sealed.witness.open("a") as file:
        file.write('{"seal":9')
    assert garita(sealed.stack, "seal", "--witness", str(sealed.witness)).returncode == 0
    assert sealed.faults() == []
    assert len([line for line in sealed.witness.read_text().splitlines() if line.endswith("}")]) == sealed.seal + 1


def test_the_deployment_is_told_when_nobody_seals(sealed):
    assert "not sealed" not in garita(sealed.stack, "check", "--deploy").stderr
    sealed.damage("""insert into garita.access_logs ("timestamp", created_at, site_id, person_name, access_type, access_method, status)
        select now() - interval '11 minutes', now() - interval '11 minutes', 1, 'X', 'ENTRY', 'MANUAL', 'ERROR'""")
    assert "log rows of more than ten minutes ago are not sealed" in garita(sealed.stack, "check", "--deploy").stderr
