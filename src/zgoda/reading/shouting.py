"""Screaming in writing (labels 1.2 and ruling 6.5): most of the text in capitals and runs of marks."""

from __future__ import annotations

from typing import Any

from zgoda.model.analysis import Analysis


def shouted(analysis: Analysis, limits: dict[str, Any]) -> tuple[int, int] | None:
    """Word range of the whole message if it is screamed, else None; whether there is displeasure is for the judge."""
    if not any(len(mark) >= limits["run"] for mark in analysis.marks):
        return None
    letters = capitals = 0
    for i in analysis.words:
        word = analysis.tokens.texts[i]
        if word[0].isalpha():
            letters += len(word)
            capitals += sum(c.isupper() for c in word)
    if letters < limits["letters"] or capitals < limits["capitals"] * letters:
        return None
    return 0, len(analysis.words)
