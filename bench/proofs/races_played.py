"""The races themselves: two agents, the customer or the outbox, each on a connection of its own."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.desk.cast import Cast
    from zgoda_desk.accounts.models import Person
    from zgoda_desk.conversations.models import Conversation

_WORDS = "Marina, thank you for writing. I am looking into it, number {n}, and will write to you today by 15:00."
_LATE = "One more thing about order 48-20517: it was the blue one."


@dataclass
class Race:
    """One conversation and what was tried on it: `tried` holds who, the words, what he had seen and how it ended."""

    cast: Cast
    conversation: Conversation
    number: int
    chance: random.Random
    tried: list[tuple[Person, str, int, int]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)

    def words(self, who: str) -> str:
        """Words that nobody else sends."""
        return _WORDS.format(n=f"{self.number}{who}")


def start(cast: Cast, number: int, chance: random.Random) -> Race:
    from tests.desk.cast import make_conversation

    return Race(cast, make_conversation(cast), number, chance)


def _both_send(race: Race) -> None:
    """Two agents who saw the same send at the same moment."""
    _together(race, _sender(race, race.cast.owner, "a"), _sender(race, race.cast.teammate, "b"))


def _mail_arrives(race: Race) -> None:
    """The customer writes again while an agent sends."""
    _together(race, _sender(race, race.cast.owner, "a"), lambda: _customer_writes(race), spread=0.3)


def _taken_over(race: Race) -> None:
    """One types and sends; meanwhile another takes the conversation and answers."""

    mine, other = _client(race.cast.owner), _client(race.cast.teammate)

    def type_and_send() -> None:
        version = 0
        text = race.words("a")
        for end in range(20, len(text), 20):
            version = _autosave(race, text[:end], version, mine)
        _send(race, race.cast.owner, text, mine, version=version)

    def take_and_send() -> None:
        from zgoda_desk.lib import clock
        from zgoda_desk.workflow.assign import take

        take(race.cast.teammate, race.conversation.pk, clock.now())
        _send(race, race.cast.teammate, race.words("b"), other)

    _together(race, type_and_send, take_and_send, spread=0.3)


def _twice(race: Race) -> None:
    """The same decision twice at once, while another page of his saves other words."""
    other, page = race.words("other"), _client(race.cast.owner)

    def save() -> None:
        _autosave(race, other, 0, page)

    press = _sender(race, race.cast.owner, "a", key="one")
    _together(race, press, press, save)
    if not is_kept(race, race.cast.owner, other):
        race.faults.append("the words of the other page are lost")


def _undone(race: Race) -> None:
    """Taking back races the sending of the mail: it is taken back or it leaves, never both or neither."""
    from datetime import timedelta

    from zgoda_desk.conversations.models import Message
    from zgoda_desk.lib import clock
    from zgoda_desk.post import actions as post
    from zgoda_desk.post.models import Outgoing
    from zgoda_desk.workflow.undo import undo_reply

    Outgoing.objects.filter(state="queued").update(state="sent")  # of the races before
    _send(race, race.cast.owner, race.words("a"), _client(race.cast.owner))
    message = Message.objects.get(conversation=race.conversation, kind="ours")
    due = clock.now() + timedelta(seconds=race.cast.company.undo_seconds)
    done: dict[str, bool] = {}

    def take_back() -> None:
        done["back"] = undo_reply(race.cast.owner, message.pk, clock.now())

    def leave() -> None:
        leased = post.lease_outgoing(due + timedelta(seconds=1))
        done["left"] = leased is not None and leased.pk == message.outgoing_id

    race.tried.clear()
    _together(race, take_back, leave)
    if done.get("back") == done.get("left"):
        race.faults.append(f"taken back {done.get('back')}, left {done.get('left')}")
    race.ends.append("taken back" if done.get("back") else "left")
    if done.get("back") and not is_kept(race, race.cast.owner, race.words("a")):
        race.faults.append("the words taken back are no draft")


KINDS: dict[str, Callable[[Race], None]] = {
    "both send": _both_send,
    "a mail arrives": _mail_arrives,
    "taken over while typing": _taken_over,
    "pressed twice": _twice,
    "taken back while it leaves": _undone,
}


def _together(race: Race, *runners: Callable[[], None], spread: float = 0.02) -> None:
    """Run them at once, each on its own connection and up to `spread` seconds late; what one raises is a fault."""
    barrier = Barrier(len(runners))
    waits = [race.chance.random() * spread for _ in runners]

    def run(runner: Callable[[], None], wait: float) -> None:
        from time import sleep

        from django.db import connection

        try:
            barrier.wait()
            sleep(wait)
            runner()
        except Exception as error:
            race.faults.append(f"{type(error).__name__}: {error}")
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in zip(runners, waits, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _sender(race: Race, person: Person, who: str, key: str = "") -> Callable[[], None]:
    client = _client(person)
    return lambda: _send(race, person, race.words(who), client, key=key)


def _send(race: Race, person: Person, text: str, client: Any, *, version: int = 0, key: str = "") -> None:
    """Send as the page does that was opened before the race."""
    seen = race.conversation.revision
    form = {"text": text, "kind": "reply", "seen": seen, "version": version, "key": key or f"{person.pk}-{text}"}
    answer = client.post(f"/c/{race.conversation.pk}/send", form)
    race.tried.append((person, text, seen, answer.status_code))


def _autosave(race: Race, text: str, version: int, client: Any) -> int:
    wish = json.dumps({"text": text, "kind": "reply", "version": version})
    url = f"/c/{race.conversation.pk}/draft"
    answer = client.post(url, wish, content_type="application/json")
    told: dict[str, Any] = answer.json()
    if answer.status_code == 409 and told["text"] != text:  # the page shows both and asks; he keeps both
        both = f"{text}\n\n{told['text']}".strip()
        return _autosave(race, both, told["version"], client)
    return int(told["version"])


def _customer_writes(race: Race) -> None:
    from tests.desk.cast import raw_mail
    from zgoda_desk.lib import clock, tokens
    from zgoda_desk.post.actions import Incoming, store_raw
    from zgoda_desk.workflow.receive import read_next

    identity = f"<late-{race.number}@customer.example>"
    token = tokens.reply_token(race.conversation.pk)
    more = f"In-Reply-To: <z.{token}.abc@polana.example>\n"
    raw = raw_mail(_LATE, message_id=identity, more=more)
    store_raw(race.cast.inbox, race.cast.account, Incoming(identity, raw, clock.now(), message_id=identity))
    read_next(clock.now())


def _client(person: Person) -> Any:
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def is_kept(race: Race, person: Person, text: str) -> bool:
    """Whether a draft of his or a message of ours holds every word of it."""
    from zgoda_desk.conversations.models import Draft, Message

    drafts = Draft.objects.filter(conversation=race.conversation, person=person).values_list("text", flat=True)
    sent = Message.objects.filter(conversation=race.conversation, kind="ours").values_list("text", flat=True)
    return any(text in held for held in (*drafts, *sent))
