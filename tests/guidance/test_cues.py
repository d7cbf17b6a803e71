"""What customers' words tell of yes and no, and whom their abuse aims at, in three languages."""

import pytest

from tests.guidance.stories import says
from zgoda.guidance.cues import Cues
from zgoda.guidance.phrase_set import PhraseSet, words_of


@pytest.mark.parametrize(
    "text",
    [
        "Ладно, договорились, спасибо",
        "Хорошо, тогда давайте замену",
        "Меня это устроит.",
        "Niech będzie, dziękuję",
        "Dobrze, zgadzam się na wymianę.",
        "W porządku, poczekam",
        "ok, thanks",
        "That works for me, please go ahead.",
        "Fair enough, I'll take the replacement",
    ],
)
def test_yes_is_heard(text):
    assert says(text).cues.accepts


@pytest.mark.parametrize(
    "text",
    [
        "Ок, но где мои деньги?",
        "Ладно, договорились, без мата. Но то, что вы творите, — это безобразие!",
        "Niech będzie, ważę słowa. Ale to, co robicie, to skandal! Mam tego dość!",
        "Fine, agreed, no more swearing. But what you people are doing is an absolute disgrace!!!",
        "Хорошо бы получить ответ, но вы молчите",
        "Не согласен!",
        "Мы же договорились?",
        "Nie zgadzam się, to za mało",
        "Dobrze, ale kiedy oddacie pieniądze?",
        "I don't think that works for me",
        "Ok, but where is my money?",
        "That is not acceptable.",
    ],
)
def test_what_is_no_yes_is_not_taken_for_one(text):
    assert not says(text).cues.accepts


@pytest.mark.parametrize(
    "text", ["Нет, меня это не устраивает", "Nie ma mowy, to mi nie odpowiada", "No thanks, not good enough"]
)
def test_no_is_heard(text):
    assert says(text).cues.refuses


@pytest.mark.parametrize(
    ("text", "aim"),
    [
        ("Ты идиот, что ли?", "person"),
        ("У вас тут все такие тупые?", "firm"),
        ("ваш курьер идиот", "firm"),
        ("Иди на хуй", "person"),
        ("Это пиздец, третий день жду", "situation"),
        ("Pan jest idiotą", "person"),
        ("Jesteście bandą złodziei", "firm"),
        ("spierdalaj", "person"),
        ("Kurwa, znowu nie działa", "situation"),
        ("you useless clown", "person"),
        ("You are all crooks", "firm"),
        ("Fuck you", "person"),
        ("Where is my parcel?", None),
    ],
)
def test_aim_of_abuse_is_told(text, aim):
    assert says(text).cues.aim == aim


@pytest.mark.parametrize(
    ("text", "threat"),
    [
        ("приеду и всё разнесу", "property"),
        ("I'm going to smash your windows", "property"),
        ("I'm going to smash your face", "person"),
        ("Wiem, gdzie Pan parkuje. Spotkamy się.", "person"),
        ("Я тебя найду и убью", "person"),
    ],
)
def test_threat_to_a_thing_is_told_from_one_to_a_person(text, threat):
    assert says(text).cues.threat == threat


@pytest.mark.parametrize(
    ("text", "cools"),
    [
        ("Ладно, извините. Но что с заказом?", True),
        ("Извините, но это ваша вина", False),
        ("Dziękuję za nic", False),
        ("Przepraszam, poniosło mnie", True),
        ("Thanks for nothing", False),
        ("Sorry, I lost my temper", True),
    ],
)
def test_regret_and_thanks_are_told_from_their_irony(text, cools):
    assert says(text).cues.cools is cools


def test_message_without_words_has_no_cues():
    assert says("").cues == Cues()
    assert says("!!!").cues == Cues()


def test_words_of_phrases_stand_in_order_and_side_by_side():
    phrases = PhraseSet(["так и сделаем", "курьер*"])
    assert list(phrases.spans(words_of("Ладно, так и сделаем, курьеру скажу"))) == [(1, 4), (4, 5)]
    assert not phrases.within(words_of("так сделаем и"))
