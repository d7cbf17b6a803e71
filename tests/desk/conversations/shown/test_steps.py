from __future__ import annotations

import pytest

from zgoda.values.labels import STAGES
from zgoda_desk.conversations.shown.oddities import ODDITIES, oddities
from zgoda_desk.conversations.shown.steps import STEPS, next_step, stops
from zgoda_desk.post.mail.parsed import PROBLEMS


def test_every_stage_has_its_words_and_one_stop() -> None:
    assert set(STEPS) == set(STAGES)
    for stage in STAGES:
        assert [stop.state for stop in stops(stage, ())].count("now") == 1


def test_an_earlier_stop_is_done_by_any_of_its_acts_and_else_skipped_never_wrong() -> None:
    line = stops("defer", ("acknowledge", "apology"))
    assert [stop.state for stop in line] == ["done", "skipped", "skipped", "done", "skipped", "now", "", "", "", ""]


@pytest.mark.parametrize("stage", ["", "something"])
def test_an_unknown_stage_proposes_nothing(stage: str) -> None:
    assert "read it yourself" in str(next_step(stage).title)
    assert {stop.state for stop in stops(stage, ("thanks",))} == {""}


def test_every_oddity_of_a_mail_has_words_and_is_told_once() -> None:
    assert set(PROBLEMS) <= set(ODDITIES)
    assert len(list(oddities(["hidden", "hidden_text", "no such name", "spam"]))) == 2
