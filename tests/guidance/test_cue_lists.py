"""What people say to an offer: a yes, a no, or neither; the words are lists of the content."""

import pytest

from tests.guidance.stories import says

YES = (
    "Ладно, пусть привозят в субботу.",
    "Так и быть, подожду до пятницы.",
    "Замену, пожалуйста.",
    "Ну, если так, то я не против.",
    "Что ж, это справедливо.",
    "Всё, заработало, благодарю.",
    "W takim razie zwrot, proszę.",
    "Wezmę drugą opcję.",
    "Wolę pieniądze na konto.",
    "No cóż, to uczciwe.",
    "Skoro tak, to nie mam nic przeciwko.",
    "Udało się, dziękuję bardzo.",
    "Fine, a refund it is.",
    "I'll go for the second option.",
    "I'd rather have the money back on my card.",
    "Yes, that'll do nicely.",
    "Friday suits me better.",
    "That did it, cheers.",
)
NO = (
    "Нет, мне нужна полная сумма.",
    "Мне не нужен ваш промокод, верните деньги.",
    "С какой стати я должен ждать ещё неделю?",
    "Ваша скидка мне ни к чему.",
    "Это не выход.",
    "Я против.",
    "Nie potrzebuję waszego kuponu, chcę zwrotu.",
    "Naprawa mnie nie interesuje, chcę pieniędzy.",
    "Ja się na to nie godzę.",
    "Nie będę czekać tygodnia.",
    "Nie wchodzi w grę.",
    "Taka propozycja mi nie odpowiada.",
    "That's not nearly enough.",
    "I don't want your voucher, I want a refund.",
    "No, a refund or nothing.",
    "I'm not waiting a week.",
    "Out of the question.",
    "I can't accept that.",
)
NEITHER = (
    "Хорошо устроились, деньги взяли и молчите.",
    "Договорились же на вторник, а вы не приехали!",
    "Мне обещали вариант с заменой, и тишина.",
    "Отлично работаете, ничего не скажешь.",
    "Спасибо за ничего.",
    "Вы второй раз привозите брак.",
    "Dobrze się urządziliście, pieniądze wzięte i cisza.",
    "Świetnie pracujecie, nie ma co.",
    "Nikt nie odpowiada na moje maile.",
    "Wezmę adwokata.",
    "Nic nie działa.",
    "I agreed last time and you did nothing.",
    "Great job, really well done you.",
    "Fine way to treat a customer!",
    "It doesn't work, it hasn't worked for three days.",
    "That did it, I'm calling my lawyer, but first I want an answer.",
)


@pytest.mark.parametrize("text", YES)
def test_yes_to_an_offer_is_heard(text):
    cues = says(text).cues
    assert (cues.accepts, cues.refuses) == (True, False)


@pytest.mark.parametrize("text", NO)
def test_no_to_an_offer_is_heard(text):
    cues = says(text).cues
    assert (cues.accepts, cues.refuses) == (False, True)


@pytest.mark.parametrize("text", NEITHER)
def test_irony_and_reminders_are_neither(text):
    cues = says(text).cues
    assert (cues.accepts, cues.refuses) == (False, False)
