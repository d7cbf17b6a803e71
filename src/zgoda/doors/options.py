"""Options that several commands share."""

from __future__ import annotations

import click

OVERLAYS = click.option(
    "--content",
    "overlays",
    multiple=True,
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False),
    help="A company's content folder laid over the shipped content; may be repeated.",
)
