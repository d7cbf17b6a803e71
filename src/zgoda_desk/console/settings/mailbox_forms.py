"""The forms of a mailbox: its address first, then servers and the way to log in, then the day it starts from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zgoda_desk.console.settings.fields import PlainLine
from zgoda_desk.post.access import address_used
from zgoda_desk.post.models import MailAccount
from zgoda_desk.post.transport.guess import Guess
from zgoda_desk.post.transport.settings import ImapSettings, SettingsError, SmtpSettings

SERVER_FIELDS = (
    "address", "display_name", "auth", "user", "imap_host", "imap_port", "imap_security", "smtp_host", "smtp_port",
    "smtp_security", "folder", "spam_folder", "plus_addresses",
)  # fmt: skip
_TOLD_TO = ("user", "imap_host", "smtp_host", "imap_security", "smtp_security")  # a kept password goes to no new place
_OLDEST = timedelta(days=3 * 366)


class AddressForm(forms.Form):
    """The address alone; the servers follow from it."""

    address = forms.EmailField(label=gettext_lazy("Address of the mailbox"), max_length=254)


class MailboxForm(forms.Form):
    """Servers and log-in. A secret is taken and never shown; left empty, the one kept stays."""

    address = forms.EmailField(label=gettext_lazy("Address of the mailbox"), max_length=254)
    display_name = PlainLine(
        label=gettext_lazy("Name beside the address"), max_length=120, required=False,
        help_text=gettext_lazy("As customers see it. Empty: the name of the company"),
    )  # fmt: skip
    auth = forms.ChoiceField(label=gettext_lazy("How to log in"), choices=MailAccount.AUTH)
    user = PlainLine(label=gettext_lazy("User name"), max_length=254)
    password = forms.CharField(
        label=gettext_lazy("Password"), required=False, max_length=1000, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    client_id = PlainLine(label=gettext_lazy("Client ID"), max_length=300, required=False)
    client_secret = forms.CharField(
        label=gettext_lazy("Client secret"), required=False, max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    imap_host = PlainLine(label=gettext_lazy("Server for incoming mail (IMAP)"), max_length=253)
    imap_port = forms.IntegerField(label=gettext_lazy("Port"), min_value=1, max_value=65535)
    imap_security = forms.ChoiceField(label=gettext_lazy("Encryption"), choices=MailAccount.SECURITY)
    smtp_host = PlainLine(label=gettext_lazy("Server for outgoing mail (SMTP)"), max_length=253)
    smtp_port = forms.IntegerField(label=gettext_lazy("Port"), min_value=1, max_value=65535)
    smtp_security = forms.ChoiceField(label=gettext_lazy("Encryption"), choices=MailAccount.SECURITY)
    folder = PlainLine(label=gettext_lazy("Folder"), max_length=200)
    spam_folder = PlainLine(
        label=gettext_lazy("Spam folder"), max_length=200, required=False,
        help_text=gettext_lazy("Empty: it is left alone"),
    )  # fmt: skip
    plus_addresses = forms.BooleanField(
        label=gettext_lazy("Addresses with a plus reach this mailbox"), required=False,
        help_text=gettext_lazy("name+anything@example.com. Answers then find their conversation more surely."),
    )  # fmt: skip

    def __init__(self, *args: Any, account: MailAccount | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        if account is not None:
            for name, kept in (("password", account.secret), ("client_secret", account.oauth)):
                self.fields[name].help_text = _("One is kept. Empty: it stays.") if kept else ""

    def clean_address(self) -> str:
        """In lower case, and of no other mailbox."""
        address = str(self.cleaned_data["address"]).strip().lower()
        if address_used(address, self.account):
            raise ValidationError(_("This mailbox is connected already."))
        return address

    def clean(self) -> dict[str, Any] | None:
        """Servers that can be used at all, and a secret where one is needed."""
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        self._check_secret(given)
        for kind, settings in (("imap", ImapSettings), ("smtp", SmtpSettings)):
            try:
                settings(
                    host=given[f"{kind}_host"], port=given[f"{kind}_port"], security=given[f"{kind}_security"],
                    user=given["user"], secret=given.get("password", ""),
                )  # fmt: skip
            except SettingsError as fault:
                self.add_error(*_fault(kind, fault.code))
        return given

    def servers(self) -> dict[str, Any]:
        """What is kept of the form but the secrets."""
        return {name: self.cleaned_data[name] for name in SERVER_FIELDS}

    def _check_secret(self, given: Mapping[str, Any]) -> None:
        account = self.account
        if given["auth"] != "password":
            if given["client_id"] and not given["client_secret"]:
                self.add_error("client_secret", _("The client ID needs its secret."))
            return
        if given["password"]:
            return
        if account is None or not account.secret:
            self.add_error("password", _("Enter the password of the mailbox."))
        elif any(given[name] != getattr(account, name) for name in _TOLD_TO):
            self.add_error("password", _("Server or user changed: enter the password again."))


class StartForm(forms.Form):
    """From which day mail is taken in."""

    since = forms.DateField(
        label=gettext_lazy("Take in mail from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Older mail is left alone. Nothing is marked as read, nothing old is acknowledged."),
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_since(self) -> date:
        """Not after today, and no more than three years back."""
        since: date = self.cleaned_data["since"]
        if not self.today - _OLDEST <= since <= self.today:
            raise ValidationError(_("A day within the last three years, today at the latest."))
        return since


def first_values(address: str, found: Guess) -> dict[str, Any]:
    """First values of `MailboxForm` from a guess."""
    return {
        "address": address, "auth": found.oauth if found.oauth == "microsoft" else "password", "folder": "INBOX",
        "user": address.partition("@")[0] if found.login == "local_part" else address,
        "imap_host": found.imap[0], "imap_port": found.imap[1], "imap_security": found.imap[2],
        "smtp_host": found.smtp[0], "smtp_port": found.smtp[1], "smtp_security": found.smtp[2],
    }  # fmt: skip


def _fault(kind: str, code: str) -> tuple[str, str]:
    if code == "unencrypted":
        return f"{kind}_security", _("Without encryption only a server on this machine may be used.")
    if code == "host_invalid":
        return f"{kind}_host", _("A server is a name such as imap.example.com.")
    return "user", _("Name and password must not hold line breaks.")
