"""The demo's samples can be read as what they claim to be."""

from pathlib import Path

import pytest

from zgoda.rules.loader import load_content
from zgoda.text.mail import read_mail
from zgoda.text.mail_markers import MailMarkers
from zgoda.text.quoted import quoted_spans
from zgoda.values import LANGUAGES

SAMPLES = Path(__file__).resolve().parents[2] / "docs" / "samples"
SUFFIXES = {".txt", ".eml"}


def mail(name):
    return read_mail((SAMPLES / name).read_bytes())


def test_folder_holds_nothing_but_messages():
    assert {path.suffix for path in SAMPLES.iterdir()} == SUFFIXES


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.name)
def test_text_is_one_message_in_utf8(path):
    assert path.read_text(encoding="utf-8").strip()


def test_polish_mail_in_quoted_printable_is_decoded():
    polish = mail("2-pl-mail.eml")
    assert polish.sender_name == "Katarzyna Wrzesińska"
    assert polish.subject == "Re: Zgłoszenie szkody, pralka Mokra 700"
    assert "z pękniętym bębnem" in polish.text
    assert polish.notes == ()


def test_older_mails_of_the_polish_mail_are_quoted():
    content = load_content(strict=False)
    markers = MailMarkers.of(content.tables[language]["mail"] for language in LANGUAGES)
    text = mail("2-pl-mail.eml").text
    quoted = [text[start:end] for start, end in quoted_spans(text, markers)]
    assert "To jakiś skandal!" in "".join(quoted)
    assert "idę z tym do rzecznika" not in "".join(quoted)


def test_russian_mail_in_windows_1251_is_decoded():
    russian = mail("4-ru-mail.eml")
    assert russian.sender_name == "Павел Серёгин"
    assert russian.subject == "Ремонт стиральной машины, договор 77-0415/26"
    assert "договор № 77-0415/26" in russian.text
    assert "«мастер всё\nсделал правильно»" in russian.text
