from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests.desk.cast import NOW, Cast, make_conversation
from zgoda_desk.commitments.actions import make_promise
from zgoda_desk.conversations.models import Contact, Conversation, Message, Tag
from zgoda_desk.lib import clock
from zgoda_desk.protection.models import Exposure
from zgoda_desk.workflow.standing import refresh

ANGRY = "Third time I write! Where is my order 48-20517? Give me my money back, this is outrageous!"
THREAT = "I will come to your office and kill you all. Where is my order 48-20999?"
VILE = "You are an idiot and a moron. Where is order 48-1?"


@pytest.fixture(autouse=True)
def at_ten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=5))


def _page(client: Client, query: str = "", path: str = "/") -> str:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def _named(cast: Cast, name: str, text: str) -> Conversation:
    conversation = make_conversation(cast, text)
    conversation.contact = Contact.objects.create(name=name, made_at=NOW)
    refresh(conversation, NOW)
    return conversation


@pytest.mark.parametrize("path", ["/", "/queue/list"])
def test_rows_are_seen_by_whoever_may_work_there_and_by_nobody_else(
    cast: Cast, clients: dict[str, Client], path: str
) -> None:
    make_conversation(cast, ANGRY)
    seen = {role: "Marina Sokolova" in _page(clients[role], path=path) for role in clients if role != "nobody"}
    assert seen == {
        "owner": True, "teammate": True, "lead": True, "head": True, "stranger": False, "strange_lead": False,
    }  # fmt: skip
    assert clients["nobody"].get(path).status_code == 302


def test_no_count_tells_a_stranger_that_there_is_something(cast: Cast, clients: dict[str, Client]) -> None:
    make_conversation(cast, ANGRY)
    assert 'data-burning="1"' in _page(clients["owner"], path="/queue/side")
    assert 'data-burning="0"' in _page(clients["stranger"], path="/queue/side")
    assert "English" not in _page(clients["stranger"], path="/queue/side")


def test_a_threat_stands_above_every_clock_and_says_why(cast: Cast, clients: dict[str, Client]) -> None:
    _named(cast, "Anna Late", ANGRY)
    _named(cast, "Bob Black", THREAT)
    html = _page(clients["owner"])
    assert html.index("Safety first") < html.index("Bob Black") < html.index("Anna Late")
    assert "First because a person is threatened" in html


def test_no_insult_and_no_threat_stands_in_the_list(cast: Cast, clients: dict[str, Client]) -> None:
    _named(cast, "Anna", VILE)
    _named(cast, "Bob", THREAT)
    html = _page(clients["owner"], path="/queue/list")
    assert "idiot" not in html
    assert "kill" not in html
    assert 'class="mask" role="img" aria-label="masked insult"' in html


def test_what_a_customer_calls_himself_is_text_and_no_page(cast: Cast, clients: dict[str, Client]) -> None:
    _named(cast, "<script>alert(1)</script>", "<img src=x onerror=alert(1)> where is my order?")
    html = _page(clients["owner"], path="/queue/list") + _page(clients["owner"], "q=<script>alert(2)</script>")
    assert "<script>alert" not in html
    assert "<img" not in html


def test_a_promise_that_is_late_says_so_in_hours(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast, ANGRY)
    make_promise(
        conversation, None, what="a call", words="", channel="phone", person=cast.owner,
        due_at=NOW - timedelta(hours=21), whole_day=False, zone="Europe/Warsaw", remind_minutes=30,
        now=NOW - timedelta(days=2),
    )  # fmt: skip
    refresh(conversation, NOW)
    html = _page(clients["owner"])
    assert "Call, 21 h late" in html
    assert "promised Wed 14:00" in html
    assert "1 promise overdue" in html
    assert "Marina" in _page(clients["owner"], "view=promises", "/queue/list")


def test_views_hold_what_their_names_say(cast: Cast, clients: dict[str, Client]) -> None:
    angry, vile = _named(cast, "Anna", ANGRY), _named(cast, "Bob", VILE)
    Conversation.objects.filter(pk=angry.pk).update(assignee=cast.owner)
    Conversation.objects.filter(pk=vile.pk).update(status="waiting", next_due=None)

    def names(view: str, role: str = "owner") -> list[str]:
        html = _page(clients[role], f"view={view}", "/queue/list")
        return [name for name in ("Anna", "Bob") if f">{name}</a>" in html]

    assert names("mine") == ["Anna"]
    assert names("mine", "teammate") == []
    assert names("acknowledge") == ["Anna", "Bob"]
    assert names("ladder") == ["Bob"]
    assert names("waiting") == ["Bob"]
    assert names("agreed") == names("promises") == names("statute") == names("snoozed") == names("spam") == []
    assert names("burns") == ["Anna"]
    assert names("no such view") == names("burns")


