"""Everything that falls due: reminders, broken promises, clocks that are over; each once, however often it is asked."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import InterfaceError, OperationalError, transaction

from zgoda_desk.commitments.models import Clock, Promise
from zgoda_desk.conversations import live
from zgoda_desk.conversations.actions import locked
from zgoda_desk.conversations.models import Conversation
from zgoda_desk.workflow import clocks_due, promise_due
from zgoda_desk.workflow.presence import forget_presences
from zgoda_desk.workflow.snooze import wake_snoozed

log = logging.getLogger(__name__)
_complained: set[tuple[str, int]] = set()  # rows told of in the log: a broken one comes up every second


def _always(_one: Any, _now: datetime) -> bool:
    return True


@dataclass(frozen=True)
class Step:
    """Rows that may be due, whether one is, and what is done with it under the lock of its conversation.

    `do` looks again and answers False where it was done meanwhile, by another process or before a clock was set back.
    """

    name: str
    find: Callable[[datetime], Iterable[Any]]
    do: Callable[[Any, Conversation, datetime], bool]
    due: Callable[[Any, datetime], bool] = _always


STEPS = (
    Step("broken promise", promise_due.to_break, promise_due.break_one),
    Step("new owner", promise_due.to_hand_over, promise_due.ask_owner, promise_due.is_away),
    Step("reminder", promise_due.to_remind, promise_due.remind_one),
    Step("clock over", clocks_due.to_pass, clocks_due.pass_one),
    Step("warning", clocks_due.to_warn, clocks_due.warn_one, clocks_due.is_to_warn),
)
SWEEPS: tuple[Callable[[datetime], int], ...] = (wake_snoozed, live.forget, forget_presences)


def tick(now: datetime) -> int:
    """Do what is due, also all that fell due while nothing ran; gives back how many things were done."""
    return sum(_step(step, now) for step in STEPS) + sum(_sweep(sweep, now) for sweep in SWEEPS)


def _step(step: Step, now: datetime) -> int:
    return sum(_row(step, one, now) for one in list(step.find(now)))


def _row(step: Step, one: Promise | Clock, now: datetime) -> bool:
    """One row in a transaction of its own: what is wrong with it never stops the next."""
    try:
        if not step.due(one, now):
            return False
        with transaction.atomic():
            conversation = locked(one.conversation_id)
            return step.do(one, conversation, now)
    except (OperationalError, InterfaceError):  # the database is away: the next tick tries again
        raise
    except Exception:
        _complain(step.name, one.pk)
        return False


def _sweep(sweep: Callable[[datetime], int], now: datetime) -> int:
    try:
        return sweep(now)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        _complain(sweep.__name__, 0)
        return 0


def _complain(name: str, number: int) -> None:
    if (name, number) not in _complained:
        _complained.add((name, number))
        log.exception("tick: %s %d could not be done", name, number)
