import json
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import pytest

from tests.practice.played import BAD, GOOD, HOUR, NOW, cast, guidance, played, review
from zgoda.errors import InputError
from zgoda.practice import answer, open_scene, scene_from

PERSONAS = sorted(cast())


def scene(name, heat=None, **more):
    opened = open_scene(cast()[name], NOW)
    return replace(opened, heat=opened.heat if heat is None else heat, **more)


@pytest.mark.parametrize("name", PERSONAS)
def test_good_replies_cool_every_customer(name):
    persona = cast()[name]
    answers = played(persona, GOOD[persona.language])
    assert answers[-1].heat < 40
    assert any(one.scene.ending == "agreed" for one in answers)
    assert all(after.heat <= before.heat for before, after in pairwise(answers))


@pytest.mark.parametrize("name", PERSONAS)
def test_bad_replies_heat_every_customer(name):
    persona = cast()[name]
    answers = played(persona, BAD[persona.language])
    assert answers[-1].heat >= 50
    assert all(after.heat >= before.heat for before, after in pairwise(answers))


@pytest.mark.parametrize("name", PERSONAS)
def test_he_never_says_the_same_twice_in_a_short_talk(name):
    persona = cast()[name]
    for script in (GOOD, BAD):
        said = [one.text for one in played(persona, script[persona.language]) if one.text]
        assert len(set(said)) == len(said)


def test_same_scene_and_reply_give_the_same_answer():
    first, second = (answer(scene("marina"), review("apology"), now=NOW) for _ in range(2))
    assert first == second


def test_seed_chooses_among_equal_lines():
    heard = {answer(scene("marina", 60, seed=seed), review(findings=["denial"]), now=NOW).text for seed in range(12)}
    assert len(heard) > 2


def test_answer_leaves_the_scene_as_it_was():
    before = scene("marina")
    answer(before, review(findings=["reproach"]), now=NOW)
    assert before == scene("marina")


def test_what_heats_him_most_heats_more():
    plain = answer(scene("colin"), review(findings=["pass_the_buck"]), now=NOW)
    assert answer(scene("marina"), review(findings=["pass_the_buck"]), now=NOW).change > plain.change


def test_order_to_calm_down_outweighs_an_apology_beside_it():
    told = answer(scene("marina"), review("apology", findings=["calm_down"]), now=NOW)
    assert told.change > 0
    assert told.trigger == "hushed"


def test_vague_word_beside_real_help_does_not_spoil_it():
    told = answer(scene("hannah"), review("paraphrase", "solution", findings=["jargon"], severity="info"), now=NOW)
    assert told.change < 0
    assert told.trigger == "offered"


def test_third_apology_is_worth_less_than_the_first():
    first = answer(scene("krzysztof"), review("apology"), now=NOW)
    third = answer(answer(first.scene, review("apology"), now=NOW).scene, review("apology"), now=NOW)
    assert -third.change < -first.change


def test_nobody_is_calm_before_there_is_a_way_out():
    told = answer(scene("marina", 24), review("apology", "empathy", "paraphrase"), now=NOW)
    assert told.mood == "dissatisfied"


def test_what_is_forbidden_at_this_step_does_not_cool():
    due = guidance(forbidden=["solution"])
    assert answer(scene("hannah"), review("solution"), due, now=NOW).change > 0


def test_limit_ends_the_insults_of_one_who_heeds_it():
    told = answer(scene("ray"), review("boundary", "personalise"), guidance("boundary"), now=NOW)
    assert (told.trigger, told.mood) == ("limited", "angry")


def test_stubborn_customer_needs_a_second_limit():
    first = answer(scene("damian"), review("boundary"), guidance("boundary"), now=NOW)
    assert first.mood == "abusive"
    assert answer(first.scene, review("boundary"), guidance("transfer"), now=NOW).mood == "angry"


def test_limit_offends_one_who_insulted_nobody():
    told = answer(scene("barbara"), review("boundary"), guidance(), now=NOW)
    assert told.trigger == "accused"
    assert told.change > 0


def test_he_agrees_when_a_way_out_comes_in_time():
    told = answer(scene("marina", 30), review("solution", "confirm"), now=NOW)
    assert (told.trigger, told.done, told.scene.ending) == ("agreed", True, "agreed")


def test_last_word_after_yes_heats_again():
    agreed = answer(scene("marina", 30), review("solution"), now=NOW).scene
    told = answer(agreed, review(findings=["reproach"]), now=NOW)
    assert (told.trigger, told.mood, told.done) == ("stung", "angry", False)


def test_thanks_after_yes_need_no_answer():
    agreed = answer(scene("marina", 30), review("solution"), now=NOW).scene
    told = answer(agreed, review("thanks"), now=NOW)
    assert (told.text, told.done, told.change) == ("", True, 0)


