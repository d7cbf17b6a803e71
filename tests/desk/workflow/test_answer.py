from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk.cast import NOW, Cast, make_conversation
from tests.desk.workflow.said import customer_writes
from zgoda_desk.audit.models import Entry
from zgoda_desk.conversations import engine
from zgoda_desk.conversations.models import Conversation, LiveEvent, Message
from zgoda_desk.post.mail import parse
from zgoda_desk.post.models import Attachment, Outgoing
from zgoda_desk.workflow.answer import FindingsOpen, Reply, Spent, Unseen, send_reply
from zgoda_desk.workflow.drafts import attach, keep_draft
from zgoda_desk.workflow.ignoring import Dismissed, ignore_finding
from zgoda_desk.workflow.letters import CannotSend
from zgoda_desk.workflow.undo import undo_reply

GOOD = "Marina, thank you for writing. I am checking where order 48-20517 is and will write to you today by 15:00."


def test_a_reply_waits_in_the_outbox_under_an_id_that_joins_the_answer(cast: Cast) -> None:
    conversation = make_conversation(cast)
    message = send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1"), NOW)
    mail = parse(bytes(Outgoing.objects.get().body))
    assert message.outgoing is not None
    assert message.outgoing.state == "queued"
    assert mail.to[0].address == "marina@customer.example"
    assert GOOD in " ".join(mail.text.split())
    assert mail.in_reply_to == "1@customer.example"


def test_the_same_decision_twice_sends_once(cast: Cast) -> None:
    conversation = make_conversation(cast)
    first = send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1"), NOW)
    assert send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1"), NOW).pk == first.pk
    assert Outgoing.objects.count() == 1


def test_a_second_answer_is_stopped_until_the_first_is_seen(cast: Cast) -> None:
    conversation = make_conversation(cast)
    send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1"), NOW)
    with pytest.raises(Unseen) as stop:
        send_reply(cast.teammate, conversation.pk, Reply(GOOD, 1, "k2"), NOW)
    assert [one.kind for one in stop.value.messages] == [Message.Kind.OURS]


def test_an_error_is_sent_only_with_a_reason(cast: Cast) -> None:
    conversation = make_conversation(cast)
    bad = "Marina, calm down. You should have read the contract."
    with pytest.raises(FindingsOpen):
        send_reply(cast.owner, conversation.pk, Reply(bad, 1, "k1"), NOW)
    send_reply(cast.owner, conversation.pk, Reply(bad, 1, "k1", reason="he asked for plain words"), NOW)
    assert conversation.overrules.filter(way="sent").exists()


def test_a_promise_in_the_reply_becomes_an_object_with_an_owner_and_an_hour(cast: Cast) -> None:
    conversation = make_conversation(cast)
    send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1"), NOW)
    promise = conversation.promises.get()
    assert promise.owner == cast.owner
    assert promise.due_at.isoformat() == "2026-11-26T14:00:00+00:00"  # 15:00 in Warsaw
    conversation.refresh_from_db()
    assert conversation.next_due == promise.due_at


BAD = "Marina, calm down. You should have read the contract."


def test_the_key_of_another_person_or_conversation_is_another_decision(cast: Cast) -> None:
    first, second = make_conversation(cast), make_conversation(cast)
    assert first.pk != second.pk
    send_reply(cast.owner, first.pk, Reply(GOOD, 1, "k1"), NOW)
    send_reply(cast.owner, second.pk, Reply(GOOD, 1, "k1"), NOW)
    send_reply(cast.teammate, second.pk, Reply(GOOD, 2, "k1"), NOW)
    assert Outgoing.objects.count() == 3


def test_a_key_that_sent_other_words_sends_nothing_again(cast: Cast) -> None:
    conversation = make_conversation(cast)
    send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1"), NOW)
    with pytest.raises(Spent):
        send_reply(cast.owner, conversation.pk, Reply(f"{GOOD} Nina", 2, "k1"), NOW)
    assert Outgoing.objects.count() == 1


def test_a_late_repeat_of_a_reply_that_was_taken_back_does_not_send_it(cast: Cast) -> None:
    conversation = make_conversation(cast)
    message = send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1"), NOW)
    assert undo_reply(cast.owner, message.pk, NOW)
    with pytest.raises(Spent):
        send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1"), NOW)
    assert [one.state for one in Outgoing.objects.all()] == ["undone"]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(decisions=st.lists(st.tuples(st.sampled_from(["k1", "k2"]), st.booleans(), st.integers(0, 3)), max_size=6))
def test_whatever_is_repeated_one_key_makes_one_message_and_one_mail(cast: Cast, decisions: list) -> None:
    conversation = make_conversation(cast)
    for key, other_words, seen in decisions:
        try:
            send_reply(cast.owner, conversation.pk, Reply(GOOD + " Nina" * other_words, seen, key), NOW)
        except CannotSend:
            continue
    ours = list(conversation.messages.filter(kind="ours"))
    assert len(ours) == len({one.outgoing_id for one in ours}) == len({one.data["key"] for one in ours}) <= 2
    conversation.refresh_from_db()
    assert conversation.revision == 1 + len(ours)


def test_a_mail_that_arrives_while_answering_stops_the_reply_and_is_named(cast: Cast) -> None:
    conversation = make_conversation(cast)
    late = customer_writes(cast, "One more thing: it was the blue one.", conversation, minutes=3)
    with pytest.raises(Unseen) as stop:
        send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1"), NOW + timedelta(minutes=4))
    assert stop.value.messages == (late,)
    assert not Outgoing.objects.exists()


