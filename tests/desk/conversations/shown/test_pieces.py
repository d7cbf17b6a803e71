from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

import zgoda
from tests.desk.conversations.shown.readings import ANY_TEXT, reading, texts_and_readings
from zgoda_desk.conversations.shown.long import long_form
from zgoda_desk.conversations.shown.pieces import Piece, pieces


def _drawn(found: Iterable[Piece]) -> list[Any]:
    return [(one.kind, one.text) if not one.parts else (one.kind, _drawn(one.parts)) for one in found]


def _whole(found: Iterable[Piece]) -> str:
    return "".join(one.text for one in found)


def _flat(found: Iterable[Piece]) -> Iterable[Piece]:
    for one in found:
        yield one
        yield from _flat(one.parts)


class TestWholeness:
    @given(texts_and_readings(), st.integers(0, 70), st.integers(0, 70))
    def test_pieces_make_up_the_text_whatever_the_reading_holds(
        self, given_: tuple[str, dict[str, Any]], start: int, end: int
    ) -> None:
        text, made = given_
        for newest in (None, (start, end)):
            found = pieces(text, made, newest)
            assert _whole(found) == text
            assert all(_whole(one.parts) == one.text for one in found if one.parts)
            assert all(one.text for one in _flat(found))

    @given(texts_and_readings())
    def test_what_is_shown_and_its_labels_can_always_be_sent_to_a_browser(
        self, given_: tuple[str, dict[str, Any]]
    ) -> None:
        text, made = given_
        for one in _flat(pieces(text, made)):
            one.shown.encode()
            str(one.label).encode()

    @given(ANY_TEXT)
    def test_a_message_not_read_is_one_plain_piece(self, text: str) -> None:
        assert _drawn(pieces(text, None)) == ([("plain", text)] if text else [])

    @given(texts_and_readings())
    def test_no_folded_word_stays_in_the_open_but_facts_and_self_harm(self, given_: tuple[str, dict[str, Any]]) -> None:
        text, made = given_
        made["facts"], made["signals"], made["sentences"] = [], [], []
        place = 0
        for one in _leaves(pieces(text, made)):
            for span in made["abuse"]:
                inside = max(span["start"], place) < min(span["end"], place + len(one.text), len(text))
                worded = any(char.isalnum() for char in one.text)
                assert not (inside and worded and span["kind"] != "loss_of_control" and one.kind != "fold")
            place += len(one.text)

    @given(texts_and_readings())
    def test_words_of_self_harm_are_never_folded(self, given_: tuple[str, dict[str, Any]]) -> None:
        text, made = given_
        place = 0
        for one in _leaves(pieces(text, made)):
            for span in made["signals"]:
                inside = max(span["start"], place) < min(span["end"], place + len(one.text))
                assert not (span["kind"] == "self_harm" and inside and one.kind == "fold")
            place += len(one.text)


def _leaves(found: Iterable[Piece]) -> Iterable[Piece]:
    for one in found:
        yield from one.parts or (one,)


