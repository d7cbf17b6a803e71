from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.desk.cast import NOW, ROLES, Cast, make_conversation
from zgoda_desk.conversations.models import Conversation, Draft, Message, Overrule, RungTaken
from zgoda_desk.lib import clock
from zgoda_desk.post.models import Attachment, Outgoing
from zgoda_desk.workflow.answer import Reply, send_reply
from zgoda_desk.workflow.drafts import attach, draft_of, files_of, keep_draft
from zgoda_desk.workflow.merge import merge
from zgoda_desk.workflow.promise_due import break_one

GOOD = "Marina, thank you for writing. I am checking where order 48-20517 is and will write to you today by 15:00."
BAD = "Marina, calm down. I will write to you today by 15:00."
INSIDE = {"owner", "teammate", "lead", "head"}
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def _ask(client: Client, name: str, pk: int, **wish: object):
    return client.post(reverse(name, args=[pk]), json.dumps(wish), content_type="application/json", **JSON)


def _form(text: str = GOOD, **more: object) -> dict[str, object]:
    return {"text": text, "kind": "reply", "seen": "1", "key": "k1", "version": "0", **more}


def _sent(cast: Cast, conversation: Conversation) -> Message:
    return send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k0"), NOW)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ["review", "ignore", "draft", "presence", "attach", "send", "acknowledge"])
def test_only_who_works_in_the_inbox_reaches_the_reply(
    cast: Cast, clients: dict[str, Client], role: str, name: str
) -> None:
    conversation = make_conversation(cast)
    url = reverse(f"case_{name}", args=[conversation.pk])
    answer = clients[role].post(url, _form(rule="r", reason="x"), **JSON)
    assert clients[role].get(url).status_code == (302 if role == "nobody" else 405)
    if role == "nobody":
        assert answer.status_code in (302, 401, 403)
    else:
        assert (answer.status_code != 404) == (role in INSIDE)
    if role not in INSIDE:
        assert not Outgoing.objects.exists()
        assert not Draft.objects.exists()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ["undo", "settle"])
def test_what_became_of_a_reply_is_for_who_works_in_the_inbox(
    cast: Cast, clients: dict[str, Client], role: str, name: str
) -> None:
    message = _sent(cast, make_conversation(cast))
    if name == "settle":
        Outgoing.objects.update(state="unknown")
    answer = clients[role].post(reverse(f"case_{name}", args=[message.pk]), {"arrived": "yes"})
    assert answer.status_code == (302 if role in INSIDE or role == "nobody" else 404)
    changed = Outgoing.objects.get().state not in ("queued", "unknown")
    assert changed == (role == "owner" if name == "undo" else role in INSIDE)


def test_a_reviewed_text_answers_by_the_contract_in_the_persons_language(
    cast: Cast, clients: dict[str, Client]
) -> None:
    conversation = make_conversation(cast)
    told = _ask(clients["owner"], "case_review", conversation.pk, text=BAD, kind="reply").json()
    assert set(told) == {
        "findings", "acts", "missing", "done", "promises", "counts", "state_text", "send", "send_text", "promise_text",
    }  # fmt: skip
    finding = told["findings"][0]
    assert BAD[finding["start"] : finding["end"]] == finding["text"]
    assert (finding["kind"], finding["severity"], told["send"]) == ("calm_down", "error", "next")
    assert {"title", "message", "suggestion", "rule", "source", "id"} <= set(finding)
    promise = told["promises"][0]
    assert (promise["due"], promise["due_local"]) == ("2026-11-26T15:00:00+01:00", "2026-11-26T15:00")
    assert "Thursday 26 November, 15:00" in told["promise_text"]


def test_what_he_ignored_is_shown_to_him_no_more_and_to_others_still(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)
    finding = _ask(clients["owner"], "case_review", conversation.pk, text=BAD).json()["findings"][0]
    wish = {name: finding[name] for name in ("rule", "kind", "severity", "text")}
    assert _ask(clients["owner"], "case_ignore", conversation.pk, **wish, reason=" ").status_code == 422
    assert _ask(clients["owner"], "case_ignore", conversation.pk, **wish, reason="her own words").status_code == 200
    for role, number in (("owner", 0), ("teammate", 1)):
        told = _ask(clients[role], "case_review", conversation.pk, text=BAD).json()
        assert told["counts"]["error"] == number
    assert Overrule.objects.get().way == "ignored"


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b"{", b'{"text": 5}', b'{"text": null, "kind": ["x"], "version": {}}', b"[" * 50_000,
             b'{"text": "\\ud83d", "version": 99999999999999999999}', b"\xff\xfe"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["review", "ignore", "draft", "presence"])
