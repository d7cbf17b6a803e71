"""Words that are put together only when they are shown, in the language of whoever looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.utils.functional import lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _make(make: Callable[[], str]) -> str:
    return make()


# Django makes a class each time `lazy` is called, so it is called once.
_made = lazy(_make, str)


def later(make: Callable[[], str]) -> StrOrPromise:
    """A string that `make` gives each time it is shown; `make` may call gettext and ngettext."""
    return _made(make)


def listed(words: Iterable[StrOrPromise]) -> StrOrPromise:
    """The words one after the other, parted by commas, each in the language of whoever looks."""
    kept = tuple(words)
    return later(lambda: ", ".join(str(word) for word in kept))
