"""Whole conversations in three languages: the wallet, the four rungs, the refusal by the rules, a word of despair."""

import pytest

from tests.guidance.stories import BASICS, CHAT, PHONE, agent, last, says
from zgoda.values import Context

WALLETS = {
    "ru": (
        "Я не согласна с начислениями абонентской платы! За что сняли 690 рублей по договору 4412?",
        "Хорошо, давайте я оплачу.",
        "Да как вы смеете меня отчитывать! Это возмутительно, просто хамство! Ничего я платить не буду!",
    ),
    "pl": (
        "Nie zgadzam się z naliczonym abonamentem! Za co pobraliście 69 zł z umowy 4412?",
        "No dobrze, niech będzie, zapłacę.",
        "Jak Pan śmie mnie pouczać! Skandal, niczego nie zapłacę!",
    ),
    "en": (
        "I don't agree with the monthly fee at all! Why was I charged £69 on contract 4412?",
        "All right then, I'll pay.",
        "How dare you lecture me! This is outrageous, I won't pay a thing!",
    ),
}


@pytest.mark.parametrize("language", WALLETS)
def test_sting_at_the_open_wallet_loses_the_agreement(language):
    complaint, wallet, outburst = WALLETS[language]
    talk = (says(complaint), agent(*BASICS), agent("findings", "solution", "confirm"))
    agreed = last(*talk, says(wallet), context=PHONE)
    assert (agreed.stage, agreed.missing) == ("agreed", ("thanks", "confirm"))
    assert {"reproach", "closing_sting", "blame_customer"} <= set(agreed.forbidden)
    assert {"S4.6", "S4.9"} <= set(agreed.why)
    stung = last(*talk, says(wallet), agent(), context=PHONE)
    assert stung.stage == "agreed"
    lost = last(*talk, says(wallet), agent(), says(outburst), context=PHONE)
    assert (lost.stage, lost.tension) == ("soothe", "rising")
    assert lost.missing == ("empathy", "apology")
    assert {"S4.8", "S3.43"} <= set(lost.why)


CALLS = {
    "ru": (
        "Что за контора, одни жулики!",
        "У вас там все жулики и воры!",
        "Ты просто идиот!",
        "Идиот безмозглый, ты меня слышишь?",
        "И ты такой же дебил!",
    ),
    "pl": (
        "Jesteście złodziejami!",
        "Sami oszuści i złodzieje tam pracują!",
        "Pan jest idiotą!",
        "Ty kretynie, słyszysz mnie?",
        "Pan też jest idiotą!",
    ),
    "en": (
        "You people are crooks!",
        "You are all thieves and liars!",
        "You are an idiot!",
        "You stupid moron, can you hear me?",
        "You're an idiot as well!",
    ),
}


@pytest.mark.parametrize("language", CALLS)
def test_call_goes_up_the_four_rungs(language):
    first, second, third, fourth, fifth = (says(text) for text in CALLS[language])
    told = [
        (first, "none"),
        (agent(*BASICS), "none"),
        (second, "personalise"),
        (agent("personalise"), "personalise"),
        (third, "boundary"),
        (agent("personalise", "boundary"), "boundary"),
        (fourth, "transfer"),
        (agent("transfer"), "transfer"),
        (agent("personalise", "invite", role="supervisor"), "transfer"),
        (fifth, "release"),
    ]
    turns = [turn for turn, _ in told]
    rungs = [last(*turns[: n + 1], context=PHONE).ladder for n in range(len(turns))]
    assert rungs == [rung for _, rung in told]


REFUSALS = {
    "ru": (
        "Верните деньги за телефон, заказ 77123, он сломался через год!",
        "Меня это не устраивает.",
        "Ладно, согласен, несите в сервис.",
    ),
    "pl": (
        "Proszę o zwrot pieniędzy za telefon, zamówienie 77123, zepsuł się po roku!",
        "To mi nie odpowiada.",
        "No dobrze, zgadzam się na naprawę.",
    ),
    "en": (
        "I want my money back for the phone, order 77123, it broke after a year!",
        "That is not acceptable.",
        "Fine, I agree to the repair then.",
    ),
}


@pytest.mark.parametrize("language", REFUSALS)
def test_customer_who_is_wrong_gets_the_rule_once_and_another_option(language):
    demand, no, yes = (says(text) for text in REFUSALS[language])
    talk = [demand, agent(*BASICS, "commit"), agent("findings", "solution", "confirm")]
    assert last(*talk, context=CHAT).stage == "offer"
    refused = last(*talk, no, context=CHAT)
    assert (refused.stage, refused.ladder, refused.missing) == ("offer", "none", ("solution", "confirm"))
    assert {"S2.51", "S2.60"} <= set(refused.why)
    assert "hide_behind_policy" in refused.forbidden
    assert last(*talk, no, agent("solution", "confirm"), yes, context=CHAT).stage == "agreed"


@pytest.mark.parametrize(
    "despair",
    [
        "Не хочу больше жить, повешусь.",
        "Nie chcę już żyć, zabiję się.",
        "I don't want to live any more, I will kill myself.",
    ],
)
def test_word_of_despair_keeps_the_line_open(despair):
    talk = [says("Where is my order 77123?"), agent("invite"), says(despair)]
    for more in (
        [],
        [says("You are an idiot!")],
        [says("You are an idiot!"), agent("personalise", "boundary"), says("You are an idiot!")],
    ):
        due = last(*talk, *more, context=Context(channel="phone", colleague_available=False))
        assert (due.safety, due.ladder) == ("self_harm", "none")
        assert "release" in due.forbidden
