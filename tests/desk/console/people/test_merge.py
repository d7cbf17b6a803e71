"""Two contacts become one person, and two again."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.desk.cast import NOW, Cast, make_conversation, raw_mail
from zgoda_desk.audit.models import Entry
from zgoda_desk.conversations.models import Contact, Conversation, Message
from zgoda_desk.lib import tokens
from zgoda_desk.post.actions import Incoming, store_raw
from zgoda_desk.post.models import RawMessage
from zgoda_desk.workflow.one_person import NotOnePerson, merge_contacts, unmerge_contacts
from zgoda_desk.workflow.receive import read_next


def _mail(cast: Cast, sender: str, more: str = "") -> Message:
    number = RawMessage.objects.count() + 500
    raw = raw_mail("Where is it?", sender=sender, message_id=f"<{number}@x.example>", more=more)
    store_raw(cast.inbox, cast.account, Incoming(f"m:{number}", raw, NOW, message_id=f"<{number}@x.example>"))
    read_next(NOW)
    message = Message.objects.order_by("-pk").first()
    assert message is not None
    return message


@pytest.fixture
def pair(cast: Cast) -> tuple[Contact, Contact]:
    return make_conversation(cast).contact, _mail(cast, "M. S. <ms@home.example>").conversation.contact


def test_merging_gives_everything_to_one_and_keeps_who_did_it(
    cast: Cast, clients: dict[str, Client], pair: tuple[Contact, Contact]
) -> None:
    one, other = pair
    assert clients["owner"].post(f"/people/{one.pk}/merge", {"other": other.pk}).status_code == 302
    assert Conversation.objects.filter(contact=one).count() == 2
    assert sorted(one.addresses.values_list("value", flat=True)) == ["marina@customer.example", "ms@home.example"]
    entry = Entry.objects.get(kind="contact.merged")
    assert (entry.actor, entry.object_id, entry.data["other"]) == (cast.owner.pk, str(one.pk), other.pk)
    assert clients["owner"].get(f"/people/{other.pk}/").status_code == 404


def test_after_a_merge_either_address_may_answer_in_a_conversation(cast: Cast, pair: tuple[Contact, Contact]) -> None:
    one, other = pair
    conversation = one.conversations.get()
    token = f"In-Reply-To: <z.{tokens.reply_token(conversation.pk)}.abc@polana.example>\n"
    assert _mail(cast, "M. S. <ms@home.example>", token).conversation != conversation
    merge_contacts(cast.owner, one.pk, other.pk, NOW)
    assert _mail(cast, "M. S. <ms@home.example>", token).conversation == conversation


def test_unmerging_puts_all_back_with_what_came_from_his_addresses_since(
    cast: Cast, clients: dict[str, Client], pair: tuple[Contact, Contact]
) -> None:
    one, other = pair
    before = other.conversations.get()
    merge_contacts(cast.owner, one.pk, other.pk, NOW)
    since = _mail(cast, "M. S. <ms@home.example>").conversation
    mine = _mail(cast, "Marina Sokolova <marina@customer.example>").conversation
    assert clients["teammate"].post(f"/people/{one.pk}/unmerge", {"other": other.pk}).status_code == 302
    assert set(other.conversations.all()) == {before, since}
    assert mine in one.conversations.all()
    assert [address.value for address in other.addresses.all()] == ["ms@home.example"]
    assert Entry.objects.filter(kind="contact.unmerged").count() == 1


def test_what_was_missing_is_taken_from_the_other_and_given_back(cast: Cast, pair: tuple[Contact, Contact]) -> None:
    one, other = pair
    Contact.objects.filter(pk=other.pk).update(form="Marina Pawłowna", note="Calls at 9.")
    Contact.objects.filter(pk=one.pk).update(note="Writes late.")
    merge_contacts(cast.owner, one.pk, other.pk, NOW)
    one.refresh_from_db()
    assert (one.form, one.note) == ("Marina Pawłowna", "Writes late.\n\nCalls at 9.")
    unmerge_contacts(cast.owner, one.pk, other.pk, NOW)
    one.refresh_from_db()
    assert (one.form, one.note) == ("", "Writes late.")


def test_what_a_person_changed_after_a_merge_stays_when_it_is_undone(cast: Cast, pair: tuple[Contact, Contact]) -> None:
    one, other = pair
    Contact.objects.filter(pk=other.pk).update(form="Marina Pawłowna", note="Calls at 9.")
    merge_contacts(cast.owner, one.pk, other.pk, NOW)
    Contact.objects.filter(pk=one.pk).update(form="Marina", note="Calls at 9. Never before.")
    unmerge_contacts(cast.owner, one.pk, other.pk, NOW)
    one.refresh_from_db()
    assert (one.form, one.note) == ("Marina", "Calls at 9. Never before.")


def test_a_contact_is_not_merged_with_itself_nor_twice(cast: Cast, pair: tuple[Contact, Contact]) -> None:
    one, other = pair
    with pytest.raises(NotOnePerson):
        merge_contacts(cast.owner, one.pk, one.pk, NOW)
    merge_contacts(cast.owner, one.pk, other.pk, NOW)
    with pytest.raises(NotOnePerson):
        merge_contacts(cast.owner, one.pk, other.pk, NOW)
    assert unmerge_contacts(cast.owner, one.pk, other.pk, NOW) == other
    assert unmerge_contacts(cast.owner, one.pk, other.pk, NOW) is None


def test_a_contact_that_somebody_may_not_see_cannot_be_merged_by_him(
    cast: Cast, clients: dict[str, Client], pair: tuple[Contact, Contact]
) -> None:
    one, other = pair
    Conversation.objects.filter(contact=other).update(inbox=cast.other_inbox)
    assert clients["owner"].post(f"/people/{one.pk}/merge", {"other": other.pk}).status_code == 404
    assert clients["owner"].post(f"/people/{one.pk}/merge", {"other": "x"}).status_code == 404
    other.refresh_from_db()
    assert other.merged_into is None
    assert "ms@home.example" not in clients["owner"].get(f"/people/{one.pk}/?find=ms@home").content.decode()


def test_the_other_contact_is_found_by_its_address(clients: dict[str, Client], pair: tuple[Contact, Contact]) -> None:
    one, other = pair
    page = clients["owner"].get(f"/people/{one.pk}/?find=MS@home").content.decode()
    assert f'value="{other.pk}"' in page
