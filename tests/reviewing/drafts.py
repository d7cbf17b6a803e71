"""Drafts of replies, hand-made weights and odds for the tests of the review."""

from zgoda.api import engine
from zgoda.model.weights import Weights
from zgoda.reviewing.clauses import Clause
from zgoda.reviewing.features import ClauseFeatures, CustomerWords
from zgoda.reviewing.score import ClauseOdds
from zgoda.values import ACTS, FINDINGS

OUTPUTS = (*(f"acts:{act}" for act in ACTS), *(f"findings:{kind}" for kind in FINDINGS), "findings:any")
_GATE = 4 + 1 + 3 + 1 + len(FINDINGS) + len(ACTS)  # see gate_features
_OPEN, _SHUT = 1.0, -1.0


def drafter():
    return engine().reviewer.drafter


def draft(text, language, customer=""):
    """A reply with its clauses and their features, every sentence in `language`."""
    heard = drafter().customer(customer, language) if customer else CustomerWords()
    return drafter().draft(drafter().knowledge.analyse(text, language), heard)


def clauses(text, language):
    """The folded words of each clause."""
    made = draft(text, language)
    return [" ".join(made.analysis.keys[c.first : c.after]) for c in made.clauses]


def weights(*, gate_open=True, distrusted=(), kind=0.0, opens=None, rows=None, **settings):
    """Weights that pass odds on as they are and look at no feature of the gate."""
    return Weights(
        outputs=OUTPUTS,
        scales=(1.0,) * len(OUTPUTS),
        biases=(0.0,) * len(OUTPUTS),
        rows=rows or {},
        settings={
            "calibration": [(1.0, 0.0)] * len(OUTPUTS),
            "acts": {f"acts:{act}": 0.0 for act in ACTS},
            "distrusted": list(distrusted),
            "gate": {
                "weights": [0.0] * _GATE,
                "bias": _OPEN if gate_open else _SHUT,
                "kind": kind,
                "opens": opens or {"ru": 0.0, "pl": 0.0, "en": 0.0},
            },
            **settings,
        },
    )


def scored(*rows, sentences=None):
    """Clauses of three words each with the odds given, all else unlikely; `sentences` are their numbers."""
    return [
        ClauseOdds(
            ClauseFeatures(Clause(3 * n, 3 * n + 3, sentences[n] if sentences else n)),
            [row.get(output, -5.0) for output in OUTPUTS],
        )
        for n, row in enumerate(rows)
    ]
