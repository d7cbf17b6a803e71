"""Addresses, methods, and who may ask."""

import pytest

from tests.doors.check_server.fakes import Client
from zgoda import __version__
from zgoda.doors.check_server.origins import Origins, is_loopback

EXTENSION = "moz-extension://5b1c2f0e-0000-4000-8000-000000000000"


def test_languages_are_listed_as_clients_expect():
    rows = Client().get("/v2/languages").json
    assert {"name": "Polish", "code": "pl", "longCode": "pl-PL"} in rows
    assert {row["code"] for row in rows} == {"ru", "pl", "en"}


def test_info_tells_name_and_version():
    software = Client().get("/v2/info").json["software"]
    assert (software["name"], software["version"], software["apiVersion"]) == ("Zgoda", __version__, 1)


def test_small_questions_are_answered_in_plain_text():
    client = Client(max_characters=77)
    assert [client.get(f"/v2/{name}").text for name in ("healthcheck", "maxtextlength")] == ["OK", "77"]


@pytest.mark.parametrize("path", ["/v2/words", "/v2/words/add", "/v2/words/delete"])
def test_dictionaries_are_honestly_not_here(path):
    reply = Client().call("POST", path)
    assert (reply.status, "dictionary" in reply.text) == (501, True)


@pytest.mark.parametrize(
    "path", ["/", "/v2", "/v1/check", "/v2/checks", "/v2/v2/check", "/v2/words2", "/../etc/passwd"]
)
def test_other_addresses_are_not_found_and_the_right_one_is_told(path):
    reply = Client().get(path)
    assert (reply.status, "/v2" in reply.text) == (404, True)


def test_a_slash_at_the_end_does_no_harm():
    assert Client().get("/v2/languages/").status == 200


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("PUT", "/v2/check", "GET, POST, OPTIONS"),
        ("HEAD", "/v2/check", "GET, POST, OPTIONS"),
        ("POST", "/v2/languages", "GET, HEAD, OPTIONS"),
    ],
)
def test_other_methods_are_refused_and_the_right_ones_told(method, path, allow):
    reply = Client().call(method, path)
    assert (reply.status, reply.headers["Allow"]) == (405, allow)


def test_head_has_no_body():
    reply = Client().call("HEAD", "/v2/languages")
    assert (reply.status, reply.body) == (200, b"")
    assert int(reply.headers["Content-Length"]) > 0


@pytest.mark.parametrize("origin", [EXTENSION, "chrome-extension://abc", "http://localhost:3000", "http://127.0.0.1"])
def test_extensions_and_pages_of_this_machine_may_read(origin):
    reply = Client().get("/v2/languages", HTTP_ORIGIN=origin)
    assert (reply.status, reply.headers["Access-Control-Allow-Origin"]) == (200, origin)
    assert reply.headers["Vary"] == "Origin"
    assert "Access-Control-Allow-Credentials" not in reply.headers


@pytest.mark.parametrize(
    "origin",
    [
        "https://example.com",
        "http://localhost.example.com",
        "http://localhost@example.com",
        "moz-extension://",
        "xmoz-extension://a",
        "http://[oops",
        "",
    ],
)
def test_pages_of_strangers_set_nothing_to_work(origin):
    client = Client()
    reply = client.call("POST", "/v2/check", b"language=en&text=calm+down", HTTP_ORIGIN=origin)
    assert (reply.status, client.check.calls) == (403, [])
    assert "Access-Control-Allow-Origin" not in reply.headers


def test_a_hidden_origin_is_served_but_gets_no_leave_to_read():
    reply = Client().call("POST", "/v2/check", b"language=en&text=calm+down", HTTP_ORIGIN="null")
    assert (reply.status, "Access-Control-Allow-Origin" in reply.headers) == (200, False)


def test_errors_can_be_read_by_those_who_may_ask():
    reply = Client().call("POST", "/v2/check", b"", HTTP_ORIGIN=EXTENSION)
    assert (reply.status, reply.headers["Access-Control-Allow-Origin"]) == (400, EXTENSION)


def test_preflight_of_an_allowed_origin():
    reply = Client().call("OPTIONS", "/v2/check", HTTP_ORIGIN=EXTENSION, HTTP_ACCESS_CONTROL_REQUEST_METHOD="POST")
    assert reply.status == 200
    assert reply.headers["Access-Control-Allow-Origin"] == EXTENSION
    assert "POST" in reply.headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Private-Network" not in reply.headers


def test_preflight_into_the_private_network_is_allowed_where_asked():
    asked = {"HTTP_ACCESS_CONTROL_REQUEST_PRIVATE_NETWORK": "true"}
    reply = Client().call("OPTIONS", "/v2/check", HTTP_ORIGIN=EXTENSION, **asked)
    assert reply.headers["Access-Control-Allow-Private-Network"] == "true"
    assert Client().call("OPTIONS", "/v2/check", HTTP_ORIGIN="https://example.com", **asked).status == 403


def test_named_origins_replace_the_default():
    client = Client(origins=Origins(("https://desk.example.com",)))
    assert client.get("/v2/info", HTTP_ORIGIN="https://desk.example.com").status == 200
    assert client.get("/v2/info", HTTP_ORIGIN="https://desk.example.com:8443").status == 403
    assert client.get("/v2/info", HTTP_ORIGIN=EXTENSION).status == 403


def test_a_star_allows_all_and_never_with_credentials():
    reply = Client(origins=Origins(("*",))).get("/v2/info", HTTP_ORIGIN="https://example.com")
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in reply.headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8765", 200),
        ("127.0.0.1", 200),
        ("[::1]:8765", 200),
        ("evil.example:8765", 403),
        ("[oops", 403),
        ("localhost.evil.example", 403),
    ],
)
def test_only_names_of_this_machine_are_answered(host, status):
    assert Client().get("/v2/info", HTTP_HOST=host).status == status


def test_a_public_server_answers_to_any_name():
    assert Client(hosts=None).get("/v2/info", HTTP_HOST="zgoda.example").status == 200


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("127.8.0.1", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("::", False),
        ("example.com", False),
    ],
)
def test_loopback_is_told_by_address(host, expected):
    assert is_loopback(host) is expected


def test_the_hidden_origin_may_be_allowed_by_name():
    reply = Client(origins=Origins(("null",))).get("/v2/info", HTTP_ORIGIN="null")
    assert reply.headers["Access-Control-Allow-Origin"] == "null"
