"""Restores: who was erased, what was ended and what was used meanwhile stays so, and nothing but an empty database is written."""

import re
import shutil
from types import SimpleNamespace

from backups import Restored, backups  # noqa: F401
from test_commands import garita
from test_main_job import Guard
from visits import issue, register


def erase_after_a_backup(backups):
    """The backup, and by name: visits erased, deleted and left alone, the passes and cards of before."""
    stack = backups.stack
    erased, deleted, stays = (register(stack, first_name=name, last_name="Prueba") for name in ("Erasmo", "Delia", "Estela"))
    passes = {name: issue(stack, visitor)["id"] for name, visitor in
              (("erased", erased), ("stays", stays), ("revoked", stays))}
    found = stack.call("POST", "/api/access/codes/", "ADMIN", json={"resident": 1, "code": "TAGFOUND2026"}).json()["id"]
    lost = stack.call("POST", "/api/access/codes/", "ADMIN", json={"resident": 1, "code": "TAGLOST2026"}).json()["id"]
    assert stack.token("RESIDENT")
    backup = backups.make()
    assert garita(stack, "erase-visitor", str(erased)).returncode == 0
    assert stack.call("DELETE", f"/api/visitors/{deleted}/", "ADMIN").status_code == 204
    stack.psql(f"update garita.temporary_codes set is_active = false, revoked_at = now() where id = {passes['revoked']};"
               f"update garita.access_codes set is_active = false where id in ({lost}, {found})")
    stack.psql(f"update garita.access_codes set is_active = true where id = {found}")
    assert "erasures listed: " in backups.run("backup", "--erasures").stdout
    journal = (backups.folder / "erasures").read_text()
    assert "Erasmo" not in journal and re.search(rf"DELETE visitors {deleted} 1:[0-9a-f]{{64}} [.]", journal)
    return SimpleNamespace(backup=backup, erased=erased, deleted=deleted, stays=stays, passes=passes, lost=lost, found=found, journal=journal)


def test_nobody_erased_comes_back_and_no_ended_code_opens(backups):
    stack, gap = backups.stack, erase_after_a_backup(backups)
    # A line that a crash has cut off, of a number that would be somebody else's.
    # Before it one of the future, and one that somebody damaged.
    false = f"2998-01-01T00:00:00.000000Z DELETE visitors 999999999 1:{'00' * 32} .\n"
    (backups.folder / "erasures").write_text(
        gap.journal + f"{false}nonsense .\n2999-01-01T00:00:00.000000Z DELETE visitors {gap.stays}")

    restored = Restored(backups)
    refused = restored.restore(gap.backup)
    number = gap.journal.count("\n") + 1
    assert refused.returncode == 65 and f"not signed by a key that is here: line {number};" in refused.stderr, refused.stderr
    done = restored.restore(gap.backup, "--unsigned-erasures")
    assert done.returncode == 0, done.stdout + done.stderr
    assert restored.ask(f"select first_name from garita.visitors where id in ({gap.erased}, {gap.deleted}, {gap.stays}) order by id") == [
        "—", "Estela"]
    assert "Erasmo" not in "".join(restored.ask("select a::text from garita.audit a") + restored.ask(
        "select l::text from garita.access_logs l"))
    codes = ", ".join(map(str, gap.passes.values()))
    assert restored.ask(f"select id from garita.temporary_codes where is_active and id in ({codes})") == [str(gap.passes["stays"])]
    assert restored.ask(f"select id from garita.access_codes where is_active and id in ({gap.lost}, {gap.found})") == [str(gap.found)]
    assert done.stdout.count("of the list of erasures cannot be read") == 2
    assert restored.ask("select count(*) from garita.sessions where revoked_at is null") == ["0"]
    assert restored.ask("select count(*) from garita.check_copies()") == ["0"]
    assert int(restored.ask("select nextval(pg_get_serial_sequence('garita.visitors', 'id'))")[0]) > gap.stays + 1_000_000
    rights = "select array(select distinct unnest(datacl)::text from pg_database where datname = '{}' order by 1)"
    assert restored.ask(rights.format("restored")) == restored.ask(rights.format("garita"))

    # The list grows behind the cut line and the one of the future.
    assert garita(stack, "erase-visitor", str(gap.stays)).returncode == 0
    again = backups.run("backup", "--erasures")
    assert again.returncode == 0 and "lines of which that is so: 2" in again.stderr
    grown = (backups.folder / "erasures").read_text()
    assert grown.count(f"ERASE visitors {gap.erased} ") == 1 and f"ERASE visitors {gap.stays} 1:" in grown.splitlines()[-1]
    (backups.folder / "erasures").write_text("".join(
        line for line in grown.splitlines(True) if not re.search("^2999|^2998|^nonsense", line)))


