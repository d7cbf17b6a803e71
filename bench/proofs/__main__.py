"""Runs a proof by name: `python -m bench.proofs NAME [--seed N]`; without a name, lists them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from bench.proofs import due, examples, fuzz, kill, linear, mail, postgres, races, review

PROOFS: dict[str, tuple[str, Callable[[argparse.Namespace], bool]]] = {
    "fuzz": ("random and mutated messages, mails, archives and lines through the doors", fuzz.prove),
    "linear": ("hostile texts of growing length: time for one character, and memory", linear.prove),
    "examples": ("every example of every entry of the content", examples.prove),
    "due": ("deadlines in working time against a minute-by-minute oracle, six zones, 2011 to 2030", due.prove),
    "review": (
        "hostile and random drafts and conversations through review and guide: spans, time, memory",
        review.prove,
    ),
    "kill": ("the desk killed -9 while mails arrive and replies leave: lost, doubled, uncertain", kill.prove),
    "races": ("two agents on one conversation at once: no unseen second answer, no lost text", races.prove),
    "postgres": ("the desk's tests on PostgreSQL instead of SQLite", postgres.prove),
    "mail": (
        "500 mails and a folder through the desk: in once, read, threaded, answered once; two desks face to face",
        mail.prove,
    ),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where the proof held, 1 where it did not."""
    wishes = _parser().parse_intermixed_args(arguments)
    if wishes.name is None:
        for name, (about, _) in PROOFS.items():
            print(f"{name:10} {about}")
        return 0
    held = PROOFS[wishes.name][1](wishes)
    print(f"{wishes.name}: {'held' if held else 'FAILED'}")
    return 0 if held else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run prove", description="Long proofs.")
    parser.add_argument("name", nargs="?", choices=PROOFS)
    parser.add_argument("folder", nargs="?", help="the folder of mails (mail)")
    parser.add_argument(
        "--seed", type=int, default=1, help="start of the random numbers (fuzz, linear, due, review, kill, mail)"
    )
    parser.add_argument("--deadlines", type=int, default=100_000, help="deadlines to compare (due)")
    parser.add_argument("--races", type=int, default=200, help="races to run (races)")
    parser.add_argument("--rounds", type=int, default=2_000, help="inputs of each kind (fuzz, review)")
    parser.add_argument("--mails", type=int, default=500, help="mails that are written for it (mail)")
    parser.add_argument("--kills", type=int, default=200, help="times the desk is killed (kill)")
    parser.add_argument(
        "--longest", type=int, default=200_000, help="code points of the longest texts (linear, review)"
    )
    parser.add_argument(
        "--only", nargs="*", default=[], metavar="TEXT", help="some of the texts by name (linear, review)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