def test_whatever_is_posted_is_never_our_fault(cast: Cast, clients: dict[str, Client], name: str, body: bytes) -> None:
    conversation = make_conversation(cast)
    url = reverse(f"case_{name}", args=[conversation.pk])
    assert clients["owner"].post(url, body, content_type="application/json").status_code < 500


def test_a_draft_is_kept_and_the_older_page_gets_the_newer_text(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)
    first = _ask(clients["owner"], "case_draft", conversation.pk, text="A", kind="reply", version=0)
    assert (first.status_code, first.json()["version"]) == (200, 1)
    assert "11:00" in first.json()["kept_text"]
    late = _ask(clients["owner"], "case_draft", conversation.pk, text="B", kind="reply", version=0)
    assert (late.status_code, late.json()["text"], late.json()["version"]) == (409, "A", 1)
    assert _ask(clients["teammate"], "case_draft", conversation.pk, text="C", version=0).status_code == 200


def test_a_sent_form_is_one_mail_however_often_it_comes(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)
    for _ in range(3):
        answer = clients["owner"].post(reverse("case_send", args=[conversation.pk]), _form())
        assert answer.status_code == 302
    assert Outgoing.objects.count() == 1
    assert conversation.promises.count() == 1


def test_the_line_breaks_of_forms_do_not_move_the_promises(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)
    text = f"Hello Marina,\n\n\n{GOOD}"
    found = _ask(clients["owner"], "case_review", conversation.pk, text=text).json()["promises"][0]
    span = f"{found['start']}-{found['end']}"
    form = _form(text.replace("\n", "\r\n"), promises_shown="1", promises=[span])
    clients["owner"].post(reverse("case_send", args=[conversation.pk]), form)
    assert conversation.promises.count() == 1
    assert conversation.messages.get(kind="ours").text == text


def test_another_time_for_a_promise_is_taken_in_the_zone_of_the_office(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)
    found = _ask(clients["owner"], "case_review", conversation.pk, text=GOOD).json()["promises"][0]
    span = f"{found['start']}-{found['end']}"
    form = _form(promises_shown="1", promises=[span, "x-y", "7"], **{f"due-{span}": "2026-11-27T09:30"})
    clients["owner"].post(reverse("case_send", args=[conversation.pk]), form)
    assert conversation.promises.get().due_at.isoformat() == "2026-11-27T08:30:00+00:00"


def test_an_unseen_answer_comes_back_as_the_page_with_the_words_and_another_button(
    cast: Cast, clients: dict[str, Client]
) -> None:
    conversation = make_conversation(cast)
    _sent(cast, conversation)
    answer = clients["teammate"].post(reverse("case_send", args=[conversation.pk]), _form("Marina, mine is other."))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Something new was written while you were answering" in page
    assert "Send all the same" in page
    assert "Marina, mine is other." in page
    assert 'name="seen" value="2"' in page
    assert draft_of(cast.teammate, conversation, "reply").text == "Marina, mine is other."
    form = _form("Marina, mine is other.", seen="2", key="k2", version="1")
    assert clients["teammate"].post(reverse("case_send", args=[conversation.pk]), form).status_code == 302
    assert Outgoing.objects.count() == 2


def test_mistakes_come_back_in_words_and_leave_with_a_reason(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)
    url = reverse("case_send", args=[conversation.pk])
    answer = clients["owner"].post(url, _form(BAD))
    assert answer.status_code == 422
    assert "calm down" in answer.content.decode()
    assert "Say instead" in answer.content.decode()
    assert not Outgoing.objects.exists()
    assert clients["owner"].post(url, _form(BAD, overrule="x")).status_code == 422  # by the wrong button
    assert clients["owner"].post(url, _form(BAD, overrule="her own words", do="overrule")).status_code == 302
    assert Overrule.objects.get(way="sent").reason == "her own words"


def test_a_script_gets_the_reason_as_json(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)
    url = reverse("case_send", args=[conversation.pk])
    stopped = clients["owner"].post(url, _form(BAD), **JSON)
    assert (stopped.status_code, stopped.json()["findings"], stopped.json()["version"]) == (409, True, 1)
    sent = clients["owner"].post(url, _form(), **JSON)
    assert (sent.status_code, sent.json()["seen"]) == (200, 2)


