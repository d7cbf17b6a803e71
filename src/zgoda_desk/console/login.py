"""The door of the desk: nobody signs himself up, and the desk's own log-in sends no mail of itself."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.actions import record
from zgoda_desk.lib import clock, secret

log = logging.getLogger(__name__)


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """People come in by invitation only; on log-in the session learns the person's language."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The address or the password is not right."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("The present password is not right."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes and try again."),
        "incorrect_code": _("The code is not right. A fresh one appears every 30 seconds."),
        "rate_limited": _("Too many attempts. Wait a few minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the name is allauth's
        """Nobody signs himself up."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """The active person of exactly this address (T23); whoever left is told the same as a stranger."""
        found = super().authenticate(request, **credentials)
        if isinstance(found, Person) and found.is_active and found.email == credentials.get("email"):
            return found
        return None

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Whether this is the person's password; his address is his login, no list of addresses is kept beside it."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_safe_url(self, url: str | None) -> bool:
        """Whether one may be sent on to `url`: pages of this desk only, told without a host (T38)."""
        return bool(url and url.startswith("/")) and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def set_password(self, user: Any, password: str) -> None:
        """Keep that somebody changed his password; the audit holds no more of it."""
        super().set_password(user, password)
        record("person.password_changed", actor=user.pk, object_type="person", object_id=user.pk, now=clock.now())

    def post_login(self, request: HttpRequest, user: Any, **more: Any) -> Any:
        """Remember the language of whoever came in."""
        request.session["language"] = user.language
        return super().post_login(request, user, **more)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """A changed password ends every session, this one too: the log-in comes next."""
        return reverse("account_login")


class LockedCodes(DefaultMFAAdapter):  # type: ignore[misc]
    """Keys of second factors lie encrypted in the database, as passwords of mailboxes do."""

    def encrypt(self, text: str) -> str:
        """For the column."""
        return secret.lock(text)

    def send_notification_mail(self, template_prefix: str, user: Any, *_args: Any, **_more: Any) -> None:
        """Keep in the audit what the package would tell by mail (`mfa/email/totp_activated`)."""
        kind = f"person.{template_prefix.rpartition('/')[2]}"
        record(kind, actor=user.pk, object_type="person", object_id=user.pk, now=clock.now())

    def decrypt(self, encrypted_text: str) -> str:
        """Empty where the key of this installation does not fit: then no code is right."""
        return secret.unlock(encrypted_text) or ""


class NoMail(BaseEmailBackend):
    """Sends nothing and says so: mail of the desk leaves by the outbox alone."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Log that something wanted to send mail past the outbox."""
        log.warning("%d mail(s) were not sent: only the outbox sends mail", len(email_messages))
        return 0
