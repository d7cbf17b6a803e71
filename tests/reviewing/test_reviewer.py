"""Real replies, reviewed by the shipped content and weights."""

from importlib import import_module

import pytest

from zgoda.api import Engine, engine, review
from zgoda.errors import ModelError
from zgoda.model.weights import REPLIES, load_weights
from zgoda.values import FINDINGS, LANGUAGES, SEVERITIES

BAD = {
    "ru": "Здравствуйте, Анна. Успокойтесь. Ваш заказ 4412 на складе.",
    "pl": "Dzień dobry, Pani Anno. Proszę się uspokoić. Zamówienie 4412 jest w magazynie.",
    "en": "Hello Anna. Calm down. Your order 4412 is at the depot.",
}
GOOD = {
    "ru": "Анна, простите за задержку. Проверю заказ 4412 сегодня и позвоню Вам до 15:00.",
    "pl": "Pani Anno, przepraszam za opóźnienie. Sprawdzę zamówienie 4412 dziś i zadzwonię do 15:00.",
    "en": "Anna, I am sorry for the delay. I will check order 4412 today and call you by 3 pm.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_order_to_be_calm_is_found_with_its_sentence(language):
    (found,) = review(BAD[language]).findings
    assert (found.kind, found.severity) == ("calm_down", "error")
    assert found.rule in engine().reviewer.drafter.knowledge.lexicon(language).cards
    assert found.source
    assert found.text == BAD[language].split(". ")[1] + "."
    assert found.message
    assert found.suggestion


@pytest.mark.parametrize("language", LANGUAGES)
def test_good_reply_has_acts_and_no_finding(language):
    told = review(GOOD[language])
    assert told.findings == ()
    assert {"apology", "commit"} <= {span.kind for span in told.acts}


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("ru", "Вы сами виноваты.", "blame_customer"),
        ("ru", "Вам нужно было внимательно читать договор.", "reproach"),
        ("ru", "Таковы правила.", "hide_behind_policy"),
        ("pl", "To nie mój dział.", "pass_the_buck"),
        ("pl", "To niemożliwe.", "denial"),
        ("pl", "Musi Pani wypełnić formularz.", "command"),
        ("en", "I am sorry if you feel that way.", "hollow_apology"),
        ("en", "We will get back to you soon.", "vague_promise"),
        ("en", "You should have read the contract.", "reproach"),
    ],
)
def test_plain_mistakes_are_found(language, text, kind):
    assert kind in {found.kind for found in review(text, language=language).findings}


def test_mistake_within_a_sentence_leaves_the_rest_of_it_unmarked():
    text = "I will call you tomorrow by 3 pm about the order you placed with us, and please calm down now."
    (found,) = review(text).findings
    assert found.kind == "calm_down"
    assert found.start > text.index("us")
    assert not found.text.endswith(".")


def test_two_mistakes_of_a_kind_get_two_suggestions():
    told = review("Calm down, madam. I have your order here. Calm down at once.").findings
    suggestions = [found.suggestion for found in told if found.kind == "calm_down"]
    assert len(suggestions) == 2
    assert suggestions[0] != suggestions[1]


def test_when_suggestions_run_out_none_is_repeated():
    told = review("Calm down, madam.\nI have your order here.\n" * 30).findings
    assert len(told) == 30
    given = [found.suggestion for found in told if found.suggestion]
    assert len(given) == len(set(given))
    assert len(given) < 30


def test_mixed_reply_is_judged_sentence_by_sentence_in_its_own_language():
    told = review("Dzień dobry, paczka jest dziś w magazynie i czeka na odbiór. Успокойтесь, пожалуйста, и ждите.")
    found = next(found for found in told.findings if found.kind == "calm_down")
    assert found.text.startswith("Успокойтесь")
    assert any("а" <= letter <= "я" for letter in found.suggestion)


def test_quoted_mail_below_the_reply_is_not_judged():
    assert review(GOOD["en"] + "\n\nOn Monday Anna wrote:\n> Calm down\n> you should have read it\n").findings == ()


def test_every_kind_has_a_severity_and_words_in_every_language():
    reviewer = engine().reviewer
    for kind in FINDINGS:
        assert reviewer.severity(kind) in SEVERITIES
        for language in LANGUAGES:
            assert reviewer.words.message(kind, language) not in ("", kind)
            assert len(reviewer.words.suggestions(kind, language)) >= 5


@pytest.mark.parametrize("damage", ["missing", "cut", "foreign", "empty", "flipped"])
def test_damaged_weights_of_replies_say_what_to_do(tmp_path, damage):
    path = tmp_path / "replies.bin"
    raw = REPLIES.read_bytes()
    made = {"cut": raw[:-9], "foreign": b"PK\3\4" + raw, "empty": b"", "flipped": raw[:-1] + bytes([raw[-1] ^ 1])}
    if damage in made:
        path.write_bytes(made[damage])
    with pytest.raises(ModelError, match=r"replies\.bin: .*run `\./run model`"):
        load_weights(path)


def test_engine_without_weights_of_replies_reads_and_refuses_to_review(monkeypatch, tmp_path):
    monkeypatch.setattr(import_module("zgoda.api.engine"), "REPLIES", tmp_path / "replies.bin")
    lame = Engine(engine().knowledge)
    assert lame.read("Where is my order?").language == "en"
    with pytest.raises(ModelError, match=r"replies\.bin: the trained weights cannot be read"):
        lame.review("Calm down.")
