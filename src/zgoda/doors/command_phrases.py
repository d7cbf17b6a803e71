"""`zgoda phrases`: ready words for a step of the protocol."""

from __future__ import annotations

import click

from zgoda.doors.options import OVERLAYS

_GENDER = click.Choice(["m", "f"])


@click.command(
    short_help="Ready words for a step of the protocol.",
    epilog="""\b
Examples:
  zgoda phrases
  zgoda phrases soothe --lang pl --channel chat
  zgoda phrases defer --lang pl --name "Anna Nowak" --slot date=2026-11-26 --slot time=15:00
  zgoda phrases release --lang ru --name "Елена Викторовна" --agent Марк --agent-gender m --company Свет

STAGE is a stage (acknowledge, listen, ...), a rung (personalise, boundary, transfer, release), a danger
(threat, self_harm), refusal or aftercare; without it all are listed. What is not known stays open in braces.
A phrase whose gender or case is not certain is not shown.""",
)
@click.argument("stage", required=False)
@click.option("--lang", "language", type=click.Choice(["ru", "pl", "en"]), help="The customer's language.")
@click.option("--channel", help="Where it will be said, such as chat, phone, email, letter, review.")
@click.option("--name", help="The customer's name as recorded.")
@click.option("--gender", type=_GENDER, help="The customer's gender, where it is known otherwise than by the name.")
@click.option("--agent", help="The agent's name.")
@click.option("--agent-gender", type=_GENDER, help="The agent's gender, for forms such as zrobiłam, сделала.")
@click.option("--company", help="The name of your company.")
@click.option("--manager", help="Who takes over or decides.")
@click.option("--slot", "pairs", multiple=True, metavar="KEY=VALUE", help="A value, such as order=4412.")
@click.option(
    "--fact", "facts", multiple=True, metavar="NAME", help="What is known to hold, such as fault_established."
)
@click.option("--used", multiple=True, metavar="ID", help="A phrase already said; it comes last.")
@click.option("--count", type=click.IntRange(1, 100), default=3, show_default=True, help="How many at most.")
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", help="How to answer.")
@OVERLAYS
def phrases(
    stage: str | None,
    language: str | None,
    channel: str | None,
    name: str | None,
    gender: str | None,
    agent: str | None,
    agent_gender: str | None,
    company: str | None,
    manager: str | None,
    pairs: tuple[str, ...],
    facts: tuple[str, ...],
    used: tuple[str, ...],
    count: int,
    output: str,
    overlays: tuple[str, ...],
) -> None:
    """Show ready phrases for a stage or rung, with the slots filled that are known; without STAGE, list them."""
    from zgoda.doors.phrases_run import Wishes, open_bank, show_counts, show_phrases, slots_of
    from zgoda.errors import InputError
    from zgoda.values import Context

    bank = open_bank(overlays)
    if stage is None:
        show_counts(bank, language, output)
        return
    if language is None:
        raise click.UsageError("Which language? Give --lang ru, pl or en.")
    context = Context(
        channel=channel,
        customer_name=name,
        customer_gender=gender,
        agent_name=agent,
        agent_gender=agent_gender,
        company=company,
        manager=manager,
    )
    try:
        show_phrases(bank, Wishes(stage, language, channel, context, slots_of(pairs), count, used, facts, output))
    except InputError as error:
        raise click.UsageError(str(error)) from error
