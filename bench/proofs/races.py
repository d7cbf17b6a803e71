"""Races of two agents on one conversation, through the real views on a database file: nothing unseen, nothing lost."""

from __future__ import annotations

import argparse
import logging
import os
import random
import tempfile
from collections import Counter

from bench.proofs.races_played import KINDS, Race, is_kept, start


def prove(wishes: argparse.Namespace) -> bool:
    """Whether no race of `--races` ended with an unseen second answer, a lost text or a doubled mail."""
    with tempfile.TemporaryDirectory(prefix="zgoda-races-") as home:
        os.environ["ZGODA_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "zgoda_desk.settings"
        return _run(wishes)


def _run(wishes: argparse.Namespace) -> bool:
    import django
    from django.core.management import call_command

    django.setup()
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from tests.desk.cast import make_cast

    cast, chance, ends = make_cast(), random.Random(wishes.seed), Counter[str]()
    faults: list[str] = []
    for number in range(wishes.races):
        kind, play = list(KINDS.items())[number % len(KINDS)]
        race = start(cast, number, chance)
        play(race)
        _judge(race)
        ends.update(f"{kind}: {end}" for end in (*(_end(status) for *_, status in race.tried), *race.ends))
        faults += [f"race {number} ({kind}): {fault}" for fault in race.faults]
    for end, count in sorted(ends.items()):
        print(f"{count:6} {end}")
    for fault in faults[:20]:
        print(fault)
    print(f"{wishes.races} races, {len(faults)} faults")
    return not faults


def _end(status: int) -> str:
    return {302: "sent", 409: "stopped, the words are kept"}.get(status, f"answered {status}")


def _judge(race: Race) -> None:
    """What must hold after any race."""
    from zgoda_desk.conversations.models import Message
    from zgoda_desk.post.models import Outgoing

    said = list(Message.objects.filter(conversation=race.conversation, kind__in=["customer", "ours"]).order_by("id"))
    for person, text, seen, status in race.tried:
        if not is_kept(race, person, text):
            race.faults.append(f"lost: {text}")
        placed = [at for at, one in enumerate(said) if one.kind == "ours" and one.text == text]
        if status == 302 and placed != [seen]:
            race.faults.append(f"answered over something unseen, or not once: seen {seen}, stands at {placed}")
        if status not in (302, 409):
            race.faults.append(f"answered {status}")
    mails = Outgoing.objects.filter(message__conversation=race.conversation).exclude(state="undone").count()
    if mails != sum(one.kind == "ours" for one in said):
        race.faults.append(f"{mails} mails for {len(said)} messages")
