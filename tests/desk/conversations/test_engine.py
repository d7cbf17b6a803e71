from __future__ import annotations

import pytest

from zgoda.api.engine import Engine
from zgoda_desk.conversations import engine


def test_all_languages_are_warm_before_the_first_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    warmed: list[str] = []
    monkeypatch.setattr(Engine, "warm", lambda _self, language: warmed.append(language))
    engine.prepare()
    assert set(warmed) == {"ru", "pl", "en"}
