"""Files, pictures and pages of mails: bytes of strangers that no browser may take for ours."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from zgoda_desk.console.asked import Asked
from zgoda_desk.console.middleware import open_to_all
from zgoda_desk.console.post import pictures
from zgoda_desk.console.post.served import as_download, locked, picture_type
from zgoda_desk.conversations.access import access_attachment, access_message
from zgoda_desk.conversations.shown.visible import visible
from zgoda_desk.lib import clock
from zgoda_desk.lib.html import safe_html
from zgoda_desk.post.mail.hidden import without_hidden

_FRAME = "default-src 'none'; img-src 'self'; style-src 'none'; frame-ancestors 'self'; sandbox"
_MOST_HIDDEN = 2_000  # characters of hidden text that are shown


@require_safe
def file(request: Asked, key: str) -> HttpResponse:
    """A file as a download, whatever the query says (T03, T08)."""
    found = access_attachment(request.user, key)
    return as_download(bytes(found.body), found.name)


@open_to_all
@require_safe
def picture(_request: HttpRequest, token: str) -> HttpResponse:
    """A picture inside the page of a mail, if its bytes are one; the signed address is the proof."""
    found = pictures.pictured(token, clock.now())
    body = bytes(found.body)
    mime = picture_type(body)
    if not mime:
        raise Http404
    response = locked(HttpResponse(body, content_type=mime))
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def html_part(request: Asked, pk: int) -> HttpResponse:
    """The page of a mail without anything that acts or is fetched, for a sandboxed frame; what it hid is told (I18)."""
    message = access_message(request.user, pk)
    if not message.html:
        raise Http404
    shown = without_hidden(message.html)
    page = safe_html(shown.page, cid_urls=pictures.addresses(request.user, message, clock.now()))
    told = {"hidden": visible(shown.hidden)[:_MOST_HIDDEN], "message": message}
    head = render_to_string("zgoda/post/frame.html", told, request)
    response = locked(HttpResponse(f"{head}{page}\n</main></body></html>"))
    response["Content-Security-Policy"] = _FRAME
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Referrer-Policy"] = "no-referrer"
    return response
