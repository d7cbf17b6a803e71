"""Things named in a form, a query or a session are checked like those in the address (T06, T28)."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.desk.access.world import ACCOUNTS, HELP, SIDES, Place, make_place
from tests.desk.cast import NOW, Cast
from zgoda_desk.accounts.models import Inbox, Invitation, Person, Team
from zgoda_desk.console.queue.doing import DEEDS
from zgoda_desk.conversations.models import Contact, Conversation, LiveEvent


@pytest.fixture
def places(cast: Cast) -> dict[str, Place]:
    return {side: make_place(cast, side) for side in SIDES}


def _rows() -> list[dict[str, object]]:
    fields = ("assignee", "status", "snoozed_until", "spam", "merged_into", "revision", "contact", "tags")
    return list(Conversation.objects.order_by("pk").values("pk", *fields))


def test_no_deed_of_the_queue_touches_a_foreign_conversation(
    cast: Cast, clients: dict[str, Client], places: dict[str, Place]
) -> None:
    foreign, before = places[ACCOUNTS].things["conversation"], _rows()
    more = {"to": str(cast.teammate.pk), "until": "tomorrow", "tag": "x"}
    for deed in DEEDS:
        for query, form in (("", {"ids": foreign}), (f"?one={foreign}", {})):
            clients["owner"].post(f"/queue/do{query}", {"do": deed, **more, **form})
            assert _rows() == before, deed


def test_a_list_of_ids_changes_only_those_that_are_his(
    cast: Cast, clients: dict[str, Client], places: dict[str, Place]
) -> None:
    ids = [places[side].things["conversation"] for side in SIDES]
    clients["owner"].post("/queue/do", {"do": "take", "ids": ids})
    owners = dict(Conversation.objects.filter(pk__in=ids).values_list("pk", "assignee"))
    assert owners == {int(ids[0]): cast.owner.pk, int(ids[1]): None}


def test_what_was_undone_in_a_session_is_checked_again(
    cast: Cast, clients: dict[str, Client], places: dict[str, Place]
) -> None:
    mine = places[HELP].things["conversation"]
    clients["owner"].post("/queue/do", {"do": "close", "ids": mine})
    Conversation.objects.filter(pk=mine).update(inbox=cast.other_inbox)
    before = _rows()
    clients["owner"].post("/queue/undo")
    assert _rows() == before


@pytest.mark.parametrize("path", ["/c/{conversation}/hand-over", "/promises/{promise}/give", "/queue/do"])
def test_work_is_given_to_nobody_outside_the_inbox(
    cast: Cast, clients: dict[str, Client], places: dict[str, Place], path: str
) -> None:
    place = places[HELP]
    form = {"to": str(cast.stranger.pk), "note": "x", "do": "give", "ids": place.things["conversation"]}
    for role in ("owner", "head"):
        clients[role].post(path.format(**place.things), form)
    conversation = Conversation.objects.get(pk=place.things["conversation"])
    assert conversation.assignee_id != cast.stranger.pk
    assert not cast.stranger.promises.filter(conversation=conversation).exists()


@pytest.mark.parametrize("path", ["/c/{conversation}/merge", "/people/{contact}/merge", "/people/{contact}/unmerge"])
def test_nothing_foreign_is_merged(clients: dict[str, Client], places: dict[str, Place], path: str) -> None:
    foreign = places[ACCOUNTS].things
    for other in (foreign["conversation"], foreign["contact"], "0", "-1", "x", "", "9" * 30):
        response = clients["owner"].post(path.format(**places[HELP].things), {"other": other})
        assert response.status_code in (302, 404)
    assert not Conversation.objects.exclude(merged_into=None).exists()
    assert not Contact.objects.exclude(merged_into=None).exists()


@pytest.mark.parametrize(
    "query",
    ["q=One", "inbox={inbox}", "q=%23{conversation}", "q=48-20517", "q=one%40accounts.example", "view=all&q=order"],
)
def test_no_search_or_filter_finds_a_foreign_conversation(
    clients: dict[str, Client], places: dict[str, Place], query: str
) -> None:
    things = places[ACCOUNTS].things
    for path in ("/", "/queue/list"):
        page = clients["owner"].get(f"{path}?{query.format(**things)}").content.decode()
        assert f"/c/{things['conversation']}/" not in page


FIELDS = {
    "role": "head", "specialist": "on", "is_active": "", "is_staff": "on", "is_superuser": "on", "teams": "2",
    "email": "x@evil.example", "team": "2", "members": "5", "session_key": "x", "feed_key": "x", "password": "x",
    "pk": "4", "id": "4", "person": "4", "inbox": "2", "contact": "1", "merged_into": "1", "assignee": "5",
    "state": "sent", "made_at": "2000-01-01", "company": "2", "owner": "5", "key": "x",
}  # fmt: skip


@pytest.mark.parametrize("role", ["owner", "lead", "stranger"])
def test_no_form_raises_anybody(cast: Cast, clients: dict[str, Client], places: dict[str, Place], role: str) -> None:
    things = places[HELP].things | {"me": str(cast.role(role).pk)}  # type: ignore[union-attr]
    forms = {
        "/settings/me/": {"name": "New name", "language": "en", "gender": "f", "theme": ""},
        "/settings/people/{me}/": {}, "/settings/people/{person}/": {}, "/settings/teams/{team}/": {"name": "Mine"},
        "/people/{contact}/": {"name": "Another"}, "/settings/company/": {"name": "Mine"},
        "/settings/inboxes/{inbox}/": {"name": "Mine"}, "/c/{conversation}/tag": {"name": "x"},
        "/settings/people/": {"email": "n@x.example", "language": "en"},
    }  # fmt: skip
    for path, form in forms.items():
        clients[role].post(path.format(**things), FIELDS | form)
    assert _ranks() == {
        "nina": ("agent", False, ["Shop"]), "pawel": ("agent", False, ["Shop"]), "tomasz": ("lead", False, ["Shop"]),
        "helena": ("head", False, []), "stefan": ("agent", False, ["Bank"]), "lidia": ("lead", False, ["Bank"]),
    }  # fmt: skip
    assert set(Team.objects.values_list("name", flat=True)) == {"Shop", "Bank"}
    assert set(Inbox.objects.values_list("name", flat=True)) == {"Help", "Accounts"}
    assert set(Invitation.objects.values_list("role", flat=True)) == {"agent"}
    assert Contact.objects.get(pk=things["contact"]).merged_into is None


def _ranks() -> dict[str, tuple[str, bool, list[str]]]:
    return {
        one.email.partition("@")[0]: (one.role, one.specialist, [team.name for team in one.teams.all()])
        for one in Person.objects.filter(is_active=True).prefetch_related("teams")
    }


def test_events_of_each_are_those_of_his_inboxes_and_his_own(cast: Cast, places: dict[str, Place]) -> None:
    from zgoda_desk.conversations.access import events_of

    LiveEvent.objects.create(kind="help", at=NOW, person=cast.teammate)
    assert places
    for name in ("owner", "teammate", "lead", "head", "stranger", "strange_lead"):
        person = cast.role(name)
        assert person is not None
        heard = events_of(person)
        inboxes = set(heard.exclude(inbox=None).values_list("inbox__name", flat=True))
        expected = {"head": {"Help", "Accounts"}, "stranger": {"Accounts"}, "strange_lead": {"Accounts"}}
        assert inboxes == expected.get(name, {"Help"})
        assert heard.filter(kind="help", person=cast.teammate).exists() == (name == "teammate")
    cast.owner.is_active = False
    cast.owner.save()
    assert not events_of(cast.owner).exclude(person=cast.owner).exists()


def test_no_event_holds_what_anybody_wrote(places: dict[str, Place]) -> None:
    told = " ".join(str(one.data) for one in LiveEvent.objects.all())
    assert told
    for words in ("order", "Customer", "example", "nothing"):
        assert words not in told
    assert places
