"""Company, hours, law, inboxes, own settings and teams, as the head fills them in."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.desk.cast import NOW, WEEK, Cast, make_conversation
from zgoda.clocks import load_book
from zgoda_desk.accounts.models import Inbox, Person
from zgoda_desk.audit.models import Entry
from zgoda_desk.commitments.models import Promise
from zgoda_desk.conversations.models import Message
from zgoda_desk.workflow.leaving import NobodyThere, leave, left_by

DAYS = {f"day_{day}": ", ".join(shifts) for day, shifts in WEEK.items()}


def house(**more: Any) -> dict[str, Any]:
    return {
        "name": "Polana", "names_ru": "Поляна", "language": "pl", "zone": "Europe/Warsaw", "calendar": "pl",
        "closed": "2026-12-24\n2026-12-31", "acknowledge_minutes": 20, "answer_minutes": 240, "remind_minutes": 15,
        "undo_seconds": 12, "abuse_minutes": 30,
    } | DAYS | more  # fmt: skip


def test_the_company_is_kept_with_its_hours(cast: Cast, clients: dict[str, Client]) -> None:
    sent = house(day_mon="9-13, 14:00–18:30", day_sat="22:00-06:00", closed="2026-12-31 2026-12-24")
    assert clients["head"].post("/settings/company/", sent).status_code == 302
    cast.company.refresh_from_db()
    cast.company.hours.refresh_from_db()
    assert (cast.company.answer_minutes, cast.company.names) == (240, {"ru": "Поляна"})
    assert cast.company.hours.weekly["mon"] == ["09:00-13:00", "14:00-18:30"]
    assert cast.company.hours.weekly["sat"] == ["22:00-06:00"]
    assert cast.company.hours.closed == ["2026-12-24", "2026-12-31"]
    assert Entry.objects.filter(kind="hours.changed").exists()


@pytest.mark.parametrize(
    "more",
    [
        {"day_mon": "nine to five"}, {"day_mon": "09:00-25:00"}, {"day_mon": "09:61-10:00"}, {"closed": "24.12.2026"},
        {"closed": "2026-02-30"}, {"zone": "Mars/Base"}, {"calendar": "mars"}, {"answer_minutes": "0"}, {"name": ""},
        {"undo_seconds": "9999"}, {"language": "de"}, {"answer_minutes": "1e9"},
        {f"day_{day}": "" for day in ("mon", "tue", "wed", "thu", "fri")},
    ],
)  # fmt: skip
def test_hours_that_are_none_are_sent_back_and_change_nothing(
    cast: Cast, clients: dict[str, Client], more: dict[str, str]
) -> None:
    response = clients["head"].post("/settings/company/", house(**more))
    assert response.status_code == 422
    assert b"aria-invalid" in response.content
    cast.company.refresh_from_db()
    assert cast.company.answer_minutes == 480


def test_terms_by_law_run_only_where_they_are_certain_enough(cast: Cast, clients: dict[str, Client]) -> None:
    rows = load_book().rows
    ours = [row for row in rows.values() if row.jurisdiction == "PL" and row.term_of == "company" and row.days]
    sure = next(row.id for row in ours if row.cert == "A" and row.enabled)
    doubtful = next(row for row in rows.values() if row.cert == "D" and row.term_of == "company")
    sent = {"place": [doubtful.jurisdiction, "XX"], "row": [sure, doubtful.id, "no-such-row"]}
    assert clients["head"].post("/settings/law/", sent).status_code == 302
    cast.company.refresh_from_db()
    assert cast.company.statutes == [sure]
    assert set(cast.company.jurisdictions) == {"PL", doubtful.jurisdiction}
    page = clients["head"].get("/settings/law/").content.decode()
    assert f'id="row-{sure}" name="row" value="{sure}" checked' in page
    assert f'id="row-{doubtful.id}" name="row" value="{doubtful.id}" disabled' in page


def test_an_inbox_shows_what_its_acknowledgement_says(cast: Cast, clients: dict[str, Client]) -> None:
    assert "automatically" in clients["head"].get(f"/settings/inboxes/{cast.inbox.pk}/").content.decode()
    sent = {
        "name": "Sklep", "team": cast.inbox.team_id, "language": "pl", "signature": "Zespół Polany\r\n",
        "auto_acknowledge": "on", "acknowledge_minutes": "", "answer_minutes": "60", "own_hours": "on",
        "day_mon": "10-12",
    }  # fmt: skip
    assert clients["head"].post(f"/settings/inboxes/{cast.inbox.pk}/", sent).status_code == 302
    one = Inbox.objects.get(pk=cast.inbox.pk)
    assert (one.name, one.language, one.auto_acknowledge, one.answer_minutes) == ("Sklep", "pl", True, 60)
    assert one.hours is not None
    assert one.hours.weekly == {"mon": ["10:00-12:00"]}
    assert "automatycznie" in clients["head"].get(f"/settings/inboxes/{cast.inbox.pk}/").content.decode()
    assert clients["head"].post(f"/settings/inboxes/{cast.inbox.pk}/", sent | {"name": "Accounts"}).status_code == 422
    del sent["own_hours"]
    clients["head"].post(f"/settings/inboxes/{cast.inbox.pk}/", sent)
    one.refresh_from_db()
    assert one.hours is None


def test_a_team_is_made_and_filled(cast: Cast, clients: dict[str, Client]) -> None:
    assert clients["head"].post("/settings/teams/", {"name": "Shop"}).status_code == 422
    assert clients["head"].post("/settings/teams/", {"name": "Night"}).status_code == 302
    shop = cast.inbox.team
    Person.objects.filter(pk=cast.teammate.pk).update(is_active=False)
    clients["head"].post(f"/settings/teams/{shop.pk}/", {"name": "Shop", "members": [cast.owner.pk]})
    assert set(shop.members.all()) == {cast.owner, cast.teammate}  # who was shut out comes back into his team


def test_own_settings_are_kept_in_the_company_s_hours(cast: Cast, clients: dict[str, Client]) -> None:
    sent = {
        "name": "Nina W.", "names_ru": "Нина В.", "gender": "f", "language": "ru", "theme": "dark", "available": "on",
        "quiet_from": "22:00", "quiet_until": "07:00", "absent_until": "2026-12-01T09:00", "own_shift": "on",
        "day_mon": "12:00-20:00",
    }  # fmt: skip
    assert clients["owner"].post("/settings/me/", sent).status_code == 302
    cast.owner.refresh_from_db()
    assert cast.owner.absent_until is not None
    assert cast.owner.absent_until.isoformat() == "2026-12-01T08:00:00+00:00"
    assert cast.owner.shift is not None
    assert cast.owner.shift.weekly == {"mon": ["12:00-20:00"]}
    assert not cast.owner.single_keys
    page = clients["owner"].get("/settings/me/")
    assert page.headers["Content-Language"] == "ru"
    assert 'data-theme="dark"' in page.content.decode()
    assert 'value="2026-12-01T09:00"' in page.content.decode()


@pytest.mark.parametrize(
    "more",
    [{"quiet_from": "22:00", "quiet_until": ""}, {"gender": "x"}, {"language": "de"}, {"name": ""}, {"own_shift": "on"},
     {"absent_until": "tomorrow"}, {"name": "x" * 500}],
)  # fmt: skip
def test_own_settings_that_make_no_sense_are_sent_back(
    cast: Cast, clients: dict[str, Client], more: dict[str, str]
) -> None:
    sent = {"name": "Nina", "language": "pl", "gender": "f"} | more
    assert clients["owner"].post("/settings/me/", sent).status_code == 422
    cast.owner.refresh_from_db()
    assert cast.owner.name == "Nina Wolska"


def working(cast: Cast) -> Promise:
    conversation = make_conversation(cast)
    conversation.assignee = cast.owner
    conversation.save()
    return Promise.objects.create(
        conversation=conversation, what="ring back", owner=cast.owner, made_by=cast.owner, made_at=NOW, due_at=NOW,
        zone="Europe/Warsaw",
    )  # fmt: skip


def test_whoever_leaves_hands_over_in_the_open(cast: Cast, clients: dict[str, Client]) -> None:
    promise = working(cast)
    assert [one.pk for one in left_by(cast.owner).promises] == [promise.pk]
    page = clients["head"].get(f"/settings/people/{cast.owner.pk}/leave").content.decode()
    assert "ring back" in page
    sent = {"heir": str(cast.teammate.pk)}
    assert clients["head"].post(f"/settings/people/{cast.owner.pk}/leave", sent).status_code == 302
    promise.refresh_from_db()
    promise.conversation.refresh_from_db()
    cast.owner.refresh_from_db()
    assert promise.owner == promise.conversation.assignee == cast.teammate
    assert not cast.owner.is_active
    told = set(Message.objects.filter(kind="event").values_list("event", flat=True))
    assert "assigned" in told
    assert clients["owner"].get("/").status_code == 302  # his session ended


def test_nobody_leaves_with_a_promise_nobody_takes(cast: Cast, clients: dict[str, Client]) -> None:
    promise = working(cast)
    for heir in (None, cast.stranger, cast.owner):
        with pytest.raises(NobodyThere):
            leave(cast.head, cast.owner, heir, NOW)
    assert clients["head"].post(f"/settings/people/{cast.owner.pk}/leave", {"heir": ""}).status_code == 422
    promise.refresh_from_db()
    cast.owner.refresh_from_db()
    assert promise.owner == cast.owner
    assert cast.owner.is_active


def test_the_first_things_tick_off(cast: Cast, clients: dict[str, Client]) -> None:
    page = clients["head"].get("/settings/").content.decode()
    assert "First things" in page
    assert "First things" not in clients["lead"].get("/settings/").content.decode()
    clients["head"].post("/settings/company/", house())
    clients["head"].post("/settings/law/", {"place": ["PL"]})
    cast.account.since = NOW.date()
    cast.account.save()
    assert "First things" not in clients["head"].get("/settings/").content.decode()
