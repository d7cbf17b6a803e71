from __future__ import annotations

from django.test import Client

from tests.desk.cast import Cast, make_conversation
from zgoda_desk.post.models import RawMessage


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
