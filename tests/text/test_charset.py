import pytest
from hypothesis import given
from hypothesis import strategies as st

from zgoda.text.charset import codec_of, decode_text, tidy

RUSSIAN = "Здравствуйте! Заказ опять не привезли, верните мои деньги немедленно."
SHOUTED = "ГДЕ МОЙ ЗАКАЗ? ВЕРНИТЕ ДЕНЬГИ, СКОЛЬКО МОЖНО ЖДАТЬ!"
POLISH = "Dzień dobry, paczka znów nie przyszła. Żądam zwrotu pieniędzy, bo ileż można czekać!"


@pytest.mark.parametrize(
    "charset", ["cp1251", "koi8-r", "iso8859-5", "cp866", "mac-cyrillic", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("text", [RUSSIAN, SHOUTED, "Где деньги?"])
def test_russian_without_label_is_read(charset: str, text: str) -> None:
    assert decode_text(text.encode(charset))[0] == text


@pytest.mark.parametrize("charset", ["cp1250", "iso8859-2", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("text", [POLISH, "Gdzie są pieniądze? Proszę o odpowiedź"])
def test_polish_without_label_is_read(charset: str, text: str) -> None:
    assert decode_text(text.encode(charset))[0] == text


@pytest.mark.parametrize("label", ["iso-8859-1", "us-ascii", "koi8-r", "utf-8", "nonsense", "punycode", None])
def test_wrong_label_does_not_spoil_the_text(label: str | None) -> None:
    text, note = decode_text(RUSSIAN.encode("cp1251"), label)
    assert text == RUSSIAN
    assert note == "charset-guessed:windows-1251"


def test_valid_utf8_wins_over_the_label() -> None:
    assert decode_text(POLISH.encode(), "iso-8859-2") == (POLISH, "charset-guessed:utf-8")


def test_right_label_needs_no_guess() -> None:
    assert decode_text(RUSSIAN.encode("koi8-r"), "KOI8-R") == (RUSSIAN, None)
    assert decode_text("Größe".encode("latin-1"), "ISO-8859-1") == ("Größe", None)
    assert decode_text("한국말".encode("euc-kr"), "euc-kr") == ("한국말", None)


def test_utf16_label_without_mark_is_read_both_ways() -> None:
    for charset in ("utf-16-le", "utf-16-be"):
        assert decode_text(RUSSIAN.encode(charset), "utf-16") == (RUSSIAN, None)


def test_few_broken_places_leave_utf8_readable() -> None:
    text, note = decode_text(RUSSIAN.encode()[:-3] + b"\xd0")
    assert text.startswith("Здравствуйте!")
    assert note == "charset-damaged:utf-8"


def test_seven_bit_charsets_need_their_label() -> None:
    raw = "Привет".encode("utf-7")
    assert decode_text(raw, "utf-7")[0] == "Привет"
    assert decode_text(raw)[0] == raw.decode("ascii")


@pytest.mark.parametrize("label", ["", "base64", "idna", "unicode_escape", "../../etc", "x" * 500, "\0", "charset="])
def test_what_is_no_charset_is_refused(label: str) -> None:
    assert codec_of(label) is None


def test_label_that_repeats_itself_is_understood() -> None:
    assert codec_of('"charset=us-ascii"') == "ascii"


def test_labels_that_programs_make_up_are_understood() -> None:
    assert codec_of("x-cp1251") == codec_of("windows1251") == codec_of("WIN-1251") == "cp1251"
    assert codec_of("koi8-ru") == "koi8-u"
    assert codec_of("x-sjis") == "cp932"


def test_few_broken_places_leave_other_charsets_readable() -> None:
    raw = "重要なお知らせがあります".encode("shift_jis") + b"\xff"
    assert decode_text(raw, "shift_jis")[0].startswith("重要なお知らせ")


def test_newlines_are_one_kind_and_controls_are_gone() -> None:
    assert tidy("a\r\nb\rc\0d\x07\ufeff\ud800") == "a\nb\ncd\ufffd"


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_decode(raw: bytes, label: str) -> None:
    text, _ = decode_text(raw, label)
    assert "\0" not in text
    assert "\r" not in text
    text.encode()
