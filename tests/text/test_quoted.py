import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import zgoda
from zgoda.errors import ContentError
from zgoda.text.mail_markers import MailMarkers
from zgoda.text.quoted import greeting_span, quoted_spans, shape_of, signature_span

CONTENT = Path(zgoda.__file__).parent / "content"
TABLES = [
    tomllib.loads((CONTENT / lang / "tables" / "mail.toml").read_text(encoding="utf-8")) for lang in ("ru", "pl", "en")
]
MARKERS = MailMarkers.of(TABLES)
OWN = "Так дело не пойдёт, żądam zwrotu and a refund."


def own(text: str) -> str:
    """What is left of a text without its quoted mails."""
    kept, place = [], 0
    for start, end in quoted_spans(text, MARKERS):
        kept.append(text[place:start])
        place = end
    return "".join([*kept, text[place:]]).strip()


def signature(text: str) -> str | None:
    span = signature_span(text, MARKERS)
    return text[span[0] : span[1]] if span else None


def greeting(text: str) -> str | None:
    span = greeting_span(text, MARKERS)
    return text[span[0] : span[1]] if span else None


QUOTED = [
    "> first\n> second\n>\n> third",
    "W dniu czw., 12 lis 2026 o 10:11 Sklep <sklep@example.com> napisał(a):\n\n> Dzień dobry",
    "W dniu czw., 12 lis 2026 o 10:11 Sklep Przykładowy\n<sklep@example.com> napisał(a):\n\nDzień dobry",
    "W dniu 12.11.2026 o 10:11, Sklep pisze:\n> Dzień dobry",
    "Wiadomość napisana przez Sklep <sklep@example.com> w dniu 12 lis 2026, o godz. 10:11:\n\nDzień dobry",
    "On Thu, Nov 12, 2026 at 10:11 AM Shop <shop@example.com> wrote:\n\nHello",
    "On Thu, Nov 12, 2026 at 10:11 AM\nShop <shop@example.com> wrote:\n> Hello\n> Bye",
    "On 12 Nov 2026, at 10:11, Shop <shop@example.com> wrote:\n\nHello",
    "On Thursday, November 12, 2026, 10:11 AM, Shop wrote:\n\nHello",
    "Shop wrote:\n> Hello",
    "12 нояб. 2026 г., в 10:11, Магазин <shop@example.com> написал(а):\n\nЗдравствуйте",
    "12 нояб. 2026 г., в 10:11, Магазин написал(а):\n\nЗдравствуйте",
    "чт, 12 нояб. 2026 г. в 10:11, Магазин <shop@example.com>:\n\nЗдравствуйте",
    '12.11.2026, 10:11, "Магазин" <shop@example.com>:\n> Здравствуйте',
    "Четверг, 12 ноября 2026, 10:11 +03:00 от Магазин <shop@example.com>:\n\nЗдравствуйте",
    "-----Original Message-----\nFrom: Shop\n\nHello",
    "-----Wiadomość oryginalna-----\nOd: Sklep\n\nDzień dobry",
    "-------- Исходное сообщение --------\nОт: Магазин\n\nЗдравствуйте",
    "-------- Oryginalna wiadomość --------\nOd: Sklep\nData: 12.11.2026\n\nDzień dobry",
    "---------- Forwarded message ---------\nFrom: Shop <shop@example.com>\n\nHello",
    "---------- Пересылаемое сообщение ----------\nОт кого: Магазин\n\nЗдравствуйте",
    "Begin forwarded message:\n\nFrom: Shop\n\nHello",
    "Начало переадресованного сообщения:\n\nОт: Магазин\n\nЗдравствуйте",
    "От: Магазин <shop@example.com>\nОтправлено: 12 ноября 2026 г. 10:11\nКому: Иван\nТема: Заказ\n\nЗдравствуйте",
    "__________\nOd: Sklep\nWysłano: czwartek, 12 listopada 2026\nDo: Jan\nTemat: RE: x\n\nDzień dobry",
    "From: Shop\nSent: Thursday, November 12, 2026 10:11 AM\nTo: Bob\nSubject: RE: x\n\nHello",
    "*From:* Shop <shop@example.com>\n*Sent:* Thursday\n*Subject:* x\n\nHello",
    "От: Магазин Отправлено: 12 ноября Кому: Иван Тема: Заказ\nЗдравствуйте",
    "##- Please type your reply above this line -##\n\nHello",
]


