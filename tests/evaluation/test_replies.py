"""Measuring reviews: acts and findings, alarms on good replies, bad replies that are caught."""

import json

import pytest

from zgoda.errors import InputError
from zgoda.evaluation import Settings, evaluate_replies
from zgoda.values import Finding, Review, Span

SETTINGS = Settings(resamples=200, seed=1, confidence=0.95, far=2)
SEVERITY = {"jargon": "info", "vague_promise": "warning", "substance_unanswered": "warning"}


def line(text="Возвращаем 590 ₽ сегодня.", **fields):
    whole = {"id": text, "lang": "ru", "customer": "Где деньги?", "text": text, "acts": [], "findings": []}
    return {**whole, **fields}


def review(*kinds, acts=()):
    findings = tuple(
        Finding(kind, 0, 1, "x", SEVERITY.get(kind, "error"), "why", None, "rule", "source") for kind in kinds
    )
    return Review("ru", tuple(Span(kind, 0, 1, "x") for kind in acts), findings)


def measured(pairs, **more):
    """Evaluate lines against reviews given beside them."""
    reviews = iter([one for _, one in pairs])
    return evaluate_replies([gold for gold, _ in pairs], review=lambda *_: next(reviews), settings=SETTINGS, **more)


def label(part, task, kind):
    (scores,) = (one for one in part.tasks if one.name == task)
    return next(score for score in scores.labels if score.label == kind)


def test_precision_and_recall_of_acts_and_findings():
    pairs = [
        (line(acts=["apology"], findings=["calm_down"]), review("calm_down", acts=["apology", "empathy"])),
        (line(acts=["apology"], findings=["calm_down"]), review("denial")),
    ]
    (part,) = measured(pairs).parts
    assert (label(part, "acts", "apology").precision.value, label(part, "acts", "apology").recall.value) == (1, 1 / 2)
    assert label(part, "acts", "empathy").precision.value == 0
    assert label(part, "findings", "calm_down").f1.value == pytest.approx(2 / 3)


def test_good_reply_with_a_warning_is_a_false_alarm_and_one_with_a_note_is_none():
    pairs = [
        (line("a"), review("vague_promise")),
        (line("b"), review("jargon")),
        (line("c"), review()),
        (line("d", findings=["denial"]), review("vague_promise")),
    ]
    (part,) = measured(pairs).parts
    assert (part.good, part.bad, part.false_alarms.value) == (3, 1, 1 / 3)
    assert part.false_alarm_ids == ("a",)


def test_bad_reply_is_caught_by_one_right_finding_and_flagged_by_any():
    pairs = [
        (line("a", findings=["denial", "excuse"]), review("excuse")),
        (line("b", findings=["denial"]), review("excuse")),
        (line("c", findings=["denial"]), review()),
    ]
    (part,) = measured(pairs).parts
    assert (part.caught.value, part.flagged.value) == (1 / 3, 2 / 3)
    assert part.missed_ids == ("b", "c")


def test_notice_is_compared_only_where_the_line_labels_notices():
    pairs = [(line("a"), review("substance_unanswered")), (line("b", notices=["register"]), review("register"))]
    (part,) = measured(pairs).parts
    (scores,) = (one for one in part.tasks if one.name == "notices")
    assert [score.label for score in scores.labels] == ["register"]
    assert part.false_alarm_ids == ("a",)
    assert part.caught.value == 1


def test_customer_is_given_to_the_review_and_may_be_missing():
    heard = []

    def listening(text, customer):
        heard.append((text, customer))
        return review()

    bare = {key: value for key, value in line("b").items() if key != "customer"}
    evaluate_replies([line("a"), bare], review=listening, settings=SETTINGS)
    assert heard == [("a", "Где деньги?"), ("b", None)]


def test_parts_by_language_add_up():
    pairs = [(line(), review()), (line(lang="pl"), review("denial")), (line(lang="uk"), review())]
    found = measured(pairs, by_language=True)
    assert [(part.name, part.replies) for part in found.parts] == [("all", 3), ("pl", 1), ("ru", 1), ("und", 1)]
    assert found.parts[1].false_alarms.value == 1


def test_intervals_hold_the_share_and_are_the_same_each_time():
    pairs = [(line(str(i)), review("denial") if i % 4 == 0 else review()) for i in range(40)]
    first, second = measured(pairs), measured(pairs)
    assert first == second
    share = first.parts[0].false_alarms
    assert share.low < share.value == 1 / 4 < share.high


def test_share_of_nothing_is_not_known():
    (part,) = measured([(line(), review())]).parts
    assert (part.caught.value, part.false_alarms.value) == (None, 0)
    assert evaluate_replies([], review=lambda *_: review(), settings=SETTINGS).parts[0].replies == 0


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        ("{", "not JSON"),
        ("[1]", "expected an object with the fields of a labelled reply"),
        (json.dumps(line(text=None)), "text: expected a text"),
        (json.dumps(line(lang=None)), "lang: expected a text"),
        (json.dumps(line(customer=3)), "customer: expected a text"),
        (json.dumps(line(acts=["hug"])), "acts: 'hug' is no label"),
        (json.dumps(line(findings="denial")), "findings: expected a list"),
        (json.dumps(line(findings=["register"])), "findings: 'register' is no label"),
        (json.dumps(line(notices=["denial"])), "notices: 'denial' is no label"),
        (InputError("longer than 16 MiB"), "longer than"),
    ],
)
def test_bad_line_is_told_with_its_number_and_left_out(bad, fault):
    found = evaluate_replies([line(), "", bad, line()], review=lambda *_: review(), settings=SETTINGS)
    assert found.parts[0].replies == 2
    (told,) = found.faults
    assert told.startswith("line 3: ")
    assert fault in told


def test_evaluation_turns_into_json():
    answer = json.loads(json.dumps(measured([(line(), review())]).as_dict()))
    assert answer["schema"] == 1
    assert answer["parts"][0]["false_alarms"]["value"] == 0
