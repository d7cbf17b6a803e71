from __future__ import annotations

import importlib

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from tests.desk.cast import NOW, Cast, make_conversation
from zgoda_desk.conversations.models import Draft, Tag
from zgoda_desk.workflow.note import add_note
from zgoda_desk.workflow.tags import MOST, add_tag, remove_tag, suggestions


def test_a_note_is_kept_once_for_its_key_and_drops_the_draft(cast: Cast) -> None:
    conversation = make_conversation(cast)
    Draft.objects.create(conversation=conversation, person=cast.owner, kind="note", text="Ca", kept_at=NOW)
    first = add_note(cast.owner, conversation, "Called the depot.", NOW, key="k1")
    assert add_note(cast.owner, conversation, "Called the depot.", NOW, key="k1") == first
    assert conversation.messages.filter(kind="note").count() == 1
    assert Draft.objects.get().text == ""


def test_a_note_moves_neither_revision_nor_stage(cast: Cast) -> None:
    conversation = make_conversation(cast)
    before = (conversation.revision, conversation.stage, conversation.waiting_since)
    add_note(cast.owner, conversation, "Called the depot.", NOW)
    conversation.refresh_from_db()
    assert (conversation.revision, conversation.stage, conversation.waiting_since) == before


def test_a_label_on_a_person_is_pointed_out_and_the_note_kept(cast: Cast) -> None:
    note = add_note(cast.owner, make_conversation(cast), "She is a hysteric.", NOW)
    assert note is not None
    assert note.review is not None
    assert [one["kind"] for one in note.review["findings"]] == ["person_label"]


def test_an_empty_note_is_none_and_a_broken_letter_no_fault(cast: Cast) -> None:
    conversation = make_conversation(cast)
    assert add_note(cast.owner, conversation, " \n ", NOW) is None
    kept = add_note(cast.owner, conversation, "a\x00b\ud800c", NOW)
    assert kept is not None
    assert kept.text == "a�b�c"


def test_tags_are_found_whatever_their_case_and_come_off_again(cast: Cast) -> None:
    conversation = make_conversation(cast)
    tag = add_tag(cast.owner, conversation, "  Courier ", NOW)
    assert tag is not None
    assert add_tag(cast.owner, conversation, "courier", NOW) == tag
    assert list(conversation.tags.values_list("name", flat=True)) == ["Courier"]
    assert remove_tag(cast.owner, conversation, tag.pk, NOW)
    assert not remove_tag(cast.owner, conversation, tag.pk, NOW)
    assert suggestions(conversation) == ["Courier"]


def test_no_name_and_too_many_make_no_tag(cast: Cast) -> None:
    conversation = make_conversation(cast)
    assert add_tag(cast.owner, conversation, " , ", NOW) is None
    for number in range(MOST):
        add_tag(cast.owner, conversation, f"tag {number}", NOW)
    assert add_tag(cast.owner, conversation, "one more", NOW) is None
    assert Tag.objects.count() == MOST


@pytest.mark.parametrize(
    ("one", "other"), [("Доставка", "ДОСТАВКА"), ("Żądanie", "żądanie"), ("Straße", "STRASSE"), ("и\u0306од", "Йод")]
)
def test_one_tag_whatever_the_case_of_its_letters(cast: Cast, one: str, other: str) -> None:
    conversation = make_conversation(cast)
    first = add_tag(cast.owner, conversation, one, NOW)
    assert add_tag(cast.owner, conversation, other, NOW) == first
    with pytest.raises(IntegrityError), transaction.atomic():
        Tag.objects.create(name=other)


def test_tags_that_were_two_become_one(cast: Cast) -> None:
    set_keys = importlib.import_module("zgoda_desk.conversations.migrations.0006_tag_key").set_keys
    first, second = make_conversation(cast), make_conversation(cast)
    kept, other = Tag.objects.create(name="Доставка"), Tag.objects.create(name="доставка заказа")
    first.tags.add(kept)
    second.tags.add(other)
    Tag.objects.filter(pk=other.pk).update(name="ДОСТАВКА")
    set_keys(apps, None)
    assert list(Tag.objects.all()) == [kept]
    assert set(kept.conversations.all()) == {first, second}
