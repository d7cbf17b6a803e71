"""Expand every plain word of the content to its inflected forms: `python tools/build_forms.py`.

Russian by pymorphy3 (OpenCorpora), Polish by morfeusz2 (SGJP), English by lemminflect and a few rules of spelling.
Development tools only: the tables are shipped, the dictionaries are not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from zgoda.rules.lexicon import words_to_expand
from zgoda.rules.loader import SHIPPED, load_content
from zgoda.text.fold import fold
from zgoda.values import LANGUAGES

Expand = Callable[[str], set[str]]


def _russian() -> Expand:
    import pymorphy3

    morph = pymorphy3.MorphAnalyzer()

    def expand(word: str) -> set[str]:
        parses = [p for p in morph.parse(word) if p.is_known]
        lemmas = [p for p in parses if p.normal_form == word.replace("ё", "е") or p.normal_form == word]
        chosen = lemmas or parses[:1]
        return {form.word for parse in chosen for form in parse.lexeme}

    return expand


def _polish() -> Expand:
    import morfeusz2

    # "composite" gives zamówiłem as one word, as people write it.
    morph = morfeusz2.Morfeusz(praet="composite")

    def rows(lemma: str) -> set[str]:
        forms: set[str] = set()
        for row in morph.generate(lemma):
            form, tag = str(row[0]), str(row[2])
            unlike = form.startswith("nie") and not lemma.startswith("nie")
            if not unlike and not tag.startswith(("ign", "brev")):
                forms.add(form)
        return forms

    def expand(word: str) -> set[str]:
        forms = rows(word)
        if forms:
            return forms
        found = morph.analyse(word)
        lemmas = {a[2][1].split(":")[0] for a in found if not a[2][2].startswith(("ign", "brev"))}
        return {form for lemma in sorted(lemmas)[:3] for form in rows(lemma)}

    return expand


def _regular_english(word: str) -> set[str]:
    forms = {word + "s", word + "ed", word + "ing"}
    if re.search(r"(s|x|z|ch|sh)$", word):
        forms.add(word + "es")
    if word.endswith("e"):
        forms |= {word + "d", word[:-1] + "ing"}
    if re.search(r"[^aeiou]y$", word):
        forms |= {word[:-1] + "ies", word[:-1] + "ied"}
    return forms


def _english() -> Expand:
    from lemminflect import getAllInflections, getAllLemmas

    def expand(word: str) -> set[str]:
        if "'" in word or "’" in word or len(word) < 3:
            return set()
        lemmas = {lemma for kind, found in getAllLemmas(word).items() if kind in ("NOUN", "VERB") for lemma in found}
        forms = {f for lemma in lemmas or {word} for found in getAllInflections(lemma).values() for f in found}
        return forms or _regular_english(word)

    return expand


def _table(words: Iterable[str], expand: Expand) -> str:
    rows = []
    for word in words:
        forms = sorted({fold(form) for form in expand(word) if form and " " not in form} - {fold(word)})
        if forms:
            rows.append(f"{word}\t{' '.join(forms)}\n")
    return "".join(rows)


def main() -> None:
    content = load_content(strict=False)
    makers: dict[str, Callable[[], Expand]] = {"ru": _russian, "pl": _polish, "en": _english}
    for language in LANGUAGES:
        words = words_to_expand(content.entries[language].values())
        table = _table(words, makers[language]())
        (SHIPPED / language / "forms.tsv").write_text(table, encoding="utf-8")
        print(f"{language}: {len(words)} words, {table.count(chr(10))} with forms, {len(table) // 1024} kB")


if __name__ == "__main__":
    main()
