from __future__ import annotations

import stat
from pathlib import Path

import pytest
from django.contrib.auth import authenticate

from tests.desk.cast import NOW, PASSWORD
from tests.desk.commands.conftest import init
from zgoda_desk.accounts.founding import CannotFound, Founded, found_company
from zgoda_desk.accounts.models import Company, Person
from zgoda_desk.audit.models import Entry


def wish(**more: str) -> Founded:
    usual = {"company": "Polana", "language": "pl", "zone": "Europe/Warsaw", "email": "Helena@Polana.example"}
    return Founded(**{**usual, "name": "Helena Ross", "password": PASSWORD, **more})


@pytest.mark.django_db
def test_a_company_begins_with_one_head_who_can_log_in() -> None:
    found_company(wish(), NOW)
    person = Person.objects.get()
    assert (person.email, person.role) == ("helena@polana.example", "head")
    assert person.check_password(PASSWORD)
    assert authenticate(None, email="helena@polana.example", password="another one") is None
    assert Company.objects.get().hours.calendar == "pl"
    assert Entry.objects.get().kind == "company.founded"


@pytest.mark.django_db
def test_a_second_company_is_refused_and_changes_nothing() -> None:
    found_company(wish(), NOW)
    with pytest.raises(CannotFound, match="already"):
        found_company(wish(company="Another"), NOW)
    assert Company.objects.get().name == "Polana"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("password", "short", "10"),
        ("password", "password1234", "common"),
        ("password", "helena@polana", "similar"),
        ("zone", "Europe/Warschau", "no time zone"),
        ("zone", "../../etc/passwd", "no time zone"),
        ("zone", "", "no time zone"),
        ("email", "helena", "no e-mail address"),
        ("company", "  ", "need a name"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_made(field: str, value: str, says: str) -> None:
    with pytest.raises(CannotFound, match=says):
        found_company(wish(**{field: value}), NOW)
    assert not Company.objects.exists()
    assert not Person.objects.exists()


def test_the_home_folder_belongs_to_its_owner_alone(made: Path) -> None:
    for path in (made, made / "secret.key"):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077


def test_the_command_refuses_a_second_time_and_keeps_the_key(made: Path) -> None:
    key = (made / "secret.key").read_bytes()
    again = init(made, "--company", "Another")
    assert again.returncode == 1
    assert "already" in again.stderr
    assert "Traceback" not in again.stderr
    assert (made / "secret.key").read_bytes() == key
