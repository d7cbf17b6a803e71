"""Plays the stories through the desk's own functions, each step at its own time: mail stored, read, answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from zgoda.practice.fill import filled
from zgoda_desk.accounts.models import Company, Inbox, Person
from zgoda_desk.commitments.models import Promise
from zgoda_desk.conversations.models import Conversation, Message
from zgoda_desk.demo.crowd import Crowd
from zgoda_desk.demo.letters import Letter, written
from zgoda_desk.demo.stories.told import LANGUAGES, Step, Story, Told, Unreadable, told
from zgoda_desk.post import actions as post
from zgoda_desk.post.models import MailAccount
from zgoda_desk.workflow import promise_deeds, send, snooze, tick
from zgoda_desk.workflow.answer import Reply, send_reply
from zgoda_desk.workflow.assign import assign
from zgoda_desk.workflow.note import add_note
from zgoda_desk.workflow.receive import read_next

_OUT = timedelta(minutes=10)  # by then a mail has left, or its sending was cut off
_SECOND = timedelta(seconds=1)


def play(crowd: Crowd, now: datetime) -> None:
    """Play all stories, the oldest step first; afterwards the desk stands as it does at `now`."""
    tales = [told(language) for language in LANGUAGES]
    with transaction.atomic():  # one write to the disk: a demo that is cut off here is begun anew
        player = _Player(crowd, now)
        for at, tale, story, step in _in_order(tales, now):
            player.step(at, tale, story, step)
        for tale in tales:
            if tale.unreadable:
                player.break_one(tale.language, tale.unreadable)
        player.time_passes(now)
        crowd.forget_promises()


def _in_order(tales: list[Told], now: datetime) -> Iterator[tuple[datetime, Told, Story, Step]]:
    rows = [
        (now - timedelta(hours=step.at), tale, story, step)
        for tale in tales
        for story in tale.stories
        for step in story.steps
    ]
    yield from sorted(rows, key=lambda row: row[0])


@dataclass
class _Player:
    crowd: Crowd
    now: datetime
    count: int = 0
    cases: dict[int, int] = field(default_factory=dict)  # conversation by story

    def step(self, at: datetime, tale: Told, story: Story, step: Step) -> None:
        self.count += 1
        self.time_passes(at)
        if step.event or step.says:
            self._customer(at, story, step)
        elif step.reply:
            self._reply(at, tale, story, step)
        else:
            self._other(at, story, step)

    def time_passes(self, until: datetime) -> None:
        """What falls due until then happens at its own hour."""
        due = Promise.objects.filter(state="open", due_at__lt=until).order_by("due_at").values_list("due_at", flat=True)
        for hour in list(due):
            tick.tick(hour + _SECOND)
        tick.tick(until)

    def break_one(self, language: str, broken: Unreadable) -> None:
        """Put a mail into the list of what could not be read."""
        at = self.now - timedelta(hours=broken.at)
        account = self._account(language)
        identity = f"{broken.address.partition('@')[0]}.1@{broken.address.rpartition('@')[2]}"
        letter = Letter(broken.name, broken.address, account.address, broken.subject, broken.says, identity, at)
        self._store(account, letter)
        raw = post.lease_raw(at)
        assert raw is not None
        post.finish_raw(raw, "unreadable", now=at, reason="TooOften", fault=broken.fault)

    def _customer(self, at: datetime, story: Story, step: Step) -> None:
        account = self._account(story.language)
        letter = self._letter(at, story, step, account)
        if letter is None:
            raise ValueError(f"{story.customer}: nothing is said to {step.event!r} {step.at} hours ago")
        self._store(account, letter)
        read_next(at)
        written_now = Message.objects.filter(mail_id=letter.identity).get()
        self.cases[id(story)] = written_now.conversation_id

    def _letter(self, at: datetime, story: Story, step: Step, account: MailAccount) -> Letter | None:
        if step.says:
            identity = f"{self.count}.{int(at.timestamp())}@{story.address.rpartition('@')[2]}"
            return Letter(story.name, story.address, account.address, story.subject, step.says, identity, at)
        if step.event == "opens":
            return self.crowd.add(story.customer, account.address, at).opens()
        return self.crowd.customers[story.customer].answers(step.event, at)

    def _store(self, account: MailAccount, letter: Letter) -> None:
        thing = post.Incoming(
            f"story:{account.pk}:{letter.identity}"[:200], written(letter), letter.at, message_id=letter.identity
        )
        post.store_raw(account.inbox, account, thing)

    def _reply(self, at: datetime, tale: Told, story: Story, step: Step) -> None:
        conversation = self._case(story)
        text = self._words(at, tale, story, step.reply)
        reply = Reply(
            text, conversation.revision, f"story-{self.count}", reason=step.reason, rung=step.rung,
            rung_reason=step.rung_reason,
        )  # fmt: skip
        message = send_reply(_person(step.by), conversation.pk, reply, at)
        mail = post.lease_outgoing(at + _OUT)
        assert mail is not None
        if step.lost:
            send.surface_lost(at + _OUT * 2)
        else:
            post.settle_attempt(mail, "sent", "250", "", at + timedelta(seconds=20))
        if story.customer:
            self.crowd.customers[story.customer].hears(text, message.mail_id, at)

    def _other(self, at: datetime, story: Story, step: Step) -> None:
        conversation, person = self._case(story), _person(step.by)
        if step.note:
            add_note(person, conversation, step.note, at)
        elif step.give:
            assign(person, conversation.pk, _person(step.give), at)
        elif step.keep:
            for promise in Promise.objects.filter(conversation=conversation, state="open"):
                promise_deeds.keep(person, promise.pk, at)
        elif step.snooze:
            snooze.snooze(person, conversation.pk, at + timedelta(hours=step.snooze), at)

    def _words(self, at: datetime, tale: Told, story: Story, text: str) -> str:
        text = tale.timed(text, here(at))
        if not story.customer:
            return text
        scene = self.crowd.customers[story.customer].scene
        return filled(text, scene.persona, scene.opened)

    def _case(self, story: Story) -> Conversation:
        return Conversation.objects.get(pk=self.cases[id(story)])

    def _account(self, language: str) -> MailAccount:
        return MailAccount.objects.select_related("inbox").get(inbox=Inbox.objects.get(language=language))


def here(at: datetime) -> datetime:
    """A time in the company's zone."""
    return at.astimezone(ZoneInfo(Company.objects.select_related("hours").get().hours.zone))


def _person(local: str) -> Person:
    return Person.objects.get(email__startswith=f"{local}@")
