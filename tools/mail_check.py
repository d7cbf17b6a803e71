"""Reads a folder of mails with expectations (EXPECT.tsv) and prints which of them are not met: mail_check.py DIR."""

from __future__ import annotations

import csv
import resource
import sys
import time
from pathlib import Path

from zgoda.text.mail import Mail, read_mail


def faults(mail: Mail, row: dict[str, str]) -> list[str]:
    """What a mail says otherwise than expected; an empty expectation judges nothing."""
    found = []
    address = "" if row["from_address"] == "-" else row["from_address"].lower()
    if row["from_address"] and mail.sender_address != address:
        found.append(f"from_address: expected {address!r}, got {mail.sender_address!r}")
    if row["subject_has"] not in mail.subject:
        found.append(f"subject_has: expected {row['subject_has']!r}, got {mail.subject[:80]!r}")
    if row["body_has"] not in mail.text:
        found.append(f"body_has: expected {row['body_has']!r}, got {mail.text[:80]!r}")
    if row["attachments_min"] and len(mail.attachments) < int(row["attachments_min"]):
        found.append(f"attachments_min: expected {row['attachments_min']}, got {len(mail.attachments)}")
    if row["auto_generated"] and mail.automatic != (row["auto_generated"] == "yes"):
        found.append(f"auto_generated: expected {row['auto_generated']}, got {mail.automatic}")
    return found


def main(folder: Path) -> int:
    """Check every mail of the folder; the exit status says whether all met their expectation."""
    good = total = 0
    slowest = (0.0, "")
    with (folder / "EXPECT.tsv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        began = time.perf_counter()
        mail = read_mail((folder / row["file"]).read_bytes())
        slowest = max(slowest, (time.perf_counter() - began, row["file"]))
        wrong = faults(mail, {key: value or "" for key, value in row.items()})
        total += 1
        good += not wrong
        for line in wrong:
            print(f"{row['file']}: {line}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{good} of {total} mails as expected; slowest {slowest[0]:.2f} s ({slowest[1]}); peak {peak} MiB")
    return 0 if good == total else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
