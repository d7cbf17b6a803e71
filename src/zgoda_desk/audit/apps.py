"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Audit of the desk."""

    name = "zgoda_desk.audit"
    label = "audit"
