"""`make test-tls`: testssl.sh looks at the packaged site, with a certificate made for it. Some minutes.

Every finding of severity MEDIUM or worse fails, but for what follows from a certificate that no authority has signed.
"""

import json
import subprocess
import sys

from packaged import Packaged

ALLOWED = {
    "cert_chain_of_trust": "no authority has signed it",
    "cert_revocation": "no authority has signed it",
}
# Two of the checks name no host, so the certificate is shown to everybody here.
SHOWN = ("ssl_reject_handshake on;", "ssl_certificate /etc/garita/tls/fullchain.pem; ssl_certificate_key /etc/garita/tls/privkey.pem;")
FAULTY = {"MEDIUM", "HIGH", "CRITICAL", "FATAL"}


def scan(site, report):
    """The findings of testssl.sh, objects with id, severity and finding."""
    command = ["testssl", "--quiet", "--color", "0", "--warnings", "off", "--ip", "127.0.0.1", "--jsonfile", report]
    done = subprocess.run([*command, f"localhost:{site.tls}"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    found = json.loads(report.read_text())
    if len(found) < 100:
        raise SystemExit(f"test-tls: testssl.sh ended with {done.returncode} after {len(found)} findings\n{done.stdout[-2000:]}")
    return found


def main():
    site = Packaged(edits=[SHOWN]).start()
    try:
        found = scan(site, site.root / "testssl.json")
    finally:
        site.remove()
    wrong = [one for one in found if one["severity"] in FAULTY and one["id"] not in ALLOWED]
    counted = {severity: sum(one["severity"] == severity for one in found) for severity in sorted({one["severity"] for one in found})}
    print(f"testssl.sh: {len(found)} findings {counted}")
    for one in found:
        if one["severity"] in FAULTY | {"WARN"}:
            why = ALLOWED.get(one["id"], "a fault" if one in wrong else "the scanner could not look")
            print(f"  {one['severity']} {one['id']}: {one['finding']} ({why})")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
