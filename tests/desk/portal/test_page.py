from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.desk.cast import NOW, Cast, make_conversation
from tests.desk.workflow.promised import WORDS, promise_in
from zgoda_desk.conversations.models import Conversation, LiveEvent, Message
from zgoda_desk.lib import clock, tokens
from zgoda_desk.portal.links import link_for, token_of
from zgoda_desk.post.models import RawMessage
from zgoda_desk.workflow import promise_deeds
from zgoda_desk.workflow.answer import Reply, send_reply
from zgoda_desk.workflow.promise_deeds import Change
from zgoda_desk.workflow.receive import read_next

SAID = "Where is my stroller Lira 2 in 1, order 48-20517, 349 zł? You are idiots."
REPLY = "Marina, I am sorry, we were late. I am checking order 48-20517 and will call you today by 15:00."


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=5))


@pytest.fixture
def answered(cast: Cast) -> Conversation:
    conversation = make_conversation(cast, SAID)
    send_reply(cast.owner, conversation.pk, Reply(REPLY, 1, "k1", reason="test"), NOW)
    conversation.refresh_from_db()
    return conversation


def _page(conversation: Conversation, language: str = "") -> str:
    answer = Client().get(f"/p/{token_of(conversation)}", {"lang": language} if language else {})
    assert answer.status_code == 200
    return answer.content.decode()


def _words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_page_tells_who_read_it_and_what_is_promised_by_when(answered: Conversation) -> None:
    told = _words(_page(answered))
    assert "Marina, we have read your message" in told
    assert "Nina Wolska" in told
    assert "Nina calls you today by 15:00" in told
    assert "Tomasz Maj, who leads the team, hears of it that very minute" in told
    assert "48-20517" in told


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", ["Поляна", "Мы прочитали ваше", "Нина Вольская", "Нина позвонит вам", "сегодня до 15:00", "Заказ"]),
        ("pl", ["Polana", "przeczytaliśmy Pani wiadomość", "Nina zadzwoni do Pani", "dziś do 15:00", "Zamówienie"]),
    ],
)  # fmt: skip
def test_in_another_language_by_a_plain_link(answered: Conversation, language: str, words: list[str]) -> None:
    html = _page(answered, language)
    assert f'<html lang="{language}">' in html
    told = _words(html).replace("Przeczytaliśmy", "przeczytaliśmy")
    assert [one for one in words if one not in told] == []
    assert f"?lang={'pl' if language == 'ru' else 'ru'}" in html


def test_nothing_the_customer_does_not_know(answered: Conversation) -> None:
    answered.messages.create(kind=Message.Kind.NOTE, at=NOW, text="He is a known liar", conversation=answered)
    html = _page(answered)
    for hidden in ("liar", "idiots", "angry", "abusive", "temperature", "marina@customer.example"):
        assert hidden not in html


def test_a_day_he_called_yesterday_is_told_by_its_date(cast: Cast) -> None:
    conversation = make_conversation(cast, "Order 48-20517 was due yesterday, and nobody came.")
    html = _page(conversation, "ru")
    day = NOW - timedelta(days=1)
    assert "yesterday" not in html
    assert re.search(rf"\b{day.day} \w+", _words(html).partition("Дата")[2])


def test_before_anybody_read_it_the_page_does_not_say_so(cast: Cast) -> None:
    told = _words(_page(make_conversation(cast)))
    assert "we have your message" in told
    assert "have read" not in told


@pytest.mark.parametrize(
    ("state", "words"),
    [("broken", "we missed it. We are sorry."), ("kept", "done today, 11:00"), ("late", "Later than")],
)
def test_kept_and_late_are_said_as_they_are(cast: Cast, state: str, words: str) -> None:
    conversation = make_conversation(cast)
    promise = promise_in(cast, conversation, due_at=NOW - timedelta(hours=1) if state != "kept" else NOW)
    promise.state = "broken" if state == "broken" else "kept"
    promise.ended_at = None if state == "broken" else NOW
    promise.save()
    assert words in _words(_page(conversation))


def test_a_withdrawn_promise_is_not_shown(cast: Cast) -> None:
    promise = promise_in(cast)
    promise.state = "withdrawn"
    promise.save()
    assert WORDS not in _page(promise.conversation)


def test_a_changed_promise_shows_its_new_hour_without_the_old_words(cast: Cast) -> None:
    promise = promise_in(cast)
    assert WORDS in _words(_page(promise.conversation))
    promise_deeds.change(cast.owner, promise.pk, Change("call you", NOW + timedelta(hours=6)), NOW)
    told = _words(_page(promise.conversation))
    assert "today by 17:00" in told
    assert WORDS not in told


def test_an_hour_is_told_in_the_zone_of_the_customer(cast: Cast) -> None:
    promise = promise_in(cast)
    promise.zone = "Europe/Moscow"
    promise.save()
    assert "today by 17:00" in _words(_page(promise.conversation))


def test_what_a_customer_wrote_is_never_markup(cast: Cast) -> None:
    conversation = make_conversation(cast, "Order <b>48-20517</b> <script>alert(1)</script> is late.")
    promise_in(cast, conversation)
    conversation.contact.form = "<img src=x onerror=alert(1)>"
    conversation.contact.save()
    html = _page(conversation)
    for harm in ("<script", "<img", "<b>48"):
        assert harm not in html


