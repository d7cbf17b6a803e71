from __future__ import annotations

import pytest

from zgoda import values
from zgoda_desk.conversations.shown.words import TABLES, title, titles
from zgoda_desk.conversations.shown.words_of_replies import SAID

WIRE = {
    "state": values.STATES,
    "abuse": values.ABUSE,
    "signals": values.SIGNALS,
    "causes": values.CAUSES,
    "demands": values.DEMANDS,
    "facts": values.FACTS,
    "role": values.ROLES,
    "channel": values.CHANNELS,
    "safety": values.SAFETY,
    "tension": values.TENSION,
    "author": values.AUTHORS,
    "language": (*values.LANGUAGES, "und"),
    "acts": values.ACTS,
    "findings": values.FINDINGS,
    "notices": values.NOTICES,
    "severity": values.SEVERITIES,
    "stage": values.STAGES,
    "ladder": values.RUNGS,
}


@pytest.mark.parametrize("field", WIRE)
def test_every_wire_name_has_words_and_no_words_lack_a_name(field: str) -> None:
    assert set(TABLES[field]) == set(WIRE[field])
    assert all(str(words).strip() for words in TABLES[field].values())


def test_every_vocabulary_of_the_engine_has_a_table() -> None:
    vocabularies = {name for name in values.__all__ if name.isupper()}
    assert {id(getattr(values, name)) for name in vocabularies - {"LANGUAGES"}} <= {
        id(names) for names in WIRE.values()
    }


def test_every_act_but_a_greeting_can_be_told_afterwards() -> None:
    assert set(SAID) == set(values.ACTS) - {"regards"}


def test_a_name_without_words_stays_as_it_is() -> None:
    assert title("causes", "new_cause") == "new_cause"


def test_names_are_listed_in_their_order() -> None:
    assert str(titles("demands", ["refund", "apology"])) == "refund, apology"
