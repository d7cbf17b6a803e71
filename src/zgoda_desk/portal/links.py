"""The signed link to the customer's page: whoever has it sees what that customer knows anyway."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from zgoda_desk.conversations.models import Conversation
from zgoda_desk.lib import tokens


def link_for(conversation: Conversation) -> str:
    """The whole address of the page of a conversation, to be given to its customer."""
    return str(settings.URL) + reverse("portal", args=[token_of(conversation)])


def token_of(conversation: Conversation) -> str:
    """The signed part of the link."""
    return tokens.sign(tokens.PROMISE, str(conversation.pk))


def access_by_token(token: str) -> Conversation:
    """The conversation of a link; one that was merged leads on. The same Http404 for whatever else is in it (T24)."""
    number = tokens.unsign(tokens.PROMISE, token)
    if number is None or not number.isascii() or not number.isdigit() or len(number) > 18:
        raise Http404
    found = Conversation.objects.select_related("contact", "inbox", "assignee").filter(pk=int(number)).first()
    while found is not None and found.merged_into is not None:
        found = found.merged_into
    if found is None:
        raise Http404
    return found
