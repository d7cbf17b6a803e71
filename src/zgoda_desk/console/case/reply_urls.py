"""Addresses of the reply."""

from __future__ import annotations

from django.urls import path

from zgoda_desk.console.case import reply_views

urlpatterns = [
    path("<int:pk>/review", reply_views.review, name="case_review"),
    path("<int:pk>/ignore", reply_views.ignore, name="case_ignore"),
    path("<int:pk>/draft", reply_views.draft, name="case_draft"),
    path("<int:pk>/presence", reply_views.presence, name="case_presence"),
    path("<int:pk>/send", reply_views.send, name="case_send"),
    path("message/<int:pk>/undo", reply_views.undo, name="case_undo"),
    path("message/<int:pk>/settle", reply_views.settle, name="case_settle"),
]
