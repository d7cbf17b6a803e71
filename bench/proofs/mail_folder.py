"""What the desk made of a folder of real mails, against the folder's EXPECT.tsv where it has one."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from zgoda_desk.post.mail import parse

if TYPE_CHECKING:
    from zgoda_desk.conversations.models import Message

_ASKED = ("sender", "subject", "text", "attachments")


def of_folder(folder: Path, made: Mapping[str, Message]) -> bool:
    """Whether each mail of the folder stands in the desk, and as expected: sender in all, the rest in 95 of 100."""
    expected = folder / "EXPECT.tsv"
    rows = _rows(expected) if expected.is_file() else []
    right: Counter[str] = Counter()
    for row in rows:
        raw = (folder / row["file"]).read_bytes()
        for name, held in _held(raw, made.get(hashlib.sha256(raw).hexdigest()), row).items():
            right[name] += held
            if not held:
                print(f"{row['file']}: {name} is not as expected")
    told = ", ".join(f"{name} {right[name]}/{len(rows)}" for name in _ASKED)
    print(f"folder: {sum(1 for _ in folder.glob('*.eml'))} mails stored; {told}")
    return right["sender"] == len(rows) and all(right[name] >= 0.95 * len(rows) for name in _ASKED)


def _rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8") as lines:
        found = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [{key: value or "" for key, value in row.items()} for row in found]


def _held(raw: bytes, message: Message | None, row: Mapping[str, str]) -> dict[str, bool]:
    """What was expected, in the message where one was made, else in the mail that was set aside."""
    mail = parse(raw)
    sender = message.address if message else mail.sender.address if mail.sender else ""
    wanted = "" if row["from_address"] == "-" else row["from_address"].lower()
    return {
        "sender": not row["from_address"] or sender.lower() == wanted,
        "subject": row["subject_has"] in (message.subject if message else mail.subject),
        "text": row["body_has"] in (message.text if message else mail.text),
        "attachments": _files(message, mail.attachments) >= int(row["attachments_min"] or 0),
    }


def _files(message: Message | None, parsed: tuple[object, ...]) -> int:
    from zgoda_desk.post.models import Attachment

    return Attachment.objects.filter(message=message.pk).count() if message else len(parsed)
