import pytest

from zgoda_desk.post.mail import ParsedMail, parse


def read(subject: str, body: str) -> ParsedMail:
    head = f"From: x@service.example\r\nSubject: {subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    return parse(f"{head}{body}".encode())


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Verify your email", "Click https://service.example/verify?token=abcdef"),
        ("Slack confirmation code: ABC-123", "Your confirmation code is below."),
        ("Your security code", "Use 482913 to sign in."),
        ("Код подтверждения", "Ваш код: 4829"),
        ("Подтвердите адрес электронной почты", "https://service.example/confirm/abcdef"),
        ("Potwierdź adres e-mail", "Kliknij: https://service.example/potwierdz/abc"),
        ("Kod weryfikacyjny", "Twój kod to 123 456."),
        ("Anna has invited you to Team", "Join: https://service.example/join/abcdefgh"),
    ],
)
def test_mail_that_proves_who_owns_an_address_is_flagged(subject: str, body: str) -> None:
    assert read(subject, body).verification


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Не приходит код подтверждения", "Не могу войти, код подтверждения не приходит."),
        ("Re: Verify your email", "I never asked for this, see https://service.example/verify?token=1"),
        ("Order 123456", "Where is my parcel? https://service.example/track/123456"),
        ("Nie działa reset hasła", "Państwa strona nie wysyła linku."),
    ],
)
def test_customer_who_complains_of_codes_is_not_flagged(subject: str, body: str) -> None:
    assert not read(subject, body).verification