def test_passes_that_may_have_been_used_since_are_ended_on_demand(backups):
    stack = backups.stack
    code = issue(stack, register(stack, first_name="Dudosa"), max_uses=1)["id"]
    backup = backups.make()
    restored = Restored(backups)
    assert restored.restore(backup, passes="end").returncode == 0
    assert restored.ask(f"select is_active, revoked_at is not null from garita.temporary_codes where id = {code}") == ["f|t"]


def test_a_restore_wants_an_empty_database_that_nobody_uses_and_keys(backups):
    restored = Restored(backups)
    # As one that failed leaves it.
    restored.ask("revoke all on database restored from public; grant connect on database restored to garita_migrate")
    assert restored.restore(backups.first).returncode == 0
    assert restored.ask("select has_database_privilege('garita_gate', current_database(), 'connect')") == ["t"]
    again = restored.restore(backups.first)
    assert again.returncode == 65 and "not empty" in again.stderr
    live = backups.run("restore", str(backups.first), "--identity", str(backups.identity), "--passes", "keep")
    assert live.returncode == 65 and "not empty" in live.stderr
    assert backups.run("restore", str(backups.first), "--identity", str(backups.identity)).returncode == 64
    empty = backups.base / "nokeys"
    empty.mkdir(exist_ok=True)
    assert Restored(backups).restore(backups.first, GARITA_KEYS=str(empty)).returncode == 78


def test_photos_come_back_and_the_witness_says_what_is_missing(backups):
    stack = backups.stack
    Guard(stack).scan("RFID123456")
    seals = backups.base / "seals"
    assert garita(stack, "seal", "--witness", str(seals)).returncode == 0
    photos = backups.base / "photos"
    photos.mkdir(mode=0o750)
    restored = Restored(backups)
    done = restored.restore(backups.first, GARITA_PHOTOS=str(photos))
    assert done.returncode == 0, done.stdout + done.stderr
    live = stack.var.resolve() / "photos"
    found = [file for file in photos.iterdir() if not file.name.startswith(".")]
    assert found and all(file.read_bytes() == (live / file.name).read_bytes() for file in found)
    holds = garita(stack, "verify-log", DATABASE_URL=restored.into)
    assert holds.returncode == 0, holds.stderr
    short = garita(stack, "verify-log", "--witness", str(seals), DATABASE_URL=restored.into)
    assert short.returncode == 65 and re.search(r"cut short: the witness has seal \d+.*, of \d+ rows?, the database ends", short.stderr)
    ahead = garita(stack, "seal", "--witness", str(seals), DATABASE_URL=restored.into)
    assert ahead.returncode == 65 and "begin another one" in ahead.stderr


def test_an_older_backup_is_migrated_and_a_newer_one_refused(backups):
    older = backups.base / "older"
    shutil.copytree(backups.stack.var.resolve() / "share/sql", older)
    restored = Restored(backups)
    newest = max((older / "migrations").iterdir())
    (older / "migrations/9999_more.sql").write_text("create table garita.of_a_later_version (id bigint);\n"
        "comment on table garita.of_a_later_version is 'x';\nalter table garita.of_a_later_version enable row level security;\n")
    done = restored.restore(backups.first, GARITA_SQL=str(older))
    assert done.returncode == 0 and "applied 9999_more" in done.stdout, done.stdout + done.stderr
    newest.unlink()
    refused = Restored(backups).restore(backups.first, GARITA_SQL=str(older))
    assert refused.returncode == 65 and "does not know" in refused.stderr
