from __future__ import annotations

from datetime import timedelta

import pytest

from tests.desk.cast import NOW, Cast
from zgoda_desk.accounts import actions, joining
from zgoda_desk.accounts.models import Invitation, Person, Role
from zgoda_desk.audit.models import Entry

JOINER = joining.Joiner("Ewa Nowa", "f", "pl", "correct horse staple")


def _invited(cast: Cast, **more: object) -> tuple[Invitation, str]:
    teams = tuple(cast.lead.teams.all())
    return joining.invite(cast.lead, joining.Guest("Ewa@Polana.example", teams=teams, **more), NOW)  # type: ignore[arg-type]


def test_an_invited_person_comes_in_with_role_and_teams_of_the_invitation(cast: Cast) -> None:
    made, token = _invited(cast)
    person = joining.join(joining.invitation_of(token, NOW), JOINER, NOW)  # type: ignore[arg-type]
    assert (person.email, person.role, person.gender, person.language) == ("ewa@polana.example", "agent", "f", "pl")
    assert list(person.teams.all()) == list(cast.lead.teams.all())
    assert person.check_password("correct horse staple")
    made.refresh_from_db()
    assert made.used_at == NOW


def test_a_link_opens_once(cast: Cast) -> None:
    made, token = _invited(cast)
    joining.join(made, JOINER, NOW)
    assert joining.invitation_of(token, NOW) is None
    with pytest.raises(joining.LinkUsed):
        joining.join(made, JOINER, NOW)
    assert Person.objects.filter(email="ewa@polana.example").count() == 1


def test_a_link_holds_for_seven_days(cast: Cast) -> None:
    _made, token = _invited(cast)
    assert joining.invitation_of(token, NOW + timedelta(days=7, seconds=-1)) is not None
    assert joining.invitation_of(token, NOW + timedelta(days=7)) is None


@pytest.mark.parametrize("token", ["", None, " ", "x", "ł", "\x00", "a" * 1_000_000, "None", "null"])
def test_a_token_that_is_none_opens_nothing(cast: Cast, token: str | None) -> None:
    _invited(cast)
    assert joining.invitation_of(token, NOW) is None


def test_the_token_is_not_kept(cast: Cast) -> None:
    made, token = _invited(cast)
    assert token not in str(Invitation.objects.filter(pk=made.pk).values()[0])
    assert token not in str(list(Entry.objects.values()))


def test_a_later_invitation_shuts_the_earlier_one(cast: Cast) -> None:
    _first, token = _invited(cast)
    _invited(cast)
    assert joining.invitation_of(token, NOW) is None


def test_links_of_somebody_who_left_open_nothing(cast: Cast) -> None:
    _made, token = _invited(cast)
    Person.objects.filter(pk=cast.lead.pk).update(is_active=False)
    assert joining.invitation_of(token, NOW) is None


def test_a_lead_invites_agents_into_his_own_teams_only(cast: Cast) -> None:
    own, other = tuple(cast.lead.teams.all()), tuple(cast.strange_lead.teams.all())
    assert joining.may_invite(cast.lead, Role.AGENT, own)
    assert not joining.may_invite(cast.lead, Role.AGENT, other)
    assert not joining.may_invite(cast.lead, Role.AGENT, own + other)
    assert not joining.may_invite(cast.lead, Role.AGENT, ())
    assert not joining.may_invite(cast.lead, Role.LEAD, own)
    assert not joining.may_invite(cast.lead, Role.HEAD, own)
    assert not joining.may_invite(cast.owner, Role.AGENT, own)
    assert joining.may_invite(cast.head, Role.HEAD, ())
    assert not joining.may_invite(cast.head, "owner", ())


def test_reset_links_are_made_downwards_only(cast: Cast) -> None:
    assert joining.may_reset(cast.lead, cast.owner)
    assert joining.may_reset(cast.head, cast.lead)
    for actor, person in [
        (cast.lead, cast.head), (cast.lead, cast.stranger), (cast.lead, cast.lead), (cast.owner, cast.teammate),
        (cast.head, cast.head), (cast.strange_lead, cast.owner),
    ]:  # fmt: skip
        assert not joining.may_reset(actor, person)
        with pytest.raises(joining.NotYours):
            joining.reset_link(actor, person, NOW)


def test_a_lead_makes_no_link_into_the_inboxes_of_another_team(cast: Cast) -> None:
    cast.owner.teams.add(*cast.strange_lead.teams.all())
    assert not joining.may_reset(cast.lead, cast.owner)
    assert not joining.may_reset(cast.strange_lead, cast.owner)
    assert joining.may_reset(cast.head, cast.owner)


def test_a_reset_link_changes_the_password_and_nothing_else(cast: Cast) -> None:
    token = joining.reset_link(cast.lead, cast.owner, NOW)
    link = joining.invitation_of(token, NOW)
    assert link is not None
    joining.join(link, JOINER, NOW)
    cast.owner.refresh_from_db()
    assert cast.owner.check_password("correct horse staple")
    assert (cast.owner.name, cast.owner.role, cast.owner.language) == ("Nina Wolska", "agent", "en")


def test_nobody_raises_himself_and_only_the_head_raises_others(cast: Cast) -> None:
    for actor, person in [
        (cast.owner, cast.owner),
        (cast.lead, cast.owner),
        (cast.lead, cast.lead),
        (cast.head, cast.head),
    ]:
        with pytest.raises(actions.MayNot):
            actions.change_other(actor, person, {"role": "head"}, NOW)
    actions.change_other(cast.head, cast.owner, {"role": "lead"}, NOW)
    cast.owner.refresh_from_db()
    assert cast.owner.role == "lead"


def test_the_last_head_stays(cast: Cast) -> None:
    second = Person.objects.create_user("h2@polana.example", name="Hanna", role="head")
    actions.change_other(cast.head, second, {"role": "agent"}, NOW)
    third = Person.objects.create_user("h3@polana.example", name="Halina", role="head")
    Person.objects.filter(pk=cast.head.pk).update(is_active=False)
    with pytest.raises(actions.MayNot):
        actions.shut_out(Person.objects.get(pk=cast.head.pk), third, NOW)
    Person.objects.filter(pk=cast.head.pk).update(is_active=True, role="head")
    actions.shut_out(cast.head, third, NOW)
    with pytest.raises(actions.MayNot):
        actions.shut_out(cast.head, cast.head, NOW)


def test_a_field_that_is_not_listed_is_refused(cast: Cast) -> None:
    for values in ({"role": "head"}, {"is_active": False}, {"password": "x"}, {"email": "x@y.example"}):
        with pytest.raises(ValueError, match="may not be changed"):
            actions.change_own(cast.owner, values, NOW)


def test_the_audit_names_fields_and_no_values(cast: Cast) -> None:
    actions.change_own(cast.owner, {"name": "Nina Nowak", "theme": "dark"}, NOW)
    entry = Entry.objects.get(kind="person.own_settings")
    assert entry.data == {"fields": ["name", "theme"]}
    assert "Nowak" not in str(Entry.objects.values())


def test_somebody_lowered_loses_the_links_he_gave_out(cast: Cast) -> None:
    _made, token = _invited(cast)
    actions.change_other(cast.head, cast.lead, {"role": "agent"}, NOW)
    assert joining.invitation_of(token, NOW) is None
