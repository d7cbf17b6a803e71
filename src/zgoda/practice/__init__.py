"""The scripted customer of practice: reply badly and he heats up, reply well and he cools, by content alone.

>>> from datetime import datetime, UTC
>>> from zgoda.api import engine
>>> from zgoda.practice import answer, open_scene, personas
>>> marina = next(one for one in personas(engine().knowledge, "ru") if one.id == "marina")
>>> scene = open_scene(marina, datetime(2026, 11, 19, 9, 0, tzinfo=UTC))
>>> reply = engine().review("Успокойтесь, пожалуйста.", customer=scene.text)
>>> answer(scene, reply, now=scene.at).change > 0
True
"""

from __future__ import annotations

from zgoda.model.knowledge import Knowledge
from zgoda.practice.persona import Persona
from zgoda.practice.play import answer, open_scene
from zgoda.practice.rules import EVENTS
from zgoda.practice.scene import ENDINGS, Answer, Scene, scene_from

__all__ = ["ENDINGS", "EVENTS", "Answer", "Persona", "Scene", "answer", "open_scene", "personas", "scene_from"]


def personas(knowledge: Knowledge, lang: str | None = None) -> tuple[Persona, ...]:
    """The customers of the content and of the folders laid over it, of one language or all, in order of their ids.

    They are read from their files at each call: keep them. Raises ContentError with every fault.
    """
    from zgoda.practice.load import personas as by_id

    known = by_id(knowledge.content.roots)
    return tuple(known[identity] for identity in sorted(known) if lang in (None, known[identity].language))
