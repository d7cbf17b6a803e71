import pytest

from tests.text.mails import mail
from zgoda_desk.post.mail import ParsedMail, parse

OURS = "Dear Anna,\nwe will call on Friday.\nYour shop"
QUOTED = "\n".join("> " + line for line in OURS.split("\n"))


def read(text: str, kind: str = "text/plain") -> ParsedMail:
    return parse(mail(text.encode(), f"Content-Type: {kind}; charset=utf-8"))


@pytest.mark.parametrize(
    "tail",
    [
        f"On Mon, 2 Nov 2026 at 10:00, Shop <s@shop.example> wrote:\n{QUOTED}",
        f"пн, 2 нояб. 2026 г. в 10:00, Магазин <s@shop.example>:\n{QUOTED}",
        f"pon., 2 lis 2026 o 10:00 Sklep <s@shop.example> napisał(a):\n{QUOTED}",
        f"-----Original Message-----\nFrom: Shop\nSent: Monday, 2 November 2026 10:00\nTo: Anna\nSubject: Re\n\n{OURS}",
        f"________________________________\nOd: Sklep <s@shop.example>\nWysłano: 2 listopada 2026\nDo: Anna\n"
        f"Temat: Re\n\n{OURS}",
        f"От: Магазин <s@shop.example>\nОтправлено: 2 ноября 2026 г. 10:00\nКому: Анна\nТема: Re\n\n{OURS}",
        QUOTED,
    ],
)
def test_what_is_quoted_below_is_cut_for_reading_and_kept(tail: str) -> None:
    found = read(f"Nobody called. I want my money back.\n\n{tail}")
    assert found.new_text == "Nobody called. I want my money back."
    assert "we will call on Friday" in found.text
    assert len(found.quoted) == 1


def test_signature_is_cut_for_reading_and_kept() -> None:
    found = read("Nobody called.\n\nKind regards\nAnna Nowak\n+48 600 100 200")
    assert found.new_text == "Nobody called."
    assert found.signature is not None
    assert "600 100 200" in found.text[slice(*found.signature)]


def test_answer_below_the_quotation_is_the_new_part() -> None:
    found = read(f"On Mon, 2 Nov 2026 at 10:00, Shop <s@shop.example> wrote:\n{QUOTED}\n\nNobody called.")
    assert found.new_text == "Nobody called."


def test_answers_between_the_lines_keep_the_lines() -> None:
    found = read("> Did it come?\nNo.\n> Shall we call?\nYes, today.")
    assert found.new_text == "No.\n> Shall we call?\nYes, today."


def test_page_of_a_mail_program_is_cut_too() -> None:
    page = (
        '<div>Nobody called.</div><div class="gmail_quote">On Monday wrote:<blockquote>We will call</blockquote></div>'
    )
    found = read(page, "text/html")
    assert found.new_text == "Nobody called."
    assert "We will call" in found.text


@pytest.mark.parametrize("text", [QUOTED, "-- \nAnna", "Kind regards\nAnna", "?!", "", "\n\n", "> ?"])
def test_never_hides_all_there_is(text: str) -> None:
    found = read(text)
    assert found.new_text.strip() == text.strip() or any(char.isalnum() for char in found.new_text)
