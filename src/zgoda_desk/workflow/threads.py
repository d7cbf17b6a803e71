"""To which conversation a mail belongs: by a signed token and a known sender, by nothing else (T12)."""

from __future__ import annotations

from zgoda_desk.accounts.models import Inbox
from zgoda_desk.conversations.models import Conversation
from zgoda_desk.lib import tokens
from zgoda_desk.post.mail import ParsedMail


def joined(mail: ParsedMail, inbox: Inbox, address: str) -> Conversation | None:
    """The conversation whose token the mail carries and whose contact its sender is; None for a new one.

    A subject number, a References line without a signature, or a new sender with a true token join nothing: whoever
    learned a token must not speak for the customer. Nor does a mail of several senders: one of them may be anybody
    (T11).
    """
    if "several_senders" in mail.problems:
        return None
    for token in mail.reply_tokens:
        number = tokens.conversation_of(token)
        if number is None:
            continue
        found = Conversation.objects.select_related("contact", "inbox").filter(pk=number, inbox=inbox).first()
        while found is not None and found.merged_into is not None:
            found = found.merged_into
        if found is not None and _knows(found, address):
            return found
    return None


def _knows(conversation: Conversation, address: str) -> bool:
    """Whether an address is one of the contact's."""
    return bool(address) and conversation.contact.addresses.filter(kind="email", value=address.lower()).exists()
