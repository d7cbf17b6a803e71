"""The forms of the door: log-in, changed password; what is too long for a password is refused unread (T29)."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.core.validators import BaseValidator
from django.utils.translation import gettext_lazy as _

LONGEST = 256


class NotTooLong(BaseValidator):
    """Says no to more than `limit_value` characters, in the words a wrong password gets."""

    message = _("The address or the password is not right.")
    code = "email_password_mismatch"

    def compare(self, a: int, b: int) -> bool:
        """Whether `a` characters are more than `b`."""
        return a > b

    def clean(self, x: str) -> int:
        """The length that is compared."""
        return len(x)


def _dress(field: forms.Field, label: Any, message: Any = None) -> None:
    field.label, field.help_text = label, ""
    field.widget.attrs.pop("placeholder", None)
    if isinstance(field.widget, forms.PasswordInput):
        field.validators.append(NotTooLong(LONGEST, message))


def _dress_code(field: forms.Field, label: Any) -> None:
    _dress(field, label)
    field.widget.attrs.update(autofocus=True, inputmode="text", maxlength="20", autocapitalize="off")


class LoginForm(allauth_forms.LoginForm):  # type: ignore[misc]
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self.fields["login"], _("E-mail address"))
        _dress(self.fields["password"], _("Password"))
        self.fields["login"].widget.attrs.update(autofocus=True, autocomplete="username")
        self.fields["remember"].label = _("Stay logged in on this device")

    def clean(self) -> Any:
        """One message for all that is wrong, so that nobody learns which addresses are known."""
        if self.errors and all(self.data.get(name) for name in ("login", "password")):
            self.errors.clear()
            raise ValidationError(NotTooLong.message, code=NotTooLong.code)
        return super().clean()


class ReauthenticateForm(allauth_forms.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self.fields["password"], _("Password"), _("The password is not right."))
        self.fields["password"].widget.attrs["autofocus"] = True


class CodeForm(mfa_forms.AuthenticateForm):  # type: ignore[misc]
    """The code of the second factor at log-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress_code(self.fields["code"], _("Code"))


class CodeAgainForm(mfa_forms.ReauthenticateForm):  # type: ignore[misc]
    """The code once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress_code(self.fields["code"], _("Code"))


class FirstCodeForm(totp_forms.ActivateTOTPForm):  # type: ignore[misc]
    """The first code that an app shows, which proves that it has the key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress_code(self.fields["code"], _("Six digits from the app"))


class ChangePasswordForm(allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    """The old password and a new one, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        too_long = _("A password has at most 256 characters.")
        _dress(self.fields["oldpassword"], _("Present password"), _("The present password is not right."))
        _dress(self.fields["password1"], _("New password"), too_long)
        _dress(self.fields["password2"], _("New password again"), too_long)
        self.fields["password1"].help_text = " ".join(password_validators_help_texts())
