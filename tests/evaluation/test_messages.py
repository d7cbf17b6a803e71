"""Measuring readings: counts, averages, pairing of facts, intervals that stay the same."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zgoda.errors import InputError
from zgoda.evaluation import Settings, evaluate
from zgoda.evaluation.messages import pairs_of
from zgoda.values import Fact, Reading, Span

SETTINGS = Settings(resamples=200, seed=1, confidence=0.95, far=2)


def line(text="a b c", **fields):
    whole = {
        "id": text, "text": text, "lang": "en", "state": "calm", "abuse": [], "signals": [], "causes": [],
        "demands": [], "facts": [],
    }  # fmt: skip
    return {**whole, **fields}


def measured(pairs, **more):
    """Evaluate lines against readings given beside them."""
    readings = iter([reading for _, reading in pairs])
    return evaluate([gold for gold, _ in pairs], read=lambda _: next(readings), settings=SETTINGS, **more)


def task(evaluation, name, part=0):
    return next(one for one in evaluation.parts[part].tasks if one.name == name)


def label(evaluation, name, kind):
    return next(score for score in task(evaluation, name).labels if score.label == kind)


def calm(**more):
    return Reading("en", "calm", 5, **more)


def test_precision_recall_and_f1_of_a_label():
    pairs = [
        (line(demands=["refund"]), calm(demands=("refund",))),
        (line(demands=["refund"]), calm()),
        (line(demands=["refund"]), calm()),
        (line(), calm(demands=("refund",))),
    ]
    score = label(measured(pairs), "demands", "refund")
    assert (score.wanted, score.found) == (3, 2)
    assert (score.precision.value, score.recall.value) == (1 / 2, 1 / 3)
    assert score.f1.value == pytest.approx(2 / 5)


def test_macro_is_the_mean_over_labels_and_micro_counts_every_decision():
    pairs = [(line(state="angry"), Reading("en", "angry", 60))] * 3 + [
        (line(state="calm"), Reading("en", "angry", 60)),
        (line(state="calm"), calm()),
    ]
    state = task(measured(pairs), "state")
    assert state.micro.f1.value == pytest.approx(4 / 5)
    assert state.macro.f1.value == pytest.approx((2 / 3 + 6 / 7) / 2)


def test_label_that_was_never_found_has_no_precision_and_no_f1_to_speak_of():
    score = label(measured([(line(signals=["legal"]), calm())]), "signals", "legal")
    assert score.precision.value is None
    assert (score.recall.value, score.f1.value) == (0, 0)


def test_labels_that_nowhere_occur_are_left_out():
    assert task(measured([(line(), calm())]), "abuse").labels == ()


def test_one_kind_of_abuse_in_several_places_counts_once():
    reading = Reading("en", "abusive", 90, abuse=(Span("insult", 0, 1, "a"), Span("insult", 2, 3, "b")))
    assert label(measured([(line(abuse=["insult"], state="abusive"), reading)]), "abuse", "insult").found == 1


def test_only_the_main_cause_is_compared():
    found = measured([(line(causes=["billing", "waiting"]), calm(causes=("billing", "delivery")))])
    assert [score.label for score in task(found, "cause").labels] == ["billing"]


def test_facts_need_the_same_kind_and_an_overlap():
    gold = line(
        "paid 49 GBP on Monday", facts=[{"kind": "money", "text": "49 GBP"}, {"kind": "date", "text": "Monday"}]
    )
    reading = calm(facts=(Fact("money", 5, 7, "49"), Fact("time", 15, 21, "Monday")))
    found = measured([(gold, reading)])
    assert label(found, "facts", "money").f1.value == 1
    assert label(found, "facts", "date").recall.value == 0
    assert label(found, "facts", "time").precision.value == 0


def test_facts_are_paired_one_to_one():
    gold = line("3 May 2026", facts=[{"kind": "date", "text": "3 May 2026"}])
    reading = calm(facts=(Fact("date", 0, 5, "3 May"), Fact("date", 6, 10, "2026")))
    score = label(measured([(gold, reading)]), "facts", "date")
    assert (score.precision.value, score.recall.value) == (1 / 2, 1)


def test_second_mention_of_the_same_words_is_looked_for_behind_the_first():
    facts = [{"kind": "date", "text": "Monday"}, {"kind": "date", "text": "Monday"}]
    reading = calm(facts=(Fact("date", 0, 6, "Monday"), Fact("date", 11, 17, "Monday")))
    assert label(measured([(line("Monday and Monday", facts=facts), reading)]), "facts", "date").f1.value == 1


_SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)).map(lambda s: (s[0], s[0] + s[1])), max_size=5)


def _best(one, other):
    """The most pairs there can be, by trying everything."""
    if not one:
        return 0
    (a, b), rest = one[0], one[1:]
    best = _best(rest, other)
    for i, (c, d) in enumerate(other):
        if a < d and c < b:
            best = max(best, 1 + _best(rest, other[:i] + other[i + 1 :]))
    return best


def _apart(spans):
    kept = []
    for span in sorted(spans):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


@given(_SPANS, _SPANS)
def test_as_many_facts_are_paired_as_can_be(one, other):
    one, other = _apart(one), _apart(other)
    assert pairs_of(one, other) == _best(one, other)


def test_states_two_apart_are_far_off_and_named():
    found = measured([(line("x", state="abusive"), Reading("en", "dissatisfied", 30)), (line("y"), calm())])
    part = found.parts[0]
    assert part.far_off.value == 1 / 2
    assert part.far_off_ids == ("x",)
    assert part.confusion == ((1, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0), (0, 1, 0, 0))


def test_intervals_hold_the_value_and_are_the_same_each_time():
    pairs = [(line(demands=["refund"]), calm(demands=("refund",) if i % 3 else ())) for i in range(30)]
    first, second = measured(pairs), measured(pairs)
    assert first == second
    recall = label(first, "demands", "refund").recall
    assert 0.4 < recall.low < recall.value < recall.high < 0.9


def test_parts_by_language_add_up():
    pairs = [(line(), calm()), (line(lang="pl"), calm()), (line(lang="uk"), Reading("und", "calm", 5))]
    found = measured(pairs, by_language=True)
    assert [(part.name, part.messages) for part in found.parts] == [("all", 3), ("en", 1), ("pl", 1), ("und", 1)]
    assert label(found, "language", "und").f1.value == 1


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        ("{", "not JSON"),
        ("[1]", "expected an object"),
        (json.dumps(line(state="furious")), "state: expected one of"),
        (json.dumps(line(text=None)), "text: expected a text"),
        (json.dumps(line(lang=None)), "lang: expected a text"),
        (json.dumps(line(abuse=["rudeness"])), "abuse: 'rudeness' is no label"),
        (json.dumps(line(abuse=[["insult"]])), "abuse: ['insult'] is no label"),
        (json.dumps(line(demands="refund")), "demands: expected a list"),
        (json.dumps(line(facts=[{"kind": "money"}])), "facts: expected"),
        (json.dumps(line(facts=[{"kind": "money", "text": "9 GBP"}])), "does not stand in the text"),
        (b"\xff", "not JSON"),
        (InputError("longer than 16 MiB"), "longer than"),
    ],
)
def test_bad_line_is_told_with_its_number_and_left_out(bad, fault):
    found = evaluate([line(), "", bad, line()], read=lambda _: calm(), settings=SETTINGS)
    assert found.parts[0].messages == 2
    (told,) = found.faults
    assert told.startswith("line 3: ")
    assert fault in told


def test_nothing_to_measure_gives_an_empty_evaluation():
    part = evaluate([], read=lambda _: calm(), settings=SETTINGS).parts[0]
    assert (part.messages, part.far_off.value) == (0, None)


def test_evaluation_turns_into_json():
    answer = json.loads(json.dumps(measured([(line(), calm())]).as_dict()))
    assert answer["schema"] == 1
    assert answer["parts"][0]["tasks"][0]["name"] == "state"


def test_shipped_engine_reads_where_no_other_is_given():
    import zgoda

    found = zgoda.evaluate([line("Where is my parcel 4412?")])
    assert found.parts[0].messages == 1
