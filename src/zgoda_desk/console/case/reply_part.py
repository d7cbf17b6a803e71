"""What the reply editor of a conversation's page starts with: the drafts, where it posts, what its button says."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zgoda.values.labels import RUNGS
from zgoda_desk.console import times
from zgoda_desk.console.case.gathered import Gathered
from zgoda_desk.conversations.models import Conversation, Draft
from zgoda_desk.conversations.shown.words import title
from zgoda_desk.post import actions as post


def reply_of(found: Gathered) -> dict[str, Any]:
    """The mapping that `zgoda/parts/reply.html` documents, for whoever looks."""
    conversation, person = found.conversation, found.person
    held = {one.kind: one for one in Draft.objects.filter(conversation=conversation, person=person)}
    reply, note = held.get("reply"), held.get("note")
    rung = _rung(conversation)
    return {
        "conversation": conversation.pk,
        "person": person.pk,
        "send_url": reverse("case_send", args=[conversation.pk]),
        "review_url": reverse("case_review", args=[conversation.pk]),
        "ignore_url": reverse("case_ignore", args=[conversation.pk]),
        "draft_url": reverse("case_draft", args=[conversation.pk]),
        "presence_url": reverse("case_presence", args=[conversation.pk]),
        "rule_url": "",
        "key": post.new_key(),
        "draft_key": f"{person.pk}:{conversation.pk}",
        "seen": conversation.revision,
        "kind": "reply",
        "text": reply.text if reply else "",
        "note_text": note.text if note else "",
        "version_reply": reply.version if reply else 0,
        "version_note": note.version if note else 0,
        "kept_text": _kept(found, reply),
        "language": conversation.language if conversation.language in ("ru", "pl", "en") else "en",
        "channel_label": _label(conversation),
        "send_label": _("Send and take rung %(n)d") % {"n": RUNGS.index(rung)} if rung else _("Send"),
        "rung": rung,
        "failed_text": "",
        "error_text": "",
        "attach": False,
    }


def _rung(conversation: Conversation) -> str:
    """The rung that a reply would take now; none where safety or calm words closed the ladder."""
    return conversation.ladder if conversation.ladder in RUNGS[1:] else ""


def _kept(found: Gathered, draft: Draft | None) -> str:
    if draft is None:
        return ""
    at = draft.kept_at.astimezone(times.zone_of(found.company))
    return _("Draft kept %(time)s") % {"time": times.clock_time(at)}


def _label(conversation: Conversation) -> str:
    said = {"channel": str(title("channel", conversation.channel)).lower(), "language": conversation.language}
    return _("Reply by %(channel)s, %(language)s") % said
