from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import zgoda_desk
from tests.desk.cast import NOW, Cast, make_conversation
from tests.desk.workflow.said import customer_writes
from zgoda_desk.console.case.events import EVENTS
from zgoda_desk.conversations.models import Conversation, Message, RungTaken
from zgoda_desk.workflow.merge import merge

ABUSE = "You stupid idiot, you are a useless clown. Where is my order 48-20517?"
THREAT = "I will come to your office tonight and break your legs. I know where you live."


def _page(client: Client, conversation: Conversation) -> str:
    response = client.get(f"/c/{conversation.pk}/")
    assert response.status_code == 200
    return response.content.decode()


def test_whoever_may_work_here_sees_the_conversation_and_nobody_else(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)
    for path in (f"/c/{conversation.pk}/", f"/c/{conversation.pk}/after", f"/c/{conversation.pk}/part/panel/"):
        statuses = {role: client.get(path).status_code for role, client in clients.items()}
        assert statuses == {
            "owner": 200, "teammate": 200, "lead": 200, "head": 200, "stranger": 404, "strange_lead": 404,
            "nobody": 302,
        }  # fmt: skip


@pytest.mark.parametrize("name", ["head", "timeline", "panel"])
def test_each_part_renews_itself_alone(cast: Cast, clients: dict[str, Client], name: str) -> None:
    conversation = make_conversation(cast, ABUSE)
    response = clients["owner"].get(f"/c/{conversation.pk}/part/{name}/")
    assert response.status_code == 200
    assert b"<html" not in response.content
    assert clients["owner"].get(f"/c/{conversation.pk}/part/other/").status_code == 404


def test_the_true_address_stands_beside_the_name_and_oddities_are_told_in_words(
    cast: Cast, clients: dict[str, Client]
) -> None:
    conversation = make_conversation(cast)
    conversation.messages.update(problems=["looks_alike", "spam"])
    page = _page(clients["owner"], conversation)
    assert "marina@customer.example" in page
    assert "made to be taken for another" in page
    assert "looks_alike" not in page


def test_an_insult_is_folded_in_the_timeline_and_stands_nowhere_else(cast: Cast, clients: dict[str, Client]) -> None:
    page = _page(clients["owner"], make_conversation(cast, ABUSE))
    timeline = page[page.index('id="case-time"') : page.index('id="reply"')]
    assert "data-fold" in timeline
    rest = page.replace(timeline, "")
    assert "idiot" not in rest
    assert "clown" not in rest


def test_the_words_of_a_mail_are_text_and_never_markup(cast: Cast, clients: dict[str, Client]) -> None:
    page = _page(
        clients["owner"], make_conversation(cast, "<script>alert(1)</script> {{ 7|add:7 }} <b onclick=x>48-20517</b>")
    )
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<b onclick" not in page
    assert 'style="' not in page


def test_a_message_that_was_not_read_is_shown_and_nothing_pretends(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast, "Where is my order 48-20517?")
    conversation.messages.update(reading=None, state="", temperature=None)
    Conversation.objects.update(state="", stage="", guidance={})
    page = _page(clients["owner"], conversation)
    assert "Where is my order 48-20517?" in page
    assert "not read yet" in page
    assert "no step is proposed" in page


def test_the_ladder_stands_in_the_place_of_the_next_step_while_it_is_open(
    cast: Cast, clients: dict[str, Client]
) -> None:
    page = _page(clients["owner"], make_conversation(cast, ABUSE))
    assert 'id="ladder"' in page
    assert 'id="next"' not in page
    assert page.count("open now") == 1
    assert "Help, quietly" in page


def test_a_threat_opens_hand_over_and_not_yet_release(cast: Cast, clients: dict[str, Client]) -> None:
    page = _page(clients["owner"], make_conversation(cast, THREAT))
    assert page.count("open now") == 1
    assert "Only if nobody can take over" in page
    assert "A person is threatened." in page


