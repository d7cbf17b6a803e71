"""The command line: `zgoda read`, `zgoda content`, `zgoda evaluate`."""

from __future__ import annotations

import sys

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Zgoda reads an angry customer and shows the substance under the heat."""


@main.group()
def content() -> None:
    """Check and explain the content: lexicons, rules, patterns."""


@content.command()
@click.option("--lang", "language", type=click.Choice(["ru", "pl", "en"]), help="Only one language.")
def check(language: str | None) -> None:
    """Run every entry's own examples and report all faults at once."""
    from zgoda.reading.examples import check_content, count
    from zgoda.reading.knowledge import build_knowledge
    from zgoda.values import LANGUAGES

    knowledge = build_knowledge(strict=False)
    languages = (language,) if language else LANGUAGES
    faults = check_content(knowledge, languages)
    for fault in faults:
        if language is None or f"/{language}/" in fault:
            click.echo(fault)
    for each in languages:
        click.echo(f"{each}: {count(knowledge, each)}")
    sys.exit(1 if faults else 0)
