"""How fast a draft is reviewed while it is being typed: a long draft behind a history of ten turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle

from bench.pace import Budget, pace
from bench.table import Table
from bench.texts import messages, of_length
from tools.reply_dataset import load_replies
from zgoda.api import engine
from zgoda.values import LANGUAGES, Context, Turn

DRAFT, HISTORY = 1_000, 10
_TYPED = 40  # code points between two pauses in typing


def review_speed(budget: Budget) -> Table:
    """A row a language for drafts of `DRAFT` code points: typed on (the history is known), and seen for the first time."""
    table = Table(
        "review-speed",
        f"Review of a draft of {DRAFT:,} code points with a history of {HISTORY} turns, one process on one core",
        ("drafts", "a second", "p50 ms", "p99 ms", "p99 ms of CPU"),
        notes=[
            f"`typed on`: the draft grows by {_TYPED} code points between two reviews of the same conversation;"
            " `first`: a conversation never seen.",
        ],
    )
    texts, lines = messages(), load_replies()
    for language in LANGUAGES:
        replies = [line.text for line in lines if line.language == language]
        drafts = of_length(replies, DRAFT, budget.readings)
        histories = list(_histories(texts[language], replies, budget.readings))
        context = Context(channel="email")
        for name, cases in (("typed on", _typed(drafts, histories)), ("first", zip(drafts, cycle(histories), strict=False))):
            by_draft = dict(cases)
            came = pace(
                lambda draft, known=by_draft: engine().review(draft, history=known[draft], context=context),
                list(by_draft),
                budget,
            )
            times = [f"{value:.2f}" for value in (came.p50, came.p99, came.p99_processor)]
            table.rows.append((f"{language}, {name}", f"{came.rate:,.0f}", *times))
    return table


def _histories(customers: Sequence[str], agents: Sequence[str], most: int) -> Iterator[tuple[Turn, ...]]:
    """Made-up conversations of `HISTORY` turns, the customer last but one; no turn stands in two of them."""
    step = HISTORY // 2
    for start in range(0, min(most * step, len(customers) - step, len(agents) - step), step):
        pairs = zip(customers[start : start + step], agents[start : start + step], strict=True)
        turns = [turn for c, a in pairs for turn in (Turn("agent", a), Turn("customer", c))]
        yield tuple(turns)


def _typed(drafts: Sequence[str], histories: Sequence[tuple[Turn, ...]]) -> Iterator[tuple[str, tuple[Turn, ...]]]:
    """Growing drafts, the last steps before they are whole, each with the history of its conversation."""
    for draft, history in zip(drafts, cycle(histories), strict=False):
        for end in range(len(draft) * 4 // 5, len(draft) + 1, _TYPED):
            yield draft[:end], history