def test_it_keeps_no_cookie_is_not_indexed_not_stored_and_runs_no_script(answered: Conversation) -> None:
    answer = Client().get(f"/p/{token_of(answered)}")
    assert not answer.cookies
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    policy = answer["Content-Security-Policy"]
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "connect-src" not in policy
    html = answer.content.decode()
    assert "<script" not in html
    assert "style=" not in html


def _forged(conversation: Conversation, other: Conversation) -> list[str]:
    good = token_of(conversation)
    number, _dot, signature = good.partition(".")
    return [
        number, f"{number}.", f"{other.pk}.{signature}", good[:-1], good + "x", good.upper(), f"0{good}",
        tokens.sign("reply", str(conversation.pk)), tokens.sign(tokens.PROMISE, "99999999"),
        tokens.sign(tokens.PROMISE, "x"), "%00", "null", "a" * 5000,
        tokens.reply_token(conversation.pk),
    ]  # fmt: skip


def test_a_forged_link_opens_nothing_and_does_not_tell_why(cast: Cast, answered: Conversation) -> None:
    other = make_conversation(cast, "Another matter entirely, please help.")
    bodies = set()
    for token in _forged(answered, other):
        for path in (f"/p/{token}", f"/p/{token}/fix", f"/p/{token}/writing", f"/p/{token}/time"):
            client = Client()
            answer = (
                client.get(path)
                if not path.endswith(("/fix", "/writing", "/time"))
                else client.post(path, {"text": "x"})
            )
            assert answer.status_code == 404, path
            bodies.add(answer.content)
    assert len(bodies) == 1
    assert not RawMessage.objects.filter(channel="web_form").exists()


def test_a_robot_may_fetch_it_a_hundred_times(answered: Conversation) -> None:
    before = (Message.objects.count(), LiveEvent.objects.count(), RawMessage.objects.count(), answered.changed_at)
    client = Client()
    for path in ("", "/fix", "/time", "/writing"):
        for _ in range(25):
            assert client.get(f"/p/{token_of(answered)}{path}").status_code == (200 if not path else 405)
    answered.refresh_from_db()
    assert before == (
        Message.objects.count(), LiveEvent.objects.count(), RawMessage.objects.count(), answered.changed_at,
    )  # fmt: skip


def test_a_correction_becomes_a_message_of_his_in_the_same_conversation(answered: Conversation) -> None:
    client = Client()
    form = {"text": "It is order 48-20518, not 17.\nПроверьте, пожалуйста.", "key": "one", "lang": "ru"}
    for _ in range(2):  # pressed twice
        answer = client.post(f"/p/{token_of(answered)}/fix", form)
        assert answer.status_code == 302
    assert "done=fixed" in answer["Location"]
    while read_next(NOW):
        pass
    said = answered.messages.filter(kind=Message.Kind.CUSTOMER).order_by("-id")
    assert said.count() == 2
    assert said[0].text.strip() == form["text"]
    assert Conversation.objects.count() == 1
    answered.refresh_from_db()
    assert answered.status == "open"
    assert "Спасибо" in client.get(answer["Location"]).content.decode()


def test_an_empty_correction_is_asked_for_again(answered: Conversation) -> None:
    answer = Client().post(f"/p/{token_of(answered)}/fix", {"text": " \x00 ".replace("\x00", "")})
    assert answer.status_code == 422
    assert "Please write what we got wrong" in answer.content.decode()


def test_more_than_a_person_says_is_refused_with_words(answered: Conversation) -> None:
    client, codes = Client(), []
    for number in range(12):
        codes.append(
            client.post(f"/p/{token_of(answered)}/fix", {"text": f"no {number}", "key": str(number)}).status_code
        )
    assert codes == [302] * 10 + [429] * 2
    assert client.post(f"/p/{token_of(answered)}/writing").status_code == 429


def test_another_time_stands_at_the_promise_and_its_owner_hears(cast: Cast, answered: Conversation) -> None:
    answer = Client().post(f"/p/{token_of(answered)}/time", {"day": "2026-11-27", "hour": "12:30"})
    assert answer.status_code == 302
    promise = answered.promises.get()
    assert promise.customer_wish["at_time"] == "2026-11-27T11:30:00+00:00"
    assert promise.due_at.isoformat() == "2026-11-26T14:00:00+00:00"
    assert answered.messages.filter(event="wish_time").count() == 1
    assert LiveEvent.objects.filter(kind="wish", person=cast.owner).exists()
    assert "You asked for another time: tomorrow, 12:30" in _words(_page(answered))


@pytest.mark.parametrize(
    "form",
    [
        {}, {"day": "2026-11-25", "hour": "09:00"}, {"day": "9999-12-31", "hour": "23:59"}, {"day": "x", "hour": "y"},
        {"day": "2026-11-27"}, {"day": "2027-03-01", "hour": "10:00"},
    ],
)  # fmt: skip
def test_a_time_that_is_none_is_asked_for_again(answered: Conversation, form: dict[str, str]) -> None:
    assert Client().post(f"/p/{token_of(answered)}/time", form).status_code == 422
    assert answered.promises.get().customer_wish == {}


def test_only_in_writing_is_kept(answered: Conversation) -> None:
    assert Client().post(f"/p/{token_of(answered)}/writing").status_code == 302
    assert answered.promises.get().customer_wish["kind"] == "writing"
    assert "in writing only" in _words(_page(answered)).lower()


def test_the_link_is_whole_and_opens(answered: Conversation) -> None:
    link = link_for(answered)
    assert link.startswith("http")
    assert Client().get(link.split("//", 1)[1].partition("/")[2].join(["/", ""])).status_code == 200
