"""The units of systemd: what stands in them is true, and what they start bears restarts, reloads and crashes."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest
import requests

from runs import until
from traffic import Traffic
from units import UNITS, Service, credentials, environment, lines

FILES = sorted(path for path in UNITS.iterdir() if path.suffix in (".service", ".socket", ".timer", ".path", ".target"))
SERVICES = [path for path in FILES if path.suffix == ".service"]
COMMON = (UNITS / "garita-.service.d/10-hardening.conf").read_text()
POOLS = ("gate", "auth", "app", "device")
# Made by whoever sets a machine up, besides what tmpfiles.d makes.
SET_UP = {"/usr/bin/garita", "/etc/garita/tls/fullchain.pem", "/etc/garita/keys", "/etc/garita/pools", "/etc/garita/database-url"} | {
    f"/etc/garita/pools/{pool}/{name}" for pool in (*POOLS, "status", "outbox", "seal", "%i") for name in ("keys", "database-url")}


def names(*kinds):
    """The units as they are asked for: templates for the pool gate."""
    return [path.name.replace("@.", "@gate.") for path in FILES if path.suffix in kinds]


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    """A root folder with Debian's units and ours, and programs that nobody calls."""
    root = tmp_path_factory.mktemp("machine")
    folder = root / "usr/lib/systemd/system"
    shutil.copytree("/lib/systemd/system", folder, symlinks=True)
    for path in (*FILES, *UNITS.glob("*.d")):
        (shutil.copytree if path.is_dir() else shutil.copy)(path, folder / path.name)
    for program in ("usr/bin/garita", "bin/kill", "bin/sleep", "bin/systemctl", "bin/echo", "usr/bin/nsenter"):
        (root / program).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy("/bin/true", root / program)
    return root


def analyze(machine, *arguments):
    return subprocess.run(["systemd-analyze", f"--root={machine}", *arguments], capture_output=True, text=True, timeout=60)


def test_the_units_are_well_formed(machine):
    done = analyze(machine, "verify", *names(".service", ".socket", ".timer", ".path", ".target"))
    said = [line for line in (done.stdout + done.stderr).splitlines() if "garita" in line]
    assert done.returncode == 0 and said == [], said


@pytest.mark.parametrize("service", names(".service"))
def test_a_service_is_shut_in(machine, service):
    """2.5 of 10 at most, where Debian's own services have 9."""
    done = analyze(machine, "security", "--offline=yes", "--threshold=25", "--no-pager", service)
    assert done.returncode == 0, done.stdout[-300:] + done.stderr


def test_the_target_starts_all_and_what_it_starts_is_there():
    wanted = set(lines(UNITS / "garita.target", "Wants"))
    assert {name for name in wanted if not (UNITS / re.sub(r"@\w+", "@", name)).exists()} == set()
    begun = {path.name for path in FILES if path.suffix in (".socket", ".timer", ".path")}
    begun |= {path.name for path in SERVICES if "Restart=always" in path.read_text()}
    assert {re.sub(r"@\w+", "@", name) for name in wanted} == begun
    for path in FILES:
        if path.name in begun:
            assert "PartOf=garita.target" in path.read_text(), path.name


def test_whom_and_what_a_unit_names_is_there():
    sysusers, tmpfiles = (UNITS / "garita.sysusers").read_text(), (UNITS / "garita.tmpfiles").read_text()
    users = set(re.findall(r"^u (\S+)", sysusers, re.M))
    made = SET_UP | set(re.findall(r"^[df] (\S+)", tmpfiles, re.M)) | {f"/run/garita/{pool}.sock" for pool in (*POOLS, "status")}
    for path in FILES:
        text = path.read_text()
        assert set(re.findall(r"^(?:Socket)?User=(\S+)", text, re.M)) <= users, path.name
        # nginx's group comes with Debian's base-passwd.
        assert set(re.findall(r"^(?:SocketGroup|SupplementaryGroups)=(\S+)", text, re.M)) <= {"www-data"}, path.name
        words = re.findall(r"^(?:ReadWritePaths|InaccessiblePaths|ListenStream|PathChanged|LoadCredential)=(.*)$", text + COMMON, re.M)
        named = {word.split(":")[-1].removeprefix("-") for line in words for word in line.split()} - {"/dev/shm"}
        assert named <= made, (path.name, named - made)
    assert set(re.findall(r"^[df] \S+ \d+ (\S+)", tmpfiles, re.M)) <= users | {"root"}


@pytest.mark.parametrize("service", [path for path in SERVICES if lines(path, "ExecStart")[0] == "/usr/bin/garita"], ids=lambda path: path.name)
def test_the_program_knows_what_a_unit_asks_of_it(stack, service, tmp_path):
    """Without settings it says so (78); with words that it does not know it would say that (64)."""
    words = lines(service, "ExecStart")[1:]
    garita = stack.var.resolve() / "bin/garita"
    (tmp_path / "empty.env").touch()
    done = subprocess.run([garita, *words], capture_output=True, text=True, timeout=30, stdin=subprocess.DEVNULL,
                          env={"GARITA_CONFIG": str(tmp_path / "empty.env")})
    assert done.returncode == 78, done.stderr


