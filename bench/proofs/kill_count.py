"""What is left after the kills, counted: what came in, what was read, what left, and what nobody can be sure of."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from bench.proofs.desk_home import Office
from bench.proofs.kill_agent import Agent


@dataclass
class Count:
    """Lost, doubled and unexpected things by kind; `uncertain` and how many of them a person is shown."""

    mails: int = 0
    replies: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    uncertain: int = 0
    shown: int = 0
    left_after_all: int = 0

    @property
    def good(self) -> bool:
        """Nothing lost, doubled, unexpected or half, and every uncertain one shown."""
        return not (self.lost or self.doubled or self.unexpected or self.half) and self.shown == self.uncertain


def count(office: Office, agent: Agent) -> Count:
    """Compare the post office's own files with the rows of the desk."""
    found = Count()
    _came_in(found, office)
    _were_read(found)
    _left(found, office, agent)
    _uncertain(found, agent)
    return found


def _came_in(found: Count, office: Office) -> None:
    from zgoda_desk.post.models import RawMessage

    boxed = Counter(hashlib.sha256(raw).hexdigest() for raw in office.boxed())
    rows = list(RawMessage.objects.all())
    stored = Counter(hashlib.sha256(bytes(row.body)).hexdigest() for row in rows)
    found.mails = sum(boxed.values())
    _compare(found, "mail", boxed, stored)
    found.half += [f"raw {row.pk} differs from its sum" for row in rows if _sum(row.body) != row.sha256]


def _sum(body: bytes | memoryview) -> str:
    return hashlib.sha256(bytes(body)).hexdigest()


def _were_read(found: Count) -> None:
    """Every raw thing makes one message."""
    from zgoda_desk.conversations.models import Message
    from zgoda_desk.post.models import RawMessage

    read = Counter(str(row) for row in RawMessage.objects.filter(state="read").values_list("pk", flat=True))
    made = Counter(str(raw) for raw in Message.objects.exclude(raw=None).values_list("raw_id", flat=True))
    _compare(found, "message of raw", read, made)
    found.half += [f"raw {row.pk} is {row.state}: {row.fault}" for row in RawMessage.objects.exclude(state="read")]


def _left(found: Count, office: Office, agent: Agent) -> None:
    """Every reply that the desk answered for has one row and one mail; what is `sent` left once."""
    from zgoda_desk.conversations.models import Message
    from zgoda_desk.post.models import Outgoing

    rows = list(Outgoing.objects.all())
    found.replies = len(agent.taken)
    answered = Message.objects.filter(kind="ours").exclude(outgoing=None)
    said = Counter(str(number) for number in answered.values_list("conversation_id", flat=True))
    _compare(found, "reply to", Counter(map(str, agent.taken)), said)
    mailed = Counter(str(number) for number in answered.values_list("outgoing_id", flat=True))
    _compare(found, "mail of a reply", Counter(str(row.pk) for row in rows), mailed)
    left = Counter(mail.message_id.strip("<>") for mail in office.sent())
    sure = Counter(row.message_id for row in rows if row.state == "sent")
    open_ones = {row.message_id for row in rows if row.state == "unknown"}
    _compare(found, "sent mail", sure, Counter({name: n for name, n in left.items() if name not in open_ones or n > 1}))
    found.half += [f"mail {row.pk} is {row.state}" for row in rows if row.state not in ("sent", "unknown")]


def _uncertain(found: Count, agent: Agent) -> None:
    """Whether each uncertain reply has its button on the page of its conversation."""
    from zgoda_desk.conversations.models import Message

    for message in Message.objects.filter(outgoing__state="unknown"):
        found.uncertain += 1
        _, page = agent.get(f"/c/{message.conversation_id}/")
        told = Message.objects.filter(event="mail_unknown", data__message=message.pk).exists()
        found.shown += told and f"message/{message.pk}/settle".encode() in page


def settle(office: Office, agent: Agent) -> int:
    """Say of each uncertain reply whether it arrived, as a person does who has looked; gives back how many did not."""
    from zgoda_desk.conversations.models import Message

    left = {mail.message_id.strip("<>") for mail in office.sent()}
    again = 0
    for message in Message.objects.filter(outgoing__state="unknown").select_related("outgoing"):
        arrived = message.outgoing is not None and message.outgoing.message_id in left
        agent.post(f"/c/message/{message.pk}/settle", {"arrived": "yes" if arrived else "no"})
        again += not arrived
    return again


def _compare(found: Count, kind: str, wanted: Counter[str], got: Counter[str]) -> None:
    found.lost += [f"{kind} {name}" for name in wanted if name not in got]
    found.doubled += [f"{kind} {name}" for name, times in got.items() if times > max(wanted[name], 1)]
    found.unexpected += [f"{kind} {name}" for name in got if name not in wanted]


def first(things: Iterable[str]) -> str:
    """A few of a list, to look after."""
    return ", ".join(list(things)[:3])
