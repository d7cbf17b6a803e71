from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk.cast import NOW, Cast, make_conversation
from zgoda_desk.workflow import drafts
from zgoda_desk.workflow.drafts import Overtaken, attach, detach, draft_of, files_of, keep_draft, keep_words, put_before


def test_each_save_raises_the_version_and_the_same_words_do_not(cast: Cast) -> None:
    conversation = make_conversation(cast)
    assert keep_draft(cast.owner, conversation, "reply", "A", 0, NOW).version == 1
    assert keep_draft(cast.owner, conversation, "reply", "AB", 1, NOW).version == 2
    assert keep_draft(cast.owner, conversation, "reply", "AB", 1, NOW).version == 2


def test_an_older_save_meets_the_newer_text_and_changes_nothing(cast: Cast) -> None:
    conversation = make_conversation(cast)
    keep_draft(cast.owner, conversation, "reply", "A", 0, NOW)
    keep_draft(cast.owner, conversation, "reply", "AB", 1, NOW)
    with pytest.raises(Overtaken) as other:
        keep_draft(cast.owner, conversation, "reply", "AC", 1, NOW)
    assert (other.value.draft.text, other.value.draft.version) == ("AB", 2)


def test_drafts_are_of_one_person_and_one_kind(cast: Cast) -> None:
    conversation = make_conversation(cast)
    for person in (cast.owner, cast.teammate):
        for kind in drafts.KINDS:
            keep_draft(person, conversation, kind, f"{person.pk} {kind}", 0, NOW)
    assert draft_of(cast.owner, conversation, "note").text == f"{cast.owner.pk} note"
    assert conversation.drafts.count() == 4


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.sampled_from(["alpha", "beta", "gamma", "alpha beta", ""]), max_size=5), version=st.integers(0, 3)
)
def test_words_that_could_not_be_sent_are_never_lost(cast: Cast, texts: list[str], version: int) -> None:
    conversation = make_conversation(cast)
    for text in texts:
        keep_words(cast.owner, conversation, text, version, NOW)
    held = draft_of(cast.owner, conversation, "reply")
    last = texts[-1] if texts else ""
    assert held is None or last in held.text


def test_odd_characters_and_endless_texts_are_kept_as_far_as_they_can_be(cast: Cast) -> None:
    conversation = make_conversation(cast)
    assert keep_draft(cast.owner, conversation, "reply", "a\x00\ud83db" + "x" * 200_000, 0, NOW).text.startswith("a��b")
    assert len(draft_of(cast.owner, conversation, "reply").text) == drafts.MOST


def test_words_are_put_before_the_draft_once(cast: Cast) -> None:
    conversation = make_conversation(cast)
    put_before(cast.owner, conversation, "Hello.", NOW)
    keep_draft(cast.owner, conversation, "reply", "Hello. And more", 1, NOW)
    assert put_before(cast.owner, conversation, "Hello.", NOW).text == "Hello. And more"
    assert put_before(cast.owner, conversation, "First.", NOW).text == "First.\n\nHello. And more"


def test_files_have_a_limit_each_and_together(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST_FILE", 10)
    monkeypatch.setattr(drafts, "MOST_FILES", 25)
    conversation = make_conversation(cast)
    for number in range(2):
        attach(cast.owner, conversation, f"{number}.txt", "text/plain", b"0123456789", NOW)
    for body in (b"01234567890", b"012345"):
        with pytest.raises(drafts.TooLarge):
            attach(cast.owner, conversation, "large.txt", "text/plain", body, NOW)
    assert [one.name for one in files_of(cast.owner, conversation)] == ["0.txt", "1.txt"]


def test_a_file_is_taken_off_by_who_attached_it_alone(cast: Cast) -> None:
    conversation = make_conversation(cast)
    file = attach(cast.owner, conversation, "a.txt", "text/plain", b"a", NOW)
    assert not detach(cast.teammate, conversation, file.key)
    assert not detach(cast.owner, conversation, "")
    assert detach(cast.owner, conversation, file.key)
    assert files_of(cast.owner, conversation) == []
