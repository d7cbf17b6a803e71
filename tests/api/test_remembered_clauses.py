"""What is remembered of a draft that is typed on changes no answer."""

from contextlib import contextmanager
from datetime import datetime
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zgoda.api import engine
from zgoda.text.remembered import Remembered
from zgoda.values import LANGUAGES, Context, Conversation, Turn

ZONES = [ZoneInfo("Europe/Warsaw"), ZoneInfo("Asia/Tokyo")]
NOWS = [None, *(datetime(2026, 11, day, 12, tzinfo=zone) for zone in ZONES for day in (26, 30))]
SENTENCES = (
    # two of them make a time over the border of sentences, others are said in another language or in disguise
    "Здравствуйте, Иван Петрович.",
    "Понимаю, как это неприятно, и прошу прощения.",
    "Проверю у склада, и завтра до 15:00 Вам перезвоню.",
    "Вы сами виноваты, надо было читать договор",
    "Деньги вернём в течение трёх",
    "рабочих дней; менеджер не перезвонит.",
    "Я не перезвоню, но Вам перезвонят в четверг?",
    "Pani Anno, rozumiem Pani złość.",
    "Sprawdzę to i oddzwonię do piątku do 12:30,",
    "jeśli zdążę, a kurier przyjedzie jutro.",
    "Proszę się uspokoić! Sama Pani podała zły adres.",
    "«Ты нам не звони», — сказал водитель.",
    "I'll check the log and ring you by Friday noon",
    "It will be refunded within 3",
    "days, and you will not hear from us again.",
    "I never said we will call. Calm down, you idi*t!",
    "> On 14 May 2026 at 10:15, Ann wrote:\n> where is it?",
    "Order 4412: €40, 12.11.2026.",
)
TEXTS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=7)
JOINTS = st.sampled_from((" ", "\n", ". ", " — "))
HISTORY = (
    Turn("customer", "Где мой заказ 4412? Which idiot lost it? Gdzie paczka?"),
    Turn("agent", "Сейчас проверю. I'm checking it now."),
    Turn("customer", "Третий раз пишу! When will you call?"),
)


@contextmanager
def forgetting():
    """Nothing is remembered: every function is asked anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Remembered, "__call__", lambda self, *given: self._function(*given))
        yield


def answers(text, language, now):
    own = engine()
    review = own.review(
        text, history=HISTORY, context=Context(channel="email", customer_name="Anna"), now=now, language=language
    )
    turns = (*HISTORY, Turn("agent", text))
    return review, own.guide(Conversation(turns, language), now=now), own.read(text, language=language, now=now)


@cache
def warm():
    """An engine that has met every sentence, each behind another one."""
    for language in LANGUAGES:
        for one, other in pairwise(SENTENCES):
            answers(f"{other} {one}", language, None)


@settings(max_examples=60, deadline=None)
@given(TEXTS, JOINTS, st.sampled_from(LANGUAGES), st.sampled_from(NOWS), st.integers(1, 60))
def test_a_draft_typed_on_is_answered_as_if_nothing_were_remembered(parts, joint, language, now, typed):
    warm()
    text = joint.join(parts)
    answers(text[:-typed] or "x", language, now)
    remembered = answers(text, language, now)
    with forgetting():
        assert answers(text, language, now) == remembered


def test_the_same_moment_in_another_zone_is_another_day():
    """Equal times hash alike; a promise for tomorrow must not be remembered with the date of the first zone."""
    late = datetime(2026, 11, 26, 18, tzinfo=ZONES[0])
    texts = [
        engine().review("I'll ring you tomorrow.", now=now).promises[0].due for now in (late, late.astimezone(ZONES[1]))
    ]
    assert texts == ["2026-11-27", "2026-11-28"]
