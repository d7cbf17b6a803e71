"""Each page of the settings as each of the cast, and each form with each field that is not its own (T28)."""

from __future__ import annotations

from typing import Any

import pytest
from django.forms.models import model_to_dict
from django.test import Client

from tests.desk.cast import ROLES, Cast
from zgoda_desk.accounts import joining
from zgoda_desk.accounts.models import Company, Inbox, Invitation, Person, Team
from zgoda_desk.lib import clock
from zgoda_desk.post.models import MailAccount

ALL = {"owner", "teammate", "lead", "head", "stranger", "strange_lead"}
LEADS, HEAD = {"lead", "strange_lead", "head"}, {"head"}


def pages(cast: Cast) -> dict[str, set[str]]:
    """Every page that is only looked at, and who may."""
    team, strange_team = cast.lead.teams.get(), cast.strange_lead.teams.get()
    of_lead, of_strange = {"lead", "head"}, {"strange_lead", "head"}
    return {
        "": ALL,
        "me/": ALL,
        "people/": LEADS,
        f"people/{cast.owner.pk}/": of_lead,
        f"people/{cast.stranger.pk}/": of_strange,
        f"people/{cast.head.pk}/": HEAD,
        "people/999999/": set(),
        f"people/{cast.owner.pk}/leave": HEAD,
        f"people/{cast.head.pk}/leave": set(),
        "teams/": LEADS,
        f"teams/{team.pk}/": of_lead,
        f"teams/{strange_team.pk}/": of_strange,
        "teams/999999/": set(),
        "inboxes/": HEAD,
        f"inboxes/{cast.inbox.pk}/": HEAD,
        "inboxes/999999/": set(),
        f"inboxes/{cast.inbox.pk}/mailbox": HEAD,
        f"inboxes/{cast.inbox.pk}/mailbox?address=a@gmail.com": HEAD,
        f"mailboxes/{cast.account.pk}/": HEAD,
        "mailboxes/999999/": set(),
        f"mailboxes/{cast.account.pk}/consent": set(),  # no client was told
        "consent/back?state=x&code=y": set(),
        "company/": HEAD,
        "law/": HEAD,
        "content/": HEAD,
        "content/rule/": HEAD,
        "content/phrase/": HEAD,
        "content/rule/own-none/": set(),
        "content/phrase/own-none/": set(),
    }


@pytest.mark.parametrize("role", ROLES)
def test_a_page_opens_for_those_who_may_and_is_missing_for_all_others(
    cast: Cast, clients: dict[str, Client], role: str
) -> None:
    for path, who in pages(cast).items():
        status = clients[role].get(f"/settings/{path}").status_code
        expected = 302 if role == "nobody" else 200 if role in who else 404
        assert status == expected, f"{path} as {role}: {status}, expected {expected}"


def deeds(cast: Cast) -> dict[str, set[str]]:
    """Every address that changes something of others, and who may; 302 where it was done, 422 for an empty form."""
    invitation, _token = joining.invite(
        cast.lead, joining.Guest("e@x.example", teams=tuple(cast.lead.teams.all())), clock.now()
    )
    team = cast.lead.teams.get()
    return {
        "people/": LEADS,
        f"people/{cast.owner.pk}/": HEAD,
        f"people/{cast.head.pk}/": set(),
        f"people/{cast.owner.pk}/link": {"lead", "head"},
        f"people/{cast.head.pk}/link": set(),
        f"people/{cast.owner.pk}/factor": HEAD,
        f"people/{cast.head.pk}/factor": set(),
        f"people/{cast.head.pk}/leave": set(),
        f"people/{cast.owner.pk}/return": HEAD,
        f"people/{cast.head.pk}/return": set(),
        f"invitations/{invitation.pk}/take-back": {"lead", "head"},
        "teams/": HEAD,
        f"teams/{team.pk}/": HEAD,
        "inboxes/": HEAD,
        f"inboxes/{cast.inbox.pk}/": HEAD,
        f"inboxes/{cast.inbox.pk}/mailbox": HEAD,
        f"mailboxes/{cast.account.pk}/": HEAD,
        f"mailboxes/{cast.account.pk}/start": HEAD,
        f"mailboxes/{cast.account.pk}/pause": HEAD,
        "company/": HEAD,
        "law/": HEAD,
        "content/rule/": HEAD,
        "content/phrase/": HEAD,
        "content/own-none/drop": set(),
    }


@pytest.mark.parametrize("role", ROLES)
def test_a_deed_is_done_by_those_who_may_alone(cast: Cast, clients: dict[str, Client], role: str) -> None:
    for path, who in deeds(cast).items():
        status = clients[role].post(f"/settings/{path}", {"nothing": "of use"}).status_code
        if role == "nobody":
            assert status == 302
        elif role in who:
            assert status in (200, 302, 422), f"{path} as {role}: {status}"
        else:
            assert status == 404, f"{path} as {role}: {status}"


@pytest.mark.parametrize(
    "path", ["me/sessions", "people/1/link", "people/1/factor", "people/1/return", "mailboxes/1/test"]
)
def test_what_changes_something_is_no_get(clients: dict[str, Client], path: str) -> None:
    assert clients["head"].get(f"/settings/{path}").status_code == 405


