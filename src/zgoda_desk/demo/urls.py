"""Addresses of the demo: those of the desk, a door without passwords, and the hints."""

from __future__ import annotations

from django.urls import include, path

from zgoda_desk.demo import door, hint_views
from zgoda_desk.urls import handler400, handler404, handler500

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("demo/", door.door, name="demo_door"),
    path("demo/in", door.come_in, name="demo_in"),
    path("demo/hint", hint_views.hint, name="demo_hint"),
    path("demo/hint/do", hint_views.do, name="demo_hint_do"),
    path("demo/hint/page", hint_views.promise_page, name="demo_hint_page"),
    path("", include("zgoda_desk.urls")),
]
