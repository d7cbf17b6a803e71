"""Nothing a stranger writes acts on any page, in a real browser told to let everything act (S02, T01, T02, T05).

The browser goes round the desk's content policy, so what escapes the cleaning runs here although it would not there.
"""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr
from typing import Any

import pytest
from django.test import Client

from tests.desk.access.world import PNG, comes_in
from tests.desk.cast import NOW, Cast
from tests.desk.security.payloads import PAYLOADS
from zgoda_desk.conversations.models import Conversation, Message
from zgoda_desk.post.models import RawMessage
from zgoda_desk.workflow.merge import merge
from zgoda_desk.workflow.one_person import merge_contacts

DOZEN = 16  # messages of one page
FIND = "%22%3E%3Cimg%20src=x%20onerror=window.top.zgodaRan=1%3E"
ODD = """() => {
  const odd = [];
  for (const node of document.querySelectorAll("*")) {
    const name = node.localName;
    for (const one of node.attributes) {
      if (one.name.startsWith("on") || one.name === "style" || one.name === "srcdoc") odd.push(`${name} ${one.name}`);
      if (/^\\s*(javascript|vbscript|data):/i.test(one.value) && /^(href|src|action|formaction)$/.test(one.name))
        odd.push(`${name} ${one.name}=${one.value}`);
    }
    if (name === "script" && !(node.getAttribute("src") || "").startsWith("/static/")) odd.push("script");
    if (/^(style|object|embed|base|applet|frameset|math|marquee|video|audio)$/.test(name)) odd.push(name);
    if (name === "svg" && !node.matches("[viewBox]")) odd.push("svg");
    if (name === "meta" && node.httpEquiv) odd.push("meta");
    if (name === "img" && new URL(node.src, location).origin !== location.origin) odd.push(`img ${node.src}`);
    if (name === "form" && new URL(node.action, location).origin !== location.origin) odd.push(`form ${node.action}`);
    if (name === "link" && !node.getAttribute("href").startsWith("/static/")) odd.push(`link ${node.href}`);
  }
  return odd.concat(window.top.zgodaRan ? ["a script ran"] : []);
}"""


def _letter(payload: str, number: int) -> bytes:
    """A mail with the payload wherever a mail has words."""
    plain = payload.replace("\0", "")
    mail = EmailMessage(policy=SMTP.clone(max_line_length=900))
    mail["From"] = formataddr((plain, f"p{number}@x.example"))
    mail["To"] = formataddr((plain[:60], "help@polana.example"))
    mail["Subject"] = mail["X-Mailer"] = mail["Organization"] = plain
    mail.set_content(f"Where is my order {payload} 48-20517?\n> {payload}\n", cte="base64")
    mail.add_alternative(f"<div>{payload}</div><p>Where is order 48-20517?</p>", subtype="html", cte="base64")
    mail.add_attachment(PNG, maintype="image", subtype="svg+xml", filename=plain, cid=f"<{number}@x>")
    return bytes(mail)


@pytest.fixture
def conversations(cast: Cast, transactional_db: None) -> list[Conversation]:  # noqa: ARG001 - another thread reads it
    assert len(PAYLOADS) >= 150
    for number, payload in enumerate(PAYLOADS):
        comes_in(cast.inbox, _letter(payload, number))
    assert not RawMessage.objects.exclude(state="read").exists()
    return list(Conversation.objects.order_by("pk"))


class Walk:
    """Goes from page to page as a person of the desk."""

    def __init__(self, new_page: Any, at: str, client: Client) -> None:
        new_page.forgive("/rt/events|/favicon.ico")  # the stream is served beside these pages; a frame has no icon
        self.page = new_page(at, bypass_csp=True)
        cookie = {"name": "zgoda_session", "value": client.cookies["zgoda_session"].value, "url": at}
        self.page.context.add_cookies([cookie])

    def __call__(self, path: str) -> None:
        """A page on which nothing may be odd."""
        answer = self.page.goto(path)
        assert answer.status == 200, path
        odd = self.page.evaluate(ODD)
        assert not odd, f"{path}: {odd[:10]}"


@pytest.fixture
def walk(new_page: Any, live_server: Any, clients: dict[str, Client]) -> Walk:
    return Walk(new_page, live_server.url, clients["head"])


def _dozens(found: list[Conversation]) -> Iterator[list[Conversation]]:
    for start in range(0, len(found), DOZEN):
        yield found[start : start + DOZEN]


def test_no_payload_acts_anywhere(cast: Cast, walk: Walk, conversations: list[Conversation]) -> None:
    for path in ("/?view=all", "/queue/list", "/?q=script", "/?q=%22%3E%3Cscript%3Ezgoda%3C/script%3E", "/?q=order"):
        walk(path)
    _frames(walk)
    for some in _dozens(conversations):
        first = some[0]
        walk(f"/people/{first.contact_id}/?find={FIND}")
        for other in some[1:]:
            merge_contacts(cast.head, first.contact_id, other.contact_id, NOW)
            merge(cast.head, first.pk, other.pk, NOW)
        walk(f"/people/{first.contact_id}/")
        walk(f"/c/{first.pk}/")
        walk(f"/c/message/{first.messages.filter(kind='customer')[0].pk}/")
    RawMessage.objects.update(state="unreadable", reason="ValueError", fault="<script>window.top.zgodaRan=1</script>")
    walk("/post/unread/")
    for raw in RawMessage.objects.order_by("pk")[::12]:
        walk(f"/post/unread/{raw.pk}/")


def _frames(walk: Walk) -> None:
    """The pages of all mails, each cleaned for itself, one after the other in one document."""
    pages = []
    for pk in Message.objects.exclude(html="").order_by("pk").values_list("pk", flat=True):
        answer = walk.page.request.get(f"/post/html/{pk}")
        assert answer.status == 200
        assert "sandbox" in answer.headers["content-security-policy"]
        pages.append(answer.text())
    walk.page.goto("/settings/")
    for start in range(0, len(pages), 40):
        walk.page.set_content("\n".join(pages[start : start + 40]))
        odd = walk.page.evaluate(ODD)
        assert not odd, odd[:10]
    for pk in Message.objects.exclude(html="").order_by("pk").values_list("pk", flat=True)[::16]:
        walk(f"/post/html/{pk}")


def test_the_net_catches_what_acts(new_page: Any, live_server: Any) -> None:
    page = new_page(live_server.url, bypass_csp=True)
    new_page.forgive("evil.example|ERR_|/login/x")
    page.goto("/account/login/")
    for payload in ("<img src=x onerror=window.top.zgodaRan=1>", "<p style='color:red'>", "<img src=//evil.example/x>"):
        page.set_content(payload)
        assert page.evaluate(ODD), payload


def test_the_words_of_a_mail_come_through_as_words(clients: dict[str, Client], cast: Cast) -> None:
    comes_in(cast.inbox, _letter("{{7*7}} <script>x</script>", 1))
    page = clients["head"].get(f"/c/{Conversation.objects.get().pk}/").content.decode()
    assert "{{7*7}} &lt;script&gt;x&lt;/script&gt;" in page
    assert "49" not in page.partition("data-view")[2].partition("</p>")[0].replace("zgoda", "")
