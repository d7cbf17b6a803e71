"""Addresses of the promise page."""

from __future__ import annotations

from django.urls import URLPattern, path

from zgoda_desk.portal import views

urlpatterns: list[URLPattern] = [
    path("<str:token>", views.page, name="portal"),
    path("<str:token>/fix", views.fix, name="portal_fix"),
    path("<str:token>/time", views.other_time, name="portal_time"),
    path("<str:token>/writing", views.only_writing, name="portal_writing"),
]
