"""Counts in words: how many insults are folded, how many facts stand in a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, gettext_lazy, ngettext

from zgoda_desk.conversations.shown.later import later

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Counts = tuple[tuple[str, int], ...]


def fold_label(kind: str, counts: Counts) -> StrOrPromise:
    """The words in the place of a folded, quoted or left-out piece; empty for what is not hidden."""
    if kind == "fold":
        return later(lambda: _folded(counts))
    return {"quote": gettext_lazy("The rest of the mail"), "gap": gettext_lazy("Show the rest")}.get(kind, "")


def _folded(counts: Counts) -> str:
    """One kind in a sentence of its own, several as a list."""
    if not counts:
        return gettext("Folded")
    if len(counts) == 1:
        return _one_kind(*counts[0])
    return gettext("Folded: %(kinds)s") % {"kinds": ", ".join(_amount(*count) for count in counts)}


def _one_kind(kind: str, n: int) -> str:
    return {
        "threat": lambda: ngettext("%(n)d threat folded", "%(n)d threats folded", n),
        "hate": lambda: ngettext("%(n)d hateful remark folded", "%(n)d hateful remarks folded", n),
        "harassment": lambda: ngettext("%(n)d intrusive remark folded", "%(n)d intrusive remarks folded", n),
        "insult": lambda: ngettext("%(n)d insult folded", "%(n)d insults folded", n),
        "profanity": lambda: ngettext("%(n)d swear word folded", "%(n)d swear words folded", n),
    }[kind]() % {"n": n}


def _amount(kind: str, n: int) -> str:
    return {
        "threat": lambda: ngettext("%(n)d threat", "%(n)d threats", n),
        "hate": lambda: ngettext("%(n)d hateful remark", "%(n)d hateful remarks", n),
        "harassment": lambda: ngettext("%(n)d intrusive remark", "%(n)d intrusive remarks", n),
        "insult": lambda: ngettext("%(n)d insult", "%(n)d insults", n),
        "profanity": lambda: ngettext("%(n)d swear word", "%(n)d swear words", n),
    }[kind]() % {"n": n}
