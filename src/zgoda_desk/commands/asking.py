"""Asking for a new password: at the terminal twice, or from standard input for scripts."""

from __future__ import annotations

import sys

import click

from zgoda_desk.commands.setting_up import DeskError


def new_password(*, from_stdin: bool, instead: str = "") -> str:
    """What was typed. Raises DeskError where there is no terminal; `instead` tells what else could be done."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    if not sys.stdin.isatty():
        raise DeskError(f"no terminal to ask for a password; give it with --password-stdin{instead}")
    return str(click.prompt("A password of at least ten characters", hide_input=True, confirmation_prompt=True))
