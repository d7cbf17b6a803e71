from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.desk.cast import NOW, Cast, make_conversation, raw_mail
from zgoda_desk.conversations.models import Conversation, Message
from zgoda_desk.post.actions import Incoming, store_raw
from zgoda_desk.post.mail import parse
from zgoda_desk.post.models import Outgoing, RawMessage
from zgoda_desk.workflow.acknowledge import acknowledge, prepared
from zgoda_desk.workflow.answer import Reply
from zgoda_desk.workflow.letters import CannotSend
from zgoda_desk.workflow.receive import read_next
from zgoda_desk.workflow.undo import undo_reply

FRIDAY = datetime(2026, 11, 27, 15, 30, tzinfo=UTC)  # half an hour before the office closes
BODY = "Where is my washing machine? I paid 1200 for it. SECRETWORD"


def _comes_in(
    cast: Cast, *, text: str = BODY, sender: str = "Marina Sokolova <marina@customer.example>", more: str = "",
    at: datetime = NOW, now: datetime = NOW, spam: bool = False, subject: str = "SECRETSUBJECT",
) -> Message | None:  # fmt: skip
    number = RawMessage.objects.count() + 1
    identity = f"<{number}@customer.example>"
    raw = raw_mail(text, sender=sender, subject=subject, message_id=identity, more=more)
    store_raw(cast.inbox, cast.account, Incoming(f"uid:{number}", raw, at, message_id=identity, in_spam=spam))
    assert read_next(now)
    return Message.objects.filter(kind="customer").order_by("-id").first()


def test_one_tap_names_the_order_and_an_hour_within_working_time(cast: Cast) -> None:
    conversation = make_conversation(cast)
    text = prepared(cast.owner, conversation, NOW).text
    assert text == (
        "Hello Marina, this is Nina Wolska from Polana. Your message about order 48-20517 has arrived and I have read "
        "all of it. I will write to you on Friday 27 November by 11:00."
    )


@pytest.mark.parametrize(
    ("written", "detail"),
    [
        ("Где мой заказ 48-20517? Жду третью неделю!", "Ваше сообщение о заказе 48-20517 получено"),
        ("Третью неделю жду и не могу дождаться ответа!", "Ваше сообщение от 26 ноября, 11:00, получено"),
        ("Gdzie jest moje zamówienie 48-20517? Czekam trzeci tydzień!", "w sprawie zamówienia 48-20517 dotarła"),
        ("Czekam trzeci tydzień i nikt nie odpisuje!", "Wiadomość z 26 listopada, godz. 11:00, dotarła"),
        ("My washing machine leaks again and nobody answers me.", "about the washing machine has arrived"),
        ("I am waiting for the third week and nobody answers me.", "Your message of 26 November, 11:00, has arrived"),
    ],
)
def test_it_is_told_in_his_language_with_a_detail_of_his_message(cast: Cast, written: str, detail: str) -> None:
    conversation = _comes_in(cast, text=written, subject="x").conversation
    text = prepared(cast.owner, conversation, NOW).text
    assert detail in text
    assert "{" not in text
    assert "  " not in text


def test_acknowledging_stops_its_clock_alone_and_its_hour_is_a_promise(cast: Cast) -> None:
    conversation = make_conversation(cast)
    message = acknowledge(cast.owner, conversation.pk, Reply("", 1, "k1"), NOW)
    conversation.refresh_from_db()
    assert message.outgoing.state == "queued"
    assert dict(conversation.clocks.values_list("kind", "state"))["acknowledge"] == "met"
    assert dict(conversation.clocks.values_list("kind", "state"))["answer"] == "running"
    assert (conversation.status, conversation.acknowledged_at) == ("open", NOW)
    assert conversation.waiting_since is not None
    promise = conversation.promises.get()
    assert promise.owner == cast.owner
    assert promise.due_at == prepared(cast.owner, conversation, NOW).due_at


