"""The door of the desk: nobody signs himself up, and the desk's own log-in sends no mail of itself."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import HttpRequest

log = logging.getLogger(__name__)


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """People come in by invitation only; on log-in the session learns the person's language."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the name is allauth's
        """Nobody signs himself up."""
        return False

    def post_login(self, request: HttpRequest, user: Any, **more: Any) -> Any:
        """Remember the language of whoever came in."""
        request.session["language"] = user.language
        return super().post_login(request, user, **more)


class NoMail(BaseEmailBackend):
    """Sends nothing and says so: mail of the desk leaves by the outbox alone."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Log that something wanted to send mail past the outbox."""
        log.warning("%d mail(s) were not sent: only the outbox sends mail", len(email_messages))
        return 0
