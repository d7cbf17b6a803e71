"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Demo of the desk."""

    name = "zgoda_desk.demo"
    label = "demo"
