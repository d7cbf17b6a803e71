"""The post of the desk from end to end, two desks facing each other, and the engine on a folder of broken mails."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from bench.proofs.mail_post import whole_way
from bench.proofs.mail_two import two_desks
from bench.spans import loose_spans
from tools.mail_check import main as check_folder
from zgoda.api import engine
from zgoda.text.mail import read_mail


def prove(wishes: argparse.Namespace) -> bool:
    """Whether the mails come in once each and are answered once, and what is in the folder is read as expected."""
    folder = Path(wishes.folder) if wishes.folder else None
    if folder is not None and not folder.is_dir():
        print(f"there is no folder {folder}")
        return False
    read = folder is None or engine_reads(folder)
    with tempfile.TemporaryDirectory(prefix="zgoda-mail-") as place:
        whole = whole_way(Path(place) / "home", wishes.mails, folder, wishes.seed)
        automatic, written = two_desks(Path(place))
    print(f"two desks for a day: {written} mails of persons, {automatic} automatic ones (at most 1)")
    return read and whole and automatic <= 1


def engine_reads(folder: Path) -> bool:
    """Whether every mail of the folder comes out as expected and has a reading with its spans inside."""
    good = not (folder / "EXPECT.tsv").is_file() or check_folder(folder) == 0
    faults = 0
    mails = sorted(folder.glob("*.eml"))
    for path in mails:
        text = read_mail(path.read_bytes()).text
        for fault in loose_spans(text, engine().read(text)):
            print(f"{path.name}: {fault}")
            faults += 1
    print(f"{len(mails)} mails read by the engine, {faults} spans outside")
    return good and not faults
