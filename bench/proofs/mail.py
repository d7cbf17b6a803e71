"""Real broken mails against what is expected of each, and each read to the end by the engine."""

from __future__ import annotations

import argparse
from pathlib import Path

from tools.mail_check import main as check_folder

from bench.spans import loose_spans
from zgoda.api import engine
from zgoda.text.mail import read_mail


def prove(wishes: argparse.Namespace) -> bool:
    """Whether every mail of the folder comes out as expected and has a reading with its spans inside."""
    if wishes.folder is None:
        print("name the folder that holds the mails and EXPECT.tsv")
        return False
    folder = Path(wishes.folder)
    good = check_folder(folder) == 0
    faults = 0
    mails = sorted(folder.glob("*.eml"))
    for path in mails:
        text = read_mail(path.read_bytes()).text
        for fault in loose_spans(text, engine().read(text)):
            print(f"{path.name}: {fault}")
            faults += 1
    print(f"{len(mails)} mails read by the engine, {faults} spans outside")
    return good and not faults
