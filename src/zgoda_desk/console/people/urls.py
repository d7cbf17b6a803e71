"""Addresses of a contact."""

from __future__ import annotations

from django.urls import URLPattern, path

from zgoda_desk.console.people import views

urlpatterns: list[URLPattern] = [
    path("<int:pk>/", views.contact, name="contact"),
    path("<int:pk>/address", views.address, name="contact_address"),
    path("<int:pk>/merge", views.merge, name="contact_merge"),
    path("<int:pk>/unmerge", views.unmerge, name="contact_unmerge"),
]