def test_filters_narrow_by_channel_language_inbox_and_tag(cast: Cast, clients: dict[str, Client]) -> None:
    _named(cast, "Anna", ANGRY)
    polish = _named(cast, "Piotr", "Pralka cieknie po waszej naprawie, a technik drugi raz nie przyjechał.")
    polish.tags.add(Tag.objects.create(name="serwis"))
    tag = Tag.objects.get().pk

    def names(query: str) -> list[str]:
        html = _page(clients["head"], query, "/queue/list")
        return [name for name in ("Anna", "Piotr") if f">{name}</a>" in html]

    assert names("language=pl") == ["Piotr"]
    assert names("language=en&channel=email") == ["Anna"]
    assert names("channel=phone") == []
    assert names(f"tag={tag}") == ["Piotr"]
    assert names(f"inbox={cast.other_inbox.pk}") == []
    assert names(f"inbox={cast.inbox.pk}&channel=nothing&language=xx&tag=x") == ["Anna", "Piotr"]
    side = _page(clients["head"], path="/queue/side")
    assert "Polski <span>1</span>" in side
    assert "serwis <span>1</span>" in side
    assert "Accounts" not in side  # an inbox with nothing in it


@pytest.mark.parametrize(
    "query", ["after=x", "after=1.2.3", "tag=999999999999999999999", "inbox=-1", "view=%00", "q=%00%FF", "q='", "tag=é"]
)
def test_nothing_that_is_asked_for_breaks_the_page(cast: Cast, clients: dict[str, Client], query: str) -> None:
    make_conversation(cast, ANGRY)
    for path in ("/", "/queue/list", "/queue/side"):
        _page(clients["owner"], query, path)


def test_search_finds_words_names_addresses_numbers_and_tags_in_ones_own_inboxes_alone(
    cast: Cast, clients: dict[str, Client]
) -> None:
    conversation = _named(cast, "Krzysztof Zieliński", "Zamówienie 48-20517, pralka cieknie. Ёлка")
    conversation.messages.create(kind=Message.Kind.NOTE, at=NOW, text="he prefers mornings", person=cast.owner)
    conversation.tags.add(Tag.objects.create(name="serwis"))
    refresh(conversation, NOW)
    for words in (
        "pralka",
        "zielinski",
        "marina@customer.example",
        "48-20517",
        "serwis",
        "елка",
        "mornings",
        "pral ziel",
    ):
        assert "Zieli" in _page(clients["owner"], f"q={words}", "/queue/list"), words
        assert "Zieli" not in _page(clients["stranger"], f"q={words}", "/queue/list"), words
    assert "Nothing found" in _page(clients["owner"], "q=lodówka", "/queue/list")


def test_a_closed_conversation_is_found_and_does_not_burn(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast, "Where is my parcel?")
    Conversation.objects.filter(pk=conversation.pk).update(status="closed", next_due=None)
    assert "Marina" not in _page(clients["owner"])
    assert "Marina" in _page(clients["owner"], "q=parcel")


def test_a_merged_conversation_is_shown_once(cast: Cast, clients: dict[str, Client]) -> None:
    first, second = make_conversation(cast, ANGRY), make_conversation(cast, "Where is my parcel?")
    Conversation.objects.filter(pk=second.pk).update(merged_into=first)
    assert _page(clients["owner"], path="/queue/list").count("data-item") == 1


def test_an_empty_queue_tells_the_next_promise(cast: Cast, clients: dict[str, Client]) -> None:
    assert "Nothing burns" in _page(clients["owner"])
    conversation = make_conversation(cast, "Thank you.")
    make_promise(
        conversation, None, what="a call", words="", channel="phone", person=cast.owner, due_at=NOW.replace(hour=14),
        whole_day=False, zone="Europe/Warsaw", remind_minutes=30, now=NOW,
    )  # fmt: skip
    Conversation.objects.filter(pk=conversation.pk).update(status="closed", next_due=None)
    assert "The next one is due today 15:00." in _page(clients["owner"])


def test_the_next_rows_come_by_a_link_and_lead_back(cast: Cast, clients: dict[str, Client]) -> None:
    contact = Contact.objects.create(name="Many", made_at=NOW)
    Conversation.objects.bulk_create(
        Conversation(inbox=cast.inbox, contact=contact, made_at=NOW, changed_at=NOW, language="en") for _ in range(60)
    )
    first = _page(clients["owner"], path="/queue/list")
    assert first.count("data-item") == 50
    after = first.split('id="queue-more" href="/?', 1)[1].split('"', 1)[0]
    second = _page(clients["owner"], after, "/queue/list")
    assert second.count("data-item") == 10
    assert "data-back" in second
    assert "data-more" not in second


def test_how_much_heat_he_had_today_is_told_to_himself_alone(cast: Cast, clients: dict[str, Client]) -> None:
    Exposure.objects.create(person=cast.owner, day=NOW.date(), angry=5640, abusive=720)
    assert "1 h 34 with angry people, 12 min of abuse." in _page(clients["owner"])
    for role in ("teammate", "lead", "head", "strange_lead"):
        assert "1 h 34" not in _page(clients[role])


def test_the_queue_asks_a_fixed_number_of_questions(
    cast: Cast, clients: dict[str, Client], django_assert_max_num_queries: object
) -> None:
    for number in range(4):
        _named(cast, f"Anna {number}", (ANGRY, THREAT, VILE, "Hello?")[number])
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        _page(clients["owner"])
    for number in range(20):
        _named(cast, f"Bob {number}", "Where is my parcel?")
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        _page(clients["owner"])
