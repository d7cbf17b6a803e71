"""Addresses of the queue."""

from __future__ import annotations

from django.urls import path

from zgoda_desk.console.queue import views

urlpatterns = [
    path("", views.queue, name="queue"),
]
