from __future__ import annotations

from tests.desk.conversations.shown.readings import reading
from zgoda_desk.conversations.shown.margin import Note, margin, margin_of_ours


def _told(notes: tuple[Note, ...]) -> list[str]:
    return [" ".join(filter(None, (str(n.name), str(n.text), *(f"«{word}»" for word in n.words)))) for n in notes]


def test_a_message_not_read_says_so() -> None:
    assert _told(margin(None)) == ["not read yet"]


def test_wishes_with_their_terms_risks_and_care_stand_in_order() -> None:
    text = "Верните 34 990 ₽ сегодня. Я с младенцем. Иначе Роспотребнадзор и отзывы везде."
    made = reading(
        text,
        state="angry",
        demands=["refund", "apology"],
        facts=[("money", "34 990 ₽"), ("date", "сегодня")],
        signals=[("regulator", "Роспотребнадзор"), ("publicity", "отзывы"), ("vulnerable", "с младенцем")],
        sentences=[("demand", "Верните 34 990 ₽ сегодня.")],
    )
    assert _told(margin(made)) == [
        "Wants refund, apology «34 990 ₽» «сегодня»",
        "Risks regulator, reviews or press",
        "Care «с младенцем»",
    ]


def test_an_hour_in_words_without_its_value_is_no_term() -> None:
    text = "Call after ten, by 18:00."
    facts = [("time", "ten"), ("time", "18:00")]
    made = reading(text, demands=["callback"], facts=facts, sentences=[("demand", text)], state="angry")
    assert _told(margin(made)) == ["Wants a call or a reply «18:00»"]


def test_facts_without_heat_are_counted_and_those_of_an_angry_message_are_not() -> None:
    text = "Order 4412 of 3 May"
    facts = [("order", "4412"), ("date", "3 May")]
    assert _told(margin(reading(text, facts=facts))) == ["2 facts, no heat"]
    assert _told(margin(reading(text, facts=facts[:1]))) == ["1 fact, no heat"]
    assert _told(margin(reading(text, facts=facts, state="angry"))) == []


def test_abuse_tells_its_aim_its_rung_and_that_there_is_no_threat() -> None:
    text = "you clown"
    made = reading(text, state="abusive", abuse=[("insult", text)])
    assert _told(margin(made, ladder="boundary", aim="person")) == [
        "insult, aimed at you",
        "Intent, then the limit",
        "no threat",
    ]
    assert _told(margin(made)) == ["insult", "No rung", "no threat"]


def test_a_threat_is_told_first_among_what_was_done() -> None:
    text = "I will burn it, you clown"
    made = reading(text, state="abusive", abuse=[("threat", "I will burn it"), ("insult", "you clown")])
    told = _told(margin(made, ladder="transfer"))
    assert told == ["insult, threat", "Hand over"]


def test_self_harm_is_named_under_care() -> None:
    text = "I want to die"
    assert _told(margin(reading(text, state="angry", signals=[("self_harm", text)]))) == ["Care speaks of self-harm"]
    calm = reading(text, facts=[("other", text[:4])], signals=[("self_harm", text)])
    assert _told(margin(calm)) == ["Care speaks of self-harm"]


def test_a_wish_that_gave_way_to_another_is_no_longer_named() -> None:
    text = "Bring it by Saturday"
    made = reading(text, state="angry", demands=["fulfilment"])
    assert _told(margin(made, earlier_demands=["refund", "fulfilment"]))[1] == "no longer named: refund"
    assert margin(reading(text, state="angry"), earlier_demands=["refund"]) == ()


def test_swearing_never_comes_back_as_the_customers_own_words() -> None:
    text = "Pay in three damn days, my damn leg hurts"
    made = reading(
        text,
        state="abusive",
        demands=["refund"],
        abuse=[("profanity", "damn")],
        facts=[("duration", "three damn days")],
        signals=[("vulnerable", "damn days, my damn leg")],
        sentences=[("demand", text)],
    )
    assert [n.words for n in margin(made)] == [()] * 4


def test_our_reply_tells_what_it_did_and_what_came_of_it() -> None:
    acts = ["regards", "acknowledge", "apology", "responsibility"]
    assert _told(margin_of_ours(acts, moved=(83, 72))) == ["acknowledged, sorry once, took it on", "83 to 72 after it"]


def test_sorry_said_twice_is_counted_and_the_rung_stands_first() -> None:
    notes = margin_of_ours(["apology", "boundary", "apology"], rung="boundary")
    assert _told(notes) == ["Intent, then the limit", "sorry 2 times, intent, then the limit"]


def test_a_reply_without_acts_has_no_note() -> None:
    assert margin_of_ours(["regards"], rung="none") == ()
