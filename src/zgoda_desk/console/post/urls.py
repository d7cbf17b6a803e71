"""Addresses of the post: what could not be read, the outbox, files, the pages of mails."""

from __future__ import annotations

from django.urls import URLPattern, path

from zgoda_desk.console.post import files, outbox, unread

urlpatterns: list[URLPattern] = [
    path("unread/", unread.unread, name="unread"),
    path("unread/<int:pk>/", unread.raw, name="raw"),
    path("unread/<int:pk>/download", unread.download, name="raw_download"),
    path("unread/<int:pk>/do", unread.do, name="raw_do"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:pk>/settle", outbox.settle, name="outbox_settle"),
    path("file/<str:key>", files.file, name="file"),
    path("html/<int:pk>", files.html_part, name="html_part"),
    path("picture/<str:token>", files.picture, name="picture"),
]
