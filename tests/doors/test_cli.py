"""The root command: help, version, completion, commands of other packages."""

from importlib.metadata import EntryPoint

import click
import pytest

from tests.doors.helpers import zgoda
from zgoda.doors import cli


@pytest.mark.parametrize(
    "args",
    [
        [], ["read"], ["evaluate"], ["evaluate", "messages"], ["evaluate", "replies"],
        ["evaluate", "conversations"], ["review"], ["content"], ["content", "check"], ["content", "show"],
        ["content", "list"], ["completion"],
    ],
)  # fmt: skip
def test_every_command_has_help(args):
    result = zgoda(*args, "--help")
    assert result.exit_code == 0
    assert "Usage: zgoda" in result.stdout


def test_version_is_printed():
    assert "0.1.0" in zgoda("--version").stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script_names_the_program_and_its_variable(shell):
    result = zgoda("completion", shell)
    assert result.exit_code == 0
    assert "_ZGODA_COMPLETE" in result.stdout


def test_unknown_command_is_wrong_usage():
    assert zgoda("raed").exit_code == 2


@click.command()
def serve() -> None:
    """Serve the desk."""
    click.echo("serving")


def _plug(monkeypatch: pytest.MonkeyPatch, **points: str) -> None:
    found = {name: EntryPoint(name, value, cli.PLUGINS) for name, value in points.items()}
    monkeypatch.setattr(cli, "_plugins", lambda: found)


def test_other_packages_add_commands(monkeypatch):
    _plug(monkeypatch, serve="tests.doors.test_cli:serve")
    assert "serve" in zgoda("--help").stdout
    assert zgoda("serve").stdout == "serving\n"


def test_other_packages_do_not_replace_our_commands(monkeypatch):
    _plug(monkeypatch, read="tests.doors.test_cli:serve")
    assert "serving" not in zgoda("read", stdin="ok").stdout


@pytest.mark.parametrize("value", ["no.such.module:serve", "tests.doors.test_cli:zgoda"])
def test_broken_command_of_another_package_hinders_no_other(monkeypatch, value):
    _plug(monkeypatch, desk=value)
    assert "cannot be loaded" in zgoda("--help").stdout
    result = zgoda("desk", "--port", "1")
    assert result.exit_code == 1
    assert "the command 'desk' cannot be loaded" in result.stderr
