"""The page of a mail in its frame, in a real browser: its own pictures are seen, nothing else is fetched."""

from __future__ import annotations

import struct
import zlib
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from django.test import Client

from tests.desk.access.world import comes_in, newest
from tests.desk.cast import Cast


def _png() -> bytes:
    """A picture of one grey dot."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")


def test_a_picture_of_the_mail_is_seen_in_the_frame_of_the_conversation(
    cast: Cast, clients: dict[str, Client], new_page: Any, live_server: Any
) -> None:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = "Customer <one@x.example>", cast.account.address, "Broken"
    mail.set_content("It came broken.")
    source = "<p>It came broken. <img src='cid:one@x' alt='dot'><img src='https://evil.example/p.gif'></p>"
    mail.add_alternative(source, subtype="html")
    mail.get_payload()[1].add_related(_png(), "image", "png", cid="<one@x>", disposition="inline")  # type: ignore[index,union-attr]
    comes_in(cast.inbox, bytes(mail))
    conversation = newest().conversation
    new_page.forgive("/rt/events")
    page = new_page(live_server.url)
    cookie = {"name": "zgoda_session", "value": clients["owner"].cookies["zgoda_session"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(f"/c/{conversation.pk}/")
    page.locator("summary", has_text="The page as sent").click()
    picture = page.frame_locator("iframe.frame").locator("img[alt=dot]")
    picture.wait_for()
    page.wait_for_function("document.querySelector('iframe.frame') !== null")
    assert picture.evaluate("node => node.decode().then(() => node.naturalWidth)") == 1
    assert page.frame_locator("iframe.frame").locator("img").count() == 2
