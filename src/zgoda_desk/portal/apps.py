"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Portal of the desk."""

    name = "zgoda_desk.portal"
    label = "portal"
