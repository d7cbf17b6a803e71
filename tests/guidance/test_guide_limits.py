"""Whatever a transcript holds, there is an answer a turn, within the limits of the ladder."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.guidance.stories import agent, customer, follow, tables
from zgoda.guidance.guide import Guide
from zgoda.guidance.turns import CustomerTurn
from zgoda.values import (
    ABUSE,
    ACTS,
    CHANNELS,
    FACTS,
    RUNGS,
    SAFETY,
    SIGNALS,
    STAGES,
    STATES,
    TENSION,
    Context,
    Suggestion,
)


def several(kinds, most=3):
    return st.lists(st.sampled_from(kinds), max_size=most)


CUSTOMERS = st.builds(
    lambda state, abuse, signals, facts, degrees, cues: customer(
        state, *abuse, signals=signals, facts=facts, degrees=degrees, **cues
    ),
    st.sampled_from(STATES),
    several(ABUSE),
    several(SIGNALS, 2),
    several(FACTS, 2),
    st.integers(0, 100),
    st.fixed_dictionaries(
        {name: st.booleans() for name in ("accepts", "refuses", "cools", "asks")}
        | {
            "aim": st.sampled_from((None, "person", "firm", "situation")),
            "threat": st.sampled_from((None, "person", "property")),
        }
    ),
)
AGENTS = st.builds(
    lambda acts, dated, role: agent(*acts, dated=dated, role=role),
    several(ACTS, 6),
    st.booleans(),
    st.sampled_from((None, "supervisor")),
)
CONTEXTS = st.builds(
    Context,
    channel=st.sampled_from((None, *CHANNELS)),
    colleague_available=st.booleans(),
    stage=st.sampled_from((None, "decide", "learn", "nonsense")),
)


@settings(deadline=None)
@given(st.lists(st.one_of(CUSTOMERS, AGENTS), max_size=14), CONTEXTS, st.booleans())
def test_any_transcript_has_an_answer_a_turn_within_the_limits(turns, context, lapsed):
    lines = follow(*turns, context=context, lapsed=lapsed)
    assert len(lines) == len(turns)
    harmed = abusive = 0
    for turn, line in zip(turns, lines, strict=True):
        if isinstance(turn, CustomerTurn):
            harmed += any(span.kind == "self_harm" for span in turn.reading.signals)
            abusive += bool(turn.reading.abuse) or turn.reading.state == "abusive" or turn.cues.aim is not None
        assert line.stage in STAGES
        assert line.safety in SAFETY
        assert line.tension in TENSION
        assert not set(line.missing) & set(line.forbidden)
        assert ("release" in line.forbidden) == (line.ladder != "release")
        assert set(line.forbidden) >= {"answer_insult", "aggression", "calm_down", "disclosure"}
        if harmed:
            assert (line.safety, line.ladder) == ("self_harm", "none")
        if not abusive:
            assert line.ladder in RUNGS[:2]


def test_phrases_are_asked_for_what_is_due_first():
    asked = []

    def choose(key, /, *, language, channel, context, count, facts):
        assert (context.channel, count, facts <= {"heard", "insulted", "abusive_start"}) == (channel, 3, True)
        asked.append((key, language, channel))
        return (Suggestion(f"{key}-1", key, (), "S1.1"),)

    guided = Guide.of(tables(), choose)
    lines = guided.guide([customer("angry"), customer("abusive", "insult", aim="person")], Context(channel="chat"))
    assert asked == [("listen", "en", "chat"), ("boundary", "en", "chat")]
    assert [line.phrases[0].id for line in lines] == ["listen-1", "boundary-1"]
