"""Every address × every role × an object of either inbox × GET and POST (S01, T06, T08, T28); nothing leaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from tests.desk.access.harness import LOGIN, Answer, addresses, ask
from tests.desk.access.matrix import ANYBODY, HEAD, INBOX, LEADS, LED, ROWS, SELF_GUARDED, STAFF, Row
from tests.desk.access.world import HELP, INSIDERS, SIDES, Place, make_place
from tests.desk.cast import ROLES, Cast

LEAD_OF = {"help": ("lead", "head"), "accounts": ("strange_lead", "head")}
MAY: dict[str, Callable[[str, str], bool]] = {
    ANYBODY: lambda _role, _side: True,
    STAFF: lambda role, _side: role != "nobody",
    INBOX: lambda role, side: role in INSIDERS[side],
    LEADS: lambda role, _side: role in ("lead", "strange_lead", "head"),
    LED: lambda role, side: role in LEAD_OF[side],
    HEAD: lambda role, _side: role == "head",
}
HUGE = 10**30
PARTS = ("account", "mfa", "join", "portal", "queue", "case", "contact", "promise", "settings")


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    known = dict(addresses())
    assert "" not in known, f"an address without a name: {known['']}; name it in its urls.py"
    new = sorted(set(known) - set(ROWS))
    assert not new, "\n".join(
        f"{name} ({known[name]}): say in tests/desk/access/matrix.py who may see it and who may post there"
        for name in new
    )
    assert not set(ROWS) - set(known), f"rows without an address: {sorted(set(ROWS) - set(known))}; take them out"


@pytest.fixture
def places(cast: Cast) -> dict[str, Place]:
    return {side: make_place(cast, side) for side in SIDES}


def _path(row: Row, name: str, place: Place) -> str:
    given = {key: value.format(**place.things) for key, value in row.args.items()}
    return reverse(name, kwargs={key: int(value) if key == "pk" else value for key, value in given.items()})


def _form(row: Row, place: Place) -> dict[str, str]:
    return {key: value.format(**place.things) for key, value in row.form.items()}


def _expected(row: Row, method: str, role: str, side: str) -> int:
    """The status a role should get: a stranger goes to the log-in, whoever may not finds nothing there."""
    who, told = (row.who, row.get) if method == "get" else (row.posting, row.post)
    if role == "nobody" and who != ANYBODY:
        return 302
    return told if told == 405 or MAY[who](role, side) else 404


def _of(part: str) -> list[str]:
    """The names of a part of the desk; under "" those of no other part."""
    if part:
        return sorted(name for name in ROWS if name.startswith(part))
    return sorted(name for name in ROWS if not name.startswith(PARTS))


@pytest.mark.parametrize("part", [*PARTS, ""])
def test_whoever_may_gets_it_and_nobody_else(clients: dict[str, Client], places: dict[str, Place], part: str) -> None:
    names = _of(part)
    wrong = [told for name in names for told in _wrong(clients, places, name)]
    assert names
    assert not wrong, "\n".join(wrong)


def _wrong(clients: dict[str, Client], places: dict[str, Place], name: str) -> Iterator[str]:
    """What is not as the row of an address says."""
    row = ROWS[name]
    for side, role, method in product(row.sides, ROLES, ("get", "post")):
        place = places[side]
        path = _path(row, name, place)
        answer = ask(clients[role], method, path, _form(row, place))
        if name in SELF_GUARDED and role == "nobody":
            if answer.status not in (200, 302):
                yield f"{method} {path} as nobody: {answer.status}"
            continue
        expected = _expected(row, method, role, side)
        if answer.status != expected:
            yield f"{method} {path} of {side} as {role}: {answer.status}, not {expected}"
        yield from (f"{method} {path} as {role}: {told}" for told in _leaks(row, method, role, side, answer))


def _leaks(row: Row, method: str, role: str, side: str, answer: Answer) -> list[str]:
    """What is wrong beside the status: a stranger not sent to the log-in, something written by one who may not."""
    who = row.who if method == "get" else row.posting
    told = []
    if role == "nobody" and who != ANYBODY and not answer.to.startswith(LOGIN):
        told.append(f"leads to {answer.to}")
    if answer.wrote and (method == "get" or not MAY[who](role, side)):
        told.append(f"writes {', '.join(answer.wrote)}")
    return told


def test_a_number_that_no_database_holds_is_nothing(clients: dict[str, Client]) -> None:
    wrong = []
    for name in (name for name, row in ROWS.items() if "pk" in row.args):
        for number, method in product((0, 2**63, HUGE), ("get", "post")):
            args = {key: number if key == "pk" else "head" for key in ROWS[name].args}
            answer = ask(clients["head"], method, reverse(name, kwargs=args), {"other": "1", "to": "1"})
            if answer.status not in (404, 405):
                wrong.append(f"{method} {name} with {number}: {answer.status}")
    assert not wrong, "\n".join(wrong)


def test_a_form_from_elsewhere_is_refused_everywhere_but_on_the_customers_page(
    clients: dict[str, Client], places: dict[str, Place]
) -> None:
    place, wrong = places[HELP], []
    for name, row in ROWS.items():
        strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
        strict.cookies.update(clients["head"].cookies)
        status = strict.post(_path(row, name, place), _form(row, place)).status_code
        # No cookie is read on the customer's page, so there is none to misuse; what takes no form takes none.
        expected = {row.post} if name.startswith("portal") or row.post == 405 else {403}
        if status not in expected | ({403} if row.post == 405 else set()):
            wrong.append(f"{name}: {status}")
    assert not wrong, "\n".join(wrong)
