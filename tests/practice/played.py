"""Casts, scripts and reviews for the tests of practice."""

from datetime import UTC, datetime, timedelta
from functools import cache

from zgoda.api import engine
from zgoda.practice import answer, open_scene, personas
from zgoda.values import Context, Conversation, Finding, Guidance, Review, Span, Turn

NOW = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

GOOD = {
    "ru": (
        "Здравствуйте, {name}! Меня зовут Нина Вольская. Я прочитала всё, что вы написали. Это наша ошибка, простите. "
        "Понимаю, как это тяжело. Я сама проверю и сегодня до 18:00 напишу вам.",
        "{name}, я проверила. Сбой был у нас. Мы всё исправим и вернём деньги завтра до 12:00. Вас это устроит?",
        "Спасибо, что написали. Предлагаю на выбор: вернём деньги или сделаем всё завтра до обеда. Как вам удобнее?",
        "Спасибо вам. Завтра в 12:00 я проверю, что всё пришло, и напишу.",
    ),
    "pl": (
        "Dzień dobry, nazywam się Nina Wolska. Przeczytałam całą wiadomość. To nasz błąd, bardzo przepraszam. "
        "Rozumiem, że to bardzo trudne. Sama to sprawdzę i dziś do 18:00 odpiszę.",
        "Sprawdziłam: pomyłka była po naszej stronie. Zwrócimy pieniądze jutro do 12:00. Czy to odpowiada?",
        "Dziękuję za cierpliwość. Proponuję do wyboru: zwrot pieniędzy albo wymianę w piątek. Co będzie wygodniejsze?",
        "Dziękuję. Jutro o 12:00 sprawdzę, czy wszystko dotarło, i napiszę.",
    ),
    "en": (
        "Hello {name}, my name is Nina Wolska. I have read everything you wrote. This is our mistake and I am sorry. "
        "I understand how hard this is. I will check it myself and write to you today by 6 pm.",
        "{name}, I have checked: the mistake was on our side. We will refund it tomorrow by noon. Does that suit you?",
        "Thank you for your patience. You can choose: a refund or a replacement on Friday. Which do you prefer?",
        "Thank you. I will check tomorrow at noon that all has arrived and write to you.",
    ),
}
BAD = {
    "ru": (
        "Успокойтесь, пожалуйста.",
        "Вы сами виноваты, надо было читать договор.",
        "Это не наш отдел, обращайтесь к курьерам.",
        "Таковы правила, ничем не можем помочь.",
    ),
    "pl": (
        "Proszę się uspokoić.",
        "To Pana wina, trzeba było przeczytać umowę.",
        "To nie nasz dział, proszę pisać do kuriera.",
        "Regulamin tego nie przewiduje.",
    ),
    "en": (
        "Please calm down.",
        "This is your own fault, you should have read the terms.",
        "That is not my department, ask the courier.",
        "Unfortunately our policy does not allow that.",
    ),
}


@cache
def cast():
    """All personas by id."""
    return {one.id: one for one in personas(engine().knowledge)}


def review(*acts, findings=(), severity="error"):
    """A review with these acts and findings, as if some reply had them."""
    return Review(
        "en",
        tuple(Span(kind, 0, 1, "x") for kind in acts),
        tuple(Finding(kind, 0, 1, "x", severity, "", None, "r", "s") for kind in findings),
    )


def guidance(ladder="none", safety="none", forbidden=()):
    """What was due before a reply."""
    return Guidance("soothe", ladder, safety, "steady", forbidden=tuple(forbidden))


def played(persona, script, seed=0):
    """The answers to a script of real replies, read and reviewed by the engine; the scene's heat before each."""
    scene, context = open_scene(persona, NOW, seed=seed), Context(channel=persona.channel)
    turns, answers = [Turn("customer", scene.text)], []
    for line in script:
        text = line.format(name=persona.name.split()[0])
        due = engine().guide(Conversation(tuple(turns), persona.language, context), now=NOW)
        told = answer(scene, engine().review(text, history=tuple(turns), context=context), due, now=NOW)
        turns += [Turn("agent", text), *([Turn("customer", told.text)] if told.text else [])]
        answers.append(told)
        scene = told.scene
    return answers
