"""Addresses of the settings."""

from __future__ import annotations

from django.urls import URLPattern, path

from zgoda_desk.console.settings import (
    consent,
    content,
    house,
    inboxes,
    law,
    leaving,
    mailboxes,
    me,
    people,
    start,
    teams,
)

urlpatterns: list[URLPattern] = [
    path("", start.start, name="settings_start"),
    path("me/", me.me, name="settings_me"),
    path("me/sessions", me.end_sessions, name="settings_sessions"),
    path("people/", people.people, name="settings_people"),
    path("people/<int:pk>/", people.person, name="settings_person"),
    path("people/<int:pk>/link", people.reset_link, name="settings_reset_link"),
    path("people/<int:pk>/factor", people.drop_factor, name="settings_drop_factor"),
    path("people/<int:pk>/leave", leaving.leave, name="settings_leave"),
    path("people/<int:pk>/return", leaving.let_in, name="settings_let_in"),
    path("invitations/<int:pk>/take-back", people.take_back, name="settings_take_back"),
    path("teams/", teams.teams, name="settings_teams"),
    path("teams/<int:pk>/", teams.team, name="settings_team"),
    path("inboxes/", inboxes.inboxes, name="settings_inboxes"),
    path("inboxes/<int:pk>/", inboxes.inbox, name="settings_inbox"),
    path("inboxes/<int:pk>/mailbox", mailboxes.new, name="settings_mailbox_new"),
    path("mailboxes/<int:pk>/", mailboxes.mailbox, name="settings_mailbox"),
    path("mailboxes/<int:pk>/test", mailboxes.test, name="settings_mailbox_test"),
    path("mailboxes/<int:pk>/start", mailboxes.start, name="settings_mailbox_start"),
    path("mailboxes/<int:pk>/pause", mailboxes.pause, name="settings_mailbox_pause"),
    path("mailboxes/<int:pk>/consent", consent.ask, name="settings_consent"),
    path("consent/back", consent.back, name="settings_consent_back"),
    path("company/", house.house, name="settings_company"),
    path("law/", law.law, name="settings_law"),
    path("content/", content.content, name="settings_content"),
    path("content/rule/", content.rule, name="settings_rule_new"),
    path("content/rule/<slug:identity>/", content.rule, name="settings_rule"),
    path("content/phrase/", content.phrase, name="settings_phrase_new"),
    path("content/phrase/<slug:identity>/", content.phrase, name="settings_phrase"),
    path("content/<slug:identity>/drop", content.drop, name="settings_content_drop"),
]
