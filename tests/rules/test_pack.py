from __future__ import annotations

from zgoda.model.knowledge import build_knowledge
from zgoda.rules.pack import digest, load_common
from zgoda.values import LANGUAGES


def test_the_shipped_packs_fit_the_shipped_content() -> None:
    assert load_common(digest()) is not None, "stale packs: run ./run model (or python tools/build_packs.py)"


def test_a_pack_matches_what_the_content_matches() -> None:
    packed, plain = build_knowledge(), build_knowledge(strict=False)
    texts = {
        "ru": "Третий раз пишу, верните деньги за разбитый телефон! Вы издеваетесь? п.и.з.д.е.ц",
        "pl": "Oddajcie pieniądze, kurier rzucił paczkę, k...a ile można! Pójdę do UOKiK.",
        "en": "You people are crooks, I was charged twice and nobody answers. sh!t service #fail",
    }
    for language in LANGUAGES:
        seen = []
        for knowledge in (packed, plain):
            analysis = knowledge.analyse(texts[language], language)
            names = knowledge.registry.names
            seen.append(sorted((names[m.entry], m.first, m.after) for m in (*analysis.concepts, *analysis.rules)))
        assert seen[0] == seen[1]
        assert len(seen[0]) > 5
