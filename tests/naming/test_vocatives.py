"""Polish first names: vocatives written by hand, cases, and what is never inflected."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.naming.book import BOOK
from zgoda.errors import InputError
from zgoda.naming import address, agree, case_of, pan, parse_name

MEN = """
Adam Adamie, Jan Janie, Jakub Jakubie, Stanisław Stanisławie, Marcin Marcinie, Robert Robercie, Konrad Konradzie,
Dawid Dawidzie, Piotr Piotrze, Artur Arturze, Aleksander Aleksandrze, Kacper Kacprze, Michał Michale, Rafał Rafale,
Paweł Pawle, Krzysztof Krzysztofie, Marek Marku, Jacek Jacku, Henryk Henryku, Wojciech Wojciechu, Andrzej Andrzeju,
Maciej Macieju, Tomasz Tomaszu, Łukasz Łukaszu, Mateusz Mateuszu, Dariusz Dariuszu, Grzegorz Grzegorzu, Kamil Kamilu,
Karol Karolu, Daniel Danielu, Jerzy Jerzy, Antoni Antoni, Ignacy Ignacy, Zbigniew Zbigniewie, Ryszard Ryszardzie,
Leszek Leszku, Patryk Patryku, Hubert Hubercie, Igor Igorze, Szczepan Szczepanie, Ernest Erneście, Barnaba Barnabo,
Lech Lechu, Emil Emilu, Bartłomiej Bartłomieju, Sylwester Sylwestrze, Franciszek Franciszku, Wit Wicie"""
WOMEN = """
Anna Anno, Katarzyna Katarzyno, Ewa Ewo, Monika Moniko, Maria Mario, Zofia Zofio, Julia Julio, Patrycja Patrycjo,
Alicja Alicjo, Miriam Miriam, Agnieszka Agnieszko, Jadwiga Jadwigo, Olga Olgo, Małgorzata Małgorzato, Róża Różo,
Natalia Natalio, Izabela Izabelo, Urszula Urszulo, Barbara Barbaro, Salomea Salomeo, Kinga Kingo, Oksana Oksano"""


def pairs(text):
    return [pair.split() for pair in text.strip().replace("\n", " ").split(", ")]


def parsed(text, language="pl"):
    return parse_name(text, language, BOOK)


@pytest.mark.parametrize(("name", "vocative"), pairs(MEN))
def test_vocative_of_a_man(name, vocative):
    assert address(parsed(f"{name} Kowalski"), "pl", "vocative", BOOK) == f"Panie {vocative}"


@pytest.mark.parametrize(("name", "vocative"), pairs(WOMEN))
def test_vocative_of_a_woman(name, vocative):
    assert address(parsed(f"{name} Kowalska"), "pl", "vocative", BOOK) == f"Pani {vocative}"


@pytest.mark.parametrize("name", ["Kasia Nowak", "Tomek Nowak", "Ania", "Kuba", "John Smith", "Maja Nowak"])
def test_short_foreign_and_uncertain_names_have_no_vocative(name):
    assert address(parsed(name), "pl", "vocative", BOOK) is None
    assert parsed(name).gender in ("m", "f")


@pytest.mark.parametrize("name", ["Nikola Wójcik", "Alex Nowak", "Andrea Kowal", "Sasza"])
def test_name_of_both_sexes_has_no_gender(name):
    assert parsed(name).gender is None
    assert address(parsed(name), "pl", "salutation_formal", BOOK) == "Szanowni Państwo,"


def test_surname_alone_is_never_called():
    name = parsed("Pan Kowalski")
    assert (name.first, name.surname, name.gender) == (None, "Kowalski", "m")
    assert address(name, "pl", "vocative", BOOK) is None
    assert case_of(name, "pl", "voc", BOOK) is None
    assert address(name, "pl", "salutation_formal", BOOK) == "Szanowny Panie,"


@given(
    st.sampled_from([first for first, _ in pairs(MEN) + pairs(WOMEN)]),
    st.sampled_from(["Nowak", "Kowalski", "Kowalska", "Wójcik", "Zając", "Mazur", "Adamczyk", "Sroka", "Dąb-Lis"]),
    st.sampled_from(["{} {}", "{1} {0}", "{1}, {0}", "Pan {} {}", "Pani {} {}"]),
)
def test_vocative_holds_no_surname(first, surname, order):
    name = parsed(order.format(first, surname))
    for said in (address(name, "pl", "vocative", BOOK), name and case_of(name, "pl", "voc", BOOK)):
        assert said is None or surname not in said


@pytest.mark.parametrize(
    ("name", "case", "form"),
    [
        ("Anna Nowak", "ins", "Anną Nowak"),
        ("Anna Kowalska", "dat", "Annie Kowalskiej"),
        ("Marek Nowak", "ins", "Markiem Nowakiem"),
        ("Marek Nowak", "dat", "Markowi Nowakowi"),
        ("Jerzy Zieliński", "dat", "Jerzemu Zielińskiemu"),
        ("Paweł Wójcik", "gen", "Pawła Wójcika"),
        ("Jagoda Lis-Nowak", "acc", "Jagodę Lis-Nowak"),
        ("Kinga Wilk", "loc", "Kindze Wilk"),
        ("Marcin Gołąbek", "ins", None),
        ("Anna Sroka", "dat", None),
    ],
)
def test_cases_of_a_whole_name_only_where_certain(name, case, form):
    assert case_of(parsed(name), "pl", case, BOOK) == form


def test_pan_is_panstwo_where_the_gender_is_unknown():
    assert [pan(gender, "dat", BOOK) for gender in ("m", "f", None)] == ["Panu", "Pani", "Państwu"]
    assert [pan(gender, "ins", BOOK) for gender in ("m", "f", None)] == ["Panem", "Panią", "Państwem"]
    with pytest.raises(InputError):
        pan("m", "abl", BOOK)


def test_choice_without_a_third_form_has_none_for_an_unknown_gender():
    assert agree("czekał Pan|czekała Pani", None) is None
    assert agree("czekał Pan|czekała Pani|czekali Państwo", None) == "czekali Państwo"