class TestDrawing:
    def test_facts_lie_inside_the_demand_that_names_them(self) -> None:
        text = "Верните 34 990 ₽ сегодня. Жду."
        made = reading(
            text,
            facts=[("money", "34 990 ₽"), ("date", "сегодня")],
            sentences=[("demand", "Верните 34 990 ₽ сегодня."), ("other", "Жду.")],
        )
        assert _drawn(pieces(text, made)) == [
            ("d", [("plain", "Верните "), ("f", "34 990 ₽"), ("plain", " "), ("f", "сегодня"), ("plain", ".")]),
            ("plain", " Жду."),
        ]

    def test_sentences_of_insults_alone_become_one_fold_with_their_number(self) -> None:
        text = "Звонка не было. Вы там все безмозглые? Обманщики! Верните деньги."
        made = reading(
            text,
            abuse=[("insult", "Вы там все безмозглые"), ("insult", "Обманщики")],
            sentences=[
                ("fact", "Звонка не было."),
                ("emotion", "Вы там все безмозглые?"),
                ("emotion", "Обманщики!"),
                ("demand", "Верните деньги."),
            ],
        )
        found = pieces(text, made)
        assert _drawn(found) == [
            ("plain", "Звонка не было. "),
            ("fold", "Вы там все безмозглые? Обманщики!"),
            ("plain", " "),
            ("d", "Верните деньги."),
        ]
        assert str(found[1].label) == "2 insults folded"

    def test_swearing_within_an_insult_is_counted_once(self) -> None:
        text = "You fucking morons, where is it"
        made = reading(text, abuse=[("profanity", "fucking"), ("insult", "You fucking morons")])
        assert pieces(text, made)[0].counts == (("insult", 1),)

    def test_a_threat_is_folded_but_said(self) -> None:
        text = "Give it back, you clown, or I will break your arms."
        made = reading(text, abuse=[("insult", "you clown"), ("threat", "I will break your arms")])
        folds = [one for one in pieces(text, made) if one.kind == "fold"]
        assert [str(one.label) for one in folds] == ["1 insult folded", "1 threat folded"]
        assert [one.safety for one in folds] == [False, True]

    def test_several_kinds_in_one_fold_are_listed_the_gravest_first(self) -> None:
        text = "Damn. You clown! I will burn it."
        made = reading(
            text, abuse=[("profanity", "Damn"), ("insult", "You clown"), ("threat", "I will burn it")], sentences=[]
        )
        assert str(pieces(text, made)[0].label) == "Folded: 1 threat, 1 insult, 1 swear word"

    def test_a_checkable_fact_within_abuse_stays_in_the_open(self) -> None:
        text = "I come tomorrow to 5 Long Street and burn it all."
        made = reading(
            text, abuse=[("threat", "I come tomorrow to 5 Long Street and burn it all")], facts=[("date", "tomorrow")]
        )
        found = pieces(text, made)
        assert _drawn(found)[:3] == [
            ("fold", "I come "),
            ("f", "tomorrow"),
            ("fold", " to 5 Long Street and burn it all"),
        ]
        assert [str(one.label) for one in found if one.kind == "fold"] == ["1 threat folded", "Folded"]

    def test_swearing_inside_a_fact_is_folded(self) -> None:
        text = "waiting three damn weeks now"
        made = reading(text, abuse=[("profanity", "damn")], facts=[("duration", "three damn weeks")])
        assert ("fold", "damn") in _drawn(pieces(text, made))

    def test_an_insult_in_the_middle_of_a_demand_folds_alone(self) -> None:
        text = "Give me, you clown, my 20 EUR."
        made = reading(text, abuse=[("insult", "you clown")], facts=[("money", "20 EUR")], sentences=[("demand", text)])
        assert _drawn(pieces(text, made)) == [
            ("d", [("plain", "Give me, "), ("fold", "you clown"), ("plain", ", my "), ("f", "20 EUR"), ("plain", ".")])
        ]

    def test_a_label_as_wide_as_its_sentence_hides_neither_the_demand_nor_the_fact(self) -> None:
        text = "верните деньги суки 3 недели жду 2400"
        made = reading(
            text,
            abuse=[("profanity", "суки"), ("insult", text)],
            facts=[("duration", "3 недели")],
            sentences=[("demand", text)],
        )
        made["abuse"].sort(key=lambda span: span["start"])
        found = pieces(text, made)[0].parts
        assert _drawn(found) == [
            ("plain", "верните деньги "),
            ("fold", "суки"),
            ("plain", " "),
            ("f", "3 недели"),
            ("plain", " жду 2400"),
        ]
        assert str(found[1].label) == "1 insult folded"

    def test_a_wide_label_whose_words_are_not_known_folds_the_sentence(self) -> None:
        text = "Fire the teacher or fathers will get him."
        made = reading(text, abuse=[("insult", text[:-1])], sentences=[("demand", text)])
        assert _drawn(pieces(text, made)) == [("fold", text)]

    def test_a_sentence_of_self_harm_is_neither_pale_nor_folded(self) -> None:
        text = "You clowns, I want to die."
        made = reading(
            text,
            abuse=[("insult", "You clowns")],
            signals=[("self_harm", "want to die")],
            sentences=[("emotion", text)],
        )
        assert _drawn(pieces(text, made)) == [("fold", "You clowns"), ("plain", ", I want to die.")]

    def test_shouting_hides_nothing(self) -> None:
        text = "WHERE IS ORDER 4412???"
        made = reading(text, abuse=[("loss_of_control", text)], facts=[("order", "4412")])
        assert "fold" not in {one.kind for one in pieces(text, made)}

    def test_what_was_not_written_now_is_collapsed(self) -> None:
        text = "Hello.\n\nOn Monday you wrote:\n> Hi"
        found = pieces(text, reading(text), newest=(0, 6))
        assert _drawn(found) == [("plain", "Hello."), ("quote", "\n\nOn Monday you wrote:\n> Hi")]
        assert str(found[1].label) == "The rest of the mail"

    def test_a_reading_of_a_part_is_laid_where_the_part_begins(self) -> None:
        text = "> old\nSend 20 EUR"
        made = reading("Send 20 EUR", facts=[("money", "20 EUR")])
        assert ("f", "20 EUR") in _drawn(pieces(text, made, newest=(6, 17), read_from=6))

    def test_labels_wait_for_the_language_of_the_reader(self) -> None:
        text = "you clown"
        label = pieces(text, reading(text, abuse=[("insult", text)]))[0].label
        with override("ru"):
            in_russian = str(label)
        with override("en"):
            assert str(label) == "1 insult folded"
        assert in_russian  # never empty, translated or not

    @pytest.mark.parametrize(
        "text",
        [
            "Вы обещали позвонить вчера до 12:00. Вы там все безмозглые? Верните 34 990 ₽ сегодня.",
            "Jakie do 12:00? Ty idioto pierdolony. Teraz macie oddać mi moje 280 zł.",
            "You fucking morons stole £120 on 3 May from my account. Please refund it.",
        ],
    )
    def test_real_readings_fold_the_insult_and_keep_the_sum(self, text: str) -> None:
        found = list(_leaves(pieces(text, zgoda.read(text).as_dict())))
        assert "fold" in {one.kind for one in found}
        assert any(one.kind == "f" and any(char.isdigit() for char in one.text) for one in found)


