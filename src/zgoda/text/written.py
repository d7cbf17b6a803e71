"""What of a text its writer wrote himself: markup blanked, quoted mails told apart."""

from __future__ import annotations

from zgoda.text.html import blank_markup, looks_like_html, quoted_markup
from zgoda.text.mail_markers import MailMarkers
from zgoda.text.quoted import quoted_spans


def plain_and_quoted(text: str, markers: MailMarkers) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text with its markup blanked, of the same length, and the spans of the mails it quotes."""
    quoted: tuple[tuple[int, int], ...] = ()
    if "<" in text and looks_like_html(text):
        quoted = quoted_markup(text)
        text = blank_markup(text)
    return text, quoted + quoted_spans(text, markers)
