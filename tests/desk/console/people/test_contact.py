"""The page of a contact: who sees it, what changes, what is kept of it."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.desk.cast import NOW, Cast, make_conversation
from tests.desk.workflow.said import customer_writes
from zgoda_desk.audit.models import Entry
from zgoda_desk.commitments.models import Promise
from zgoda_desk.conversations.models import Contact, ContactAddress, Conversation, LiveEvent

CARD = {"name": "Marina Sokolova", "form": "", "gender": "", "language": "en", "note": ""}


@pytest.fixture
def contact(cast: Cast) -> Contact:
    return make_conversation(cast).contact


def _page(client: Client, contact: Contact, query: str = "") -> str:
    response = client.get(f"/people/{contact.pk}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def _save(client: Client, contact: Contact, **card: str) -> int:
    return client.post(f"/people/{contact.pk}/", CARD | card).status_code


def test_a_contact_is_seen_by_those_who_see_a_conversation_of_his(clients: dict[str, Client], contact: Contact) -> None:
    statuses = {role: client.get(f"/people/{contact.pk}/").status_code for role, client in clients.items()}
    assert statuses == {
        "owner": 200, "teammate": 200, "lead": 200, "head": 200, "stranger": 404, "strange_lead": 404, "nobody": 302,
    }  # fmt: skip


def test_the_page_lists_what_was_written_and_promised(cast: Cast, clients: dict[str, Client], contact: Contact) -> None:
    conversation = Conversation.objects.get()
    Promise.objects.create(
        conversation=conversation, what="A call about the order", due_at=NOW, made_at=NOW, owner=cast.owner,
        zone="Europe/Warsaw",
    )  # fmt: skip
    page = _page(clients["owner"], contact)
    assert "A call about the order" in page
    assert f'href="/c/{conversation.pk}/"' in page
    assert "marina@customer.example" in page


def test_the_conversations_of_another_inbox_are_not_listed(
    cast: Cast, clients: dict[str, Client], contact: Contact
) -> None:
    other = make_conversation(cast, "I want my money back.", inbox=cast.other_inbox)
    assert other.contact == contact
    assert f'href="/c/{other.pk}/"' not in _page(clients["owner"], contact)
    assert f'href="/c/{other.pk}/"' in _page(clients["head"], contact)


def test_what_is_decided_is_kept_and_the_audit_names_the_fields_without_words(
    clients: dict[str, Client], contact: Contact
) -> None:
    assert (
        _save(clients["owner"], contact, form="Марина Сергеевна", gender="f", language="ru", note="Calls at 9.") == 302
    )
    contact.refresh_from_db()
    assert (contact.form, contact.gender, contact.language, contact.note) == (
        "Марина Сергеевна",
        "f",
        "ru",
        "Calls at 9.",
    )
    entry = Entry.objects.get(kind="contact.changed")
    assert entry.data["fields"] == ["form", "gender", "language", "note"]
    assert "Марина" not in str(entry.data)
    assert "Calls" not in str(entry.data)


def test_the_page_shows_the_form_of_address_that_phrases_use(clients: dict[str, Client], contact: Contact) -> None:
    _save(clients["owner"], contact, form="Марина Сергеевна", language="ru")
    assert "Марина Сергеевна, здравствуйте!" in _page(clients["owner"], contact)
    _save(clients["owner"], contact, form="Krzysztof Nowak", language="pl")
    assert "Dzień dobry" in _page(clients["owner"], contact)


def test_a_gender_that_is_no_gender_is_refused_and_nothing_changes(
    clients: dict[str, Client], contact: Contact
) -> None:
    assert _save(clients["owner"], contact, gender="x", name="Other") == 422
    contact.refresh_from_db()
    assert contact.name == "Marina Sokolova"


def test_a_label_on_a_person_in_the_note_is_pointed_out_and_the_note_is_kept(
    clients: dict[str, Client], contact: Contact
) -> None:
    assert _save(clients["owner"], contact, note="She is a hysterical idiot, a typical complainer.") == 302
    page = _page(clients["owner"], contact)
    assert "rather than the matter" in page
    contact.refresh_from_db()
    assert "complainer" in contact.note


def test_a_new_name_is_found_by_the_search(clients: dict[str, Client], contact: Contact) -> None:
    _save(clients["owner"], contact, name="Quirina Bakk")
    assert "Quirina" in clients["owner"].get("/?q=quirina").content.decode()


def test_open_pages_hear_of_a_change_without_its_words(clients: dict[str, Client], contact: Contact) -> None:
    LiveEvent.objects.all().delete()
    _save(clients["owner"], contact, name="Quirina Bakk")
    event = LiveEvent.objects.get()
    assert event.kind == "conversation"
    assert "Quirina" not in str(event.data)


def test_mail_from_an_added_address_joins_the_same_contact(clients: dict[str, Client], contact: Contact) -> None:
    response = clients["owner"].post(f"/people/{contact.pk}/address", {"address": "Second@Customer.example"})
    assert response.status_code == 302
    assert list(contact.addresses.values_list("value", flat=True)) == [
        "marina@customer.example",
        "second@customer.example",
    ]


@pytest.mark.parametrize(
    ("address", "words"),
    [("help@polana.example", "desk itself"), ("marina@customer.example", "there already"), ("no address", "valid")],
)
def test_an_address_that_cannot_be_his_is_refused_with_the_reason(
    clients: dict[str, Client], contact: Contact, address: str, words: str
) -> None:
    response = clients["owner"].post(f"/people/{contact.pk}/address", {"address": address})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert contact.addresses.count() == 1


def test_the_address_of_another_contact_is_not_taken_over(clients: dict[str, Client], contact: Contact) -> None:
    other = Contact.objects.create(name="Other", made_at=NOW)
    ContactAddress.objects.create(contact=other, value="other@customer.example")
    response = clients["owner"].post(f"/people/{contact.pk}/address", {"address": "OTHER@customer.example"})
    assert response.status_code == 422
    assert other.addresses.count() == 1


def test_an_address_is_taken_off_but_never_the_last_one(clients: dict[str, Client], contact: Contact) -> None:
    added = ContactAddress.objects.create(contact=contact, value="second@customer.example")
    clients["owner"].post(f"/people/{contact.pk}/address", {"remove": added.pk})
    assert contact.addresses.count() == 1
    clients["owner"].post(f"/people/{contact.pk}/address", {"remove": contact.addresses.get().pk})
    assert contact.addresses.count() == 1


def test_the_page_asks_the_database_as_often_for_many_conversations_as_for_few(
    cast: Cast, clients: dict[str, Client], contact: Contact
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        _page(clients["owner"], contact)
    for _ in range(6):
        customer_writes(cast, "Where is my order 48-20517?")
    with CaptureQueriesContext(connection) as many:
        _page(clients["owner"], contact)
    assert len(many) <= len(few)
