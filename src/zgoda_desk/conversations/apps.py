"""The app."""

from __future__ import annotations

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """Conversations of the desk."""

    name = "zgoda_desk.conversations"
    label = "conversations"
