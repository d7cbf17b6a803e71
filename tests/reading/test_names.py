from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zgoda.api import Engine
from zgoda.errors import ModelError
from zgoda.expressions import Found
from zgoda.model.knowledge import Knowledge, build_knowledge
from zgoda.model.weights import Weights, load_weights
from zgoda.reading.facts import FactFinder
from zgoda.reading.name_features import NameLists, gap_of, shape_of_word
from zgoda.reading.names import BEFORE, KINDS, LABELS, NAMES, Name, NameFinder, best_path, free_of, stretches
from zgoda.values import Fact


@cache
def knowledge() -> Knowledge:
    return build_knowledge(strict=False)


@cache
def engine() -> Engine:
    return Engine(knowledge())


@cache
def finder() -> NameFinder:
    return NameFinder(knowledge(), load_weights(NAMES))


def facts(text: str) -> tuple[Fact, ...]:
    return engine().read(text).facts


def named(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for fact in facts(text):
        if fact.kind in KINDS:
            found.setdefault(fact.kind, []).append(fact.text)
    return found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Заказ не привезли, дозвониться нельзя. С уважением, Павел Кротов", "Павел Кротов"),
        ("Ваша сотрудница Марина нагрубила мне по телефону.", "Марина"),
        ("Proszę przekazać panu Tomaszowi, że bardzo dziękuję.", "Tomaszowi"),
        ("Nikt nie odpisuje na moje maile.\nPozdrawiam\nBożena Mazurek", "Bożena Mazurek"),
        ("Your agent Karen hung up on me.", "Karen"),
        ("Nobody has rung me back.\n\nKind regards,\nJohn Whitby", "John Whitby"),
    ],
)
def test_people_are_found_inside_and_in_the_signature(text: str, name: str) -> None:
    assert any(name in found or found in name for found in named(text).get("person", []))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Холодильник перестал морозить через неделю после покупки.", "Холодильник"),
        ("Kupiłam odkurzacz i po tygodniu przestał działać.", "odkurzacz"),
        ("The washing machine broke down after a week.", "washing machine"),
    ],
)
def test_thing_complained_of_is_found(text: str, name: str) -> None:
    assert named(text).get("product") == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("В вашем магазине в Челябинске на меня накричал охранник.", "Челябинске"),
        ("Oddział w Krakowie był dziś zamknięty.", "Krakowie"),
        ("The queue at your store in Leeds was out of the door.", "Leeds"),
    ],
)
def test_town_is_a_place(text: str, name: str) -> None:
    assert any(name in found for found in named(text).get("place", []))


def test_street_with_its_number_is_one_place() -> None:
    assert len(named("Не работает лифт по адресу ул. Садовая, д. 9, третий день.").get("place", [])) == 1


@pytest.mark.parametrize("text", ["", "ok", "Где ответ?", "Ile można czekać?!", "Still waiting...", "!!!", "🤬"])
def test_nothing_is_named_where_nothing_is(text: str) -> None:
    assert named(text) == {}


def test_fact_of_a_pattern_wins_over_a_name_that_overlaps_it() -> None:
    names = [Name("product", 0, 1, 0, 4), Name("place", 2, 3, 10, 14), Name("person", 4, 5, 20, 25)]
    found = [Found("date", 3, 6, None, "x"), Found("money", 14, 20, None, "x"), Found("time", 24, 30, None, "x")]
    assert free_of(found, names) == names[1:2]


def test_same_name_in_another_case_is_said_once() -> None:
    found = named("Сломался холодильник. Мастер не приехал, а холодильника у меня другого нет.")
    assert len([f for f in found.get("product", []) if "холодильник" in f]) <= 1


PIECES = "Anna Krakowie ул. 9 , . \n холодильник phone Kind regards 12.05 zł 500 @bank Марина «Дьябло» Leeds - Dr !"
TEXTS = st.text(max_size=200) | st.lists(st.sampled_from(PIECES.split(" ")), max_size=40).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_spans_lie_inside_the_text_and_do_not_overlap(text: str) -> None:
    end = 0
    for fact in facts(text):
        assert end <= fact.start < fact.end <= len(text)
        assert text[fact.start : fact.end] == fact.text
        end = fact.end


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(*[st.integers(-60, 60)] * len(LABELS)), min_size=1, max_size=12))
def test_path_within_the_stretches_is_the_best_path_of_all(values: list[tuple[int, ...]]) -> None:
    steps, into, out = finder().steps
    gains = [max(row[1:]) - row[0] + into for row in values]
    cut = [0] * len(values)
    for first, after in stretches(gains, out):
        cut[first:after] = best_path(values[first:after], steps)
    assert _worth(values, cut, steps) == _worth(values, best_path(values, steps), steps)


def _worth(values: list[tuple[int, ...]], labels: list[int], steps: list[list[int]]) -> int:
    pairs = list(zip([0, *labels], [*labels, 0], strict=True))
    assert all(source in BEFORE[to] for source, to in pairs)
    return sum(row[label] for row, label in zip(values, labels, strict=True)) + sum(steps[to][s] for s, to in pairs)


def test_damaged_settings_are_told_when_loading() -> None:
    weights = load_weights(NAMES)
    broken = Weights(weights.outputs, weights.scales, weights.biases, weights.rows, {"lines": 1})
    with pytest.raises(ModelError, match="damaged"):
        FactFinder(knowledge(), broken)


def test_missing_weights_are_told_when_loading(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        load_weights(tmp_path / "names.bin")


def test_weights_for_other_labels_are_refused() -> None:
    with pytest.raises(ModelError, match="other labels"):
        FactFinder(knowledge(), load_weights())


def test_words_of_lists_are_known_in_their_cases() -> None:
    lists = NameLists([{"declension": {"а": "а,ы,и,е,у,ой", "": "а,у"}, "lists": {"town": "москва томск"}}])
    assert lists.of("москве") == ("town",)
    assert lists.of("томску") == ("town",)
    assert lists.of("москвич") == ()


def test_shape_and_gap_of_words() -> None:
    assert [shape_of_word(w) for w in ("Anna", "ANNA", "anna", "12", "A5", "A", "iPhone")] == list("CAx9mIx")
    assert [gap_of(g) for g in (" ", ", ", " «", "\n\n", "-", " @")] == [" ", ",", "oq", "n", "=", "@"]
