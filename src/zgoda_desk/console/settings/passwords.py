"""Choosing a password: two fields that must agree, the rules of the desk, and a length nobody exceeds (T29)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from zgoda_desk.accounts.models import Person
from zgoda_desk.console.login_forms import LONGEST


def _rules() -> str:
    return " ".join(password_validators_help_texts())


class PasswordForm(forms.Form):
    """A new password, twice; `person` is whom it must not resemble."""

    password = forms.CharField(
        label=_("Password"), strip=False, max_length=LONGEST, help_text=lazy(_rules, str)(),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    again = forms.CharField(
        label=_("Password again"), strip=False, max_length=LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        """The password, if the rules let it pass."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any] | None:
        """Both must be the same."""
        given = super().clean() or self.cleaned_data
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", ValidationError(_("The two passwords are not the same.")))
        return given
