"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class PostConfig(AppConfig):
    """Post of the desk."""

    name = "zgoda_desk.post"
    label = "post"
