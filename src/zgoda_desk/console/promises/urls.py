"""Addresses of this part."""

from __future__ import annotations

from django.urls import URLPattern, path

from zgoda_desk.console.promises import deeds, views

urlpatterns: list[URLPattern] = [
    path("", views.promises, name="promises"),
    path("list", views.list_part, name="promises_list"),
    path("days", views.days, name="promises_days"),
    path("undo", deeds.undo, name="promise_undo"),
    path("feed", deeds.own_feed, name="promise_feed"),
    path("feed/<str:key>.ics", views.calendar, name="promise_calendar"),
    path("terms/<int:pk>/end", deeds.end_term, name="term_end"),
    path("<int:pk>/", views.promise, name="promise"),
    path("<int:pk>/keep", deeds.keep, name="promise_keep"),
    path("<int:pk>/withdraw", deeds.withdraw, name="promise_withdraw"),
    path("<int:pk>/reopen", deeds.reopen, name="promise_reopen"),
    path("<int:pk>/give", deeds.give, name="promise_give"),
    path("<int:pk>/change", deeds.change, name="promise_change"),
]
