"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    """Commitments of the desk."""

    name = "zgoda_desk.commitments"
    label = "commitments"
