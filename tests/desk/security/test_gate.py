"""No page asks the database for an object by itself: access functions do, so that none forgets to check (T06)."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import zgoda_desk

HOME = Path(zgoda_desk.__file__).parent
PAGES = ("console", "portal")
MANAGERS = frozenset(("objects", "_default_manager", "_base_manager"))
# What a module may ask for by itself, and why that can show nobody a foreign thing.
ALLOWED = {
    "console/case/gathered.py": {"Attachment", "Overrule"},  # of a conversation that was checked
    "console/case/reply_part.py": {"Draft", "Attachment"},  # the person's own draft
    "console/case/exposure.py": {"Exposure"},  # the person's own day
    "console/case/ladder.py": {"Person"},  # who works in the inbox of a conversation that was checked
    "console/context.py": {"LiveEvent"},  # a number
    "console/middleware.py": {"Company"},  # in which language the desk is told
    "console/promises/undoing.py": {"Person"},  # who owned the promise before; the promise was checked
    "console/queue/counts.py": {"Tag"},  # counted over rows that were checked
    "console/queue/rows.py": {"Conversation", "Promise", "Clock"},  # of ids that were checked
    "console/queue/side.py": {"Exposure"},  # the person's own day
    "console/queue/views_of.py": {"Promise", "Clock"},  # conditions laid over rows that were checked
    "portal/links.py": {"Conversation"},  # this is the access function of the customer's link
}


def _asks(path: Path) -> Iterator[str]:
    """The models whose managers a module touches."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            yield node.value.id if isinstance(node.value, ast.Name) else ast.unparse(node.value)
        if isinstance(node, ast.Name) and node.id in ("get_object_or_404", "get_list_or_404"):
            yield node.id


def _found() -> dict[str, set[str]]:
    modules = (path for part in PAGES for path in sorted((HOME / part).rglob("*.py")))
    asked = {str(path.relative_to(HOME)): set(_asks(path)) for path in modules}
    return {name: models for name, models in asked.items() if models}


def test_pages_reach_rows_by_access_functions_only() -> None:
    new = {name: models - ALLOWED.get(name, set()) for name, models in _found().items()}
    told = [f"{name} asks for {', '.join(sorted(models))}" for name, models in new.items() if models]
    assert not told, "use an access function (accounts, conversations, commitments, post):\n" + "\n".join(told)


def test_the_list_of_what_is_allowed_names_nothing_that_is_gone() -> None:
    found = _found()
    gone = {name: models - found.get(name, set()) for name, models in ALLOWED.items()}
    assert not {name: models for name, models in gone.items() if models}


def test_no_page_marks_words_as_safe() -> None:
    told = []
    for part in PAGES:
        for path in sorted((HOME / part).rglob("*")):
            if path.suffix in (".py", ".html"):
                text = path.read_text(encoding="utf-8")
                told += [
                    f"{path.name}: {word}"
                    for word in ("mark_safe", "|safe", "autoescape off", "safeseq")
                    if word in text
                ]
    assert not told


def test_only_marked_views_are_open_to_strangers() -> None:
    from django.urls import get_resolver

    from tests.desk.access.matrix import ANYBODY, ROWS

    opened = {
        one.name for one in _views(get_resolver().url_patterns) if getattr(one.callback, "open_to_all", False)
    }  # fmt: skip
    assert opened == {name for name, row in ROWS.items() if row.who == ANYBODY}


def _views(patterns: Sequence[Any]) -> Iterator[Any]:
    for one in patterns:
        inner = getattr(one, "url_patterns", None)
        if inner is None:
            yield one
        else:
            yield from _views(inner)
