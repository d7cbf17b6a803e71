"""Measures how well promises are found: precision, recall, F1, and how many due times of the found ones are right.

Run `python tools/promises_check.py [--part dev|kept]`; `kept` (lines 51-150 of each file) is never tuned on.
How the lines were labelled: a promise is one act or a chain of acts of one person under one time ("проверю и завтра
перезвоню"); acts of two persons, or with two times, or set beside each other by a comma after a time, are two. A week
ends on Friday, working days are Monday to Friday, a part of the day at its last hour (morning 12:00, lunch 13:00,
afternoon 18:00, evening 21:00), "today" and "by the end of the day" are the date, weekdays are the next one.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tools.facts_check import load
from zgoda.guidance.promises import PromiseFinder
from zgoda.values import LANGUAGES, Promise

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ROOT / "src" / "zgoda" / "content"
DEV = 50  # the first lines of each file are for developing
Line = dict[str, Any]
Pair = tuple[Line, Promise]


def finder(language: str) -> PromiseFinder:
    """The finder of a language from the content folder."""
    tables = {
        name: tomllib.loads((CONTENT / language / "tables" / f"{name}.toml").read_text("utf-8"))
        for name in ("promises", "text")
    }
    return PromiseFinder.of(language, tables["promises"], load(language), tables["text"]["abbreviations"])


def lines(language: str, part: str) -> list[Line]:
    """The lines of `dev` or `kept`."""
    read = [
        json.loads(line) for line in (ROOT / "data" / "promises" / f"{language}.jsonl").read_text("utf-8").splitlines()
    ]
    return read[:DEV] if part == "dev" else read[DEV:]


def pairs(line: Line, found: Sequence[Promise]) -> list[Pair]:
    """Each labelled promise with the found one that shares most letters with it; each is used once."""
    after, overlaps = 0, []
    for number, gold in enumerate(line["promises"]):
        start = line["text"].index(gold["text"], after)
        after = start + len(gold["text"])
        overlaps += [(min(after, p.end) - max(start, p.start), number, place) for place, p in enumerate(found)]
    used_gold, used_found, made = set[int](), set[int](), list[Pair]()
    for shared, number, place in sorted(overlaps, key=lambda o: (-o[0], o[1:])):
        if shared > 0 and number not in used_gold and place not in used_found:
            used_gold.add(number)
            used_found.add(place)
            made.append((line["promises"][number], found[place]))
    return made


def measure(language: str, part: str) -> Counter[str]:
    """Counts: gold, found, matched, and of the matched those with the right `due`, `who` and `channel`."""
    count, promises = Counter[str](), finder(language)
    for line in lines(language, part):
        now = datetime.fromisoformat(line["now"])
        found = promises.find(line["text"], now=now, zone=ZoneInfo(line["zone"]))
        matched = pairs(line, found)
        count.update(gold=len(line["promises"]), found=len(found), matched=len(matched))
        for gold, promise in matched:
            count["due"] += gold["due"] == promise.due
            count["who"] += gold["who"] == promise.who
            count["channel"] += gold["channel"] == promise.channel
            count["dated"] += gold["due"] is not None
            count["dated_due"] += gold["due"] is not None and gold["due"] == promise.due
    return count


def main() -> int:
    """Prints one row a language."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--part", choices=("dev", "kept"), default="kept")
    part = parser.parse_args().part
    print(
        f"{part:6}{'gold':>6}{'found':>7}{'prec':>7}{'recall':>8}{'F1':>7}{'due':>7}{'dated':>7}{'who':>7}{'channel':>9}"
    )
    for language in LANGUAGES:
        c = measure(language, part)
        share = {k: c[k] / max(c["matched"], 1) for k in ("due", "who", "channel")}
        precision, recall = c["matched"] / max(c["found"], 1), c["matched"] / max(c["gold"], 1)
        f1 = 2 * c["matched"] / max(c["gold"] + c["found"], 1)
        dated = c["dated_due"] / max(c["dated"], 1)
        print(
            f"{language:6}{c['gold']:6}{c['found']:7}{precision:7.3f}{recall:8.3f}{f1:7.3f}"
            f"{share['due']:7.3f}{dated:7.3f}{share['who']:7.3f}{share['channel']:9.3f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
