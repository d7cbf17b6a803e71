"""Draws the rows of a timeline; a row that was drawn before as it is now is not drawn again."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

if TYPE_CHECKING:
    from zgoda_desk.console.case.rows import Row

register = template.Library()
_MOST = 5_000  # rows kept in a process, about 2 kB each
_drawn: dict[Hashable, SafeString] = {}


@register.simple_tag(takes_context=True)
def timeline_row(context: Context, row: Row) -> SafeString:
    """The HTML of a row, from what was drawn before where nothing it depends on has changed."""
    key = row.key()
    if key is None:
        return _draw(context, row)
    key = (get_language(), key)
    found = _drawn.get(key)
    if found is None:
        if len(_drawn) >= _MOST:
            _drawn.clear()
        found = _drawn[key] = _draw(context, row)
    return found


def _draw(context: Context, row: Row) -> SafeString:
    assert context.template is not None
    sheet = context.template.engine.get_template("zgoda/case/row.html")
    names = ("csrf_token", "interface", "conversation")
    return sheet.render(context.new({"row": row, **{name: context.get(name) for name in names}}))
