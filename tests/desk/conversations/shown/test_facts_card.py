from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.desk.conversations.shown.readings import reading, texts_and_readings
from zgoda_desk.conversations.shown.facts_card import Promised, Row, Said, Source, facts_card

AT = datetime(2026, 11, 19, 9, 14, tzinfo=UTC)


def _said(text: str, **fields: Any) -> Said:
    return Said(text, reading(text, **fields), AT)


def _told(rows: tuple[Row, ...]) -> dict[str, list[str]]:
    return {row.kind: [str(item.text) for item in row.items] for row in rows}


FIRST = "Заказ 48-20517, коляска за 34 990 ₽. Верните деньги."
SECOND = "Третий раз пишу: заказ 48-20517 нужен к субботе."


def _messages() -> list[Said]:
    return [
        _said(
            FIRST,
            causes=["delivery"],
            demands=["refund", "explanation"],
            facts=[("order", "48-20517"), ("product", "коляска"), ("money", "34 990 ₽")],
            reasons=[
                {"label": "causes:delivery", "start": 0, "end": 5, "source": "model", "feature": "x"},
                {"label": "demands:refund", "start": 37, "end": 44, "source": "model", "feature": "x"},
            ],
        ),
        _said(
            SECOND,
            causes=["broken_promise", "delivery"],
            demands=["fulfilment", "explanation"],
            facts=[("order", "48-20517"), ("date", "субботе")],
        ),
    ]


def test_the_card_holds_claim_facts_wishes_and_what_was_wished_before() -> None:
    assert _told(facts_card(_messages())) == {
        "claim": ["broken promise", "delivery"],
        "what": ["коляска", "48-20517", "34 990 ₽", "субботе"],
        "wants": ["what was agreed", "explanation"],
        "before": ["refund"],
    }


def test_everything_says_where_it_comes_from() -> None:
    rows = {row.kind: row for row in facts_card(_messages())}
    order = rows["what"].items[1]
    assert order.source is not None
    assert order.source.message == 0
    assert FIRST[order.source.start : order.source.end] == "48-20517"
    assert rows["before"].items[0].source == Source(0, 37, 44)
    assert rows["what"].items[0].own
    assert not rows["claim"].items[0].own


def test_what_a_cause_needs_and_nobody_told_is_asked_for() -> None:
    assert _told(facts_card([_said("Где посылка?", causes=["delivery"])]))["unknown"] == [
        "Which order or contract is it?"
    ]
    told = facts_card([_said("Где посылка 4412?", causes=["delivery"], facts=[("order", "4412")])])
    assert "unknown" not in _told(told)


def test_no_question_is_asked_twice_and_never_more_than_three() -> None:
    causes = ["product_quality", "delivery", "billing", "staff_conduct", "waiting"]
    asked = _told(facts_card([_said("Плохо", causes=causes)]))["unknown"]
    assert asked == ["Which order or contract is it?", "What is it about?", "Which sum is it?"]


def test_our_promises_stand_with_their_state_the_last_first() -> None:
    rows = facts_card([], [Promised("van", "Tue", "broken"), Promised("call", "Wed", "open")])
    assert [(str(i.text), str(i.when), str(i.note)) for i in rows[0].items] == [
        ("call", "Wed", "open"),
        ("van", "Tue", "broken"),
    ]


def test_an_insult_never_stands_on_the_card() -> None:
    text = "Ваш сраный телефон и 20 EUR"
    said = _said(text, abuse=[("profanity", "сраный")], facts=[("product", "сраный телефон"), ("money", "20 EUR")])
    assert _told(facts_card([said])) == {"what": ["20 EUR"]}


def test_a_better_cause_replaces_another_matter() -> None:
    rows = facts_card([_said("a", causes=["other"]), _said("b", causes=["billing"], facts=[])])
    assert _told(rows)["claim"] == ["billing"]


def test_messages_not_read_are_passed_over() -> None:
    assert facts_card([Said("text", None, AT)]) == ()


@given(st.lists(texts_and_readings(), max_size=3))
def test_any_readings_have_a_card(given_: list[tuple[str, dict[str, Any]]]) -> None:
    rows = facts_card([Said(text, made, AT) for text, made in given_])
    for row in rows:
        str(row.name)
        for item in row.items:
            str(item.text).encode()