def test_what_may_be_executed_is_a_folder():
    """A file is a mount of its own: the one that an upgrade puts in its place could not be executed by what runs already."""
    words = [word.removeprefix("-") for path in (*SERVICES, *UNITS.glob("*.d/*")) for word in lines(path, "ExecPaths")]
    assert "/usr/bin" in words and [word for word in words if Path(word).is_file() or "garita" in word] == []


def test_each_pool_is_a_user_with_keys_and_a_password_of_its_own():
    for name in (*POOLS, "status", "outbox", "seal"):
        service = UNITS / f"garita-{name}.service"
        assert lines(service, "User") == [f"garita-{name}"]
        secrets = {word.split(":")[1] for word in lines(service, "LoadCredential")}
        password = "/etc/garita/database-url" if name == "seal" else f"/etc/garita/pools/{name}/database-url"
        keys = set() if name == "status" else {f"/etc/garita/pools/{name}/keys"}
        # The certificate is public; without it the service starts all the same.
        chain = {"/etc/garita/tls/fullchain.pem"} if name in ("app", "status") else set()
        assert secrets == keys | {password} | chain
        assert bool(chain) == ("SetCredential=fullchain.pem:" in service.read_text()) == ("GARITA_TLS=%d" in service.read_text())


@pytest.mark.parametrize("pool", (*POOLS, "status"))
def test_a_reload_looks_at_what_the_pool_reads_and_at_nothing_else(stack, pool):
    unit = UNITS / f"garita-{pool}.service"
    looks, hangs_up = re.findall(r"^ExecReload=(.*)$", unit.read_text(), re.M)
    # Among the mounts of what runs: systemd gives credentials to what ExecStart= starts.
    enter, look_at = looks.split(" /usr/bin/garita ")
    assert enter == "+/usr/bin/nsenter --target $MAINPID --mount" and look_at == f"pool {pool} --check" and hangs_up == "/bin/kill -HUP $MAINPID"
    folder = credentials(stack, "auth")

    def look(**wrong):
        done = subprocess.run([stack.var.resolve() / "bin/garita", *look_at.split()], capture_output=True, text=True, timeout=30,
                              stdin=subprocess.DEVNULL, env=environment(unit, folder) | {"GARITA_KEYS": f"{folder}/keys_"} | wrong)
        return done.returncode, done.stderr

    try:
        assert look() == (0, "")
        for other in POOLS:
            name = f"GARITA_{other.upper()}_WORKERS"
            assert look(**{name: "many"}) == ((78, f"garita: {name}: is no whole number\n") if other == pool else (0, ""))
        assert look(DEBUG="perhaps")[0] == 78 and look(GARITA_BACKUP_DAYS="none")[0] == 0
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize("journal, mark", [(True, "<3>"), (False, "")])
def test_the_journal_is_told_how_grave_a_line_is(stack, tmp_path, journal, mark):
    """As sd-daemon(3) says, only where JOURNAL_STREAM names what the lines are written to."""
    reads, writes = os.pipe()
    facts = os.fstat(writes)
    (tmp_path / "empty.env").touch()
    stream = f"{facts.st_dev}:{facts.st_ino + (not journal)}"
    try:
        subprocess.run([stack.var.resolve() / "bin/garita", "check"], stderr=writes, stdout=subprocess.DEVNULL, timeout=30,
                       env={"GARITA_CONFIG": str(tmp_path / "empty.env"), "JOURNAL_STREAM": stream})
        said = os.read(reads, 65536).decode().splitlines()
        assert said and all(line.startswith(f"{mark}garita.E001: ") for line in said), said
        subprocess.run([stack.var.resolve() / "bin/garita", "migrate"], stderr=writes, timeout=30,
                       env={"GARITA_CONFIG": str(tmp_path / "empty.env"), "JOURNAL_STREAM": stream})
        assert all(line.startswith(f"{mark}garita: ") for line in os.read(reads, 65536).decode().splitlines())
    finally:
        os.close(reads)
        os.close(writes)


def test_why_a_pool_was_not_begun_anew_is_an_error(stack, place):
    pool = Service(stack, place / "s", stack.var.resolve() / "bin/garita", workers=1)
    pool.become = []
    log = stack.var / "log/gate.log"
    began = log.stat().st_size
    try:
        pool.start()
        until(lambda: '"event":"started"' in log.read_text()[began:], 10)
        before, size = pool.workers(), log.stat().st_size
        settings = pool.folder / "garita.env"
        settings.write_text(settings.read_text() + "DEBUG=perhaps\nGARITA_AUTH_WORKERS=many\n")
        pool.process.send_signal(signal.SIGHUP)
        until(lambda: "not begun anew" in log.read_text()[size:], 10)
        line = next(line for line in log.read_text()[size:].splitlines() if "not begun anew" in line)
        assert '"level":"error"' in line and "DEBUG" in line and "GARITA_AUTH_WORKERS" not in line
        assert pool.workers() == before
    finally:
        pool.remove()


