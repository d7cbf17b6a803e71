from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from tests.desk.cast import NOW, Cast, make_conversation
from tests.desk.commands.conftest import run_zgoda
from zgoda_desk.audit.actions import record
from zgoda_desk.audit.models import Entry
from zgoda_desk.commands.checks import house, letters, rows
from zgoda_desk.commands.checks.finding import Finding
from zgoda_desk.commands.doctor import examine, line
from zgoda_desk.lib import clock, secret
from zgoda_desk.post.models import MailAccount, Outgoing, RawMessage

_OWN = """[[concept]]
id = "own-word"
gloss = "a word of ours"
source = "labels-6.1"
level = "hint"
terms = "flibber"
catch = ["this is [{said}]"]
pass = ["this is fine"]
"""


def states(found: Iterable[Finding]) -> dict[str, str]:
    return {one.check: one.state for one in found}


def test_a_new_desk_has_nothing_wrong_and_notes_what_is_missing(made: Path, tmp_path: Path) -> None:
    home = shutil.copytree(made, tmp_path / "home")
    done = run_zgoda("doctor", "--format", "json", "--home", str(home))
    found = {one["check"]: one for one in json.loads(done.stdout)}
    assert done.returncode == 0
    assert {one["state"] for one in found.values()} == {"ok", "note"}
    assert found["database"]["says"] == "SQLite, WAL, synchronous FULL"
    assert found["backup"]["do"]


def test_what_is_wrong_ends_with_one_and_says_what_to_do(made: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(made, tmp_path / "home"))
    (home / "secret.key").chmod(0o644)
    with closing(sqlite3.connect(home / "zgoda.sqlite3")) as base, base:
        base.execute("UPDATE audit_entry SET object_id = 'x'")
    done = run_zgoda("doctor", "--home", str(home), ZGODA_URL="http://desk.example")
    assert done.returncode == 1
    assert f"chmod 600 {home / 'secret.key'}" in done.stdout
    assert "WRONG audit: it was changed at entry 1" in done.stdout
    assert "WRONG address" in done.stdout


def test_tables_of_another_version_are_told_before_anything_asks_them(made: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(made, tmp_path / "home"))
    with closing(sqlite3.connect(home / "zgoda.sqlite3")) as base, base:
        base.execute("DELETE FROM django_migrations WHERE app = 'post' AND name NOT LIKE '0001%'")
        base.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    done = run_zgoda("doctor", "--home", str(home))
    assert done.returncode == 1
    assert "WRONG tables" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_database_that_is_away_is_one_line_and_no_more_checks(made: Path) -> None:
    done = run_zgoda("doctor", "--home", str(made), DATABASE_URL=f"sqlite:///{made}/nowhere/x.sqlite3")
    assert done.returncode == 1
    assert "WRONG connection: the database cannot be used" in done.stdout
    assert "the check itself broke" not in done.stdout


def test_mailboxes_say_at_which_step_they_fail(cast: Cast) -> None:
    MailAccount.objects.update(secret=secret.lock("x"))
    found = list(letters.mailboxes(network=True))
    wrong = [one for one in found if one.state == "wrong"]
    assert len(wrong) == 4
    assert "fails at connect: refused" in wrong[0].says
    assert cast.account.address in wrong[-1].check + wrong[0].check


def test_without_the_network_it_tells_what_was_last_heard(cast: Cast) -> None:
    MailAccount.objects.update(since=NOW.date(), checked_at=clock.now())
    MailAccount.objects.filter(pk=cast.account.pk).update(state_code="login:refused", state_detail="no such user")
    found = {one.check: one for one in letters.mailboxes(network=False)}
    assert found[f"mailbox {cast.account.address}"].says == "login:refused: no such user"
    assert [one.state for one in found.values()].count("wrong") == 1


def test_a_password_of_another_key_is_told(cast: Cast) -> None:
    MailAccount.objects.filter(pk=cast.account.pk).update(secret="gAAAAnothing", since=NOW.date())
    found = {one.check: one for one in letters.mailboxes(network=True)}
    assert "cannot be read with this key" in found[f"mailbox {cast.account.address}"].says