def test_grateful_one_wants_only_a_confirmation():
    told = answer(scene("agnieszka"), review("confirm", "thanks"), now=NOW)
    assert (told.trigger, told.done) == ("agreed", True)


def test_he_leaves_after_too_many_replies_that_heat():
    told = None
    for _ in range(cast()["marina"].patience):
        told = answer(told.scene if told else scene("marina"), review(findings=["denial"]), now=NOW)
    assert (told.scene.ending, told.done) == ("left", True)


def test_one_who_left_comes_back_for_a_good_word_alone():
    gone = scene("marina", 90, ending="left")
    assert answer(gone, review(findings=["excuse"]), now=NOW).text == ""
    assert answer(gone, review("apology", "solution"), now=NOW).text


def test_release_ends_it_and_offends_one_who_is_decent():
    released = answer(scene("ray"), review("release"), guidance("release"), now=NOW)
    decent = answer(scene("barbara"), review("release"), now=NOW)
    assert (released.done, released.scene.ending) == (True, "released")
    assert decent.change > 0


def test_kept_promise_cools_and_closes():
    waiting = answer(scene("krzysztof"), review("commit"), now=NOW).scene
    kept = answer(waiting, event="promise_kept", now=NOW)
    assert kept.change < 0
    assert (kept.trigger, kept.done) == ("promise_kept", True)


def test_broken_promise_makes_even_a_calm_one_angry():
    waiting = answer(scene("marina"), review("commit", "apology"), now=NOW).scene
    assert answer(waiting, event="promise_broken", now=NOW).mood == "angry"


def test_silence_heats_one_who_waits_and_leaves_one_who_is_done():
    assert answer(scene("marina"), event="silence", now=NOW).change > 0
    done = answer(scene("marina", 30), review("solution"), now=NOW).scene
    assert answer(done, event="silence", now=NOW).text == ""


def test_hours_of_waiting_count_against_a_reply():
    soon = answer(scene("krzysztof"), review("apology"), now=NOW)
    late = answer(scene("krzysztof"), review("apology"), now=NOW + 5 * HOUR)
    assert late.heat > soon.heat


@pytest.mark.parametrize("name", ["viktor", "janusz", "moira"])
def test_hint_at_self_harm_needs_care_before_papers(name):
    due = guidance(safety="self_harm")
    papers = answer(scene(name), review("solution", "confirm"), due, now=NOW)
    assert (papers.trigger, papers.done) == ("passed_over", False)
    left = answer(scene(name), review("boundary"), due, now=NOW)
    assert (left.trigger, left.done) == ("abandoned", False)
    cared = answer(papers.scene, review("empathy", "invite"), due, now=NOW)
    assert cared.trigger == "cared"
    assert cared.change < 0


def test_one_who_hints_at_self_harm_never_insults():
    for name in ("viktor", "janusz", "moira"):
        assert cast()[name].ceiling < cast()[name].rules.from_heat["abusive"]


def test_scene_survives_json():
    told = answer(scene("damian"), review("apology", findings=["denial"]), now=NOW)
    assert scene_from(json.loads(json.dumps(told.scene.as_dict())), cast().values()) == told.scene


def test_scene_of_an_unknown_persona_is_refused():
    with pytest.raises(InputError, match="nobody"):
        scene_from({**scene("marina").as_dict(), "persona": "nobody"}, cast().values())


def test_commands_that_cannot_be_are_refused():
    opened = scene("marina")
    with pytest.raises(InputError, match="event"):
        answer(opened, event="earthquake", now=NOW)
    with pytest.raises(InputError, match="review"):
        answer(opened, now=NOW)
    with pytest.raises(InputError, match="zone"):
        open_scene(cast()["marina"], datetime(2026, 11, 19, 9, 0))


def test_reply_that_does_nothing_is_told_so():
    told = answer(scene("hannah"), review(), now=NOW)
    assert (told.trigger, told.change) == ("unanswered", 5)


@pytest.mark.parametrize("name", PERSONAS)
def test_no_mistake_ever_cools_and_no_merit_ever_heats(name):
    persona, rules = cast()[name], cast()[name].rules
    for heat in range(0, persona.ceiling + 1, 5):
        opened = scene(name, heat, ending="", cared=True)
        for kind in rules.findings:
            assert answer(opened, review(findings=[kind]), now=NOW).heat >= heat
        for act in (act for act in rules.acts if rules.acts[act].moves):
            assert answer(opened, review(act), now=NOW).heat <= heat


@pytest.mark.parametrize("name", PERSONAS)
def test_heat_stays_within_bounds(name):
    persona, rules = cast()[name], cast()[name].rules
    for heat in (0, persona.ceiling):
        worst = answer(scene(name, heat), review(findings=[*rules.findings]), now=NOW + 99 * HOUR)
        best = answer(scene(name, heat), review(*rules.acts), now=NOW)
        assert 0 <= best.heat <= worst.heat <= persona.ceiling
