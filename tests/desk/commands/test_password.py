from __future__ import annotations

import pytest
from click.testing import CliRunner, Result
from django.test import Client

from tests.desk.cast import PASSWORD, Cast
from zgoda_desk.accounts.joining import invitation_of
from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.models import Entry
from zgoda_desk.commands.password import command
from zgoda_desk.commands.setting_up import DeskError
from zgoda_desk.lib import clock

NEW = "another horse, another battery"


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZGODA_SECRET_KEY", "a key of these tests")


def _run(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(command, arguments, input=given)


def test_a_lone_head_sets_a_new_password_and_old_sessions_end(cast: Cast, clients: dict[str, Client]) -> None:
    assert clients["head"].get("/").status_code == 200
    done = _run(" Helena@Polana.example", "--password-stdin", given=f"{NEW}\n")
    assert done.exit_code == 0
    assert Person.objects.get(pk=cast.head.pk).check_password(NEW)
    assert clients["head"].get("/").status_code == 302
    entry = Entry.objects.get(kind="person.password_reset")
    assert (entry.actor, entry.object_id) == (None, str(cast.head.pk))


def test_a_link_is_printed_and_opens_once(cast: Cast) -> None:
    first, second = (_run("helena@polana.example", "--link").output.strip() for _ in range(2))
    token = second.rstrip("/").rpartition("/")[2]
    answer = Client().post(second.partition(":8800")[2], {"password": NEW, "again": NEW})
    assert answer.status_code == 302
    assert Person.objects.get(pk=cast.head.pk).check_password(NEW)
    assert invitation_of(token, clock.now()) is None
    assert invitation_of(first.rstrip("/").rpartition("/")[2], clock.now()) is None


@pytest.mark.parametrize(
    ("login", "given", "says"),
    [
        ("nobody@polana.example", NEW, "nobody logs in with"),
        ("helena@polana.example", "short", "10"),
        ("pawel@polana.example", NEW, "is shut out"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_changed(cast: Cast, login: str, given: str, says: str) -> None:
    Person.objects.filter(pk=cast.teammate.pk).update(is_active=False)
    done = _run(login, "--password-stdin", given=f"{given}\n")
    assert isinstance(done.exception, DeskError)
    assert says in str(done.exception)
    assert Person.objects.get(pk=cast.head.pk).check_password(PASSWORD)


@pytest.mark.usefixtures("cast")
def test_without_a_terminal_it_says_what_to_take_instead() -> None:
    done = _run("helena@polana.example")
    assert isinstance(done.exception, DeskError)
    assert "--link" in str(done.exception)
