from __future__ import annotations

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.desk.cast import Cast
from zgoda_desk.console.queue.order import ordered, page
from zgoda_desk.conversations.models import Contact, Conversation
from zgoda_desk.conversations.shown.burning import Burning, Clock, place, stored_rank

NOW = datetime(2026, 11, 26, 11, 0, tzinfo=ZoneInfo("Europe/Warsaw"))
ROWS = 120


def _moment(chance: random.Random) -> datetime:
    return NOW + timedelta(minutes=chance.choice((-600, -1, 0, 1, 14, 15, 16, 300, 800, 2000, 9000, 12000)))


def _burning(chance: random.Random) -> Burning:
    unanswered = chance.random() < 0.5
    state = chance.choice(("calm", "dissatisfied", "angry", "abusive"))
    return Burning(
        safety=chance.choice(("none", "none", "none", "none", "threat", "self_harm")),
        ladder=chance.choice(("none", "boundary")),
        promise_due=chance.choice((None, None, _moment(chance))),
        promise_broken=chance.random() < 0.1,
        clocks=tuple(Clock("answer", _moment(chance)) for _ in range(chance.choice((0, 1)))),
        temperature=chance.choice((0, 30, 60, 90)),
        state=state,
        vulnerable=chance.random() < 0.3,
        contacts=chance.randrange(4),
        waiting_since=_moment(chance) if unanswered else None,
        status=chance.choice(("open", "open", "waiting", "agreed", "closed", "snoozed")),
        unanswered=unanswered,
    )


def _rows(cast: Cast, seed: int) -> dict[int, Burning]:
    chance = random.Random(seed)
    contact = Contact.objects.create(name="Anna", made_at=NOW)
    made = {}
    for burning in (_burning(chance) for _ in range(ROWS)):
        snoozed = burning.status == "snoozed"
        row = Conversation.objects.create(
            inbox=cast.inbox, contact=contact, made_at=NOW, changed_at=NOW, state=burning.state,
            status="open" if snoozed else burning.status, snoozed_until=NOW if snoozed else None,
            waiting_since=burning.waiting_since, **stored_rank(burning)._asdict(),
        )  # fmt: skip
        made[row.pk] = burning
    return made


@pytest.mark.parametrize("seed", range(3))
def test_the_query_orders_as_the_rule_does(cast: Cast, seed: int) -> None:
    made = _rows(cast, seed)
    by_rule = sorted(made, key=lambda pk: (*place(made[pk], NOW).key[:-1], pk))
    assert list(ordered(Conversation.objects.all(), NOW).values_list("pk", flat=True)) == by_rule


def test_pages_after_each_other_hold_every_row_once_and_in_order(cast: Cast) -> None:
    _rows(cast, 7)
    whole = list(ordered(Conversation.objects.all(), NOW).values_list("pk", flat=True))
    found, cursor = [], ""
    while True:
        rows, cursor, _moment = page(Conversation.objects.all(), cursor, NOW + timedelta(minutes=len(found)), 17)
        found += [pk for pk, _group in rows]
        if not cursor:
            break
    assert found == whole


@pytest.mark.parametrize(
    "cursor", ["x", "1", "0." * 20, ".".join(["9" * 18] * 10), ".".join(["0"] * 10), "1'--.2.3.4.5.6.7.8.9.0", "-1" * 9]
)
def test_a_cursor_that_is_none_shows_the_first_rows(cast: Cast, cursor: str) -> None:
    _rows(cast, 1)
    assert page(Conversation.objects.all(), cursor, NOW, 5)[0] == page(Conversation.objects.all(), "", NOW, 5)[0]


def test_rows_of_a_later_page_are_told_at_the_moment_of_the_first(cast: Cast) -> None:
    _rows(cast, 1)
    first = page(Conversation.objects.all(), "", NOW, 5)
    assert page(Conversation.objects.all(), first.cursor, NOW + timedelta(days=1), 5).moment == NOW
