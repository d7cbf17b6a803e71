"""Every example that the entries and patterns of the content carry: what is caught, let pass, and honestly missed."""

from __future__ import annotations

import argparse

from zgoda.doors.content_book import open_book
from zgoda.doors.show_content import summary


def prove(_: argparse.Namespace) -> bool:
    """Whether all content is well formed and all examples come out as written."""
    book = open_book(())
    faults = book.faults(None)
    for fault in faults:
        print(fault)
    for part in book.parts(None):
        print(summary(part, book.count(part)))
    print(f"{len(faults)} faults")
    return not faults