def test_an_ignored_error_is_no_error_to_him_and_still_one_to_his_colleague(cast: Cast) -> None:
    conversation = make_conversation(cast)
    with pytest.raises(FindingsOpen) as stop:
        send_reply(cast.owner, conversation.pk, Reply(BAD, 1, "k1"), NOW)
    for one in stop.value.review.findings:
        ignore_finding(
            cast.owner, conversation, Dismissed(one.rule, one.kind, one.severity, one.text), "he asked for it", NOW
        )
    with pytest.raises(FindingsOpen):
        send_reply(cast.teammate, conversation.pk, Reply(BAD, 1, "k2"), NOW)
    send_reply(cast.owner, conversation.pk, Reply(BAD, 1, "k1"), NOW)


def test_only_the_promises_left_ticked_are_kept_at_the_time_that_was_set(cast: Cast) -> None:
    conversation = make_conversation(cast)
    send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1", promised={}), NOW)
    assert not conversation.promises.exists()
    message = conversation.messages.get(kind="ours")
    span = message.review["promises"][0]
    later = NOW + timedelta(hours=7)
    wish = {(span["start"], span["end"]): later}
    send_reply(cast.owner, conversation.pk, Reply(GOOD, 2, "k2", promised=wish), NOW)
    assert conversation.promises.get().due_at == later


def test_a_web_form_is_answered_by_mail_and_a_telephone_call_is_only_kept(cast: Cast) -> None:
    conversation = make_conversation(cast)
    type(conversation).objects.filter(pk=conversation.pk).update(channel="web_form")
    assert send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1"), NOW).outgoing is not None
    type(conversation).objects.filter(pk=conversation.pk).update(channel="phone")
    told = send_reply(cast.owner, conversation.pk, Reply(GOOD, 2, "k2"), NOW)
    assert told.outgoing is None
    assert send_reply(cast.owner, conversation.pk, Reply(GOOD, 2, "k2"), NOW) == told


def test_a_sent_draft_leaves_an_empty_one_with_a_higher_version(cast: Cast) -> None:
    conversation = make_conversation(cast)
    kept = keep_draft(cast.owner, conversation, "reply", GOOD, 0, NOW)
    send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1", version=kept.version), NOW)
    kept.refresh_from_db()
    assert (kept.text, kept.version) == ("", 2)


def test_words_written_on_another_page_survive_the_sending_of_older_ones(cast: Cast) -> None:
    conversation = make_conversation(cast)
    keep_draft(cast.owner, conversation, "reply", GOOD, 0, NOW)
    newer = keep_draft(cast.owner, conversation, "reply", "Something else altogether.", 1, NOW)
    send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1", version=1), NOW)
    newer.refresh_from_db()
    assert newer.text == "Something else altogether."


def test_files_of_the_draft_leave_with_the_reply_and_come_back_with_it(cast: Cast) -> None:
    conversation = make_conversation(cast)
    file = attach(cast.owner, conversation, "return label.pdf", "application/pdf", b"%PDF-1.7", NOW)
    attach(cast.teammate, conversation, "other.txt", "text/plain", b"of somebody else", NOW)
    message = send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1"), NOW)
    mail = parse(bytes(Outgoing.objects.get().body))
    assert [(one.name, one.content) for one in mail.attachments] == [("return label.pdf", b"%PDF-1.7")]
    assert Attachment.objects.get(pk=file.pk).message == message.pk
    undo_reply(cast.owner, message.pk, NOW)
    file.refresh_from_db()
    assert (file.message, file.draft) == (None, conversation.drafts.get(person=cast.owner).pk)


def test_nothing_to_say_and_a_merged_conversation_send_nothing(cast: Cast) -> None:
    conversation, other = make_conversation(cast), make_conversation(cast)
    with pytest.raises(CannotSend):
        send_reply(cast.owner, conversation.pk, Reply(" \n", 1, "k1"), NOW)
    type(conversation).objects.filter(pk=conversation.pk).update(merged_into=other)
    with pytest.raises(CannotSend):
        send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1"), NOW)
    assert not Outgoing.objects.exists()


def test_an_answer_to_a_yes_is_agreed_and_to_be_looked_at_again(cast: Cast) -> None:
    conversation = make_conversation(cast, "Two plates of order 48-20611 came broken. I want new ones.")
    offer = "Hannah, I am sorry. I can send two new plates today, they arrive on Friday by 12:00. Does that suit you?"
    send_reply(cast.owner, conversation.pk, Reply(offer, 1, "k1"), NOW)
    customer_writes(cast, "Yes, that suits me, agreed. Thank you.", conversation, minutes=5)
    recap = "Thank you, Hannah. So: two new plates arrive on Friday by 12:00."
    send_reply(cast.owner, conversation.pk, Reply(recap, 3, "k2"), NOW + timedelta(minutes=9))
    conversation.refresh_from_db()
    assert conversation.status == Conversation.Status.AGREED


def test_what_all_writers_wait_for_is_held_only_when_nothing_slow_is_left(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = make_conversation(cast)
    told = Entry.objects.count(), LiveEvent.objects.count()
    while_asked: list[tuple[int, int]] = []

    def guide(*given: object) -> object:
        while_asked.append((Entry.objects.count(), LiveEvent.objects.count()))
        return asked(*given)

    asked = engine.guide
    monkeypatch.setattr(engine, "guide", guide)
    send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1", rung="boundary", rung_reason="He swears."), NOW)
    assert while_asked == [told]
    kinds = set(Entry.objects.order_by("id").values_list("kind", flat=True))
    assert {"promise.made", "rung.overruled", "reply.sent"} <= kinds
