"""Prints a customer's message: facts, demands, heat, folded words; every letter of it escaped."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from zgoda_desk.conversations.shown.pieces import FOLD, GAP, PLAIN, QUOTE, Piece

register = template.Library()


@register.filter
def unlocalized(number: float) -> str:
    """A number as an SVG takes it, with a point whatever the language."""
    return f"{number:g}"


@register.simple_tag
def taken_apart(pieces: Iterable[Piece]) -> SafeString:
    """The pieces of a message as HTML; folded and quoted words stand behind a button (folds.js)."""
    return format_html_join("", "{}", ((_piece(piece),) for piece in pieces))


def _piece(piece: Piece) -> SafeString:
    if piece.kind == PLAIN:
        return escape(piece.shown)
    if piece.kind == GAP:
        return format_html('<span class="gap">{}</span>', "[…]")
    if piece.kind == FOLD:
        return format_html(
            '<button type="button" class="fold" data-fold aria-expanded="false"><span>{}</span></button>'
            '<span class="folded" data-folded hidden> {} </span>',
            piece.label,
            piece.shown,
        )
    if piece.kind == QUOTE:
        return format_html(
            '<button type="button" class="quoted btn-link" data-quoted aria-expanded="false">{}</button>'
            '<span class="quoted" data-folded hidden>{}</span>',
            piece.label,
            piece.shown,
        )
    inside = taken_apart(piece.parts) if piece.parts else escape(piece.shown)
    return format_html('<span class="{}">{}</span>', piece.kind, inside)
