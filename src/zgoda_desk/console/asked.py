"""The request of somebody who is logged in: the guard let nobody else through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from zgoda_desk.accounts.models import Person


class Asked(HttpRequest):
    """A request with its person; only for types, never made."""

    user: Person
