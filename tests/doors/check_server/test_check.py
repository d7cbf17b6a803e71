"""`/v2/check` without a network: matches, languages, rules that are switched off, and requests that are wrong."""

import json
import logging

import pytest

from tests.doors.check_server.fakes import Client, FakeCheck
from zgoda.values import FINDINGS, LANGUAGES

TEXT = "Hello. Please 😀 calm down now, we call soon."


def test_a_finding_becomes_a_match_with_all_that_clients_read():
    (match, _) = Client().ask(text=TEXT, language="en-US").matches
    assert match == {
        "message": "Why not calm_down.",
        "shortMessage": "Tells the customer to calm down",
        "replacements": [{"value": "I see how much trouble this is"}],
        "offset": 17,
        "length": 9,
        "context": {"text": TEXT, "offset": 17, "length": 9},
        "sentence": "Please 😀 calm down now, we call soon.",
        "type": {"typeName": "Other"},
        "rule": {
            "id": "ZGODA_CALM_DOWN",
            "subId": "our-rule",
            "description": "Tells the customer to calm down",
            "issueType": "non-conformance",
            "category": {"id": "ZGODA", "name": "Talking with a customer"},
            "isPremium": False,
        },
        "ignoreForIncompleteSentence": False,
        "contextForSureMatch": 0,
    }


def test_no_suggestion_gives_no_replacement():
    assert Client().ask(text="we call soon").matches[0]["replacements"] == []


def test_a_promise_may_still_get_its_time_while_the_sentence_is_typed():
    assert Client().ask(text="we call soon").matches[0]["ignoreForIncompleteSentence"] is True


def test_severity_decides_the_type_of_issue():
    types = [m["rule"]["issueType"] for m in Client().ask(text="calm down; L2; soon").matches]
    assert types == ["non-conformance", "register", "style"]


def test_context_is_cut_to_forty_characters_on_each_side_in_one_line():
    text = "😀" * 50 + "\ncalm down\n" + "b" * 50
    context = Client().ask(text=text).matches[0]["context"]
    assert context["text"] == "..." + "😀" * 39 + " calm down " + "b" * 39 + "..."
    units = context["text"].encode("utf-16-le")
    at, length = 2 * context["offset"], 2 * context["length"]
    assert units[at : at + length].decode("utf-16-le") == "calm down"


def test_of_two_findings_over_the_same_words_the_graver_is_shown():
    assert [m["rule"]["id"] for m in Client().ask(text="calm down soon").matches] == [
        "ZGODA_CALM_DOWN",
        "ZGODA_VAGUE_PROMISE",
    ]


def test_text_may_come_in_the_address():
    reply = Client().call(
        "GET", "/v2/check", query="language=ru&text=%D1%83%D1%81%D0%BF%D0%BE%D0%BA%D0%BE%D0%B9%D1%82%D0%B5%D1%81%D1%8C"
    )
    assert [m["offset"] for m in reply.matches] == [0]


def test_parameters_of_address_and_body_are_read_together():
    reply = Client().call("POST", "/v2/check", b"language=en-US&text=calm+down", query="c=1&instanceId=7%3A1&v=8.14.3")
    assert len(reply.matches) == 1


def test_a_form_that_calls_itself_json_is_read():
    reply = Client().call("POST", "/v2/check", b"language=en&text=calm%20down", kind="application/json")
    assert len(reply.matches) == 1


def test_bytes_that_are_not_escaped_are_read():
    body = "text=Proszę, 100% soon&language=en-US".encode()
    assert Client().call("POST", "/v2/check", body).matches[0]["offset"] == 13


def test_truncated_review_is_told():
    assert Client(FakeCheck(truncated=True)).ask(text="x").json["warnings"] == {"incompleteResults": True}


@pytest.mark.parametrize(
    ("code", "hint", "reported"),
    [
        ("auto", None, "en-US"),
        ("en", "en", "en"),
        ("en-GB", "en", "en-GB"),
        ("en_gb", "en", "en-GB"),
        ("EN-ie", "en", "EN-ie"),
        ("pl", "pl", "pl"),
        ("pl-PL", "pl", "pl-PL"),
        ("ru-RU", "ru", "ru-RU"),
    ],
)
def test_language_codes_are_understood(code, hint, reported):
    client = Client()
    assert client.ask(text="fine", language=code).json["language"]["code"] == reported
    assert client.check.calls == [("fine", hint, None)]


@pytest.mark.parametrize(
    ("text", "code", "name"), [("добрый день", "ru-RU", "Russian"), ("ależ tak", "pl-PL", "Polish")]
)
def test_the_detected_language_is_told(text, code, name):
    assert Client().ask(text=text).json["language"] == {
        "name": name,
        "code": code,
        "detectedLanguage": {"name": name, "code": code},
    }


def test_preferred_variant_names_the_english():
    language = Client().ask(text="fine", preferredVariants="de-DE,en-GB").json["language"]
    assert (language["code"], language["name"]) == ("en-GB", "English (GB)")


@pytest.mark.parametrize(("preferred", "hint"), [("pl,de", "pl"), ("pl,en", None), ("de", None), ("", None)])
def test_the_only_preferred_language_of_ours_helps_to_detect(preferred, hint):
    client = Client()
    client.ask(text="ok", preferredLanguages=preferred)
    assert client.check.calls[0][1] == hint


