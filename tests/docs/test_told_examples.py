"""The told stories on the engine as it is: the steps of the contract, the sting reported, a fresh page."""

import pytest

from tools.told_examples import PAGE, STING, STORIES, followed, page, sting_review, talks
from zgoda.values import LANGUAGES

TOLD = [(language, story) for language in LANGUAGES for story in STORIES]


def rows(language, story):
    """What is expected and what came, turn by turn."""
    line = talks(language)[story.number]
    return list(zip(line["expect"], followed(line), strict=True))


@pytest.mark.parametrize(("language", "story"), TOLD, ids=lambda part: getattr(part, "title", part))
def test_story_goes_through_the_steps_of_the_contract(language, story):
    told = rows(language, story)
    wanted = [(row["stage"], row["ladder"], row["safety"]) for row, _ in told]
    assert [(came.stage, came.ladder, came.safety) for _, came in told] == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_sting_after_agreement_is_reported_as_reproach_and_closing_sting(language):
    kinds = {finding.kind for finding in sting_review(language).findings}
    assert {"reproach", "closing_sting"} <= kinds


@pytest.mark.parametrize("language", LANGUAGES)
def test_sting_costs_the_agreement(language):
    told = [came for _, came in rows(language, STORIES[0])]
    assert told[STING].missing == ("thanks", "confirm")
    assert {"reproach", "closing_sting"} <= set(told[STING].forbidden)
    assert (told[STING + 1].stage, told[STING + 1].tension) == ("soothe", "rising")


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_of_despair_bans_limit_and_release_to_the_end(language):
    heard = [came for _, came in rows(language, STORIES[3]) if came.safety == "self_harm"]
    assert len(heard) == 3
    assert all({"boundary", "release"} <= set(came.forbidden) for came in heard)


def test_every_open_step_has_a_ready_phrase():
    told = [came for language, story in TOLD for _, came in rows(language, story)]
    assert all(came.phrases for came in told)


def test_page_is_fresh():
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python tools/told_examples.py`"
