"""Zgoda reads an angry customer and shows the substance under the heat.

>>> import zgoda
>>> reading = zgoda.read("Где мой заказ 4412? Третий раз пишу!")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = [
    "Context",
    "Conversation",
    "Guidance",
    "Reading",
    "Review",
    "Turn",
    "due",
    "evaluate",
    "guide",
    "load_content",
    "read",
    "review",
]

if TYPE_CHECKING:
    from zgoda.api import guide, load_content, read, review
    from zgoda.clocks import due
    from zgoda.evaluation import evaluate
    from zgoda.values import Context, Conversation, Guidance, Reading, Review, Turn

_HOMES = {
    "read": "zgoda.api",
    "review": "zgoda.api",
    "due": "zgoda.clocks",
    "guide": "zgoda.api",
    "load_content": "zgoda.api",
    "evaluate": "zgoda.evaluation",
    "Context": "zgoda.values",
    "Conversation": "zgoda.values",
    "Guidance": "zgoda.values",
    "Reading": "zgoda.values",
    "Review": "zgoda.values",
    "Turn": "zgoda.values",
}


def __getattr__(name: str) -> Any:
    """Public names are imported on first use, so that `import zgoda` costs next to nothing."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'zgoda' has no attribute {name!r}")
