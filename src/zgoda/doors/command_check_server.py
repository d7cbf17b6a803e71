"""`zgoda check-server`: the options of the server for LanguageTool's clients; the work is loaded when it starts."""

from __future__ import annotations

import click

from zgoda.doors.options import OVERLAYS

_LANGUAGE = click.Choice(["ru", "pl", "en"])


@click.command(
    "check-server",
    short_help="Underline mistakes in any text field, through LanguageTool's add-ons.",
    epilog="""\b
Examples:
  zgoda check-server
  zgoda check-server --port 8081 --interface-language pl
  zgoda check-server --content our-rules --allow-origin https://desk.example.com

Nothing leaves this machine and no text is kept or logged. How to set up each add-on: docs/check-server.md.""",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="The port; 0 takes any.")
@click.option("--public", is_flag=True, help="Let other machines in: allows other addresses than this machine's.")
@click.option(
    "--max-characters",
    type=click.IntRange(1, 1_000_000),
    default=20_000,
    show_default=True,
    help="The longest text that is checked.",
)
@click.option(
    "--per-minute",
    type=click.IntRange(min=1),
    default=240,
    show_default=True,
    help="Checks a minute that one address may ask for.",
)
@click.option(
    "--allow-origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="A web origin whose pages may ask, such as https://desk.example.com; a scheme ending in :// means all of it. "
    "May be repeated, and then replaces the default: browser extensions, and pages of this machine.",
)
@click.option("--lang", "language", type=_LANGUAGE, help="Language where neither client nor text tells it.")
@click.option("--interface-language", type=_LANGUAGE, help="Language of the messages; else that of the text.")
@OVERLAYS
def check_server(
    host: str,
    port: int,
    public: bool,
    max_characters: int,
    per_minute: int,
    origins: tuple[str, ...],
    language: str | None,
    interface_language: str | None,
    overlays: tuple[str, ...],
) -> None:
    """Serve LanguageTool's protocol, so that its add-ons underline what makes a conflict worse."""
    from zgoda.doors.check_server.app import Settings
    from zgoda.doors.check_server.origins import DEFAULT_ORIGINS, Origins, is_loopback
    from zgoda.doors.check_server.serve import build_app, open_server, port_of

    if not public and not is_loopback(host):
        raise click.UsageError(
            f"--host {host}: other machines could send texts here, unencrypted and without a password. "
            "Add --public if that is what you want, best behind a proxy with TLS and a login."
        )
    settings = Settings(
        max_characters,
        per_minute,
        origins=Origins(tuple(one if one.endswith("://") else one.rstrip("/") for one in origins) or DEFAULT_ORIGINS),
        hosts=None if public else frozenset(),
        language=language,
        interface=interface_language,
    )
    server = open_server(build_app(overlays, settings), host, port, max_characters)
    _tell(host, port_of(server))
    try:
        server.run()
    finally:
        server.close()


def _tell(host: str, port: int) -> None:
    """Where it listens and what to type into the add-on."""
    from zgoda.doors.check_server.origins import is_loopback

    name = "localhost" if is_loopback(host) and ":" not in host else f"[{host}]" if ":" in host else host
    address = f"http://{name}:{port}/v2"
    click.echo(f"Zgoda checks at {address}; Ctrl-C ends it.")
    click.echo("LanguageTool add-on: settings, advanced settings, LanguageTool server, Other server:")
    click.echo(f"  {address}")
    click.echo("Other clients: docs/check-server.md")
