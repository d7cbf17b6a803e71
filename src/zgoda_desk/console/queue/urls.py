"""Addresses of the queue."""

from __future__ import annotations

from django.urls import path

from zgoda_desk.console.queue import doing, views

urlpatterns = [
    path("", views.queue, name="queue"),
    path("queue/list", views.list_part, name="queue_list"),
    path("queue/side", views.side_part, name="queue_side"),
    path("queue/do", doing.do, name="queue_do"),
    path("queue/undo", doing.undo, name="queue_undo"),
]