def test_a_key_says_itself_when_it_was_made(stack):
    """Else each restart would begin with the oldest one again, for a minute."""
    folder = credentials(stack, "auth")
    try:
        first = (folder / "keys_master.1.key").read_text().split()
        (folder / "keys_master.2.key").write_text(f"{first[0][::-1]} {int(time.time()) - 61}\n")
        (folder / "keys_master.3.key").write_text(f"{first[0][::-2] * 2} {int(time.time())}\n")
        done = subprocess.run([stack.var.resolve() / "bin/garita", "keys", "list"], capture_output=True, text=True,
                              env=environment(UNITS / "garita-auth.service", folder))
        states = [re.split("  +", line)[1::2] for line in done.stdout.splitlines() if line.startswith("master")]
        assert states == [["3", "announced"], ["2", "in use"], ["1", "accepted"]], done
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def service(stack):
    """In the place of the stack's own gate: nginx looks for the socket anew with each connection."""
    usual = stack.var.resolve() / "run/pools/gate.sock"
    aside = usual.with_name("gate.aside")
    usual.rename(aside)
    one = Service(stack, usual, stack.var.resolve() / "bin/garita")
    try:
        one.start()
        yield one
    finally:
        one.remove()
        aside.rename(usual)


def questions(stack):
    """From eight callers, each over a kept connection: GET is refused by the worker (405), POST is decided."""
    headers = {"Authorization": f"Bearer {stack.token('GUARD')}"}
    body = {"code": "RFID123456", "access_point_id": 1, "access_type": "EXIT"}

    def work(traffic):
        with requests.Session() as caller:
            while not traffic.is_over():
                for method in ("GET", "POST"):
                    try:
                        answer = caller.request(
                            method, f"{stack.url}/api/access/codes/validate/", json=body, headers=headers, timeout=10)
                        traffic.statuses.append((method, answer.status_code))
                    except requests.RequestException as error:
                        traffic.statuses.append((method, type(error).__name__))
                time.sleep(0.05)

    return work


def test_no_request_is_lost_while_a_pool_is_restarted_and_reloaded(stack, service, tell):
    waits = []
    with Traffic(questions(stack), 8) as traffic:
        for _ in range(5):
            time.sleep(0.3)
            began = time.monotonic()
            service.stop()
            service.start()
            waits.append(time.monotonic() - began)
        for _ in range(5):
            time.sleep(0.3)
            until(lambda: len(service.workers()) >= 4, 5)
            before = service.workers()
            service.process.send_signal(signal.SIGHUP)
            until(lambda: not set(before) & set(service.workers()), 5)
            assert service.process.poll() is None
    until(lambda: len(service.workers()) == 4, 5)
    tell(f"restarts: {len(traffic.statuses)} requests, the pool was away for {max(waits) * 1000:.0f} ms at most")
    assert len(traffic.statuses) > 200
    assert set(traffic.statuses) == {("GET", 405), ("POST", 200)}, Counter(traffic.statuses)


def test_workers_that_crash_at_once_wait_for_their_turn(stack, place):
    """A place in the pool is filled again at once five times, then once in two seconds; and it heals by itself."""
    executable, starts = place / "garita", place / "starts"
    shutil.copy(stack.var.resolve() / "bin/garita", executable)
    pool = Service(stack, place / "s", executable, workers=2)
    pool.become = []
    try:
        pool.start()
        until(lambda: len(pool.workers()) == 2, 10)
        serving = set(pool.workers())
        aside = executable.rename(place / "aside")
        for mode in (None, 0o644):  # no such program, then one that cannot be started
            if mode:
                executable.write_text("x")
                executable.chmod(mode)
            pool.process.send_signal(signal.SIGHUP)
            time.sleep(0.5)
            assert pool.process.poll() is None and set(pool.workers()) == serving, "those of before go on"
        aside.rename(executable)
        crashing = place / "crashing"
        crashing.write_text(f"#!/bin/sh\necho x >>{starts}\nkill -s SEGV $$\n")
        crashing.chmod(0o755)
        whole = executable.rename(place / "whole")
        crashing.rename(executable)
        for worker in pool.workers():
            os.kill(worker, signal.SIGKILL)
        until(lambda: starts.exists() and len(starts.read_text().split()) >= 10, 10)
        time.sleep(3)
        assert pool.process.poll() is None
        assert 10 <= len(starts.read_text().split()) <= 2 * (6 + 3)
        whole.rename(executable)
        until(lambda: len(pool.workers()) == 2 and all(is_worker(pid) for pid in pool.workers()), 10)
    finally:
        pool.remove()


def is_worker(process):
    try:
        return b"worker\0gate" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False
