"""`zgoda completion`: the script that lets a shell complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

VARIABLE = "_ZGODA_COMPLETE"


@click.command(
    epilog="""\b
Examples:
  zgoda completion bash >> ~/.bashrc
  zgoda completion zsh >> ~/.zshrc
  zgoda completion fish > ~/.config/fish/completions/zgoda.fish

The same script comes from _ZGODA_COMPLETE=bash_source zgoda (or zsh_source, fish_source)."""
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the completion script of a shell."""
    kind = get_completion_class(shell)
    if kind is None:
        raise click.ClickException(f"no completion for {shell}")
    # The template is filled in here because `source()` asks the shell for its version, which may not be installed.
    maker = kind(ctx.find_root().command, {}, "zgoda", VARIABLE)
    click.echo(maker.source_template % maker.source_vars())