def test_the_rungs_can_be_chosen_where_the_ladder_is_open_and_a_closed_one_asks_why(
    cast: Cast, clients: dict[str, Client]
) -> None:
    conversation = make_conversation(cast, "You are an idiot, Nina. A useless stupid idiot.")
    page = clients["owner"].get(reverse("case", args=[conversation.pk])).content.decode()
    assert 'name="rung"' in page
    url = reverse("case_send", args=[conversation.pk])
    answer = clients["owner"].post(url, _form(rung="release", overrule="x", do="overrule"))
    assert answer.status_code == 422
    assert "This rung is not open yet" in answer.content.decode()
    assert '<option value="release" selected>' in answer.content.decode()
    form = _form(rung="release", rung_reason="he is in the shop", overrule="x", do="overrule")
    assert clients["owner"].post(url, form).status_code == 302
    assert RungTaken.objects.get().overruled == "he is in the shop"


def test_a_calm_page_offers_no_rung(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)
    assert 'name="rung"' not in clients["owner"].get(reverse("case", args=[conversation.pk])).content.decode()


def test_files_go_with_the_form_or_before_it_and_come_off_again(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)
    url = reverse("case_attach", args=[conversation.pk])
    answer = clients["owner"].post(
        url, {"files": [SimpleUploadedFile("a.txt", b"a"), SimpleUploadedFile("b", b"b")]}, **JSON
    )
    assert [one["name"] for one in answer.json()["files"]] == ["a.txt", "b"]
    gone = clients["owner"].post(url, {"remove": answer.json()["files"][1]["key"]}, **JSON).json()
    assert [one["name"] for one in gone["files"]] == ["a.txt"]
    form = _form(files=[SimpleUploadedFile("../../etc/c.txt", b"c")])
    clients["owner"].post(reverse("case_send", args=[conversation.pk]), form)
    message = conversation.messages.get(kind="ours")
    assert Attachment.objects.filter(message=message.pk).count() == 2


def test_a_file_that_is_too_large_stops_the_reply_and_keeps_the_words(
    cast: Cast, clients: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zgoda_desk.workflow.drafts.MOST_FILE", 3)
    conversation = make_conversation(cast)
    form = _form(files=[SimpleUploadedFile("large.txt", b"0123")])
    answer = clients["owner"].post(reverse("case_send", args=[conversation.pk]), form)
    assert answer.status_code == 422
    assert "large.txt" in answer.content.decode()
    assert draft_of(cast.owner, conversation, "reply").text == GOOD
    attach(cast.owner, conversation, "s.txt", "text/plain", b"0", NOW)
    told = clients["owner"].post(
        reverse("case_attach", args=[conversation.pk]), {"files": [SimpleUploadedFile("l.txt", b"0123")]}, **JSON
    )
    assert (told.status_code, [one["name"] for one in told.json()["files"]]) == (422, ["s.txt"])


def test_an_acknowledgement_is_prepared_as_the_draft_and_sent_as_what_it_is(
    cast: Cast, clients: dict[str, Client]
) -> None:
    conversation = make_conversation(cast)
    url = reverse("case_acknowledge", args=[conversation.pk])
    assert clients["owner"].post(url, {"text": "Begun"}).status_code == 302
    held = draft_of(cast.owner, conversation, "reply")
    assert held.text.endswith("\n\nBegun")
    text = clients["owner"].post(url, **JSON).json()["text"]
    form = _form(text, version=str(held.version))
    assert clients["owner"].post(reverse("case_send", args=[conversation.pk]), form).status_code == 302
    assert conversation.messages.get(kind="ours").data["acknowledges"] is True
    assert conversation.clocks.get(kind="answer").state == "running"


def test_an_acknowledgement_prepared_in_one_window_stays_one_when_another_is_prepared(
    cast: Cast, clients: dict[str, Client]
) -> None:
    first, second = make_conversation(cast), make_conversation(cast, "The kettle leaks.")
    text = clients["owner"].post(reverse("case_acknowledge", args=[first.pk]), **JSON).json()["text"]
    clients["owner"].post(reverse("case_acknowledge", args=[second.pk]), **JSON)
    clients["owner"].post(reverse("case_send", args=[first.pk]), _form(text))
    assert first.clocks.get(kind="answer").state == "running"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("case_send", {"text": "Ask the warehouse.", "kind": "note", "key": "a\x00b"}),
        ("case_send", {"text": GOOD, "seen": "1", "rung": "release", "rung_reason": "a\x00b", "key": "a\x00b"}),
        ("case_attach", {"remove": "a\x00b"}),
        ("case_tag", {"name": "a\x00b"}),
        ("case_acknowledge", {"text": "a\x00b"}),
    ],
)
def test_a_sign_that_no_database_takes_breaks_nothing(
    cast: Cast, clients: dict[str, Client], name: str, form: dict[str, str]
) -> None:
    conversation = make_conversation(cast)
    assert clients["owner"].post(reverse(name, args=[conversation.pk]), form).status_code == 302