@pytest.mark.parametrize("old", QUOTED)
def test_quoted_mail_below_is_not_the_writers(old: str) -> None:
    assert own(f"{OWN}\n\n{old}\n") == OWN


@pytest.mark.parametrize(
    "old", [old for old in QUOTED if old.endswith(("> Hello\n> Bye", "> first\n> second\n>\n> third", "> Dzień dobry"))]
)
def test_answer_below_a_quoted_mail_is_the_writers(old: str) -> None:
    assert own(f"{old}\n\n{OWN}") == OWN


def test_answers_between_quoted_lines_are_the_writers() -> None:
    text = "> Your parcel came.\nNo, it did not.\n> You signed.\nI did not.\n"
    assert own(text) == "No, it did not.\n\nI did not."


def test_words_below_the_end_of_a_forwarded_mail_are_own() -> None:
    text = f"-------- Пересылаемое сообщение --------\nстарое\n-------- Конец пересылаемого сообщения --------\n{OWN}"
    assert own(text) == OWN


@pytest.mark.parametrize("old", QUOTED)
def test_where_all_is_quoted_all_is_read(old: str) -> None:
    assert quoted_spans(old + "\n", MARKERS) == ()
    assert quoted_spans(f"Hello,\n\n{old}\n", MARKERS) == ()


def test_forwarded_mail_with_only_a_device_line_is_read() -> None:
    assert quoted_spans("Sent from my iPhone\n\nBegin forwarded message:\n\nFrom: Shop\nNo refund", MARKERS) == ()


@pytest.mark.parametrize(
    "text",
    [
        "W dniu 12.11.2026 o 10:11 konsultant napisał:\n„nie mamy” i tyle. Oddajcie pieniądze.",
        "On Monday your agent wrote:\nwe cannot help. Shame on you.",
        "Он мне в ответ написал:\nждите. Сколько ждать?",
        'The manager said: "get lost".\nIs that how you talk?',
        "Писал вам 12.11.2026 в 10:11 на адрес help@example.com:\nответа нет.",
        "Хронология:\n12.11.2026 - заказ\nОт: вас ни слуху\nИтог: ноль",
        "Items:\n--\nlamp\n-----\nchair",
        "From: the start it was bad.\nI want a refund.",
        "one line > with a sign",
        "Dane:\nOd: 12.11\nDo: 15.11\nsuma 100 zł",
    ],
)
def test_telling_what_somebody_wrote_is_no_quotation(text: str) -> None:
    assert quoted_spans(text, MARKERS) == ()


@pytest.mark.parametrize(
    "ending",
    [
        "-- \nJan Nowak\nul. Przykładowa 1",
        "--\nJan",
        "Pozdrawiam\nJan Nowak",
        "Z poważaniem,\nAnna",
        "С уважением, Иван Петров",
        "С уважением,\nИван Петров\nтел. +7 900 000-00-00",
        "Kind regards, Bob",
        "Thanks,\nBob Brown",
        "Thanks,\nBob Brown\n-- \nBob Brown, Example Ltd",
        "Sent from my iPhone",
        "Wysłane z iPhone'a",
        "Wysłane z iPhone’a",
        "Отправлено с iPhone",
        "Regards,\nBob\n\nSent from my iPhone",
        "Best regards\nBob\n\nThis email and any attachments are confidential.\nReceived by mistake? Delete it.",
        "Niniejsza wiadomość może zawierać informacje poufne.",
    ],
)
def test_signature_is_found(ending: str) -> None:
    assert signature(f"{OWN}\n\n{ending}\n") == ending
    assert signature(f"{OWN}\n\n{ending}\n\n> old\n> mail\n") == ending


def test_closing_in_the_line_of_the_last_sentence_is_found() -> None:
    assert signature("Where is my order? Kind regards, Bob") == "Kind regards, Bob"


