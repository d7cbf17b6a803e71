"""Conversations told turn by turn: readings and acts by hand, or customers' words read by the engine."""

import tomllib
from functools import lru_cache

from zgoda import read
from zgoda.guidance.cues import Cues
from zgoda.guidance.guide import Guide
from zgoda.guidance.turns import AgentTurn, CustomerTurn
from zgoda.rules.loader import SHIPPED
from zgoda.values import LANGUAGES, Context, Fact, Reading, Span

CHAT = Context(channel="chat")
PHONE = Context(channel="phone")
EMAIL = Context(channel="email")
DEGREES = {"calm": 5, "dissatisfied": 35, "angry": 65, "abusive": 90}


@lru_cache
def tables():
    def table(folder, name):
        return tomllib.loads((SHIPPED / folder / "tables" / f"{name}.toml").read_text(encoding="utf-8"))

    shared = {"common": {"protocol": table("common", "protocol")}}
    return shared | {language: {"conversation": table(language, "conversation")} for language in LANGUAGES}


@lru_cache
def guide():
    return Guide.of(tables())


def customer(state="calm", *abuse, signals=(), facts=(), degrees=None, **cues):
    """A customer's turn by hand."""
    reading = Reading(
        language="en",
        state=state,
        temperature=DEGREES[state] if degrees is None else degrees,
        abuse=tuple(Span(kind, 0, 1, "x") for kind in abuse),
        signals=tuple(Span(kind, 0, 1, "x") for kind in signals),
        facts=tuple(Fact(kind, 0, 1, "x") for kind in facts),
    )
    return CustomerTurn(reading, Cues(**cues))


def says(text):
    """A customer's turn as the engine reads it."""
    return guide().hear(text, read(text))


def agent(*acts, dated=False, role=None):
    """An agent's turn by hand."""
    return AgentTurn(frozenset(acts), dated or "commit" in acts, role)


def follow(*turns, context=CHAT, **more):
    return guide().guide(turns, context, **more)


def last(*turns, context=CHAT, **more):
    return follow(*turns, context=context, **more)[-1]


BASICS = ("invite", "paraphrase", "empathy", "apology")
INSULT = customer("abusive", "insult", aim="person")
FIRM = customer("abusive", "insult", aim="firm")
SWEARS = customer("abusive", "profanity", aim="situation")
THREAT = customer("abusive", "threat", threat="person")
HARM = customer("calm", signals=("self_harm",))
LIMIT = agent("personalise", "boundary")
