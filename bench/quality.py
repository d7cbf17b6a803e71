"""How well Zgoda reads labelled lines, whether every label has its reason, and what peers make of the lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.lines import Line, LineSet, given, kept_apart, lines_of, of_later_writers, written_for_measuring
from bench.peers import Peer, peers
from bench.spans import loose_spans, unexplained
from bench.table import Table, share, with_interval
from zgoda.api import engine
from zgoda.evaluation import Measure, Part, evaluate
from zgoda.values import STATES, Reading

_HOT = ("angry", "abusive")
_PROOFS = (("abuse", "threat"), ("signals", "self_harm"))
_MICRO = ("abuse", "signals", "cause", "demands", "facts")
_AVERAGE = {"state": "macro", **dict.fromkeys(_MICRO, "micro")}


@dataclass(slots=True)
class Watch:
    """Reads like the engine, and counts labels without a reason and spans outside the text on the way."""

    readings: int = 0
    labels: int = 0
    faults: list[str] = field(default_factory=list)

    def read(self, text: str) -> Reading:
        """The reading of `text`."""
        reading = engine().read(text)
        self.readings += 1
        self.labels += len(reading.reasons)
        self.faults += [f"{fault} in {text[:60]!r}" for fault in (*loose_spans(text, reading), *unexplained(reading))]
        return reading


def quality(files: Sequence[Path] = (), polite: Path | None = None, most: int | None = None) -> list[Table]:
    """All tables of quality; `most` keeps each set short for a quick look."""
    watch = Watch()
    sets = [one.cut(most) for one in (kept_apart(), of_later_writers(), *written_for_measuring(), *given(files))]
    tables = [_scores(sets, watch), _proofs(sets, watch)]
    if polite is not None:
        tables.append(_polite(polite, watch, most))
    tables.append(_reasons(watch))
    tables.append(_peers(sets[0], watch))
    return tables


def _scores(sets: Iterable[LineSet], watch: Watch) -> Table:
    table = Table(
        "quality",
        "Quality on labelled lines",
        ("lines", "n", "state", "abusive", "far", "abuse", "signals", "cause", "demands", "facts", "language"),
        notes=[
            "`state` is macro-F1, `abusive` the F1 of that state, `far` the share of lines wrong by two states or more,"
            " `cause` and `language` the share right, the rest micro-F1. Behind ± stands half of the 95 % interval.",
        ],
    )
    for one in sets:
        came = evaluate(one.lines, read=watch.read, by_language=True)
        parts = came.parts if len(came.parts) > 2 else came.parts[:1]
        table.rows += [_score_row(one.name if part.name == "all" else f"  {part.name}", part) for part in parts]
        if came.faults:
            table.notes.append(f"{one.name}: {len(came.faults)} lines could not be used; the first: {came.faults[0]}.")
    return table


def _score_row(name: str, part: Part) -> Sequence[str]:
    tasks = {task.name: task for task in part.tasks}
    abusive = next((score.f1 for score in tasks["state"].labels if score.label == "abusive"), Measure(None, None, None))
    figures = {task: getattr(tasks[task], average).f1 for task, average in _AVERAGE.items()}
    figures["cause"] = tasks["cause"].micro.recall
    told = [with_interval(figures[task]) for task in _AVERAGE]
    language = share(tasks["language"].micro.recall.value)
    return (
        name,
        f"{part.messages:,}",
        told[0],
        with_interval(abusive),
        share(part.far_off.value),
        *told[1:],
        language,
    )


def _proofs(sets: Iterable[LineSet], watch: Watch) -> Table:
    """Precision and recall of what must not be missed, the languages pooled, near misses among the lines."""
    table = Table(
        "proofs",
        "Threats and self-harm, languages pooled",
        ("lines", "label", "with it", "without", "recall", "precision"),
    )
    for one in sets:
        for name, kind in _PROOFS:
            wanted = [kind in line.get(name, ()) for line in one.lines]
            if not any(wanted):
                continue
            came = [kind in {span.kind for span in getattr(watch.read(line["text"]), name)} for line in one.lines]
            right = sum(w and c for w, c in zip(wanted, came, strict=True))
            precision = share(right / sum(came)) if any(came) else "-"
            counts = f"{sum(wanted):,}", f"{len(wanted) - sum(wanted):,}"
            table.rows.append((one.name, kind, *counts, share(right / sum(wanted)), precision))
    return table


def _polite(path: Path, watch: Watch, most: int | None) -> Table:
    """How many polite questions are read as hot."""
    lines = LineSet(path.name, list(lines_of(path))).cut(most).lines
    hot = [(line["text"], state) for line in lines if (state := watch.read(line["text"]).state) in _HOT]
    table = Table("polite", "Polite questions read as angry or abusive", ("questions", "hot", "share"))
    table.rows.append((f"{len(lines):,}", f"{len(hot):,}", f"{len(hot) / max(len(lines), 1):.2%}"))
    table.asides = [f"{state}: {text[:100]!r}" for text, state in hot[:5]]
    return table


def _reasons(watch: Watch) -> Table:
    table = Table(
        "reasons",
        "Every label has a reason whose span lies in the text",
        ("readings", "reasons", "labels without one, or spans outside"),
    )
    table.rows.append((f"{watch.readings:,}", f"{watch.labels:,}", f"{len(watch.faults):,}"))
    table.asides = watch.faults[:5]
    return table


# -- peers -----------------------------------------------------------------------------------------------------------


def _peers(kept: LineSet, watch: Watch) -> Table:
    """Peers asked what they claim to tell, on the English lines, at their own mark and at the best one."""
    found, notes = peers()
    lines = [line for line in kept.lines if line["lang"] == "en"]
    table = Table(
        "peers-quality",
        f"Peers on the {len(lines)} English lines kept apart",
        ("asked", "by", "precision", "recall", "F1", "F1 at its best mark"),
        notes=[
            *notes,
            "The best mark is chosen on these very lines, in favour of the peer.",
        ],
    )
    states = [watch.read(line["text"]).state for line in lines]
    for asked in ("angry or worse", "abusive"):
        hot = STATES[STATES.index("abusive" if asked == "abusive" else "angry") :]
        wanted = [line["state"] in hot for line in lines]
        table.rows.append((asked, "Zgoda", *_three(wanted, [state in hot for state in states]), "-"))
        table.rows += [_peer_row(peer, lines, wanted) for peer in found if peer.finds == asked]
    return table


def _peer_row(peer: Peer, lines: Sequence[Line], wanted: Sequence[bool]) -> Sequence[str]:
    scores = [peer.score(line["text"]) for line in lines]
    best = max((_f1(wanted, [score >= mark for score in scores]) for mark in set(scores)), default=0.0)
    own = _three(wanted, [score >= peer.mark for score in scores])
    return (peer.finds, peer.name, *own, share(best))


def _f1(wanted: Sequence[bool], came: Sequence[bool]) -> float:
    right = sum(w and c for w, c in zip(wanted, came, strict=True))
    return 2 * right / max(sum(wanted) + sum(came), 1)


def _three(wanted: Sequence[bool], came: Sequence[bool]) -> tuple[str, str, str]:
    """Precision, recall, F1."""
    right = sum(w and c for w, c in zip(wanted, came, strict=True))
    shares = (right / n if n else None for n in (sum(came), sum(wanted)))
    precision, recall = (share(value) for value in shares)
    return precision, recall, share(_f1(wanted, came))
