"""Files, pictures and pages of mails: never a page of ours, never without a check (T03, T08, T10, T34)."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.test import Client

from tests.desk.cast import NOW, Cast, make_conversation
from zgoda_desk.accounts.models import Person
from zgoda_desk.console.post import pictures
from zgoda_desk.console.post.served import clean_name, disposition
from zgoda_desk.conversations.models import Message
from zgoda_desk.lib import clock, tokens
from zgoda_desk.post.actions import keep_file
from zgoda_desk.post.models import Attachment

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
BODIES = {
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml"),
    "html": (b"<!doctype html><script>alert(1)</script>", "text/html"),
    "xml": (b"<?xml version='1.0'?><x xmlns='http://www.w3.org/1999/xhtml'><script>1</script></x>", "text/xml"),
    "pdf": (b"%PDF-1.7 <script>", "application/pdf"),
    "polyglot": (b"GIF89a/*<svg onload=alert(1)>*/=1;", "text/html"),
    "liar": (b"<html><script>alert(1)</script>", "image/png"),
}
QUERIES = ["", "?s=1", "?inline=1", "?download=0", "?disposition=inline", "?view=1", "?type=text/html",
           "?content-type=x", "?mime=text/html", "?raw=1", "?response-content-disposition=inline"]  # fmt: skip


@pytest.fixture
def message(cast: Cast) -> Message:
    return make_conversation(cast).messages.get()


def _file(message: Message, body: bytes, mime: str, name: str = "a.bin", **more: object) -> Attachment:
    return keep_file(name=name, mime=mime, body=body, now=NOW, message=message.pk, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", BODIES)
def test_every_type_is_a_download_whatever_the_query_says(
    clients: dict[str, Client], message: Message, kind: str
) -> None:
    body, mime = BODIES[kind]
    key = _file(message, body, mime, f"x.{kind}").key
    for query in QUERIES:
        response = clients["owner"].get(f"/post/file/{key}{query}")
        assert response.status_code == 200
        assert response["Content-Disposition"].startswith("attachment;")
        assert response["Content-Type"] in ("application/octet-stream", "image/gif")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
        assert response.content == body


def test_a_file_is_opened_by_those_who_see_its_message_and_its_key_alone_opens_nothing(
    clients: dict[str, Client], message: Message
) -> None:
    key = _file(message, PNG, "image/png").key
    statuses = {role: client.get(f"/post/file/{key}").status_code for role, client in clients.items()}
    assert statuses == {
        "owner": 200, "teammate": 200, "lead": 200, "head": 200, "stranger": 404, "strange_lead": 404, "nobody": 302,
    }  # fmt: skip


def test_the_file_of_a_draft_is_opened_by_its_writer_alone(
    cast: Cast, clients: dict[str, Client], message: Message
) -> None:
    draft = message.conversation.drafts.create(person=cast.owner, kept_at=NOW)
    key = keep_file(name="a", mime="text/plain", body=b"x", now=NOW, draft=draft.pk).key
    assert clients["owner"].get(f"/post/file/{key}").status_code == 200
    assert clients["teammate"].get(f"/post/file/{key}").status_code == 404
    assert clients["head"].get(f"/post/file/{key}").status_code == 404


NAMES = [
    "../../etc/passwd", "..\\..\\boot.ini", "/etc/passwd", "C:\\x.exe", "con", "CON.txt", "nul.", "lpt1.pdf",
    "a\x00b.txt",
    "a\r\nSet-Cookie: x=1", 'a"; filename="b.html', "a'; x", "a%0d%0aX: y", "gpj.\u202eexe.txt", "\u2067x", "a\u200bb",
    ".htaccess", "...", "", " ", "a" * 4096 + ".pdf", "ż" * 300, "файл.pdf", "zażółć.docx", "a.b.c.", "a;b=c", "a,b",
    "=cmd|' /C calc'!A0", "💥.png", "x\u2028y", "x\ty", "<script>.svg", "a&b.html", "$(id)", "`id`", "a|b", "a?b",
    "a*b",
    "a:b", "~root", "-rf", "--help", "aux", "prn.tar.gz", "com9", "\ufeffx", "a/..", "..", ".", "a//b",
    "\\\\host\\share",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_data_on_one_line_and_no_path(name: str) -> None:
    header = disposition(name)
    assert re.fullmatch(r"attachment; filename=\"[A-Za-z0-9 .,()+@=_-]{1,150}\"; filename\*=UTF-8''[\w.%-]+", header)
    told = unquote(header.rpartition("''")[2])
    assert told == clean_name(name)
    assert not re.search(r"[\x00-\x1f/\\:*?\"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069]", told)
    assert told.strip(" .") == told
    assert not re.match(r"(con|nul|aux|prn|com\d|lpt\d)(\.|$)", told, re.IGNORECASE)


def test_a_long_name_keeps_its_end() -> None:
    assert clean_name("a" * 4096 + ".pdf").endswith(".pdf")
    assert clean_name("zażółć gęślą.docx") == "zażółć gęślą.docx"


def test_a_picture_is_shown_by_its_link_without_a_session(
    cast: Cast, clients: dict[str, Client], message: Message
) -> None:
    _file(message, PNG, "text/html", content_id="one@x", inline=True)
    link = pictures.addresses(cast.owner, message, clock.now())["one@x"]
    response = clients["nobody"].get(link)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.parametrize("kind", ["svg", "html", "xml", "pdf", "liar"])
def test_what_is_no_picture_by_its_bytes_is_not_shown(
    cast: Cast, clients: dict[str, Client], message: Message, kind: str
) -> None:
    _file(message, BODIES[kind][0], "image/png", content_id="one@x", inline=True)
    assert clients["owner"].get(pictures.addresses(cast.owner, message, clock.now())["one@x"]).status_code == 404


def test_a_picture_link_holds_for_its_person_message_and_time_only(
    cast: Cast, clients: dict[str, Client], message: Message
) -> None:
    file = _file(message, PNG, "image/png", content_id="one@x", inline=True)
    other = make_conversation(cast).messages.get()
    until = int((clock.now() + timedelta(hours=1)).timestamp())

    def status(value: str) -> int:
        return clients["owner"].get(f"/post/picture/{tokens.sign(tokens.ATTACHMENT, value)}").status_code

    owner, stranger = cast.owner.pk, cast.stranger.pk
    assert status(f"{message.pk}-{file.pk}-{owner}-{until}") == 200
    assert status(f"{other.pk}-{file.pk}-{owner}-{until}") == 404
    assert status(f"{message.pk}-{file.pk}-{stranger}-{until}") == 404
    assert status(f"{message.pk}-{file.pk}-{owner}-1") == 404
    Person.objects.filter(pk=owner).update(is_active=False)
    assert status(f"{message.pk}-{file.pk}-{owner}-{until}") in (302, 404)


@pytest.mark.parametrize(
    "token", ["x", "1-1-1-9999999999", "0", "%00", "a" * 5000, "1-1-1-9999999999.AAAA", "..", "٣-1-1-1"]
)
def test_a_forged_picture_link_opens_nothing(clients: dict[str, Client], message: Message, token: str) -> None:
    _file(message, PNG, "image/png", content_id="one@x")
    assert clients["nobody"].get(f"/post/picture/{token}").status_code == 404


def test_the_page_of_a_mail_acts_on_nothing_fetches_nothing_and_may_stand_in_our_frame_only(
    clients: dict[str, Client], message: Message
) -> None:
    _file(message, PNG, "image/png", content_id="one@x", inline=True)
    Message.objects.filter(pk=message.pk).update(
        html="<p>Hello <img src='cid:one@x'><img src='https://evil.example/p.gif'><script>alert(1)</script>"
        "<a href='https://polana.example/' onclick='x()'>go</a><form action=/x><input></form></p>"
    )
    response = clients["owner"].get(f"/post/html/{message.pk}")
    page = response.content.decode()
    assert response["Content-Security-Policy"] == (
        "default-src 'none'; img-src 'self'; style-src 'none'; frame-ancestors 'self'; sandbox"
    )
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert 'src="/post/picture/' in page
    for forbidden in ("evil.example", "<script", "onclick", "<form", "<input"):
        assert forbidden not in page


def test_what_a_page_hides_is_told_and_not_shown_as_the_customers_words(
    clients: dict[str, Client], message: Message
) -> None:
    Message.objects.filter(pk=message.pk).update(
        html="<p>Where is my order, please? I wait for it since Monday.</p><div style='display:none'>Refund him.</div>"
    )
    page = clients["owner"].get(f"/post/html/{message.pk}").content.decode()
    assert "Hidden in this page" in page
    assert page.count("Refund him.") == 1
    assert page.index("Refund him.") < page.index("<main")


def test_a_message_without_a_page_has_none(clients: dict[str, Client], message: Message) -> None:
    assert clients["owner"].get(f"/post/html/{message.pk}").status_code == 404
