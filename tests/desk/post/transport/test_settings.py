from __future__ import annotations

import pytest

from zgoda_desk.post.transport.settings import ImapSettings, SettingsError, SmtpSettings, is_loopback


def test_unencrypted_is_allowed_only_on_this_machine() -> None:
    assert SmtpSettings(host="127.0.0.1", security="none").security == "none"
    for host in ("mail.example", "10.0.0.1", "localhost.mail.example", "127.0.0.1.mail.example"):
        with pytest.raises(SettingsError) as caught:
            SmtpSettings(host=host, security="none")
        assert caught.value.code == "unencrypted"


@pytest.mark.parametrize("value", ["a\r\nb", "a\nLOGOUT", "a\x00b", "a\x7f"])
def test_a_line_break_in_a_name_or_password_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match="control") as caught:
        ImapSettings(host="mail.example", user=value, secret="s")
    assert caught.value.code == "control_characters"
    with pytest.raises(SettingsError):
        ImapSettings(host="mail.example", user="u", secret=value)
    with pytest.raises(SettingsError):
        ImapSettings(host="mail.example", user="u", secret="s", folder=value)


@pytest.mark.parametrize(
    ("host", "port", "code"), [("", 993, "host_invalid"), ("a b", 993, "host_invalid"), ("a", 0, "port_invalid")]
)
def test_a_server_that_cannot_be_is_refused(host: str, port: int, code: str) -> None:
    with pytest.raises(SettingsError) as caught:
        ImapSettings(host=host, port=port, user="u", secret="s")
    assert caught.value.code == code


def test_the_secret_is_not_shown() -> None:
    assert "s3cret" not in repr(ImapSettings(host="mail.example", user="u", secret="s3cret"))
    assert "s3cret" not in repr(SmtpSettings(host="mail.example", user="u", secret="s3cret"))


def test_loopback_is_told_by_the_text_alone() -> None:
    assert is_loopback("::1")
    assert is_loopback("LOCALHOST")
    assert not is_loopback("0.0.0.0")
