from __future__ import annotations

from datetime import timedelta

import pytest

from tests.desk.cast import NOW, Cast, make_conversation
from tests.desk.workflow.said import customer_writes
from zgoda_desk.commitments.actions import make_promise
from zgoda_desk.conversations.models import Contact, Conversation
from zgoda_desk.workflow.drafts import attach, draft_of, files_of, keep_draft
from zgoda_desk.workflow.merge import CannotMerge, merge, mergeable, split, unmerge
from zgoda_desk.workflow.note import add_note


def _two(cast: Cast) -> tuple[Conversation, Conversation]:
    first = make_conversation(cast, "Where is my order 48-20517?")
    second = customer_writes(cast, "And the invoice for 99.00 EUR is wrong.", minutes=3).conversation
    assert first.pk != second.pk
    return first, second


def _promise(cast: Cast, conversation: Conversation) -> None:
    make_promise(
        conversation, None, what="call", words="", channel="phone", person=cast.owner, due_at=NOW + timedelta(days=1),
        whole_day=False, zone="Europe/Warsaw", remind_minutes=30, now=NOW,
    )  # fmt: skip


def test_messages_promises_and_clocks_go_along(cast: Cast) -> None:
    first, second = _two(cast)
    _promise(cast, second)
    merge(cast.owner, first.pk, second.pk, NOW)
    assert first.messages.filter(kind="customer").count() == 2
    assert first.promises.count() == 1
    assert not second.promises.exists()
    second.refresh_from_db()
    assert (second.merged_into_id, second.status) == (first.pk, "closed")


def test_mail_that_names_the_old_conversation_finds_the_new_one(cast: Cast) -> None:
    first, second = _two(cast)
    merge(cast.owner, first.pk, second.pk, NOW)
    assert customer_writes(cast, "Any news?", second, minutes=9).conversation_id == first.pk


def test_a_page_opened_before_the_merge_must_look_again(cast: Cast) -> None:
    first, second = _two(cast)
    before = first.revision
    assert merge(cast.owner, first.pk, second.pk, NOW).revision > before


def test_undone_everything_is_back_where_it_was(cast: Cast) -> None:
    first, second = _two(cast)
    _promise(cast, second)
    before = sorted(second.messages.values_list("pk", flat=True))
    merge(cast.owner, first.pk, second.pk, NOW)
    event = first.messages.get(event="merged")
    back = unmerge(cast.owner, event, NOW)
    assert back is not None
    assert back.pk == second.pk
    assert sorted(back.messages.filter(kind="customer").values_list("pk", flat=True)) == before
    assert (back.promises.count(), back.status, back.merged_into_id) == (1, "open", None)
    assert unmerge(cast.owner, event, NOW) is None


def test_conversations_of_two_contacts_never_become_one(cast: Cast) -> None:
    first, second = _two(cast)
    second.contact = Contact.objects.create(name="Somebody else", made_at=NOW)
    second.save()
    assert second not in mergeable(first)
    with pytest.raises(CannotMerge):
        merge(cast.owner, first.pk, second.pk, NOW)
    assert second.messages.filter(kind="customer").exists()


@pytest.mark.parametrize("again", [True, False])
def test_neither_itself_nor_one_merged_before(cast: Cast, again: bool) -> None:
    first, second = _two(cast)
    if again:
        merge(cast.owner, first.pk, second.pk, NOW)
    with pytest.raises(CannotMerge):
        merge(cast.owner, first.pk, second.pk if again else first.pk, NOW)


def test_a_message_split_off_starts_with_its_own_clocks(cast: Cast) -> None:
    first = make_conversation(cast)
    message = customer_writes(cast, "Something else: the invoice 77/2026 is wrong.", first, minutes=4)
    made = split(cast.owner, message, NOW)
    assert made is not None
    assert made.messages.filter(kind="customer").get().pk == message.pk
    assert made.clocks.filter(kind="answer", since=message.at).exists()
    assert made.reference == "77/2026"
    assert first.messages.filter(kind="customer").count() == 1


