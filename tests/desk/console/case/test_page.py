from __future__ import annotations

from django.test import Client

from tests.desk.cast import Cast, make_conversation


def test_whoever_may_work_here_sees_the_conversation_and_nobody_else(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)
    statuses = {role: client.get(f"/c/{conversation.pk}/").status_code for role, client in clients.items()}
    assert statuses == {
        "owner": 200, "teammate": 200, "lead": 200, "head": 200, "stranger": 404, "strange_lead": 404, "nobody": 302,
    }  # fmt: skip
