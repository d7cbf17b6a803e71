"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    """Protection of the desk."""

    name = "zgoda_desk.protection"
    label = "protection"