def test_talk_of_self_harm_shows_care_and_no_ladder(cast: Cast, clients: dict[str, Client]) -> None:
    page = _page(clients["owner"], make_conversation(cast, "If you cut me off I will kill myself tonight."))
    assert "Somebody speaks of self-harm" in page
    assert "Release" not in page
    assert "not yet" not in page


def test_whoever_opens_it_next_sees_the_rungs_taken_before(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)
    RungTaken.objects.create(
        conversation=conversation, rung="boundary", person=cast.owner, at=NOW, words="With respect."
    )
    page = _page(clients["teammate"], conversation)
    assert "Rungs taken before" in page
    assert "With respect." in page
    assert 'id="next"' in page


def test_phrases_speak_in_the_name_of_whoever_looks(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast, "My order 48-20517 has not arrived. Where is it?")
    conversation.assignee = cast.owner
    conversation.save()
    phrases = "".join(line for line in _page(clients["teammate"], conversation).splitlines() if "data-phrase=" in line)
    assert "Paweł Sikora" in phrases
    assert "Nina" not in phrases


def test_a_merged_conversation_leads_to_the_one_it_was_merged_into(cast: Cast, clients: dict[str, Client]) -> None:
    first = make_conversation(cast)
    second = customer_writes(cast, "The invoice is wrong.", minutes=2).conversation
    merge(cast.owner, first.pk, second.pk, NOW)
    assert clients["owner"].get(f"/c/{second.pk}/").headers["Location"] == f"/c/{first.pk}/"
    assert "Merged" in _page(clients["owner"], first)


def test_no_query_is_made_for_a_message(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)
    counts = []
    for round_ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            _page(clients["owner"], conversation)
        counts.append(len(queries))
        for minute in range(3):
            customer_writes(cast, f"And now {minute + round_}?", conversation, minutes=minute + 1)
        Message.objects.create(
            conversation=conversation, kind="note", person=cast.owner, at=NOW, text="x", newest_end=1
        )
    assert counts[0] == counts[1] or counts[1] < counts[0]


def test_every_event_that_happens_has_words() -> None:
    names: set[str] = set()
    for path in Path(zgoda_desk.__file__).parent.glob("workflow/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "add_event":
                names |= {str(arg.value) for arg in node.args if isinstance(arg, ast.Constant)}
            if isinstance(node, ast.keyword) and node.arg == "event" and isinstance(node.value, ast.Constant):
                names.add(str(node.value.value))
    assert names, "no event was found: has add_event another name?"
    assert names <= set(EVENTS), f"give words to {sorted(names - set(EVENTS))} in console/case/events.py"


def test_no_insult_of_another_conversation_stands_in_a_list(cast: Cast, clients: dict[str, Client]) -> None:
    first = make_conversation(cast)
    second = customer_writes(cast, "You are a useless clown, where is invoice 77/2026?", minutes=2).conversation
    Conversation.objects.filter(pk=second.pk).update(subject="To the clown at the desk")
    page = _page(clients["owner"], first)
    assert f'<option value="{second.pk}">' in page
    assert f'href="/c/{second.pk}/"' in page
    assert "clown" not in page


def test_a_closed_conversation_proposes_no_step(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)
    clients["owner"].post(f"/c/{conversation.pk}/close")
    page = _page(clients["owner"], conversation)
    assert "Nothing is due from you here." in page
    assert "data-phrase" not in page


def test_the_link_to_the_page_of_the_customer_is_his_and_signed(cast: Cast, clients: dict[str, Client]) -> None:
    page = _page(clients["owner"], make_conversation(cast))
    link = page[page.index('data-copy="') + len('data-copy="') :].split('"')[0]
    path = link.split("/", 3)[3]
    assert clients["nobody"].get(f"/{path}").status_code == 200
    assert clients["nobody"].get(f"/{path}x").status_code == 404
