from __future__ import annotations

from datetime import timedelta

import pytest

from tests.desk.cast import NOW, Cast, make_conversation
from tests.desk.workflow.said import customer_writes
from zgoda_desk.commitments.actions import make_promise
from zgoda_desk.conversations.models import Contact, Conversation
from zgoda_desk.workflow.merge import CannotMerge, merge, mergeable, split, unmerge


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
