"""What processes use: CPU time and memory, from /proc."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def stat(pid):
    """Fields of /proc/PID/stat from the third on (proc(5)); None when the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return None


def family(root):
    """The process and all its descendants: process id -> fields."""
    everybody = {int(entry.name): stat(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()}
    members = {root}
    while True:
        more = {pid for pid, fields in everybody.items() if fields and int(fields[1]) in members} - members
        if not more:
            return {pid: everybody[pid] for pid in members if everybody.get(pid)}
        members |= more


def cpu_seconds(root):
    """User and system time of a family so far. Those who ended are in the account of the parent that buried them."""
    return sum(int(value) for fields in family(root).values() for value in fields[11:15]) / TICKS


def machine_seconds():
    """Busy time of all cores so far, time stolen by the host included."""
    user, nice, system, _idle, _wait, irq, softirq, steal = map(int, Path("/proc/stat").read_text().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / TICKS


def memory_sizes(pids):
    """Proportional set size of each, in megabytes: shared pages count by the share of each process."""
    sizes = []
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        sizes += [int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")]
    return sizes


def memory_megabytes(pids):
    """Their mean; None when they are gone."""
    sizes = memory_sizes(pids)
    return sum(sizes) / len(sizes) if sizes else None
