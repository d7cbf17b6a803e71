"""Which part of a name is which, gender where it is certain, Russian and English address, strange names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.naming.book import BOOK
from zgoda.errors import InputError
from zgoda.naming import STYLES, address, case_of, parse_name


def parts(text, language):
    name = parse_name(text, language, BOOK)
    return name and (name.first, name.patronymic, name.surname, name.gender)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Елена Викторовна", ("Елена", "Викторовна", None, "f")),
        ("Викторова Елена Викторовна", ("Елена", "Викторовна", "Викторова", "f")),
        ("ИВАНОВ ПЁТР ИЛЬИЧ", ("Пётр", "Ильич", "Иванов", "m")),
        ("Роман Аркадьевич Абрамович", ("Роман", "Аркадьевич", "Абрамович", "m")),
        ("Абрамович Роман Аркадьевич", ("Роман", "Аркадьевич", "Абрамович", "m")),
        ("Алиев Рашад Мамед оглы", ("Рашад", "Мамед оглы", "Алиев", "m")),
        ("Айнур Тимуровна", ("Айнур", "Тимуровна", None, "f")),
        ("Саша Иванова", ("Саша", None, "Иванова", "f")),
        ("Саша", ("Саша", None, None, None)),
        ("Мария Петров", ("Мария", None, "Петров", "f")),
        ("Иван Петровна", ("Иван", None, "Петровна", None)),
        ("ООО Ромашка", None),
        ("Сидоров", None),
    ],
)
def test_russian_names(text, expected):
    assert parts(text, "ru") == expected


@pytest.mark.parametrize(
    ("text", "formal", "neutral"),
    [
        ("Викторова Елена Викторовна", "Уважаемая Елена Викторовна!", "Елена Викторовна, здравствуйте!"),
        ("Павел Ильич", "Уважаемый Павел Ильич!", "Павел Ильич, здравствуйте!"),
        ("Лена", "Здравствуйте, Лена!", "Лена, здравствуйте!"),
        ("госпожа Шмидт", "Уважаемая госпожа Шмидт!", "Здравствуйте!"),
        ("tomek77", "Здравствуйте!", "Здравствуйте!"),
    ],
)
def test_russian_salutations(text, formal, neutral):
    name = parse_name(text, "ru", BOOK)
    assert address(name, "ru", "salutation_formal", BOOK) == formal
    assert address(name, "ru", "salutation_neutral", BOOK) == neutral


@pytest.mark.parametrize(
    ("text", "dative", "instrumental"),
    [
        ("Анна Петрова", "Анне Петровой", "Анной Петровой"),
        ("Игорь Львовский", "Игорю Львовскому", "Игорем Львовским"),
        ("Павел Андреевич", "Павлу Андреевичу", "Павлом Андреевичем"),
        ("Любовь Ильинична", "Любови Ильиничне", "Любовью Ильиничной"),
        ("Мария Шевчук", "Марии Шевчук", "Марией Шевчук"),
        ("Илья Шевчук", "Илье Шевчуку", "Ильёй Шевчуком"),
        ("Наталья Коваленко", "Наталье Коваленко", "Натальей Коваленко"),
        ("Лена Петрова", None, None),
        ("Лев Толстой", None, None),
        ("Саша Козлов", None, None),
    ],
)
def test_russian_cases_only_where_certain(text, dative, instrumental):
    name = parse_name(text, "ru", BOOK)
    assert (case_of(name, "ru", "dat", BOOK), case_of(name, "ru", "ins", BOOK)) == (dative, instrumental)


@pytest.mark.parametrize(
    ("text", "british", "american"),
    [
        ("Ms Nowak", "Dear Ms Nowak,", "Dear Ms. Nowak,"),
        ("Mr. John Smith", "Dear Mr Smith,", "Dear Mr. Smith,"),
        ("Mx Quinn", "Dear Mx Quinn,", "Dear Mx. Quinn,"),
        ("Anna Novak", "Dear Anna Novak,", "Dear Anna Novak,"),
        ("Blue Star Logistics", "Hello,", "Hello,"),
    ],
)
def test_english_salutations(text, british, american):
    name = parse_name(text, "en", BOOK)
    assert address(name, "en", "salutation_formal", BOOK) == british
    assert address(name, "en-US", "salutation_formal", BOOK) == american


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Alex Taylor", ("Alex", None, "Taylor", None)),
        ("van der Berg, Anna", ("Anna", None, "van der Berg", "f")),
        ("Nguyen Thi Lan", None),
        ("dark_knight", None),
        ("anna.nowak@example.com", None),
        ("Acme Ltd", None),
        ("", None),
        ("anna", ("Anna", None, None, "f")),
    ],
)
def test_english_names(text, expected):
    assert parts(text, "en") == expected


@pytest.mark.parametrize("text", ["Kowalski sp. z o.o.", "Apteka Anna", "tomek77", "@anna", "Klient", "Anna (Ania)"])
def test_company_handle_and_nickname_are_no_names(text):
    assert parse_name(text, "pl", BOOK) is None


def test_title_that_contradicts_the_name_leaves_the_gender_open():
    assert parts("Pani Tomasz Nowak", "pl") == ("Tomasz", None, "Nowak", None)


def test_two_first_names_of_different_gender_are_not_told_apart():
    name = parse_name("Marek Anna", "pl", BOOK)
    assert (name.first, name.gender) == (None, None)


def test_unknown_style_is_refused():
    with pytest.raises(InputError, match="style"):
        address(None, "pl", "shout", BOOK)


@given(
    st.text(max_size=90) | st.from_regex(r"[A-ZŁŚŻА-Я][a-ząłśżа-я]{0,9}( [A-Za-zżА-я'.-]{1,9}){0,4}"),
    st.sampled_from(["ru", "pl", "en"]),
)
def test_any_text_gives_a_name_or_none_and_clean_address(text, language):
    name = parse_name(text, language, BOOK)
    for style in STYLES:
        said = address(name, language, style, BOOK)
        assert said is None or (said == said.strip() and "  " not in said and "{" not in said and "None" not in said)
        if style.startswith("salutation"):
            assert said
    if name is None or name.gender is None:
        assert "Pani" not in str(address(name, "pl", "salutation_formal", BOOK)).split()