class TestLongForm:
    @given(texts_and_readings(), st.integers(1, 30))
    def test_the_long_form_makes_up_the_text_too(self, given_: tuple[str, dict[str, Any]], times: int) -> None:
        text, made = given_
        text = (text + "\n") * times
        found = long_form(text, made)
        assert found is None or _whole(found) == text

    def test_a_short_message_has_none(self) -> None:
        assert long_form("Hello", reading("Hello")) is None

    def test_facts_and_demands_stay_and_the_rest_lies_in_gaps(self) -> None:
        filler = "\n".join(f"line {n} of talk" for n in range(20))
        text = f"{filler}\nOrder 4412 is late.\n{filler}\nSend it.\n{filler}"
        made = reading(
            text,
            facts=[("order", "4412")],
            sentences=[("fact", "Order 4412 is late."), ("demand", "Send it.")],
        )
        found = long_form(text, made)
        assert found is not None
        assert [one.kind for one in found] == ["gap", "plain", "f", "plain", "gap", "d", "gap"]
        assert [one.text for one in found if one.kind != "gap"] == ["Order ", "4412", " is late.", "Send it."]

    def test_threats_and_self_harm_never_fall_into_a_gap(self) -> None:
        filler = "\n".join(f"line {n} of talk" for n in range(20))
        text = f"{filler}\nI will burn it.\n{filler}\nI want to die.\n{filler}"
        made = reading(
            text,
            abuse=[("threat", "I will burn it")],
            signals=[("self_harm", "want to die")],
            sentences=[("emotion", "I will burn it."), ("emotion", "I want to die.")],
        )
        found = long_form(text, made)
        assert found is not None
        assert [one.text for one in found if one.kind not in ("gap", "plain")] == ["I will burn it."]
        assert "I want to die." in [one.text for one in found]

    def test_a_message_not_read_keeps_its_beginning(self) -> None:
        text = "word " * 500
        found = long_form(text, None)
        assert found is not None
        assert [one.kind for one in found] == ["plain", "gap"]
        assert len(found[0].text) > 500
