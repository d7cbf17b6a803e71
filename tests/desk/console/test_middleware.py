from __future__ import annotations

from django.test import Client

from tests.desk.cast import Cast, make_conversation


def test_times_are_told_in_the_zone_of_the_company(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)  # received at 10:00 UTC, 11:00 in Warsaw
    page = clients["owner"].get(f"/c/{conversation.pk}/").content.decode()
    assert "11:00" in page
    assert "10:00" not in page