def test_with_other_words_it_is_an_answer(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)
    text = clients["owner"].post(reverse("case_acknowledge", args=[conversation.pk]), **JSON).json()["text"]
    clients["owner"].post(reverse("case_send", args=[conversation.pk]), _form(f"{text} It is on its way."))
    assert conversation.clocks.get(kind="answer").state == "met"


def test_an_acknowledgement_leaves_at_once_where_that_was_asked(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)
    url = reverse("case_acknowledge", args=[conversation.pk])
    assert clients["owner"].post(url, {"send": "1", "seen": "1", "key": "k"}, **JSON).status_code == 200
    assert clients["owner"].post(url, {"send": "1", "seen": "1", "key": "k2"}, **JSON).status_code == 409
    assert Outgoing.objects.count() == 1


def test_a_colleague_is_told_of(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)
    assert _ask(clients["owner"], "case_presence", conversation.pk, state="typing").json()["text"] == ""
    assert (
        _ask(clients["lead"], "case_presence", conversation.pk, state="here").json()["text"] == "Nina Wolska is writing"
    )


def test_taken_back_the_words_are_the_draft_and_too_late_is_said(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)
    message = _sent(cast, conversation)
    url = reverse("case_undo", args=[message.pk])
    assert "Taken back." in clients["owner"].post(url, follow=True).content.decode()
    assert "It was too late" in clients["owner"].post(url, follow=True).content.decode()
    assert draft_of(cast.owner, conversation, "reply").text == GOOD


def test_notes_are_kept_and_never_leave(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)
    form = _form("He called the depot.", kind="note")
    for _ in range(2):
        assert clients["owner"].post(reverse("case_send", args=[conversation.pk]), form).status_code == 302
    assert conversation.messages.filter(kind="note").count() == 1
    assert not Outgoing.objects.exists()


def test_a_promise_for_an_hour_that_is_over_is_shown_as_such(
    cast: Cast, clients: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = make_conversation(cast)
    evening = datetime(2026, 11, 26, 18, 24, tzinfo=UTC)  # 19:24 where they work
    monkeypatch.setattr(clock, "now", lambda: evening)
    told = _ask(clients["owner"], "case_review", conversation.pk, text="I will call you today by 17:00.").json()
    (promise,) = told["promises"]
    assert (promise["over"], promise["due_local"]) == (True, "")
    assert "that hour is over" in promise["due_text"]
    assert "commit" in {one["kind"] for one in told["missing"]}
    assert "commit" not in {one["kind"] for one in told["done"]}
    assert told["promise_text"].endswith("but that hour is over. Name a time that lies ahead.")
    clients["owner"].post(reverse("case_send", args=[conversation.pk]), _form("I will call you today by 17:00."))
    (kept,) = conversation.promises.all()
    assert break_one(kept, conversation, evening)


def test_a_time_set_for_a_promise_lies_ahead(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)
    found = _ask(clients["owner"], "case_review", conversation.pk, text=GOOD).json()["promises"][0]
    span = f"{found['start']}-{found['end']}"
    form = _form(promises_shown="1", promises=[span], **{f"due-{span}": "2026-11-26T09:30"})
    answer = clients["owner"].post(reverse("case_send", args=[conversation.pk]), form)
    assert answer.status_code == 422
    assert "Set one that lies ahead" in answer.content.decode()
    assert not conversation.promises.exists()


def test_words_for_a_conversation_merged_meanwhile_are_in_the_one_it_goes_on_in(
    cast: Cast, clients: dict[str, Client]
) -> None:
    first, second = make_conversation(cast), make_conversation(cast, "It is late.")
    keep_draft(cast.owner, first, "reply", "Begun here.", 0, NOW)
    merge(cast.owner, first.pk, second.pk, NOW)
    file = SimpleUploadedFile("photo.png", b"1", "image/png")
    page = clients["owner"].post(reverse("case_send", args=[second.pk]), _form(version="1", files=[file]))
    assert page.status_code == 422
    assert [one.name for one in files_of(cast.owner, first)] == ["photo.png"]
    kept = draft_of(cast.owner, first, "reply")
    assert kept is not None
    assert GOOD in kept.text
    assert "Begun here." in kept.text
    assert f'data-conversation="{first.pk}"' in page.content.decode()
