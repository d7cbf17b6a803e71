"""What we propose to agents must pass our own review."""

from functools import cache

import pytest

from tools.shipped_phrases import phrases, suggestions
from zgoda.api import engine
from zgoda.values import LANGUAGES


@cache
def shipped(which):
    """By language: id and text of all phrases, or of all suggestions."""
    texts = (phrases if which == "phrases" else suggestions)(engine().knowledge)
    told = {language: [] for language in LANGUAGES}
    for language, identity, text in texts:
        told[language].append((identity, text))
    return told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", ["phrases", "suggestions"])
def test_what_we_ship_gives_no_finding(which, language):
    texts = shipped(which)[language]
    assert len(texts) > 100
    offenders = [
        f"{identity}: {text!r} -> {found.kind} ({found.rule}) at {found.text!r}"
        for identity, text in texts
        for found in engine().review(text, language=language).findings
    ]
    assert not offenders, "\n".join(["", *offenders])
