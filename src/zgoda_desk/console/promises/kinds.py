"""What sort of thing was promised, in two words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from zgoda_desk.commitments.models import Promise

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_KINDS: dict[str, StrOrPromise] = {
    "phone": gettext_lazy("Promised call"),
    "email": gettext_lazy("Promised e-mail"),
    "sms": gettext_lazy("Promised message"),
    "chat": gettext_lazy("Promised message"),
    "letter": gettext_lazy("Promised letter"),
    "visit": gettext_lazy("Promised visit"),
    "parcel": gettext_lazy("Promised parcel"),
    "payment": gettext_lazy("Promised payment"),
}
_OTHER = gettext_lazy("Promised answer")


def kind_of(promise: Promise) -> StrOrPromise:
    """What sort of thing was promised, in two words."""
    return _KINDS.get(promise.channel, _OTHER)
