"""Signed addresses of the pictures in a mail: the frame that shows them has no cookies, so the link is the proof."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.http import Http404
from django.urls import reverse

from zgoda_desk.accounts.access import active_person
from zgoda_desk.accounts.models import Person
from zgoda_desk.conversations.access import access_message, files_of
from zgoda_desk.conversations.models import Message
from zgoda_desk.lib import tokens
from zgoda_desk.post.models import Attachment

KEPT = timedelta(hours=12)
_VALUE = re.compile(r"(\d{1,15})-(\d{1,15})-(\d{1,15})-(\d{1,12})", re.ASCII)


def addresses(person: Person, message: Message, now: datetime) -> dict[str, str]:
    """Where a person sees the pictures of a message, by their Content-ID; the links run out after KEPT."""
    until = int((now + KEPT).timestamp())
    found = files_of(message).exclude(content_id="")
    return {one.content_id: _address(f"{message.pk}-{one.pk}-{person.pk}-{until}") for one in found}


def pictured(token: str, now: datetime) -> Attachment:
    """The file of a link, if it still holds and its person may still see the message; else Http404 (T08, T24)."""
    found = _VALUE.fullmatch(tokens.unsign(tokens.ATTACHMENT, token) or "")
    message_id, file_id, person_id, until = (int(part) for part in found.groups()) if found else (0, 0, 0, 0)
    person = active_person(person_id) if until >= now.timestamp() else None
    if person is None:
        raise Http404
    file = files_of(access_message(person, message_id)).defer(None).filter(pk=file_id).first()
    if file is None:
        raise Http404
    return file


def _address(value: str) -> str:
    return reverse("picture", args=[tokens.sign(tokens.ATTACHMENT, value)])
