"""Loads the shipped content once for all tests of the command line."""

from functools import cache

import pytest

from zgoda.model import knowledge

_build = knowledge.build_knowledge
_shipped = cache(lambda strict: _build(strict=strict))


@pytest.fixture(autouse=True)
def _content_is_loaded_once(monkeypatch):
    def build(overlays=(), *, strict=True):
        return _build(overlays, strict=strict) if overlays else _shipped(strict)

    monkeypatch.setattr(knowledge, "build_knowledge", build)
