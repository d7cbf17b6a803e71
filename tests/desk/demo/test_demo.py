"""The demo from its first row to a kept promise: real mail server, real workers, the clock turned by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from threading import Event

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from tests.desk.cast import NOW
from zgoda.practice import Persona, personas
from zgoda_desk.accounts.models import Company, Person
from zgoda_desk.commitments.models import Clock, Promise
from zgoda_desk.conversations.engine import engine
from zgoda_desk.conversations.models import Conversation, Message
from zgoda_desk.demo import company
from zgoda_desk.demo.crowd import Crowd
from zgoda_desk.demo.letters import Letter, written
from zgoda_desk.demo.post_office import PostOffice, SentMail
from zgoda_desk.demo.stories.player import play
from zgoda_desk.demo.stories.told import told
from zgoda_desk.lib import clock, tokens
from zgoda_desk.post.mailbox import imap_of
from zgoda_desk.post.models import MailAccount, Outgoing, RawMessage
from zgoda_desk.post.transport import imap
from zgoda_desk.workflow.drafts import keep_draft
from zgoda_desk.workflow.fetch import fetch_account
from zgoda_desk.workflow.receive import read_next
from zgoda_desk.workflow.send import deliver_next

DEMO = override_settings(ROOT_URLCONF="zgoda_desk.demo.urls", ZGODA_DEMO=True)
GOOD = (
    "Hannah, two plates arrived broken and nobody called you. I'm sorry, that is our mistake. "
    "I am checking the warehouse now and will call you today by 15:00."
)
BAD = "Please calm down, you should have read our rules."


@lru_cache(maxsize=1)
def people() -> tuple[Persona, ...]:
    return personas(engine().knowledge)


class Play:
    """A demo with one customer, its clock in the hand of the test."""

    def __init__(self, office: PostOffice, secrets: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.office, self.heard = NOW, office, Event()
        monkeypatch.setattr(clock, "now", lambda: self.now)
        company.found(company.Office(office.imap_port, office.smtp_port, secrets), "Europe/London", "en", self.now)
        self.crowd = Crowd(people(), self.deliver)
        office.on_mail(self.hear)
        self.crowd.plan("hannah", "opens care@polana.example", self.now)
        self.client, self.nina = Client(), Person.objects.get(name="Nina Wolska")
        self.client.force_login(self.nina, backend="allauth.account.auth_backends.AuthenticationBackend")

    def deliver(self, letter: Letter) -> None:
        self.office.deliver(letter.to, written(letter), received=letter.at)

    def hear(self, mail: SentMail, recipient: str) -> None:
        self.crowd.hear(mail.raw, recipient, self.now)
        self.heard.set()

    def customers_write(self, seconds: int = 20) -> Message:
        """Time passes, the customers do what they would, the desk fetches and reads."""
        self.now += timedelta(seconds=seconds)
        assert self.crowd.turn(self.now) == 1
        account = MailAccount.objects.select_related("inbox").get(address="care@polana.example")
        session = imap.connect(imap_of(account))
        try:
            assert fetch_account(account, session) == 1
        finally:
            session.close()
        assert read_next(self.now)
        return Message.objects.filter(kind="customer").order_by("id").last()  # type: ignore[return-value]

    def reply(self, text: str, reason: str = "") -> None:
        """Nina sends it by the page; it leaves after the seconds in which it can be taken back."""
        case = Conversation.objects.get()
        form = {"text": text, "seen": case.revision, "key": f"key-{case.revision}"}
        form |= {"do": "overrule", "overrule": reason} if reason else {"do": "send"}
        assert self.client.post(reverse("case_send", args=[case.pk]), form).status_code == 302
        self.now += timedelta(seconds=11)
        self.heard.clear()
        assert deliver_next(self.now)
        assert self.heard.wait(10)


@pytest.fixture
def scene(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Play]:  # noqa: ARG001 - opens the database
    secrets = company.passwords()
    with PostOffice(secrets) as office:
        yield Play(office, secrets, monkeypatch)


def test_from_an_angry_mail_to_a_kept_promise(scene: Play) -> None:
    first = scene.customers_write(0)
    assert first.state == "angry"
    scene.reply(GOOD)
    second = scene.customers_write()
    assert second.conversation_id == first.conversation_id
    assert (second.temperature or 0) < (first.temperature or 0)
    promise = Promise.objects.get()
    assert scene.client.post(reverse("promise_keep", args=[promise.pk])).status_code in (200, 302)
    promise.refresh_from_db()
    assert promise.state == "kept"
    assert scene.crowd.turn(scene.now) == 0  # he notices, and takes his time
    third = scene.customers_write()
    assert third.state in ("calm", "dissatisfied")
    assert scene.crowd.customers["hannah"].scene.heat < 40
    assert scene.crowd.turn(scene.now + timedelta(days=2)) == 0  # a kept promise is told once


def test_a_bad_reply_heats(scene: Play) -> None:
    first = scene.customers_write(0)
    scene.reply(BAD, reason="tired")
    second = scene.customers_write()
    assert (second.temperature or 0) > (first.temperature or 0)
    assert second.state == "abusive"


def test_a_broken_promise_is_noticed(scene: Play) -> None:
    scene.customers_write(0)
    scene.reply(GOOD)
    before = scene.customers_write().temperature or 0
    scene.now = Promise.objects.get().due_at + timedelta(minutes=1)
    assert scene.crowd.turn(scene.now) == 0
    assert (scene.customers_write().temperature or 0) > before


def test_an_automatic_mail_is_not_answered(scene: Play) -> None:
    scene.customers_write(0)
    raw = b"From: care@polana.example\r\nAuto-Submitted: auto-replied\r\nSubject: Got it\r\n\r\nIt arrived.\r\n"
    scene.crowd.hear(raw, "hannah.price@mail.example", scene.now)
    assert scene.crowd.errands == []


def test_the_crowd_goes_on_where_it_was_left(scene: Play, tmp_path: Path) -> None:
    scene.crowd.kept = tmp_path / "customers.json"
    scene.customers_write(0)
    scene.reply(GOOD)
    again = Crowd(people(), scene.deliver, kept=scene.crowd.kept)
    again.load()
    assert again.customers["hannah"].as_dict() == scene.crowd.customers["hannah"].as_dict()
    assert again.errands == scene.crowd.errands
    scene.crowd = again
    assert scene.customers_write().state != "angry"


def test_polana_stands_in_every_state(db: None) -> None:  # noqa: ARG001 - opens the database
    now = datetime(2026, 11, 26, 19, 30, tzinfo=UTC)
    company.found(company.Office(1, 2, company.passwords()), "Europe/Warsaw", "en", now)
    play(Crowd(people(), lambda _letter: None), now)
    cases = list(Conversation.objects.all())
    assert len(cases) == 12
    assert {one.inbox.language for one in cases} == {"ru", "pl", "en"}
    assert {one.state for one in cases} == {"calm", "dissatisfied", "angry", "abusive"}
    assert {"threat", "self_harm"} <= {one.safety for one in cases}
    assert {"open", "waiting"} <= {one.status for one in cases}
    assert any(one.snoozed_until for one in cases)
    assert any(one.rungs.filter(rung="boundary").exists() for one in cases)
    assert set(Promise.objects.values_list("state", flat=True)) == {"open", "kept", "broken"}
    assert Clock.objects.filter(kind="statute", state="running").exists()
    assert RawMessage.objects.filter(state="unreadable").count() == 1
    assert Outgoing.objects.filter(state="unknown").count() == 1
    assert not Message.objects.filter(at__gt=now).exists()
    assert not Outgoing.objects.filter(state="queued").exists()


class TestHints:
    """The steps tick off by what stands in the desk."""

    def shown(self, scene: Play) -> str:
        return scene.client.get("/demo/hint").content.decode()

    def draft(self, scene: Play, text: str) -> None:
        keep_draft(scene.nina, Conversation.objects.get(), "reply", text, self.version, scene.now)
        self.version += 1

    version = 0

    @DEMO
    def test_the_whole_way(self, scene: Play) -> None:
        scene.customers_write(0)
        assert "Open what burns" in self.shown(scene)
        scene.client.post("/demo/hint/do", {"do": "open"})
        assert "Read without the heat" in self.shown(scene)
        scene.client.post("/demo/hint/do", {"do": "look"})
        assert "when tired" in self.shown(scene)
        self.draft(scene, told("en").bad)
        assert "better words" in self.shown(scene)
        self.draft(scene, "I can hear how annoying this is.")
        assert "Put in a phrase" in self.shown(scene)
        self.draft(scene, GOOD.rpartition(" and will")[0] + ".")
        assert "Promise an hour" in self.shown(scene)
        self.draft(scene, GOOD)
        assert "Send it" in self.shown(scene)
        scene.reply(GOOD)
        assert "Wait for the answer" in self.shown(scene)
        scene.customers_write()
        assert "Keep the promise" in self.shown(scene)
        assert "Temperature" in self.shown(scene)
        scene.client.post(reverse("promise_keep", args=[Promise.objects.get().pk]))
        assert "See what the customer sees" in self.shown(scene)
        assert "/p/" in scene.client.get("/demo/hint/page").headers["Location"]
        assert "That was the way" in self.shown(scene)

    @DEMO
    def test_they_are_put_away_and_begun_anew(self, scene: Play) -> None:
        scene.customers_write(0)
        scene.client.post("/demo/hint/do", {"do": "close"})
        assert not self.shown(scene).strip()
        scene.client.post("/demo/hint/do", {"do": "again"})
        assert "1 of 10" in self.shown(scene)

    @DEMO
    @pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"])
    def test_they_lead_nowhere_else(self, scene: Play, back: str) -> None:
        answer = scene.client.post("/demo/hint/do", {"do": "look", "back": back})
        assert answer.headers["Location"] == "/"

    @DEMO
    @pytest.mark.parametrize("path", ["/demo/hint", "/demo/hint/do", "/demo/hint/page"])
    def test_strangers_see_none(self, scene: Play, path: str) -> None:  # noqa: ARG002 - founds the company
        assert Client().get(path).status_code in (302, 405)


class TestDoor:
    """One tap lets in, in the demo alone."""

    @pytest.fixture
    def nina(self, db: None) -> Person:  # noqa: ARG002 - opens the database
        company.found(company.Office(1, 2, company.passwords()), "Europe/Warsaw", "en", NOW)
        return Person.objects.get(name="Nina Wolska")

    @DEMO
    def test_a_tap_lets_in(self, nina: Person) -> None:
        client = Client()
        page = client.get("/demo/", headers={"Accept-Language": "pl"})
        ticket = tokens.sign("demo", str(nina.pk))
        assert ticket in page.content.decode()
        answer = client.post("/demo/in", {"ticket": ticket}, headers={"Accept-Language": "pl"})
        assert answer.headers["Location"] == "/"
        assert client.session["_auth_user_id"] == str(nina.pk)
        nina.refresh_from_db()
        assert nina.language == "pl"

    @DEMO
    @pytest.mark.parametrize("ticket", ["", "1", "1.", "x" * 5000, "{pk}", "{other}"])
    def test_a_forged_ticket_does_not(self, nina: Person, ticket: str) -> None:
        forged = ticket.format(pk=nina.pk, other=tokens.sign("promise", str(nina.pk)))
        client = Client()
        assert client.post("/demo/in", {"ticket": forged}).status_code == 404
        assert "_auth_user_id" not in client.session

    @override_settings(ROOT_URLCONF="zgoda_desk.demo.urls", ZGODA_DEMO=False)
    @pytest.mark.parametrize("path", ["/demo/", "/demo/in"])
    def test_outside_the_demo_there_is_no_such_door(self, nina: Person, path: str) -> None:
        client = Client()
        assert client.post(path, {"ticket": tokens.sign("demo", str(nina.pk))}).status_code in (404, 405)
        assert client.get(path).status_code in (404, 405)
        assert "_auth_user_id" not in client.session

    def test_the_desk_itself_has_no_such_address(self, nina: Person) -> None:
        client = Client()
        assert client.post("/demo/in", {"ticket": tokens.sign("demo", str(nina.pk))}).status_code == 404
        assert Company.objects.count() == 1


@pytest.mark.parametrize("language", ["ru", "pl", "en"])
def test_the_sentence_that_the_hints_propose_is_a_promise_and_the_bad_one_bad(language: str) -> None:
    tale, here = told(language), NOW
    review = engine().review(tale.timed(tale.promise, here), now=here, language=language)
    assert [one.due for one in review.promises] != []
    assert review.promises[0].due is not None
    bad = engine().review(tale.bad, now=here, language=language)
    assert any(one.severity == "error" for one in bad.findings)
