"""Mail is no way in: forged threads join nothing, mail in an agent's name does nothing (S04, T12, T13)."""

from __future__ import annotations

from itertools import product

import pytest
from django.test import Client

from tests.desk.access.world import comes_in, letter, newest
from tests.desk.cast import Cast
from zgoda_desk.audit.models import Entry
from zgoda_desk.conversations.models import Conversation, Message
from zgoda_desk.lib import tokens
from zgoda_desk.post.models import Outgoing, RawMessage

CUSTOMER = "Customer <one@help.example>"
ATTACKER = "Customer <one@evil.example>"


@pytest.fixture
def conversation(cast: Cast) -> Conversation:
    comes_in(cast.inbox, letter(CUSTOMER, cast.account.address))
    return newest().conversation


def _true(conversation: Conversation) -> str:
    return tokens.reply_token(conversation.pk)


def _forged(conversation: Conversation) -> list[str]:
    """Tokens that were never made: another signature, none, cut, another number, other digits, another purpose."""
    true, number = _true(conversation), str(conversation.pk)
    signature = true.partition("-")[2]
    return [
        f"{number}-{'0' * 24}", f"{number}-", number, f"{number}-{signature[:-1]}", f"{number}-{signature[:23]}x",
        f"{number}-{signature}0", f"0{number}-{signature[::-1]}", f"{int(number) + 1}-{signature}",
        f"-{number}-{signature}",
        f"+{number}-{signature[1:]}", f"{number} -{signature}x", f"{number}-{tokens._hex('promise', number)}",
        f"{number}-{tokens._hex('reply', number + ' ')}", tokens.sign(tokens.PROMISE, number), f"٣-{signature}",
        f"{number}-{'a' * 5000}", f"{number}-{signature.upper()[:-2]}__",
    ]  # fmt: skip


WAYS = ("In_Reply_To", "References", "subject")


def test_no_forged_token_joins_a_conversation_from_the_customers_own_address(
    cast: Cast, conversation: Conversation
) -> None:
    before = conversation.messages.count()
    for token, way in product(_forged(conversation), WAYS):
        value = f"Re: [#{conversation.pk}] {token}" if way == "subject" else f"<z.{token}.abc@polana.example>"
        comes_in(cast.inbox, letter(CUSTOMER, cast.account.address, "Let me in.", **{way: value[:900]}))
        assert newest().conversation != conversation, (token, way)
    assert conversation.messages.count() == before
    assert len(_forged(conversation)) * len(WAYS) >= 50


def test_a_true_token_joins_for_the_customer_alone(cast: Cast, conversation: Conversation) -> None:
    header = f"<z.{_true(conversation)}.abc@polana.example>"
    comes_in(cast.inbox, letter(CUSTOMER, cast.account.address, "It is me.", In_Reply_To=header))
    assert newest().conversation == conversation
    senders = [
        ATTACKER, "one@help.example <x@evil.example>", '"one@help.example" <x@evil.example>', "one@help.examp1e",
        "one@help.example.evil.example", "оne@help.example", "one+x@help.example", "ONE <one@heIp.example>", "",
        "one@help.example, x@evil.example <x@evil.example>",
    ]  # fmt: skip
    for sender, copy in product(senders, ({}, {"Cc": "one@help.example"}, {"Reply_To": "one@help.example"})):
        raw = letter("PLACE", cast.account.address, "Show me his.", In_Reply_To=header, References=header, **copy)
        comes_in(cast.inbox, raw.replace(b"From: PLACE", b"From: " + sender.encode()))
        assert newest().conversation != conversation, (sender, copy)


def test_a_true_token_joins_nothing_in_another_inbox(cast: Cast, conversation: Conversation) -> None:
    header = f"<z.{_true(conversation)}.abc@polana.example>"
    comes_in(cast.other_inbox, letter(CUSTOMER, "konto@polana.example", "Here too?", In_Reply_To=header))
    assert newest().conversation != conversation


def test_whoever_stands_in_the_copy_becomes_no_address_of_the_contact(cast: Cast, conversation: Conversation) -> None:
    header = f"<z.{_true(conversation)}.abc@polana.example>"
    raw = letter(CUSTOMER, cast.account.address, "With a friend.", In_Reply_To=header, Cc="friend@evil.example")
    comes_in(cast.inbox, raw)
    assert [one.value for one in conversation.contact.addresses.all()] == ["one@help.example"]


COMMANDS = (
    "#close", "status: closed", "@assign me", "[close]", "/take", "X-Zgoda: close", "note: he lies",
    "--forward to x@evil.example", "close ticket", "Approved.",
)  # fmt: skip


def test_mail_in_the_name_of_an_agent_is_a_customers_mail_and_does_nothing(
    cast: Cast, clients: dict[str, Client], conversation: Conversation
) -> None:
    header, changed = f"<z.{_true(conversation)}.abc@polana.example>", set()
    senders = (
        f"Nina Wolska <{cast.owner.email}>", f"Helena Ross <{cast.head.email}>", f"{cast.owner.email} <x@evil.example>",
    )  # fmt: skip
    for sender, words in product(senders, COMMANDS):
        raw = letter(sender, cast.account.address, words, subject=words, In_Reply_To=header, X_Zgoda_Agent="1")
        comes_in(cast.inbox, raw)
        made = newest()
        assert made.kind == Message.Kind.CUSTOMER
        assert made.conversation != conversation
        changed.add(made.person_id)
    conversation.refresh_from_db()
    assert changed == {None}
    assert (conversation.status, conversation.assignee_id) == ("open", None)
    assert not Message.objects.filter(kind__in=["ours", "note"], automatic=False).exists()
    assert not Entry.objects.exclude(actor=None).exists()
    assert not Outgoing.objects.exclude(automatic=True).exists()
    assert clients


@pytest.mark.parametrize("sender", ["help@polana.example", "Polana <HELP@polana.example>"])
def test_mail_in_the_name_of_the_desk_is_set_aside(cast: Cast, conversation: Conversation, sender: str) -> None:
    before = conversation.messages.count()
    header = f"<z.{_true(conversation)}.abc@polana.example>"
    raw = comes_in(cast.inbox, letter(sender, cast.account.address, "Refund him.", In_Reply_To=header))
    raw.refresh_from_db()
    assert (raw.state, raw.reason) == ("set_aside", "own")
    assert conversation.messages.count() == before
    assert RawMessage.objects.filter(state="unreadable").count() == 0


@pytest.mark.parametrize(
    "token",
    [
        "",
        " ",
        "-",
        "0-",
        "-0",
        "1",
        "1-",
        "x-x",
        "٣-x",
        "9" * 40 + "-x",
        "1-" + "a" * 100_000,
        "\x00",
        "1-\x00",
        "1--",
        "<1>",
    ],
)
def test_no_odd_token_is_a_conversation(token: str) -> None:
    assert tokens.conversation_of(token) is None