def test_a_form_without_its_token_changes_nothing(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.head, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post("/settings/company/", {"name": "Evil"}).status_code == 403


def everything() -> dict[str, Any]:
    """All rows of the company as they are, but what differs by itself."""
    kept: dict[str, Any] = {}
    for model in (Person, Company, Team, Inbox, MailAccount, Invitation):
        for row in model._default_manager.order_by("pk"):  # type: ignore[attr-defined]
            fields = model_to_dict(row, exclude=["last_login"])
            lists = {name: sorted(one.pk for one in value) for name, value in fields.items() if _are_rows(value)}
            kept[f"{model.__name__}:{row.pk}"] = fields | lists
    return kept


def _are_rows(value: object) -> bool:
    return isinstance(value, list) and bool(value) and hasattr(value[0], "pk")


ME = {
    "name": "Other Name", "names_ru": "", "names_pl": "", "names_en": "", "gender": "m", "language": "pl",
    "theme": "dark", "single_keys": "on", "available": "on", "quiet_from": "", "quiet_until": "", "absent_until": "",
}  # fmt: skip
OWN = {
    "name",
    "names",
    "gender",
    "language",
    "theme",
    "single_keys",
    "available",
    "quiet_from",
    "quiet_until",
    "absent_until",
}
FORBIDDEN = {
    "role": "head", "specialist": "on", "is_active": "", "email": "evil@x.example", "password": "x", "teams": "1",
    "id": "1", "pk": "1", "is_staff": "1", "is_superuser": "1", "joined_at": "2020-01-01", "session_key": "x",
    "feed_key": "x", "last_login": "2020-01-01", "person": "1", "shift": "1", "actor": "1",
}  # fmt: skip


@pytest.mark.parametrize("role", sorted(ALL))
def test_own_settings_change_own_fields_only(cast: Cast, clients: dict[str, Client], role: str) -> None:
    me = cast.role(role)
    assert me is not None
    before = everything()
    assert clients[role].post("/settings/me/", ME | FORBIDDEN).status_code == 302
    after = everything()
    key = f"Person:{me.pk}"
    assert {name for name in before[key] if before[key][name] != after[key][name]} <= OWN
    assert {k: v for k, v in before.items() if k != key} == {k: v for k, v in after.items() if k != key}
    assert after[key]["name"] == "Other Name"


@pytest.mark.parametrize("role", sorted(ALL))
def test_no_form_of_others_changes_a_field_that_is_not_on_it(cast: Cast, clients: dict[str, Client], role: str) -> None:
    """Each form of another's row, sent with every field there is, by everybody who may not use it."""
    sent = {
        "name": "Evil",
        "members": [str(cast.owner.pk)],
        "team": "1",
        "auto_acknowledge": "on",
        "statutes": "x",
    } | FORBIDDEN
    before = everything()
    for path in (
        f"people/{cast.teammate.pk}/", f"teams/{cast.lead.teams.get().pk}/", f"inboxes/{cast.inbox.pk}/",
        f"mailboxes/{cast.account.pk}/", "company/", "law/", "teams/", "inboxes/",
    ):  # fmt: skip
        if role != "head":
            assert clients[role].post(f"/settings/{path}", sent).status_code == 404
    assert everything() == before


def test_the_form_of_a_person_changes_role_and_mark_alone(cast: Cast, clients: dict[str, Client]) -> None:
    before = everything()
    sent = FORBIDDEN | {"role": "lead", "specialist": "on", "name": "Evil", "gender": "m"}
    assert clients["head"].post(f"/settings/people/{cast.owner.pk}/", sent).status_code == 302
    after, key = everything(), f"Person:{cast.owner.pk}"
    changed = {name for name in before[key] if before[key][name] != after[key][name]}
    assert changed == {"role", "specialist", "session_key"}
    assert {k: v for k, v in before.items() if k != key} == {k: v for k, v in after.items() if k != key}


def test_a_lead_cannot_invite_a_lead_or_into_another_team(cast: Cast, clients: dict[str, Client]) -> None:
    other = cast.strange_lead.teams.get()
    sent = {"email": "new@x.example", "language": "pl", "role": "head", "teams": str(cast.lead.teams.get().pk)}
    assert clients["lead"].post("/settings/people/", sent).status_code == 200
    made = Invitation.objects.get()
    assert made.role == "agent"
    sent["email"], sent["teams"] = "more@x.example", str(other.pk)
    assert clients["lead"].post("/settings/people/", sent).status_code == 422
    assert Invitation.objects.count() == 1


def test_the_link_is_shown_once_and_to_nobody_after(cast: Cast, clients: dict[str, Client]) -> None:
    sent = {"email": "new@x.example", "language": "pl", "role": "agent", "teams": str(cast.lead.teams.get().pk)}
    page = clients["head"].post("/settings/people/", sent)
    assert "/account/join/" in page.content.decode()
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "/account/join/" not in clients["head"].get("/settings/people/").content.decode()


def test_an_address_that_is_here_is_not_invited(clients: dict[str, Client]) -> None:
    sent = {"email": "Nina@Polana.example", "language": "pl", "role": "agent"}
    assert clients["head"].post("/settings/people/", sent).status_code == 422
