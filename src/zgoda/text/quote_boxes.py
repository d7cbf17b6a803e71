"""Knows the boxes in which mail programs put an earlier mail inside HTML."""

from __future__ import annotations

import re

# Class names and ids that the programs write: their file format, not words of anybody's language.
_BOX = re.compile(
    r"""(?:class|id)\s{0,3}=\s{0,3}["']?[^"'<>]{0,100}?\b(?:gmail_quote|yahoo_quoted|protonmail_quote|tutanota_quote"""
    r"""|mail_android_quote|zmail_extra|wp_quote|gmx_quote|ms-outlook-mobile-reference-message"""
    r"""|mail-editor-reference-message-container|OutlookMessageHeader)\b""",
    re.IGNORECASE,
)
_FROM_HERE = re.compile(
    r"""\bid\s{0,3}=\s{0,3}["']?(?:x_)?(?:divRplyFwdMsg|appendonsend|stopSpelling|OLK_SRC_BODY_SECTION|replySplit)\b""",
    re.IGNORECASE,
)
# Desktop Outlook marks the header of the mail below by nothing but a line above it.
_OUTLOOK_LINE = re.compile(r"border:\s{0,2}none;\s{0,2}border-top:\s{0,2}solid\s{1,2}#(?:E1E1E1|B5C4DF)", re.IGNORECASE)
_LOOK = 1000
_MAX_OPEN = 10_000


class QuoteBoxes:
    """Counts how many boxes are open while the tags of a page go by."""

    def __init__(self) -> None:
        self.depth = 0
        self._open: dict[str, list[bool]] = {}

    def tag(self, name: str, source: str) -> bool:
        """Take a tag (name as in `Piece`, and its source); whether the depth changed."""
        before = self.depth
        bare = name.removeprefix("/")
        if bare in ("blockquote", "div", "span", "section"):
            stack = self._open.setdefault(bare, [])
            if name != bare:
                self.depth -= bool(stack and stack.pop())
            elif len(stack) < _MAX_OPEN and not source.endswith("/>"):
                box = bare == "blockquote" or bool(_BOX.search(source[:_LOOK]))
                stack.append(box)
                self.depth += box
        if name == bare and " " in source and self._from_here(source[:_LOOK]):
            self.depth += 1
        return self.depth != before

    @staticmethod
    def _from_here(source: str) -> bool:
        """Whether everything below this tag is an earlier mail."""
        return bool(_FROM_HERE.search(source) or _OUTLOOK_LINE.search(source))
