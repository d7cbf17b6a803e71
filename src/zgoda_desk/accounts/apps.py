"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts of the desk."""

    name = "zgoda_desk.accounts"
    label = "accounts"