def test_the_only_message_of_a_conversation_stays(cast: Cast) -> None:
    first = make_conversation(cast)
    assert split(cast.owner, first.messages.get(kind="customer"), NOW) is None


def test_a_clock_that_stays_behind_stops_and_runs_again_when_parted(cast: Cast) -> None:
    first, second = _two(cast)
    twin = first.clocks.get(kind="answer")
    second.clocks.filter(kind="answer").update(since=twin.since)
    merge(cast.owner, first.pk, second.pk, NOW)
    assert second.clocks.get(kind="answer").state == "stopped"
    unmerge(cast.owner, first.messages.get(event="merged"), NOW)
    assert second.clocks.get(kind="answer").state == "running"


def test_parting_never_gives_an_open_page_the_number_it_has_seen(cast: Cast) -> None:
    first, second = _two(cast)
    seen = merge(cast.owner, first.pk, second.pk, NOW).revision
    unmerge(cast.owner, first.messages.get(event="merged"), NOW)
    first.refresh_from_db()
    assert first.revision > seen


def test_what_somebody_was_writing_goes_along_with_its_files(cast: Cast) -> None:
    first, second = _two(cast)
    keep_draft(cast.teammate, first, "reply", "Already begun here.", 0, NOW)
    keep_draft(cast.teammate, second, "reply", "Written in the other.", 0, NOW)
    keep_draft(cast.owner, second, "note", "Ask the warehouse.", 0, NOW)
    file = attach(cast.teammate, second, "photo.png", "image/png", b"1", NOW)
    merge(cast.owner, first.pk, second.pk, NOW)
    reply, note = draft_of(cast.teammate, first, "reply"), draft_of(cast.owner, first, "note")
    assert reply is not None
    assert note is not None
    assert reply.text == "Written in the other.\n\nAlready begun here."
    assert note.text == "Ask the warehouse."
    assert files_of(cast.teammate, first) == [file]


def test_a_note_kept_from_a_page_opened_before_the_merge_is_seen(cast: Cast) -> None:
    first, second = _two(cast)
    merge(cast.owner, first.pk, second.pk, NOW)
    note = add_note(cast.teammate, second, "Ask the warehouse.", NOW)
    assert note is not None
    assert note.conversation_id == first.pk


def test_split_off_twice_by_a_double_click_it_goes_once(cast: Cast) -> None:
    conversation = make_conversation(cast)
    message = customer_writes(cast, "And the invoice is wrong.", conversation, minutes=3)
    assert split(cast.owner, message, NOW) is not None
    assert split(cast.owner, message, NOW) is None


def _waiting(one: Conversation) -> None:
    Conversation.objects.filter(pk=one.pk).update(status="waiting")


def test_parted_again_it_waits_and_was_acknowledged_as_before(cast: Cast) -> None:
    first, second = _two(cast)
    _waiting(first)
    Conversation.objects.filter(pk=second.pk).update(acknowledged_at=NOW)
    assert merge(cast.owner, first.pk, second.pk, NOW).status == "open"
    unmerge(cast.owner, first.messages.get(event="merged"), NOW)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, first.acknowledged_at) == ("waiting", None)
    assert (second.status, second.acknowledged_at) == ("open", NOW)


def test_parted_again_what_the_customer_wrote_since_still_waits_for_us(cast: Cast) -> None:
    first, second = _two(cast)
    _waiting(first)
    merge(cast.owner, first.pk, second.pk, NOW)
    customer_writes(cast, "And now?", first, minutes=5)
    Conversation.objects.filter(pk=first.pk).update(acknowledged_at=NOW + timedelta(minutes=6))
    unmerge(cast.owner, first.messages.get(event="merged"), NOW + timedelta(minutes=7))
    first.refresh_from_db()
    assert (first.status, first.acknowledged_at) == ("open", NOW + timedelta(minutes=6))
