"""The command line: the root command, which finds the others when they are asked for."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import click

from zgoda import __version__
from zgoda.doors.streams import hush
from zgoda.errors import ContentError, ZgodaError

PLUGINS = "zgoda.commands"  # entry points of this group add commands; the desk registers its own there
FINE, UNREAD, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130

_HOMES = {
    "read": "zgoda.doors.command_read:read",
    "review": "zgoda.doors.command_review:review",
    "guide": "zgoda.doors.command_guide:guide",
    "phrases": "zgoda.doors.command_phrases:phrases",
    "due": "zgoda.doors.command_due:due",
    "evaluate": "zgoda.doors.command_evaluate:evaluate",
    "check-server": "zgoda.doors.command_check_server:check_server",
    "content": "zgoda.doors.command_content:content",
    "completion": "zgoda.doors.command_completion:completion",
}


class Root(click.Group):
    """Loads a command when it is named, takes in commands of other packages, and ends without tracebacks."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the name is click's
        """Our own commands in order of use, then those of other packages by name."""
        return [*_HOMES, *sorted(set(_plugins()) - set(_HOMES))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, None where there is none; one of ours is never replaced."""
        home = _HOMES.get(cmd_name)
        if home is not None:
            module, _, name = home.partition(":")
            command: click.Command = getattr(import_module(module), name)
            return command
        point = _plugins().get(cmd_name)
        return None if point is None else _load(point)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a closed pipe, Ctrl-C and mistakes we know end in a code, not in a traceback."""
        try:
            answer = super().invoke(ctx)
            _flush()
        except BrokenPipeError:
            hush()
            ctx.exit(FINE)
        except KeyboardInterrupt:
            _flush()
            ctx.exit(INTERRUPTED)
        except ContentError as error:
            for fault in error.faults:
                click.echo(fault, err=True)
            ctx.exit(UNREAD)
        except ZgodaError as error:
            click.echo(f"zgoda: {error}", err=True)
            ctx.exit(UNREAD)
        except OSError as error:
            hush()
            click.echo(f"zgoda: {error.strerror or error}", err=True)
            ctx.exit(UNREAD)
        return answer


def _flush() -> None:
    """Let out what is written; raises BrokenPipeError no more once nobody listens."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        hush()


def _plugins() -> Mapping[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=PLUGINS)}


def _load(point: EntryPoint) -> click.Command:
    """A command of another package; one that is broken says so when it is called and hinders no other."""
    try:
        command = point.load()
        if isinstance(command, click.Command):
            return command
        fault = f"{point.value} is no command"
    except Exception as error:
        fault = f"{type(error).__name__}: {error}"

    @click.command(
        point.name,
        short_help="(cannot be loaded)",
        context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    )
    def broken() -> None:
        raise click.ClickException(f"the command {point.name!r} cannot be loaded: {fault}")

    return broken


@click.command(
    cls=Root,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  echo "Third time I ask: where is order 4412?" | zgoda read
  zgoda read complaint.eml
  zgoda review reply.txt
  zgoda content show profanity

Completion of commands and options in the shell: `zgoda completion --help`.
Exit codes: 0 fine, 1 some input could not be read or a review found mistakes, 2 wrong usage, 130 interrupted.""",
)
@click.version_option(__version__, prog_name="zgoda")
def main() -> None:
    """Zgoda reads an angry customer and shows the substance under the heat."""
