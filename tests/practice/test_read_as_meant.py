"""The engine reads what the scripted customers say as it is meant; the misses are counted and named when they grow."""

import pytest

from tests.practice.played import NOW, cast
from zgoda.api import engine
from zgoda.practice import open_scene
from zgoda.practice.fill import filled
from zgoda.practice.lines import nearest, reactions
from zgoda.values import LANGUAGES, STATES

EXACT = 96  # percent of whole answers that are read in just the state that is meant
NEAR = 99  # and in that or the next one

PERSONAS = sorted(cast())


def state(text):
    return engine().read(text).state


@pytest.mark.parametrize("name", PERSONAS)
def test_opening_is_read_as_its_heat(name):
    scene = open_scene(cast()[name], NOW)
    assert state(scene.text) == scene.mood


@pytest.mark.parametrize("name", PERSONAS)
def test_lines_of_the_case_are_read_in_their_mood(name):
    persona = cast()[name]
    told = {(mood, filled(line, persona, NOW)) for mood, lines in persona.case.items() for line in lines}
    assert not [(mood, line, state(line)) for mood, line in told if state(line) != mood]


def answers(persona):
    """Every fourth whole answer of every trigger in every mood that he can reach, with the mood."""
    rules = persona.rules
    for trigger in rules.triggers:
        for mood in (each for each in STATES if rules.from_heat[each] <= persona.ceiling):
            rest = nearest(persona.case, mood) if trigger in rules.with_case else ("",)
            for at, reaction in enumerate(_of_mood(persona, trigger, mood)):
                yield mood, filled(f"{reaction} {rest[at % len(rest)]}".strip(), persona, NOW)


def _of_mood(persona, trigger, mood):
    """The reactions that are for this mood alone."""
    anytime = {*persona.lines.get(trigger, {}).get("any", ()), *persona.voice.lines[trigger].get("any", ())}
    return [line for line in reactions(persona, trigger, mood) if line not in anytime]


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_are_read_in_their_mood(language):
    told = [one for persona in cast().values() if persona.language == language for one in answers(persona)]
    away = [(abs(STATES.index(mood) - STATES.index(state(text))), mood, text) for mood, text in told]
    misses = [one for one in away if one[0]]
    assert len(misses) <= len(told) * (100 - EXACT) / 100, misses
    far = [one for one in misses if one[0] > 1]
    assert len(far) <= len(told) * (100 - NEAR) / 100, far
