#!/usr/bin/env bash
# What somebody has who took one service over: as root on a machine where Garita is installed and runs under systemd (a test
# machine). For each service a twin is started, with the same account, sandbox and credentials, which tries what it must not
# reach. Prints what it reached; ends with 1 if there was anything.
set -euo pipefail

units=/etc/systemd/system
work=$(mktemp -d /usr/local/lib/garita-twin.XXXXXX)
trap 'rm -rf -- "$work" "$units"/garita-twin-*.service; systemctl daemon-reload' EXIT
chmod 755 "$work"

# The program of the twin: prints a line for each thing that is reached although it must not be, "tried" at the end.
cat >"$work/try.py" <<'PYTHON'
import ctypes, mmap, os, socket, sys
own, reached = sys.argv[1], []

def attempt(what, action):
    try:
        action()
        reached.append(what)
    except OSError:
        pass

def write(path):
    with open(path, "w") as file:
        file.write("#!/bin/sh\n")
    os.chmod(path, 0o755)

others = [name for name in ("gate", "auth", "app", "device", "status", "outbox", "seal") if name != own]
secrets = ["/etc/garita/keys", "/etc/garita/database-url", "/var/backups/garita", "/etc/shadow", "/root"]
secrets += [f"/etc/garita/pools/{name}/{what}" for name in (own, *others) for what in ("keys", "database-url")]
secrets += [f"/run/credentials/garita-{name}.service" for name in (own, *others)]
secrets += [f"/run/credentials/garita-{name}.service/{what}" for name in others for what in ("database-url", "keys_master.1.key")]
secrets += ["/etc/garita/tls/privkey.pem"] + ([] if own == "app" else ["/var/lib/garita/photos"])
for path in secrets:
    attempt(f"read {path}", lambda: os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(1))
for name in ("gate", "auth", "app", "device", "status"):
    attempt(f"socket of {name}", lambda: socket.socket(socket.AF_UNIX).connect(f"/run/garita/{name}.sock"))
for family, kind in ((socket.AF_INET, socket.SOCK_STREAM), (socket.AF_INET6, socket.SOCK_DGRAM), (socket.AF_PACKET, socket.SOCK_RAW)):
    attempt(f"network {family.name}", lambda: socket.socket(family, kind))
for path in ("/usr/bin/twin", "/etc/twin", "/run/twin", "/var/lib/twin", "/dev/shm/twin", "/etc/garita/garita.env"):
    attempt(f"write {path}", lambda: write(path) if path.endswith("twin") else open(path, "a"))
for folder in ("/tmp", "/var/tmp"):
    write(f"{folder}/twin")
    attempt(f"run what was written in {folder}", lambda: os.posix_spawn(f"{folder}/twin", ["twin"], {}))
attempt("memory that is written and executed", lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_WRITE | mmap.PROT_EXEC))
attempt("root", lambda: os.setuid(0))
if ctypes.CDLL(None).unshare(0x10000000) == 0:
    reached.append("a name space of users")
uid = os.getuid()
reached += [f"sees the process {pid}" for pid in os.listdir("/proc") if pid.isdigit() and os.stat(f"/proc/{pid}").st_uid not in (uid,)]
credentials = os.environ["CREDENTIALS_DIRECTORY"]
if not os.access(f"{credentials}/database-url", os.R_OK):
    reached.append("has not its own credentials: the twin is none")
print(*reached, "tried", sep="\n")
PYTHON

# twin SERVICE: the unit with another command, no socket, and its words in a file.
twin() {
    local unit=garita-twin-$1.service said=$work/said-$1
    sed -e '/^\(Requires\|After\|PartOf\|StandardInput\|ExecReload\|Restart\|RestartSec\|StandardOutput\|SyslogIdentifier\)=/d' \
        -e 's/^Type=.*/Type=oneshot/' -e "s|^ExecStart=.*|ExecStart=/usr/bin/python3 -I $work/try.py $1|" \
        -e "/^ExecStart=/a StandardOutput=file:$said" "/lib/systemd/system/garita-$1.service" >"$units/$unit"
    systemctl daemon-reload
    systemctl start "$unit"
    cat -- "$said"
}

failed=0
for service in gate auth app device status outbox seal; do
    systemctl -q is-active "garita-$service.service" || { printf '%s does not run\n' "$service"; continue; }
    said=$(twin "$service")
    if [ "$said" = tried ]; then printf '%s: nothing\n' "$service"; else printf '%s:\n%s\n' "$service" "$said"; failed=1; fi
done
exit "$failed"
