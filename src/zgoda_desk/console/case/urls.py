"""Addresses of a conversation."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from zgoda_desk.console.case import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("<int:pk>/", views.case, name="case"),
    path("<int:pk>/part/<slug:name>/", views.case_part, name="case_part"),
]
