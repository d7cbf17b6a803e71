"""Keep the desk's catalogues of messages: find the messages in its code and templates, translate, compile, check.

    python -m tools.messages extract          bring the .po files to the messages that stand in code and templates
    python -m tools.messages missing ru       print the messages without a translation as JSON, to be filled in
    python -m tools.messages fill ru FILE     take translations from such a file (`-`: standard input), then compile
    python -m tools.messages compile          write the .mo files from the .po files
    python -m tools.messages check            say what is missing or wrong; exit with 1 if anything is

Nothing but Python is needed: GNU gettext is not. Both kinds of files are committed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tools.message_faults import faults
from tools.message_files import LANGUAGES, SOURCE, compiled, file_of, forms, found, listed, merged, read, write


def missing(language: str, source: Path = SOURCE) -> list[dict[str, Any]]:
    """The messages without a translation, as `fill` takes them back with `text` filled in."""
    catalog = read(language, source)
    blanks = [message for message in listed(catalog).values() if not all(forms(message))]
    return [
        {
            "id": message.id,
            "context": message.context,
            "at": message.locations[0][0],
            "text": [""] * catalog.num_plurals if message.pluralizable else "",
        }
        for message in blanks
    ]


def fill(language: str, lines: list[dict[str, Any]], source: Path = SOURCE) -> None:
    """Take translations; raises `KeyError` for a message that the catalogue does not have, and then changes nothing."""
    catalog = read(language, source)
    here = listed(catalog)
    for line in lines:
        name = line["id"] if isinstance(line["id"], str) else line["id"][0]
        here[name, line.get("context")].string = line["text"] if isinstance(line["text"], str) else tuple(line["text"])
    write(language, catalog, source)


def main(arguments: list[str]) -> int:
    """Run one of the commands above."""
    match arguments:
        case ["extract"]:
            template = found()
            for language in LANGUAGES:
                write(language, merged(template, read(language)))
        case ["missing", language] if language in LANGUAGES:
            print(json.dumps(missing(language), ensure_ascii=False, indent=1))
        case ["fill", language, name] if language in LANGUAGES:
            fill(language, json.loads(sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")))
        case ["compile"]:
            for language in LANGUAGES:
                file_of(language).with_suffix(".mo").write_bytes(compiled(read(language)))
        case ["check"]:
            told = [fault for language in LANGUAGES for fault in faults(language)]
            print("\n".join(told) or "all messages are translated")
            return int(bool(told))
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
