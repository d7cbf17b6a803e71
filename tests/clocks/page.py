"""The table of docs/clocks.md, made from content: `python -m tests.clocks.page` writes it into its marked place."""

from pathlib import Path

from zgoda.clocks import Book, Row, load_book

PAGE = Path(__file__).resolve().parents[2] / "docs" / "clocks.md"
HEAD = (
    "| row | term | for | extension | when missed | source | as of | certainty |\n|---|---|---|---|---|---|---|---|\n"
)


def table(book: Book) -> str:
    parts = []
    for code, place in book.settings.jurisdictions.items():
        rows = [row for row in book.rows.values() if row.jurisdiction == code]
        parts.append(
            f"\n### {place.name} ({code})\n\n{HEAD}" + "".join(f"| {' | '.join(_cells(row))} |\n" for row in rows)
        )
    return "".join(parts)


def _cells(row: Row) -> list[str]:
    term = f"{row.days} {row.day_kind}, from {row.trigger}" if row.days is not None else f"no number: {row.no_term}"
    extension = f"{row.extension.days} {row.extension.day_kind}" if row.extension else ""
    bounds = f" ({row.valid_from or ''}..{row.valid_to or ''})" if row.valid_from or row.valid_to else ""
    missed = row.consequence + (f": {row.consequence_note}" if row.consequence_note else "")
    certainty = row.cert if row.enabled else f"{row.cert}, off"
    cells = [f"`{row.id}`", term, row.sector + bounds, extension, missed, row.source, row.as_of, certainty]
    return [cell.replace("|", "\\|").replace("<", "\\<") for cell in cells]


def main() -> None:
    text = PAGE.read_text(encoding="utf-8")
    start, end = "<!-- rows -->\n", "<!-- /rows -->"
    head, tail = text[: text.index(start) + len(start)], text[text.index(end) :]
    PAGE.write_text(head + table(load_book()) + tail, encoding="utf-8")


if __name__ == "__main__":
    main()
