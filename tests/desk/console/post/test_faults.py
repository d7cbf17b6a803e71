from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from tests.desk.cast import NOW, Cast, make_conversation
from zgoda_desk.console.post.faults import fault_of
from zgoda_desk.conversations.models import Message
from zgoda_desk.post.models import MailAccount, Outgoing

RAW = "[Errno 111] Connection refused"


def _mail(code: str, heard: str = "") -> Outgoing:
    account = MailAccount(smtp_host="mail.polana.example", smtp_port=465)
    return Outgoing(account=account, state="failed", last_code=code, last_detail=heard)


@pytest.mark.parametrize(
    ("code", "heard", "said"),
    [
        ("connect:refused", RAW, "mail.polana.example, port 465: Nothing answers at this port."),
        ("resolve:unknown_host", "[Errno -2] Name or service not known", "port 465: No server has this name."),
        ("tls:certificate_expired", "x", "The server's certificate has run out."),
        ("login:refused", "535 5.7.8 no", "User name or password are not accepted."),
        ("login:no_secret", "x", "The password of our mailbox cannot be read."),
        ("connect:timeout", "timed out", "port 465: No answer."),
        ("login:timeout", "timed out", "port 465: No answer in time."),
        ("data:lost", "x", "The line to the server broke on the way."),
        ("recipient:552", "<a@b.example> 552 no space", "The customer's mailbox is full."),
        ("recipient:550", "<a@b.example> 550 5.2.2 over quota", "The customer's mailbox is full."),
        ("recipient:550", "<a@b.example> 550 5.1.1 no such user", "knows no such address"),
        ("recipient:550", "<a@b.example> 550 5.7.1 policy", "refused him as a recipient"),
        ("recipient:450", "<a@b.example> 450 grey", "It is tried again by itself."),
        ("recipient:address_invalid", "x", "No mail can go to this address."),
        ("answer:554", "554 5.7.1 spam", "perhaps as spam"),
        ("answer:552", "552 5.3.4 too large", "larger than the server takes"),
        ("sender:too_big", "x", "larger than the server takes"),
        ("sender:550", "550 no", "does not let our address send"),
        ("interrupted", "", "The desk was stopped"),
        ("timeout", "", "The line to the server broke"),
        ("data:broke", "KeyError", "Something failed on our side."),
        ("550", "x", "Something failed on our side."),
    ],
)
def test_a_fault_is_told_in_words_that_say_what_where_and_what_to_do(code: str, heard: str, said: str) -> None:
    with translation.override("en"):
        assert said in fault_of(_mail(code, heard))


@pytest.mark.parametrize("language", ["ru", "pl"])
@pytest.mark.parametrize("code", ["connect:refused", "recipient:552", "answer:554", "login:no_secret", "data:lost"])
def test_in_every_language(code: str, language: str) -> None:
    with translation.override("en"):
        english = fault_of(_mail(code))
    with translation.override(language):
        assert fault_of(_mail(code)) != english


def test_what_the_system_said_stands_behind_details_and_only_for_leads(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)
    made = Outgoing.objects.create(
        account=cast.account, key="k", message_id="<k@x>", recipients=["m@x.example"], body=b"x", made_at=NOW,
        not_before=NOW, state="queued", attempts=1, last_code="connect:refused", last_detail=RAW,
    )  # fmt: skip
    Message.objects.create(
        conversation=conversation, kind="ours", person=cast.owner, at=NOW, text="It left.", outgoing=made
    )
    for path in (f"/c/{conversation.pk}/", "/post/outbox/"):
        told = {role: clients[role].get(path).content.decode() for role in ("owner", "lead")}
        assert "Nothing answers at this port" in told["owner"]
        assert RAW not in told["owner"]
        assert f'<summary>Details</summary><p class="code muted">{RAW}</p>' in told["lead"]
