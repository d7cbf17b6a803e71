"""Runs the post office as its own process: `python -m zgoda_desk.demo.post_office --account a@b.example:secret`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from zgoda_desk.lib.stopping import until_stopped

from . import Fault, PostOffice, delay, drop, hang, no, reply


def main(given: list[str] | None = None) -> None:
    """Opens, writes one line `ready imap=PORT smtp=PORT`, and stays open until told to end."""
    options = _options().parse_args(given)
    accounts = dict(account.partition(":")[::2] for account in options.account)
    office = PostOffice(accounts, imap_port=options.imap, smtp_port=options.smtp, directory=options.dir)
    for order in options.fault:
        _order(office, order)
    wait = until_stopped()
    with office:
        sys.stdout.write(f"ready imap={office.imap_port} smtp={office.smtp_port}\n")
        sys.stdout.flush()
        wait()


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="post_office", description="A mail server on this machine, for trying out.")
    parser.add_argument("--account", action="append", default=[], metavar="ADDRESS:SECRET", help="may be repeated")
    parser.add_argument("--imap", type=int, default=0, metavar="PORT", help="0 takes a free one")
    parser.add_argument("--smtp", type=int, default=0, metavar="PORT", help="0 takes a free one")
    parser.add_argument("--dir", type=Path, metavar="DIRECTORY", help="where mails are kept; without, in memory")
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="smtp|imap.STEP:drop|drop-kept|hang|no|CODE|SECONDSs[:TIMES[:SKIP]]",
        help="a failure on order, may be repeated, for example smtp.answer:drop-kept:1 or smtp.recipient:451:2",
    )
    return parser


def _order(office: PostOffice, text: str) -> None:
    where, what, *numbers = text.split(":")
    server, _, step = where.partition(".")
    times, skip = [*map(int, numbers), *([1, 0][len(numbers) :])]
    faults = office.smtp_faults if server == "smtp" else office.imap_faults
    faults.add(step, _fault(what), times=times, skip=skip)


def _fault(text: str) -> Fault:
    named = {"drop": drop(), "drop-kept": drop(keep=True), "hang": hang(), "no": no()}
    if text in named:
        return named[text]
    return delay(float(text[:-1])) if text.endswith("s") else reply(int(text))


if __name__ == "__main__":
    main()