def test_what_waits_in_the_post_is_told(cast: Cast) -> None:
    make_conversation(cast)
    RawMessage.objects.update(state="unreadable")
    late = clock.now() - timedelta(hours=1)
    for number, state in enumerate(("queued", "unknown", "failed")):
        Outgoing.objects.create(
            account=cast.account, key=str(number), message_id=str(number), recipients=[], body=b"", state=state,
            made_at=late, not_before=late,
        )  # fmt: skip
    found = list(letters.post())
    assert states(found) == {"could not read": "note", "outbox": "wrong"}
    assert len(found) == 4


@pytest.mark.usefixtures("cast")
def test_an_old_backup_is_noted_and_a_new_one_is_fine() -> None:
    record("backup.made", actor=None, object_type="backup", object_id="1", now=clock.now() - timedelta(days=3))
    assert states(rows.audit()) == {"audit": "ok", "backup": "note"}
    record("backup.made", actor=None, object_type="backup", object_id="2", now=clock.now())
    assert states(rows.audit())["backup"] == "ok"


@pytest.mark.usefixtures("cast")
def test_a_clock_behind_the_audit_is_wrong() -> None:
    record("x", actor=None, object_type="x", object_id="1", now=clock.now() + timedelta(days=1))
    assert states(house.time())["clock"] == "wrong"
    Entry.objects.all().delete()
    assert states(house.time()) == {"zones": "ok", "clock": "ok"}


@pytest.mark.usefixtures("cast")
def test_a_zone_without_data_is_wrong(cast: Cast) -> None:
    cast.company.hours.zone = "Europe/Atlantis"
    cast.company.hours.save()
    assert states(house.time())["zones"] == "wrong"


@pytest.mark.parametrize(
    ("url", "state"), [("https://desk.example", "ok"), ("http://127.0.0.1:8800", "note"), ("http://x.example", "wrong")]
)
def test_the_address_is_encrypted_or_only_for_this_machine(
    monkeypatch: pytest.MonkeyPatch, url: str, state: str
) -> None:
    monkeypatch.setenv("ZGODA_URL", url)
    assert states(house.address())["address"] == state


@pytest.mark.usefixtures("cast")
def test_a_check_that_breaks_is_a_finding_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Iterable[Finding]:
        raise ValueError("no")

    monkeypatch.setattr(letters, "company", broken)
    found = list(examine(network=False))
    assert [one.says for one in found if one.check == "broken"] == ["the check itself broke: ValueError: no"]
    assert found[-1].check.startswith("mailbox")


@pytest.mark.usefixtures("cast")
def test_a_database_that_loses_what_it_took_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor == "sqlite":
        weak = {"PRAGMA journal_mode": "delete", "PRAGMA synchronous": 1, "PRAGMA quick_check(1)": "ok"}
        monkeypatch.setattr(rows, "_value", weak.__getitem__)
    assert states(rows.database())["database"] == "wrong"  # the tests' own PostgreSQL flushes nothing, to be quick


def test_own_phrases_whose_examples_do_not_hold_are_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "content" / "en" / "lexicons" / "own.toml"
    own.parent.mkdir(parents=True)
    own.write_text(_OWN.format(said="flabber"), encoding="utf-8")
    monkeypatch.setattr("django.conf.settings.HOME", tmp_path)
    found = list(letters.phrases())
    assert found[0].state == "wrong"
    assert "own.toml:2: own-word: catch example 1" in found[0].says
    own.write_text(_OWN.format(said="flibber"), encoding="utf-8")
    assert states(letters.phrases()) == {"own phrases": "ok"}
    own.write_text("[[concept]]", encoding="utf-8")
    assert states(letters.phrases()) == {"own phrases": "wrong"}


def test_a_line_says_what_to_do_below() -> None:
    assert line(Finding("key", "wrong", "it is gone", "put it back")) == "WRONG key: it is gone\n      → put it back"
