"""Train the language guess from the project's own lines: `./run model`."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize

from tools.dataset import DATA, load_messages
from zgoda.model.language import OUTPUTS, letter_features
from zgoda.model.weights import LANGUAGE, pack_weights
from zgoda.text.tokens import tokenise

STRENGTH = 3.0
LEAST = 3
MOST_ROWS = 30_000
PIECE = 12
SENTENCE_MARGIN = 3.0
ALONE_MARGIN = 6.5
_LATIN = "abvgdezijklmnoprstufhc4w6y"
_CYRILLIC = "абвгдезийклмнопрстуфхцчшщы"
_LATIN_PAIRS = {
    **{"ж": "zh", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "yu", "я": "ya"},
    **{"ё": "e", "э": "e", "ь": "", "ъ": "", "х": "h", "ц": "c"},
}


def _words(text: str) -> list[str]:
    return [word.lower() for word in tokenise(text).texts if word[0].isalpha()]


def _plain_polish(text: str) -> str:
    return text.translate(str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ"))


def _latin(text: str) -> str:
    table = dict(zip(_CYRILLIC, _LATIN, strict=True)) | _LATIN_PAIRS
    return "".join(table.get(c, c) for c in text.lower())


def samples() -> list[tuple[list[str], str]]:
    """Pieces of a dozen words, and whole short texts, with their language."""
    texts: list[tuple[str, str]] = []
    for line in load_messages():
        if line.kept_apart:
            continue
        texts.append((line.text, line.language))
        if line.language == "pl":
            texts.append((_plain_polish(line.text), "pl"))
        if line.language == "ru":
            texts.append((_latin(line.text), "ru_latin"))
    for name in ("other", "ru_latin", "short"):
        for row in (DATA / "language" / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
            code, _, text = row.partition("\t")
            language = "ru_latin" if name == "ru_latin" else code if code in OUTPUTS else "und"
            texts.extend([(text, language)] * (8 if name == "other" else 6))
    pieces: list[tuple[list[str], str]] = []
    for text, language in texts:
        words = _words(text)
        pieces.extend((words[i : i + PIECE], language) for i in range(0, len(words), PIECE))
        if len(words) > 2:
            pieces.append((words[:2], language))
            pieces.append((words[-1:], language))
    return [p for p in pieces if p[0]]


def features(words: list[str]) -> dict[str, float]:
    """Mean over words, as the guess adds them up."""
    counts = Counter(f for word in words for f in letter_features(word))
    return {f: n / (len(words) + 1) for f, n in counts.items()}


def main() -> None:
    found = samples()
    rows = [features(words) for words, _ in found]
    frequency = Counter(f for row in rows for f in row)
    names = [n for n, count in frequency.most_common(MOST_ROWS) if count >= LEAST]
    column = {n: i for i, n in enumerate(names)}
    entries = [(i, column[n], v) for i, row in enumerate(rows) for n, v in row.items() if n in column]
    i, j, v = zip(*entries, strict=True)
    x = sp.csr_matrix((v, (i, j)), shape=(len(rows), len(names)))
    xt = x.T.tocsr()
    wanted = np.zeros((len(rows), len(OUTPUTS)))
    wanted[np.arange(len(rows)), [OUTPUTS.index(language) for _, language in found]] = 1
    shape = (len(names), len(OUTPUTS))

    def loss(flat: np.ndarray[Any, Any]) -> tuple[float, np.ndarray[Any, Any]]:
        w, b = flat[: -len(OUTPUTS)].reshape(shape), flat[-len(OUTPUTS) :]
        odds = x @ w + b
        odds -= odds.max(axis=1, keepdims=True)
        p = np.exp(odds)
        p /= p.sum(axis=1, keepdims=True)
        error = (p - wanted) * STRENGTH
        value = -STRENGTH * (np.log(np.maximum(p, 1e-12)) * wanted).sum() + 0.5 * (w * w).sum()
        return float(value), np.concatenate([(np.asarray(xt @ error) + w).ravel(), error.sum(axis=0)])

    result = minimize(
        loss, np.zeros(shape[0] * shape[1] + shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 150}
    ).x
    w, b = result[: -len(OUTPUTS)].reshape(shape), result[-len(OUTPUTS) :]
    scales = np.abs(w).max(axis=0) / 127
    integers = (np.rint(w / scales).astype(np.int16) + 128).astype(np.uint8)
    kept = {n: integers[k].tobytes() for k, n in enumerate(names) if (integers[k] != 128).any()}
    settings = {"sentence_margin": SENTENCE_MARGIN, "alone_margin": ALONE_MARGIN, "pieces": len(rows)}
    raw = pack_weights(kept, list(OUTPUTS), [float(s) for s in scales], [float(s) for s in b], settings)
    LANGUAGE.write_bytes(raw)
    right = (x @ w + b).argmax(axis=1) == wanted.argmax(axis=1)
    print(f"{LANGUAGE.name}: {len(kept)} rows, {len(raw) / 1e6:.2f} MB, {right.mean():.4f} of {len(rows)} pieces right")


if __name__ == "__main__":
    main()
