"""Walks the addresses of the desk and asks each as somebody, undoing what it did."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

LOGIN = "/account/login/"
_WRITES = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
_OF_REQUEST = frozenset(("django_session", "desk_cache"))  # who is here, and how often he has tried


@dataclass(frozen=True)
class Answer:
    """What came back: the status, where to, the headers, and the tables that were written."""

    status: int
    to: str
    response: Any
    wrote: tuple[str, ...]


def addresses(patterns: list[Any] | None = None, before: str = "") -> Iterator[tuple[str, str]]:
    """Every address the resolver knows: its name (empty: none) and its pattern."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, path)
        else:
            assert isinstance(one, URLPattern)
            yield one.name or "", path


def address_of(name: str, args: Mapping[str, str]) -> str:
    """The address of a name."""
    return reverse(name, kwargs=dict(args))


def as_somebody(client: Client) -> Client:
    """A client of its own with the session of another, so that no answer changes the next one."""
    made = Client(raise_request_exception=False)
    made.cookies.update(client.cookies)
    return made


def ask(client: Client, method: str, path: str, form: Mapping[str, Any] | None = None) -> Answer:
    """The answer to a request; all that it did in the database is undone."""
    asked = as_somebody(client)
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        response = asked.get(path) if method == "get" else asked.post(path, dict(form or {}))
        transaction.set_rollback(True)
    return Answer(response.status_code, response.headers.get("Location", ""), response, tuple(_written(queries)))


def _written(queries: CaptureQueriesContext) -> Iterator[str]:
    for one in queries.captured_queries:
        found = _WRITES.match(one["sql"])
        if found and found[1] not in _OF_REQUEST:
            yield found[1]
