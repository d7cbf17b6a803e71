from __future__ import annotations

import pytest

from zgoda_desk.accounts.models import Person
from zgoda_desk.lib import search

TEXTS = {
    1: ["Krzysztof Zieliński", "krzysztof@klient.example", "Pralka cieknie. Zlecenie ZL/2291"],
    2: ["Марина Соколова", "Ребёнок ждёт коляску, заказ 48-20517, позвоните +7 (912) 555-40-18"],
    3: ["Hannah Price", "Two plates arrived broken, order 48-20611"],
    4: ["Łukasz Żółć", "Straße, Müller, œuvre"],
}


@pytest.fixture
def _kept(db: None) -> None:  # noqa: ARG001 - the fixture opens the database
    for number, texts in TEXTS.items():
        search.keep(number, texts)
        Person.objects.create(pk=number, email=f"{number}@x.example", name=str(number))


def _found(typed: str) -> list[int]:
    matching = search.matches(typed)
    return [] if matching is None else sorted(Person.objects.filter(pk__in=matching).values_list("pk", flat=True))


@pytest.mark.usefixtures("_kept")
@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("zielinski", [1]),
        ("Zieliński", [1]),
        ("ZIELIN", [1]),
        ("pralka zielinski", [1]),
        ("pralka sokolova", []),
        ("ребенок", [2]),
        ("РЕБЁНОК", [2]),
        ("48-20517", [2]),
        ("48-206", [3]),
        ("20517", [2]),
        ("4820517", [2]),
        ("48", [2, 3]),
        ("20517-48", []),
        ("79125554018", [2]),
        ("ZL/2291", [1]),
        ("krzysztof@klient.example", [1]),
        ("lukasz zolc", [4]),
        ("muller", [4]),
        ("strasse", [4]),
        ("arrived plates", [3]),
        ("", []),
        ("?!", []),
    ],
)
def test_words_beginnings_numbers_and_names_are_found_however_they_are_typed(typed: str, numbers: list[int]) -> None:
    assert _found(typed) == numbers


@pytest.mark.usefixtures("_kept")
@pytest.mark.parametrize(
    "typed",
    [
        "'", '"', "\\", "a' OR 1=1 --", "NOT", "AND OR NOT", "NEAR(a b)", "words:a", "a*", "^a", "a:*", "!a", "a & | b",
        "(", "<->", "\x00", "%", "😀", "а" * 500, "x " * 200, "';DROP TABLE desk_search;--", "{words}:a", "-a +b",
    ],
)  # fmt: skip
def test_no_sign_that_is_typed_is_more_than_a_sign(typed: str) -> None:
    _found(typed)
    assert _found("zielinski") == [1]


@pytest.mark.usefixtures("_kept")
def test_what_is_kept_again_stands_in_place_of_what_was() -> None:
    search.keep(1, ["Somebody else"])
    assert (_found("zielinski"), _found("somebody")) == ([], [1])
    search.forget(1)
    assert _found("somebody") == []


def test_a_line_that_is_quoted_over_and_over_fills_no_room() -> None:
    words = search._words(["the same line"] * 50_000 + ["another"])
    assert words == ["the", "same", "line", "another"]


@pytest.mark.usefixtures("_kept")
def test_a_very_long_text_is_kept_up_to_its_limit() -> None:
    search.keep(1, ["first " + " ".join(f"w{n}" for n in range(40_000))])
    assert (_found("first"), _found("w9999"), _found("w39999")) == ([1], [1], [])
