"""The office's part of `make bench` (BENCH_PART=lists): lists, log pages, statistics, the own account, new codes, beside
what the original Django system does on a machine of 4 cores (4 workers), with 1,000,000 log rows."""

import subprocess
from pathlib import Path
from statistics import median

SCRIPT = Path(__file__).parent / "lists.lua"

# What is asked, requests/s of the original, how many times that is the aim.
SUBJECTS = [
    ("GET", "/api/visitors/", 66, 30),
    ("GET", "/api/logs/", 57, 30),
    ("GET", "/api/logs/?page=100", 46, 30),
    ("GET", "/api/logs/stats/?days=30", 26, 30),
    ("GET", "/api/users/me/", 1_500, 10),
    ("POST", "/api/visitors/generate_code/", 390, 10),
]


def measure(stack, data, method, path, connections, seconds):
    """requests/s, p50 and p99 in ms, errors and an example of one."""
    first, count = data.psql("select min(id), count(*) from bench.visitors").split("|")
    done = subprocess.run(
        ["wrk", f"-t{min(2, connections)}", f"-c{connections}", f"-d{seconds}s", "-s", str(SCRIPT), stack.url, "--",
         method, path, stack.token("ADMIN"), first, count], text=True, capture_output=True)
    result = [line for line in done.stdout.splitlines() if line.startswith("RESULT")]
    if not result:
        raise SystemExit(f"bench: wrk: {done.stdout}{done.stderr}")
    duration, valid, wrong, p50, p99, example = (result[0].split(" ", 6) + [""])[1:7]
    return int(valid) / int(duration) * 1e6, int(p50) / 1e3, int(p99) / 1e3, int(wrong), example


def table(stack, data, rounds, seconds, connections=32):
    """One line for each subject: medians of the rounds."""
    # Twice: the first look remembers which transactions the second has seen end.
    for _ in range(2):
        data.psql("select garita.keep_log_sums();")
    data.settle()
    lines = [
        "| request, 32 connections | requests/s | p50 ms | p99 ms | errors | original/s | times | aim |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |"]
    found = {subject: [] for subject in SUBJECTS}
    for number in range(rounds + 1):
        for subject in SUBJECTS:
            one = measure(stack, data, *subject[:2], connections, seconds)
            if number > 0:  # the first round warms up
                found[subject].append(one)
    for (method, path, original, aim), rows in found.items():
        rate, p50, p99 = (median(row[n] for row in rows) for n in range(3))
        errors = sum(row[3] for row in rows)
        said = f" e.g. {rows[-1][4][:80]}" if errors else ""
        lines.append(
            f"| {method} {path} | {rate:,.0f} | {p50:.1f} | {p99:.1f} | {errors}{said} | {original:,} |"
            f" {rate / original:.1f} | ≥ {aim}, p99 < 25: {'met' if rate / original >= aim and p99 < 25 else 'MISSED'} |")
    return "\n".join(lines)
