"""The long proof of deadlines, in short: it holds, it is the same for a seed, and a wrong engine fails it."""

from datetime import timedelta

import pytest

from bench.proofs.__main__ import main as prove
from zgoda.clocks.worktime import Worktime

pytest.importorskip("numpy")


def test_engine_and_oracle_agree(capsys):
    assert prove(["due", "--deadlines", "60", "--seed", "3"]) == 0
    assert "60 deadlines" in capsys.readouterr().out


def test_a_minute_too_late_is_found(monkeypatch, capsys):
    right = Worktime.add
    monkeypatch.setattr(Worktime, "add", lambda self, *given: right(self, *given) + timedelta(minutes=1))
    assert prove(["due", "--deadlines", "12"]) == 1
    assert "the oracle says" in capsys.readouterr().out
