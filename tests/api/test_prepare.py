"""What a server does once before the first message."""

import gc

import pytest

from zgoda.api import engine, prepare
from zgoda.errors import InputError


@pytest.fixture(autouse=True)
def thawed():
    yield
    gc.unfreeze()


def test_all_that_was_loaded_is_out_of_the_collector_s_way():
    before = gc.get_freeze_count()
    assert prepare() is engine()
    assert gc.get_freeze_count() > before
    assert gc.isenabled()


def test_the_languages_asked_for_are_loaded():
    ready = prepare(["pl"])
    assert ready.knowledge._lexicons.keys() >= {"pl"}
    assert ready.reviewer.drafter.knowledge._lexicons.keys() >= {"pl"}
    assert ready.conversations._promises.keys() >= {"pl"}


def test_a_language_that_is_not_ours_is_refused_and_the_collector_goes_on():
    with pytest.raises(InputError, match="language must be one of"):
        prepare(["de"])
    assert gc.isenabled()