def test_an_acknowledgement_can_be_taken_back(cast: Cast) -> None:
    conversation = make_conversation(cast)
    message = acknowledge(cast.owner, conversation.pk, Reply("", 1, "k1"), NOW)
    assert undo_reply(cast.owner, message.pk, NOW)
    conversation.refresh_from_db()
    assert conversation.acknowledged_at is None
    assert conversation.clocks.get(kind="acknowledge").state == "running"
    assert not conversation.promises.exists()


def test_before_a_weekend_the_hour_is_on_the_next_working_day(cast: Cast) -> None:
    cast.company.answer_minutes = 60
    cast.company.save()
    conversation = _comes_in(cast, at=FRIDAY, now=FRIDAY).conversation
    made = prepared(cast.owner, conversation, FRIDAY)
    assert made.due_at.isoformat() == "2026-11-30T09:30:00+01:00"
    assert "on Monday 30 November by 09:30" in made.text


def test_there_is_nothing_to_acknowledge_before_the_customer_wrote(cast: Cast) -> None:
    conversation = make_conversation(cast)
    conversation.messages.all().delete()
    with pytest.raises(CannotSend):
        prepared(cast.owner, conversation, NOW)


def _switched_on(cast: Cast) -> None:
    cast.inbox.auto_acknowledge = True
    cast.inbox.save()


def test_where_switched_on_a_new_customer_hears_by_itself_and_none_of_his_words_come_back(cast: Cast) -> None:
    _switched_on(cast)
    message = _comes_in(cast)
    outgoing = Outgoing.objects.get()
    mail = parse(bytes(outgoing.body))
    assert (outgoing.sender, outgoing.automatic, outgoing.not_before) == ("", True, NOW)
    assert re.search(rb"^Auto-Submitted: auto-replied", bytes(outgoing.body), re.MULTILINE)
    whole = bytes(outgoing.body).decode() + mail.text
    for word in ("SECRETWORD", "SECRETSUBJECT", "Marina", "washing", "1200"):
        assert word not in whole
    conversation = Conversation.objects.get(pk=message.conversation_id)
    assert conversation.acknowledged_at == NOW
    assert conversation.clocks.get(kind="acknowledge").state == "met"
    assert conversation.waiting_since is not None
    assert (conversation.status, conversation.revision) == ("open", 1)


def test_an_address_hears_at_most_once_a_day(cast: Cast) -> None:
    _switched_on(cast)
    for hours in (0, 5, 23, 25):
        at = NOW + timedelta(hours=hours)
        _comes_in(cast, at=at, now=at)
    assert Outgoing.objects.count() == 2


@pytest.mark.parametrize(
    "mail",
    [
        {"more": "Auto-Submitted: auto-replied\n"},
        {"more": "Precedence: bulk\n"},
        {"more": "List-Id: <news.example>\n"},
        {"more": "Return-Path: <>\n"},
        {"more": "X-Auto-Response-Suppress: All\n"},
        {"sender": "MAILER-DAEMON@customer.example"},
        {"sender": "Shop <no-reply@customer.example>"},
        {"sender": "help@polana.example"},
        {"spam": True},
        {"at": NOW - timedelta(days=2)},
    ],
)
def test_robots_spam_our_own_and_old_mail_hear_nothing(cast: Cast, mail: dict) -> None:
    _switched_on(cast)
    _comes_in(cast, **mail)
    assert not Outgoing.objects.exists()


def test_where_it_is_off_or_nobody_sends_nothing_leaves_by_itself(cast: Cast) -> None:
    _comes_in(cast)
    _switched_on(cast)
    cast.account.is_active = False
    cast.account.save()
    _comes_in(cast, sender="jan@customer.example")
    assert not Outgoing.objects.exists()
    assert Message.objects.filter(kind="customer").count() == 2


@pytest.mark.parametrize("address", ["marina..s@customer.example", "marina@-customer.example", ".m@customer.example"])
def test_a_mail_from_an_address_nobody_can_write_to_is_read_without_an_automatic_answer(
    cast: Cast, address: str
) -> None:
    cast.inbox.auto_acknowledge = True
    cast.inbox.save()
    message = _comes_in(cast, sender=f"Marina Sokolova <{address}>")
    assert message is not None
    assert RawMessage.objects.get().state == "read"
    assert not Outgoing.objects.exists()
