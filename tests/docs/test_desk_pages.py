"""The how-tos of the desk: each in three languages, with links and pictures that are there, and the same commands."""

import re
from pathlib import Path

import click
import pytest

from tools.desk_shots import SHOTS
from zgoda.doors.cli import main

PAGES = Path(__file__).resolve().parents[2] / "docs" / "desk"
LANGUAGES = ("en", "ru", "pl")
HOW_TOS = sorted({path.name.split(".")[0] for path in PAGES.glob("*.*.md")})
LINK = re.compile(r"\]\(([^)#\s]{1,120})")
BLOCK = re.compile(r"^    (\S.*)$", re.M)
COMMAND = re.compile(r"^(?:.*/bin/)?zgoda ([a-z-]{2,20})(.*)$", re.M)
MOST_PICTURE, MOST_TOGETHER = 200_000, 3_000_000


def page(name, language):
    return (PAGES / f"{name}.{language}.md").read_text(encoding="utf-8")


def test_there_are_how_tos():
    assert HOW_TOS == ["backup", "five-minutes", "mailbox", "proxy", "rules"]


@pytest.mark.parametrize("name", HOW_TOS)
def test_how_to_says_the_same_in_three_languages(name):
    """The same headings by number, the same pictures but for their language; commands may name a folder in words."""
    shapes = {
        (
            len(re.findall(r"^#+ ", text, re.M)),
            len(BLOCK.findall(text)),
            tuple(re.findall(r"img/desk/([a-z-]+?)-..\.png", text)),
        )
        for text in (page(name, language) for language in LANGUAGES)
    }
    assert len(shapes) == 1


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.md")), ids=lambda path: path.name)
def test_links_and_pictures_of_a_page_are_there(path):
    for link in LINK.findall(path.read_text(encoding="utf-8")):
        if "://" not in link:
            assert (PAGES / link).exists(), link


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.md")), ids=lambda path: path.name)
def test_commands_and_options_of_a_page_exist(path):
    context = click.Context(main)
    for name, rest in COMMAND.findall("\n".join(BLOCK.findall(path.read_text("utf-8")))):
        command = main.get_command(context, name)
        assert command is not None, name
        known = {option for one in command.params for option in one.opts}
        if not isinstance(command, click.Group):
            assert set(re.findall(r"--[a-z-]+", rest)) <= known, (name, rest)


def test_every_picture_is_small_and_one_that_the_tool_takes():
    pictures = {path.name: path.stat().st_size for path in (PAGES.parent / "img" / "desk").glob("*.png")}
    assert set(pictures) == {shot.file for shot in SHOTS}
    assert max(pictures.values()) < MOST_PICTURE
    assert sum(pictures.values()) < MOST_TOGETHER
