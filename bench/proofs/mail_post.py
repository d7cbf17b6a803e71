"""Mails come in by IMAP once each, are read, threaded and answered, and the answers leave once by SMTP."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bench.proofs.desk_home import ADDRESS, SECRET, add_mailbox, open_home
from bench.proofs.mail_letters import Letter, forged, letter, reply_to, robot
from zgoda_desk.demo.post_office import PostOffice

_PATIENCE = 600.0
_ANSWER = "I am sorry that you had to write. I have found your order and write to you again with the day of delivery."


@dataclass
class Post:
    """A desk that works in this process, and the post office it hangs on."""

    office: PostOffice
    letters: dict[str, Letter | None] = field(default_factory=dict)  # by the sum of the bytes; None judges nothing
    copies: int = 0

    def deliver(self, raw: bytes, known: Letter | None) -> None:
        """Put a mail into the mailbox; the same again is a copy that the desk must not take in twice."""
        digest = hashlib.sha256(raw).hexdigest()
        self.copies += digest in self.letters
        self.letters.setdefault(digest, known)
        self.office.deliver(ADDRESS, raw)

    def wait(self) -> None:
        """Until everything delivered so far is in and nothing waits."""
        from zgoda_desk.post.models import Outgoing, RawMessage

        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            waiting = Outgoing.objects.filter(state__in=["queued", "sending"]).exists()
            if not waiting and RawMessage.objects.exclude(state="new").count() >= len(self.letters):
                return
            time.sleep(0.5)


def whole_way(place: Path, mails: int, folder: Path | None, seed: int) -> bool:
    """Run it and print what was counted."""
    random = Random(seed)
    open_home(place)
    with PostOffice({ADDRESS: SECRET}) as office:
        add_mailbox(office.imap_port, office.smtp_port)
        post = Post(office)
        _first(post, mails, folder, random)
        from zgoda_desk.workflow.background import Background

        desk = Background(alone=True)
        desk.start()
        try:
            post.wait()
            _answer_all(post)
            office.renumber(ADDRESS)  # a provider that repaired its box: every mail has a new UID
            _threads(post, mails, random)
            post.wait()
            _answer_all(post)
        finally:
            desk.close()
        return _count(post, folder)


def _first(post: Post, mails: int, folder: Path | None, random: Random) -> None:
    """New letters, robots, some letters twice, and the folder."""
    for number in range(1, mails * 7 // 10 + 1):
        made = (robot if number % 12 == 0 else letter)(number, random, ADDRESS)
        post.deliver(made.raw, made)
        if number % 25 == 0:
            post.deliver(made.raw, made)
    for path in sorted(folder.glob("*.eml")) if folder else ():
        post.deliver(path.read_bytes(), None)


def _threads(post: Post, mails: int, random: Random) -> None:
    """Customers answer what they got; strangers forge answers."""
    from zgoda_desk.conversations.models import Message

    ours = Message.objects.filter(kind="ours", outgoing__isnull=False)
    threads = {int(message.outgoing_id or 0): message.conversation_id for message in ours}
    from zgoda_desk.post.models import Outgoing

    by_id = {row.message_id: threads[row.pk] for row in Outgoing.objects.filter(pk__in=list(threads))}
    answers = [mail for mail in post.office.sent if mail.message_id.strip("<>") in by_id]
    answers = [mail for mail in answers if mail.recipients[0].endswith("@elsewhere.example")]
    for number in range(mails * 7 // 10 + 1, mails + 1):
        sent = random.choice(answers)
        if number % 8 == 0:
            made = forged(sent.raw, number, random, ADDRESS)
        else:
            made = reply_to(sent.raw, number, random, ADDRESS, by_id[sent.message_id.strip("<>")])
        post.deliver(made.raw, made)


def _answer_all(post: Post) -> None:
    """The head answers every conversation in which the customer spoke last."""
    from django.db import close_old_connections

    from zgoda_desk.accounts.models import Person
    from zgoda_desk.conversations.models import Conversation, Message
    from zgoda_desk.lib import clock
    from zgoda_desk.workflow.answer import Reply, send_reply
    from zgoda_desk.workflow.letters import CannotSend

    close_old_connections()
    head = Person.objects.get(role="head")
    said = Message.objects.exclude(address="").filter(kind="customer")
    for conversation in Conversation.objects.filter(pk__in=said.values("conversation"), waiting_since__isnull=False):
        key = f"answer-{conversation.pk}-{conversation.revision}"
        reply = Reply(text=_ANSWER, seen=conversation.revision, key=key, reason="a proof")
        try:
            send_reply(head, conversation.pk, reply, clock.now())
        except CannotSend as stop:
            print(f"conversation {conversation.pk} is not answered: {stop}")
    post.wait()


def _count(post: Post, folder: Path | None) -> bool:
    from bench.proofs.mail_folder import of_folder
    from zgoda_desk.conversations.models import Message
    from zgoda_desk.post.models import Outgoing, RawMessage

    stored = Counter(RawMessage.objects.values_list("sha256", flat=True))
    lost = [digest for digest in post.letters if digest not in stored]
    doubled = [digest for digest, times in stored.items() if times > 1]
    unexpected = [digest for digest in stored if digest not in post.letters]
    unread = RawMessage.objects.filter(state__in=["new", "unreadable"]).count()
    made = {message.raw.sha256: message for message in Message.objects.exclude(raw=None).select_related("raw")
            if message.raw is not None}  # fmt: skip
    own = [(known, made.get(digest)) for digest, known in post.letters.items() if known]
    shares = _shares([(known, message) for known, message in own if not known.aside and message])
    aside = sum(message is None for known, message in own if known.aside)
    hidden = sum(message is None for known, message in own if not known.aside)
    left = Counter(mail.message_id for mail in post.office.sent)
    rows = Outgoing.objects.filter(automatic=False)
    unsent = rows.exclude(state="sent").count() + sum(f"<{row.message_id}>" not in left for row in rows)
    twice = sum(times > 1 for times in left.values())
    print(
        f"post: {len(post.letters)} mails and {post.copies} copies in the mailbox; lost {len(lost)}, doubled "
        f"{len(doubled)}, unexpected {len(unexpected)}, not read {unread}; robots set aside {aside} of "
        f"{sum(known.aside for known, _ in own)}, people set aside {hidden}; {shares}; "
        f"{rows.count()} answers, not left {unsent}, left twice {twice}"
    )
    good = not (lost or doubled or unexpected or unread or hidden or unsent or twice) and shares.good
    return good and aside == sum(known.aside for known, _ in own) and (folder is None or of_folder(folder, made))


@dataclass
class Shares:
    """Right ones of all, by what is asked."""

    all: int = 0
    right: Counter[str] = field(default_factory=Counter)
    joins: int = 0

    @property
    def good(self) -> bool:
        """Sender and thread in all, the rest in 95 of 100."""
        rest = all(self.right[name] >= 0.95 * self.all for name in ("subject", "text", "files"))
        return rest and self.right["sender"] == self.all == self.right["thread"]

    def __str__(self) -> str:
        names = ("sender", "subject", "text", "files", "thread")
        told = ", ".join(f"{name} {self.right[name]}/{self.all}" for name in names)
        return f"{told} ({self.joins} in threads)"


def _shares(pairs: Sequence[tuple[Letter, object]]) -> Shares:
    found = Shares(len(pairs))
    for known, message in pairs:
        found.joins += known.joins is not None
        for name, held in _HELD.items():
            if held(known, message):
                found.right[name] += 1
            elif found.all - found.right[name] < 3 or name == "sender":
                print(f"{name}: expected {known}"[:300])
    return found


def _files_of(message: object) -> set[str]:
    from zgoda_desk.post.models import Attachment

    return set(Attachment.objects.filter(message=getattr(message, "pk", 0)).values_list("name", flat=True))


def _thread(known: Letter, message: object) -> bool:
    """In its thread, or where it belongs to none, the first of its own."""
    conversation = getattr(message, "conversation", None)
    if known.joins is not None:
        return bool(conversation and conversation.pk == known.joins)
    first = conversation.messages.order_by("pk").first() if conversation else None
    return bool(first and first.pk == getattr(message, "pk", 0))


_HELD: dict[str, Callable[[Letter, object], bool]] = {
    "sender": lambda known, message: getattr(message, "address", "") == known.sender,
    "subject": lambda known, message: getattr(message, "subject", "") == known.subject,
    "text": lambda known, message: known.has in getattr(message, "text", ""),
    "files": lambda known, message: set(known.files) <= _files_of(message),
    "thread": _thread,
}
