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
from zgoda_desk.post.models import Attachment


def reply_of(found: Gathered) -> dict[str, Any]:
    """The mapping that `zgoda/parts/reply.html` documents, for whoever looks."""
    conversation, person = found.conversation, found.person
    held = {one.kind: one for one in Draft.objects.filter(conversation=conversation, person=person)}
    reply, note = held.get("reply"), held.get("note")
    return {
        "conversation": conversation.pk,
        "person": person.pk,
        "send_url": reverse("case_send", args=[conversation.pk]),
        "review_url": reverse("case_review", args=[conversation.pk]),
        "ignore_url": reverse("case_ignore", args=[conversation.pk]),
        "draft_url": reverse("case_draft", args=[conversation.pk]),
        "presence_url": reverse("case_presence", args=[conversation.pk]),
        "attach_url": reverse("case_attach", args=[conversation.pk]),
        "acknowledge_url": reverse("case_acknowledge", args=[conversation.pk]),
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
        "send_label": _("Send"),
        "rungs": _rungs(found),
        "can_acknowledge": _can_acknowledge(conversation),
        "files": list(Attachment.objects.filter(draft=reply.pk).defer("body")) if reply else [],
        "failed_text": "",
        "error_text": "",
        "attach": True,
    }


def _rungs(found: Gathered) -> list[tuple[str, str]]:
    """The rungs that can be chosen, where the ladder is in play; closed ones are named so."""
    conversation = found.conversation
    if conversation.safety == "self_harm" or (conversation.ladder not in RUNGS[1:] and not found.rungs):
        return []
    return [(name, _rung_words(number, name, conversation.ladder)) for number, name in enumerate(RUNGS) if number]


def _rung_words(number: int, name: str, ladder: str) -> str:
    words = _("%(n)d, %(name)s") if name == ladder else _("%(n)d, %(name)s (closed)")
    return words % {"n": number, "name": title("ladder", name)}


def _can_acknowledge(conversation: Conversation) -> bool:
    """Whether the customer has not yet heard that his message arrived."""
    return conversation.acknowledged_at is None and conversation.waiting_since is not None and not conversation.spam


def _kept(found: Gathered, draft: Draft | None) -> str:
    if draft is None or not draft.text:
        return ""
    at = draft.kept_at.astimezone(times.zone_of(found.company))
    return _("Draft kept %(time)s") % {"time": times.clock_time(at)}


def _label(conversation: Conversation) -> str:
    said = {"channel": str(title("channel", conversation.channel)).lower(), "language": conversation.language}
    return _("Reply by %(channel)s, %(language)s") % said