def test_the_language_of_the_server_helps_only_where_the_client_names_none():
    client = Client(language="pl")
    client.ask(text="ok")
    client.ask(text="ok", language="ru")
    assert [call[1] for call in client.check.calls] == ["pl", "ru"]


@pytest.mark.parametrize("code", ["de-DE", "ca-ES-valencia", "xx"])
def test_other_languages_are_no_error_and_no_check(code):
    client = Client()
    answer = client.ask(text="calm down", language=code).json
    assert (answer["matches"], answer["language"]["code"], client.check.calls) == ([], code, [])
    assert "not checked" in answer["software"]["status"]


@pytest.mark.parametrize(
    ("settings", "fields", "short"),
    [
        ({}, {}, "Tells the customer to calm down"),
        ({}, {"motherTongue": "pl-PL"}, "Nakaz uspokojenia się"),
        ({}, {"motherTongue": "de"}, "Tells the customer to calm down"),
        ({"interface": "ru"}, {"motherTongue": "pl"}, "Требование успокоиться"),
    ],
)
def test_messages_speak_the_language_of_the_agent(settings, fields, short):
    client = Client(**settings)
    assert client.ask(fields, text="calm down").matches[0]["shortMessage"] == short
    assert client.check.calls[0][2] == (settings.get("interface") or {"pl-PL": "pl"}.get(fields.get("motherTongue")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_a_name_in_every_language(language):
    words = Client().app._words
    assert set(words.names[language]["kinds"]) == set(FINDINGS)


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ({}, {"CALM_DOWN", "VAGUE_PROMISE"}),
        ({"disabledRules": "ZGODA_CALM_DOWN"}, {"VAGUE_PROMISE"}),
        ({"disabledRules": "UNKNOWN, calm_down"}, {"VAGUE_PROMISE"}),
        ({"disabledRules": "our-rule"}, set()),
        ({"disabledCategories": "ZGODA"}, set()),
        ({"disabledCategories": "ZGODA", "enabledRules": "vague_promise"}, {"VAGUE_PROMISE"}),
        ({"enabledRules": "ZGODA_CALM_DOWN"}, {"CALM_DOWN", "VAGUE_PROMISE"}),
        ({"enabledRules": "ZGODA_CALM_DOWN", "enabledOnly": "true"}, {"CALM_DOWN"}),
        ({"enabledCategories": "TYPOS", "enabledOnly": "true"}, set()),
        ({"enabledCategories": "ZGODA", "enabledOnly": "true"}, {"CALM_DOWN", "VAGUE_PROMISE"}),
        ({"level": "picky", "enabledOnly": "false", "somethingNew": "1"}, {"CALM_DOWN", "VAGUE_PROMISE"}),
    ],
)
def test_rules_can_be_switched_off_and_on(fields, left):
    found = Client().ask(fields, text="calm down, we call soon").matches
    assert {m["rule"]["id"].removeprefix("ZGODA_") for m in found} == left


def test_a_disabled_finding_does_not_hide_the_one_beneath_it():
    found = Client().ask(text="calm down soon", disabledRules="calm_down,vague_promise").matches
    assert [m["rule"]["id"] for m in found] == ["ZGODA_COMMAND"]


def post(body: bytes, kind: str = "application/x-www-form-urlencoded"):
    return Client().call("POST", "/v2/check", body, kind=kind)


@pytest.mark.parametrize(
    ("body", "kind", "status", "told"),
    [
        (b"language=en", "", 400, "Error: Missing 'text' or 'data' parameter"),
        (b"text=a&data={}", "", 400, "not both"),
        (b"text=%ff%fe", "", 400, "UTF-8"),
        (b"text=\xff\xfe", "", 400, "UTF-8"),
        (b"text=a&language=%00../", "", 400, "no language code"),
        (b"text=a&enabledOnly=true", "", 400, "enabledRules"),
        (b"&".join(b"a=1" for _ in range(200)), "", 400, "parameters"),
        (b"--x", "multipart/form-data; boundary=x", 415, "multipart"),
        (b'{"text": "a"}', "application/json", 415, "urlencoded"),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(body, kind, status, told):
    reply = post(body, kind)
    assert (reply.status, told in reply.text) == (status, True), reply.text
    assert reply.headers["Content-Type"].startswith("text/plain")


def test_a_bad_length_of_the_body_is_refused():
    assert Client().call("POST", "/v2/check", b"text=a", CONTENT_LENGTH="-1").status == 400


def test_a_fault_inside_is_told_without_words_of_the_text(caplog):
    caplog.set_level(logging.DEBUG)
    reply = Client(FakeCheck(fault=ValueError("secret words"))).ask(text="secret words")
    assert (reply.status, "secret" in reply.text, "Traceback" in reply.text) == (500, False, False)
    assert "ValueError at tests.doors.check_server.fakes:" in caplog.text
    assert "secret" not in caplog.text


def test_nothing_is_logged_for_a_check(caplog):
    caplog.set_level(logging.DEBUG)
    Client().ask(text="calm down")
    assert caplog.text == ""


def test_an_empty_text_has_no_matches():
    assert Client().ask(text="").matches == []


def test_half_of_a_surrogate_pair_is_no_fault():
    reply = Client().ask(data='{"text": "\\ud83d calm down"}')
    assert reply.matches[0]["offset"] == 2
    json.loads(reply.body)
