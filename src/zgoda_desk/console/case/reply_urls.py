"""Addresses of the reply."""

from __future__ import annotations

from django.urls import path

from zgoda_desk.console.case import reply_views, sending_views

urlpatterns = [
    path("<int:pk>/review", reply_views.review, name="case_review"),
    path("<int:pk>/ignore", reply_views.ignore, name="case_ignore"),
    path("<int:pk>/draft", reply_views.draft, name="case_draft"),
    path("<int:pk>/presence", reply_views.presence, name="case_presence"),
    path("<int:pk>/attach", reply_views.attach, name="case_attach"),
    path("<int:pk>/send", sending_views.send, name="case_send"),
    path("<int:pk>/acknowledge", sending_views.acknowledge, name="case_acknowledge"),
    path("message/<int:pk>/undo", sending_views.undo, name="case_undo"),
    path("message/<int:pk>/settle", sending_views.settle, name="case_settle"),
]
