"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """Console of the desk."""

    name = "zgoda_desk.console"
    label = "console"
