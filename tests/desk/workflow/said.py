"""Small doings of the tests of what happens in a conversation."""

from __future__ import annotations

from datetime import timedelta

from tests.desk.cast import NOW, Cast
from zgoda_desk.conversations.models import Conversation, Message
from zgoda_desk.post.actions import Incoming, store_raw
from zgoda_desk.post.models import RawMessage
from zgoda_desk.workflow.receive import read_next


def customer_writes(
    cast: Cast, text: str, conversation: Conversation | None = None, *, minutes: int = 0, spam: bool = False
) -> Message:
    """A mail of the same customer by the real path; into `conversation` where it is named, else into a new one."""
    from tests.desk.cast import raw_mail
    from zgoda_desk.lib import tokens

    number = RawMessage.objects.count() + 100
    more = f"In-Reply-To: <z.{tokens.reply_token(conversation.pk)}.abc@polana.example>\n" if conversation else ""
    identity = f"<{number}@customer.example>"
    raw = raw_mail(text, to=cast.account.address, message_id=identity, more=more)
    at = NOW + timedelta(minutes=minutes)
    assert store_raw(cast.inbox, cast.account, Incoming(f"uid:{number}", raw, at, message_id=identity, in_spam=spam))
    assert read_next(at)
    message = Message.objects.filter(kind="customer").order_by("-id").first()
    assert message is not None
    return message
