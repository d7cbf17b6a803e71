"""Addresses of the pages of those who answer."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("zgoda_desk.console.queue.urls")),
    path("c/", include("zgoda_desk.console.case.urls")),
    path("people/", include("zgoda_desk.console.people.urls")),
    path("promises/", include("zgoda_desk.console.promises.urls")),
    path("post/", include("zgoda_desk.console.post.urls")),
    path("settings/", include("zgoda_desk.console.settings.urls")),
]
