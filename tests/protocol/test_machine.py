"""Commands are refused where the tables forbid them; counters and facts outlive what they counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.protocol.protocols import machine, protocol
from zgoda.errors import ForbiddenStep
from zgoda.protocol import State
from zgoda.values import CHANNELS, RUNGS, STAGES

M = machine()
ALLOWED = {
    "personalise": {"personalise", "boundary"},
    "boundary": {"boundary"},
    "transfer": {"transfer"},
    "release": {"release"},
}


@pytest.mark.parametrize("rung", RUNGS)
@pytest.mark.parametrize("command", ALLOWED)
def test_rung_is_taken_only_while_it_is_open(rung, command):
    state = State("listen", ladder=rung)
    if rung in ALLOWED[command]:
        assert command in M.command(state, command).on_rung
        return
    with pytest.raises(ForbiddenStep, match=command):
        M.command(state, command)
    assert state == State("listen", ladder=rung)


@pytest.mark.parametrize("stage", STAGES)
def test_close_and_reopen_move_only_where_the_tables_allow(stage):
    after = {"confirm": "follow_up", "close": "follow_up", "follow_up": "learn"}
    if stage in after:
        assert M.command(State(stage), "close").stage == after[stage]
    else:
        with pytest.raises(ForbiddenStep):
            M.command(State(stage), "close")
    if stage in ("agreed", "confirm", "close", "follow_up", "learn"):
        assert M.command(State(stage), "reopen").stage == "listen"
    else:
        with pytest.raises(ForbiddenStep):
            M.command(State(stage), "reopen")


def test_refused_offer_closes_once_findings_are_told():
    assert M.command(State("offer", facts=frozenset({"told"})), "close").stage == "follow_up"


@pytest.mark.parametrize("rung", RUNGS[1:])
def test_case_is_not_closed_while_a_rung_is_open(rung):
    with pytest.raises(ForbiddenStep):
        M.command(State("close", ladder=rung), "close")


def test_third_boundary_is_refused():
    state = State("listen", ladder="boundary", counts=(("boundaries", 2),))
    with pytest.raises(ForbiddenStep):
        M.command(state, "boundary")


def test_unknown_command_is_refused_with_the_known_ones():
    with pytest.raises(ForbiddenStep, match="personalise, boundary, transfer, release, close, reopen"):
        M.command(State("listen"), "dance")


def test_starts_by_channel():
    spoken = {"phone", "chat", "face_to_face"}
    for channel in CHANNELS:
        assert M.start(channel).stage == ("listen" if channel in spoken else "acknowledge")


def test_promise_that_lapsed_is_owed_anew():
    state, _ = M.turn(M.start("chat"), ["tells", "commit", "dated_promise"])
    due = protocol().due["stage"]["investigate"]
    assert (state.stage, M.owed(state, due)) == ("investigate", ())
    late = M.observe(state, "promise_lapsed")
    assert (late.stage, M.owed(late, due), late.fresh) == ("investigate", ("commit",), frozenset())


EVENTS = st.lists(st.sampled_from((*protocol().vocabulary, "nonsense")), max_size=40)


@given(EVENTS, st.sampled_from((None, *CHANNELS, "pigeon")), st.booleans())
def test_any_row_of_events_is_answered_and_keeps_the_limits(events, channel, nobody):
    state = M.start(channel, ("nobody",) if nobody else ())
    harmed = False
    for event in events:
        before = state
        state, _ = M.turn(state, [event])
        harmed |= event == "self_harm"
        assert all(state.count(name) <= most for name, most in protocol().limits.items())
        if harmed:
            assert (state.safety, state.ladder) == ("self_harm", "none")
        if state.ladder == "release" != before.ladder:
            over = nobody or state.count("transfers") or {"warned_transfer", "taken_over"} & state.facts
            assert over
        if state.ladder == "boundary":
            assert "insulted" in state.facts
