"""What a claim cannot be settled without, and the question that asks for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_ORDER = gettext_lazy("Which order or contract is it?")
_ITEM = gettext_lazy("What is it about?")
_SUM = gettext_lazy("Which sum is it?")
_WHEN = gettext_lazy("When was it?")
_WHO = gettext_lazy("Who was it, or where?")
_WHERE = gettext_lazy("Which page, app or account is it?")

# For each cause the facts it needs: any one of the kinds answers the question beside them.
_NEEDS: dict[str, tuple[tuple[tuple[str, ...], StrOrPromise], ...]] = {
    "product_quality": ((("order",), _ORDER), (("product",), _ITEM)),
    "service_quality": ((("order", "place", "product"), _ITEM), (("date", "time", "duration"), _WHEN)),
    "delivery": ((("order",), _ORDER),),
    "broken_promise": ((("date", "time", "duration"), _WHEN),),
    "billing": ((("money",), _SUM), (("order",), _ORDER)),
    "staff_conduct": ((("person", "place"), _WHO), (("date", "time"), _WHEN)),
    "waiting": ((("date", "time", "duration"), _WHEN),),
    "information": ((("product", "url", "order"), _ITEM),),
    "digital": ((("url", "product", "email", "order"), _WHERE),),
    "safety_privacy": ((("product", "place", "order"), _ITEM), (("date", "time"), _WHEN)),
}
_MOST = 3  # questions: more is a barrage (S2.13)


def questions(causes: Iterable[str], told: Collection[str]) -> Iterator[tuple[str, StrOrPromise]]:
    """What is still to be asked, the main cause first: the kind of the missing fact and a question, each once.

    `causes` may repeat; `told` are the kinds of facts that some message holds.
    """
    asked: list[str] = []
    for cause in dict.fromkeys(causes):
        for kinds, question in _NEEDS.get(cause, ()):
            if kinds[0] not in asked and not any(kind in told for kind in kinds) and len(asked) < _MOST:
                asked.append(kinds[0])
                yield kinds[0], question