@pytest.mark.parametrize(
    "text",
    [
        "Thanks for nothing",
        "Спасибо, что испортили праздник.",
        "Regards to your manager who hung up on me. I will sue.",
        "С уважением относиться к людям надо. А вы хамите и врёте каждый день.",
        "Настоящее сообщение является досудебной претензией.",
        "Niniejsza wiadomość stanowi wezwanie do zapłaty.",
        "This message is intended as a formal complaint.",
        "Sent via courier on Monday, never came.",
        "",
    ],
)
def test_substance_is_no_signature(text: str) -> None:
    assert signature(f"{OWN}\n{text}") is None


def test_threat_below_the_closing_stays_the_writers_word() -> None:
    assert signature(f"{OWN}\nС уважением,\nИван\nИду в суд завтра.") == "С уважением,\nИван"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Здравствуйте! Где мой заказ?", "Здравствуйте!"),
        ("Здравствуйте где мой заказ", "Здравствуйте"),
        ("Добрый день, Анна Сергеевна!\nГде заказ?", "Добрый день, Анна Сергеевна!"),
        ("Dzień dobry,\ngdzie paczka", "Dzień dobry,"),
        ("Szanowni Państwo,\ngdzie paczka", "Szanowni Państwo,"),
        ("Dear customer service team,\nwhere", "Dear customer service team,"),
        ("Hello Bob, where is it", "Hello Bob,"),
        ("\n  Hi!\nWhere", "Hi!"),
        ("> old\n\nHello,\nnew", "Hello,"),
        ("Hidden fees again", None),
        ("Where is my order? Hello?", None),
        ("Дорогой у вас сервис, а толку ноль", None),
        ("", None),
    ],
)
def test_greeting_is_found(text: str, expected: str | None) -> None:
    assert greeting(text) == expected


def test_blanked_html_can_be_searched() -> None:
    text = "OK\n   &\u200b\u200b\u200b\u200b\n   >\u200b\u200b\u200b old\n"
    assert [text[start:end].strip() for start, end in quoted_spans(text, MARKERS)] == [">\u200b\u200b\u200b old"]


def test_one_line_is_never_a_quotation() -> None:
    assert shape_of("> all of it", MARKERS) == ((), None, None)


def test_faults_of_the_tables_come_all_at_once() -> None:
    with pytest.raises(ContentError) as caught:
        MailMarkers.of([{"greetings": "hello", "unknown": [], "fields": {"from": [""]}}])
    assert len(caught.value.faults) == 3


def test_empty_tables_find_only_what_signs_show() -> None:
    bare = MailMarkers.of([])
    assert quoted_spans("new\n> old", bare) == ((4, 9),)
    assert greeting_span("Hello", bare) is None


LINES = st.lists(
    st.sampled_from(
        ["> a", "text", "", "-- ", "-----Original Message-----", "From: a", "Sent: b", "To: c", "Subject: d",
         "Pozdrawiam", "Jan", "Hello,", "On Thu, Nov 12, 2026 at 10:11 AM x <x@example.com> wrote:", "написал(а):",
         "______", "  ", "Sent from my iPhone", "P.S. x", ">", "------- Конец пересылаемого сообщения",
         "Begin forwarded message:", "\u200b", "12.11.2026 10:11 <a@example.com>:"]
    ),
    max_size=25,
).map("\n".join)  # fmt: skip


@given(st.one_of(LINES, st.text(max_size=200)))
def test_spans_lie_in_order_inside_the_text(text: str) -> None:
    place = 0
    for start, end in quoted_spans(text, MARKERS):
        assert place <= start < end <= len(text)
        place = end


@given(st.one_of(LINES, st.text(max_size=200)))
def test_greeting_and_signature_lie_outside_what_is_quoted(text: str) -> None:
    quoted = quoted_spans(text, MARKERS)
    for span in (greeting_span(text, MARKERS), signature_span(text, MARKERS)):
        if span is not None:
            assert 0 <= span[0] < span[1] <= len(text)
            assert all(span[1] <= start or end <= span[0] for start, end in quoted)


@pytest.mark.parametrize(
    "piece", [">", ">\n", "a:\n", "From: ", "From: x\n", "--\n", "_", "regards\n", "@:\n", "\n", " ", "*"]
)
def test_long_monotonous_text_ends(piece: str) -> None:
    text = piece * (300_000 // len(piece)) + "\nx"
    quoted_spans(text, MARKERS)
    signature_span(text, MARKERS)
    greeting_span(text, MARKERS)
