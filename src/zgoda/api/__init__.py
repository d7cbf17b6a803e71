"""The public calls, composed from the rooms below; the engine is built once and kept."""

from zgoda.api.calls import engine, guide, load_content, prepare, read, review
from zgoda.api.engine import Engine

__all__ = ["Engine", "engine", "guide", "load_content", "prepare", "read", "review"]
