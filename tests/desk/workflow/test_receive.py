from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.desk.cast import NOW, Cast, make_conversation
from tests.desk.workflow.said import customer_writes
from zgoda_desk.audit import actions
from zgoda_desk.conversations import engine
from zgoda_desk.conversations.models import Conversation
from zgoda_desk.post.models import RawMessage
from zgoda_desk.workflow import threads
from zgoda_desk.workflow.merge import merge


def test_an_angry_mail_becomes_a_read_conversation_with_its_clocks(cast: Cast) -> None:
    conversation = make_conversation(
        cast, "Third time I write! Where is my order 48-20517? Give me my 34.90 EUR back, this is outrageous!"
    )
    assert conversation.contact.name == "Marina Sokolova"
    assert conversation.state in ("angry", "dissatisfied")
    assert conversation.reference == "48-20517"
    assert sorted(conversation.clocks.values_list("kind", flat=True)) == ["acknowledge", "answer"]
    assert RawMessage.objects.get().state == "read"


def test_the_queue_shows_it_to_the_team_and_to_no_stranger(cast: Cast, clients: dict[str, Client]) -> None:
    make_conversation(cast)
    assert "Marina Sokolova" in clients["teammate"].get("/").content.decode()
    assert "Marina Sokolova" not in clients["stranger"].get("/").content.decode()
    assert clients["nobody"].get("/").status_code == 302


def test_what_a_colleague_does_while_a_mail_is_read_is_not_undone_by_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = make_conversation(cast)
    before = conversation.revision
    found = threads.joined

    def slow(*given: Any) -> Conversation | None:
        known = found(*given)
        Conversation.objects.filter(pk=conversation.pk).update(assignee=cast.owner, revision=before + 1)
        return known

    monkeypatch.setattr(threads, "joined", slow)
    customer_writes(cast, "Any news?", conversation, minutes=5)
    conversation.refresh_from_db()
    assert (conversation.assignee, conversation.revision) == (cast.owner, before + 2)


def test_a_mail_joins_the_conversation_into_which_its_own_is_merged_meanwhile(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make_conversation(cast)
    second = customer_writes(cast, "And the invoice is wrong.", minutes=3).conversation
    found = threads.joined

    def slow(*given: Any) -> Conversation | None:
        known = found(*given)
        merge(cast.owner, first.pk, second.pk, NOW)
        return known

    monkeypatch.setattr(threads, "joined", slow)
    assert customer_writes(cast, "Any news?", second, minutes=5).conversation_id == first.pk


def test_nobody_else_waits_while_a_mail_is_read(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    read = engine.read

    def noted(*given: Any, **more: Any) -> Any:
        order.append("read")
        return read(*given, **more)

    monkeypatch.setattr(engine, "read", noted)
    monkeypatch.setattr(actions, "one_writer", lambda: order.append("alone"))
    make_conversation(cast)
    assert order.index("read") < order.index("alone")


def test_a_customer_who_writes_again_does_not_wait_for_somebody_who_has_left(cast: Cast) -> None:
    conversation = make_conversation(cast)
    conversation.assignee, cast.owner.is_active = cast.owner, False
    conversation.save()
    cast.owner.save()
    customer_writes(cast, "And now?", conversation, minutes=5)
    conversation.refresh_from_db()
    assert conversation.assignee is None
