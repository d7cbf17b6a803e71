"""Addresses of a conversation."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from zgoda_desk.console.case import change_views, guard_views, reply_urls, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("corrections.jsonl", change_views.corrections, name="corrections"),
    path("<int:pk>/", views.case, name="case"),
    path("<int:pk>/part/<slug:name>/", views.case_part, name="case_part"),
    path("<int:pk>/tag", change_views.tag, name="case_tag"),
    path("<int:pk>/close", change_views.close, name="case_close"),
    path("<int:pk>/reopen", change_views.reopen, name="case_reopen"),
    path("<int:pk>/not-spam", change_views.not_spam, name="case_not_spam"),
    path("<int:pk>/merge", change_views.merge_in, name="case_merge"),
    path("<int:pk>/hand-over", guard_views.hand_over, name="case_hand_over"),
    path("<int:pk>/help", guard_views.call_help, name="case_help"),
    path("<int:pk>/evidence", guard_views.evidence, name="case_evidence"),
    path("<int:pk>/spent", guard_views.spent, name="case_spent"),
    path("<int:pk>/after", guard_views.after, name="case_after"),
    path("message/<int:pk>/", views.case_message, name="case_message"),
    path("message/<int:pk>/correct", change_views.correct, name="case_correct"),
    path("message/<int:pk>/split", change_views.split, name="case_split"),
    path("message/<int:pk>/unmerge", change_views.unmerge, name="case_unmerge"),
    path("", include(reply_urls)),
]
