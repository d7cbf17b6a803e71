"""The desk is killed again and again while mails arrive and replies leave: nothing lost, nothing doubled (R01, R04)."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from random import Random
from threading import Timer

from bench.proofs import kill_desk
from bench.proofs.desk_home import Office, add_mailbox, free_port, office, open_home
from bench.proofs.kill_agent import Agent, Customer, log_in
from bench.proofs.kill_count import Count, count, first, settle

_SLOW_ANSWERS = "smtp.answer:0.2s:1000000"  # the server keeps the mail, then thinks: kills meet it there
_PATIENCE = 240.0
_REFUSALS = 50  # what the desk refuses so often it will go on to refuse


def prove(wishes: argparse.Namespace) -> bool:
    """Whether `zgoda serve` survives so many kills -9."""
    with tempfile.TemporaryDirectory(prefix="zgoda-kill-") as folder:
        place = Path(folder)
        open_home(place / "home")
        with office(place / "office", _SLOW_ANSWERS) as post:
            return _prove(wishes, place, post)


def _prove(wishes: argparse.Namespace, place: Path, post: Office) -> bool:
    from zgoda_desk.audit.actions import broken

    random = Random(wishes.seed)
    add_mailbox(post.imap, post.smtp)
    kill_desk.load()
    port = free_port()
    customer, agent = Customer(post.smtp, random), Agent(port, log_in())
    began = time.monotonic()
    for turn in range(wishes.kills):
        _round(turn, place, port, customer, agent, random)
        if turn % 20 == 19:
            print(f"{turn + 1} kills, {len(customer.taken)} mails, {len(agent.taken)} replies", flush=True)
    number = kill_desk.start(port, place / "home", place / "log", cold=False)
    try:
        _drain(agent)
        found = count(post, agent)
        again = settle(post, agent)
        _drain(agent)
        after = count(post, agent)
    finally:
        code = kill_desk.end(number)
    return _tell(wishes, found, after, again, time.monotonic() - began, list(broken()), code, agent)


def _round(turn: int, place: Path, port: int, customer: Customer, agent: Agent, random: Random) -> None:
    """Start, let customers and the agent work, and kill at a moment that nobody chose."""
    cold = turn % kill_desk.COLD == kill_desk.COLD - 1
    number = kill_desk.start(port, place / "home", place / "log", cold=cold)
    if random.random() < 0.7:
        kill_desk.wait_open(port)
    killer = Timer(random.uniform(0.0, 4.0), kill_desk.kill, [number])
    killer.start()
    while killer.is_alive():
        if random.random() < 0.3 and len(customer.taken) < 3 * (turn + 1):
            customer.write()
        agent.decide()
        waiting = agent.open
        if waiting:
            agent.answer(random.choice(waiting))
        time.sleep(random.uniform(0.0, 0.1))
    killer.join()


def _drain(agent: Agent) -> None:
    """Wait until nothing waits in the desk, answering what is left."""
    from zgoda_desk.post.models import Outgoing, RawMessage

    until = time.monotonic() + _PATIENCE
    quiet = 0
    while quiet < 5 and time.monotonic() < until and len(agent.stopped) < _REFUSALS:
        agent.decide()
        for number in agent.open:
            agent.answer(number)
        waits = bool(agent.open) or RawMessage.objects.filter(state="new").exists()
        waits = waits or Outgoing.objects.filter(state__in=["queued", "sending"]).exists()
        quiet = 0 if waits else quiet + 1
        time.sleep(1.0)


def _tell(
    wishes: argparse.Namespace,
    found: Count,
    after: Count,
    again: int,
    seconds: float,
    broken: list[int],
    code: int,
    agent: Agent,
) -> bool:
    for name, things in (
        ("lost", found.lost + after.lost),
        ("doubled", found.doubled + after.doubled),
        ("unexpected", found.unexpected + after.unexpected),
        ("half", found.half + after.half),
        ("refused by the desk", agent.stopped),
    ):
        if things:
            print(f"{name}: {first(things)}")
    print(
        f"seed {wishes.seed}: {wishes.kills} kills -9 in {seconds:.0f} s; {found.mails} mails in and {found.replies} "
        f"replies out; lost {len(found.lost)}, doubled {len(found.doubled)}, unexpected {len(found.unexpected)}, "
        f"half {len(found.half)}; uncertain {found.uncertain}, shown {found.shown}; after a person settled them "
        f"({again} sent again) lost {len(after.lost)}, doubled {len(after.doubled)}, uncertain {after.uncertain}; "
        f"audit {'broken' if broken else 'whole'}, ended with {code}"
    )
    return found.good and after.good and not broken and code == 0 and after.uncertain == 0
