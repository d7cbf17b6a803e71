"""A real server, asked by a real LanguageTool client; and the command that starts it."""

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import language_tool_python
import pytest
from click.testing import CliRunner
from waitress import wasyncore

from tests.doors.check_server.fakes import Client
from zgoda.doors.check_server import serve
from zgoda.doors.check_server.app import CheckServer, Settings
from zgoda.doors.command_check_server import check_server
from zgoda.errors import InputError


@contextmanager
def running(app: CheckServer, max_characters: int = 20_000) -> Iterator[int]:
    """The application behind a socket; gives the port."""
    server = serve.open_server(app, "127.0.0.1", 0, max_characters)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield serve.port_of(server)
    finally:
        # Closed by the thread that listens: closing sockets under a running select is a race.
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))
        thread.join(20)
        server.task_dispatcher.shutdown()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with running(Client().app) as port:
        yield port


@pytest.fixture
def tool(port: int) -> Callable[[str], language_tool_python.LanguageTool]:
    return lambda code: language_tool_python.LanguageTool(code, remote_server=f"http://127.0.0.1:{port}")


@pytest.mark.parametrize(
    ("code", "words", "suggestion"),
    [
        ("en-US", "calm down", "I see how much trouble this is"),
        ("ru-RU", "успокойтесь", "понимаю, как это неприятно"),
        ("pl-PL", "proszę się uspokoić", "rozumiem, jakie to przykre"),
    ],
)
def test_a_real_client_finds_the_words_after_astral_characters(tool, code, words, suggestion):
    text = f"😀😀 𝒜 – {words}!"
    (match,) = tool(code).check(text)
    assert text[match.offset : match.offset + match.error_length] == words
    assert (match.rule_id, match.category, match.replacements) == ("ZGODA_CALM_DOWN", "ZGODA", [suggestion])


def test_a_real_client_mends_the_text(tool):
    assert tool("ru-RU").correct("👍 успокойтесь.") == "👍 понимаю, как это неприятно."


def test_a_real_client_switches_rules_off(tool):
    client = tool("en-GB")
    client.disabled_rules.add("ZGODA_CALM_DOWN")
    assert [m.rule_id for m in client.check("calm down, we call soon")] == ["ZGODA_VAGUE_PROMISE"]


def test_a_real_client_is_told_of_limits():
    with running(Client(max_characters=5).app, 5) as port:
        client = language_tool_python.LanguageTool("auto", remote_server=f"http://127.0.0.1:{port}")
        with pytest.raises(language_tool_python.exceptions.LanguageToolError, match="limit of 5 characters"):
            client.check("calm down")


def test_the_connection_stays_open_and_does_not_name_the_software(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        for path in ("/v2/nothing", "/v2/healthcheck"):
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            assert answer.getheader("Server") is None
    finally:
        connection.close()


def test_a_body_far_over_the_limit_is_refused_before_it_is_sent(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.putrequest("POST", "/v2/check")
        connection.putheader("Content-Length", str(10**9))
        connection.endheaders()
        assert connection.getresponse().status == 413
    finally:
        connection.close()


def test_a_port_that_is_taken_is_told(port):
    with pytest.raises(InputError, match=f"port {port}.*--port"):
        serve.open_server(Client().app, "127.0.0.1", port, 10)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """Runs the command without an engine and without waiting for anybody."""
    seen: list[Settings] = []

    class Silent:
        effective_port = 4711

        def run(self) -> None: ...

        def close(self) -> None: ...

    monkeypatch.setattr(serve, "build_app", lambda _overlays, settings: seen.append(settings))
    monkeypatch.setattr(serve, "open_server", lambda *_: Silent())
    return seen


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "example.com"])
def test_other_machines_are_let_in_only_when_asked(started, host):
    refused = CliRunner().invoke(check_server, ["--host", host])
    assert (refused.exit_code, "--public" in refused.stderr, started) == (2, True, [])
    assert CliRunner().invoke(check_server, ["--host", host, "--public"]).exit_code == 0
    assert started[0].hosts is None


def test_the_command_tells_what_to_type_into_the_add_on(started):
    result = CliRunner().invoke(check_server, ["--port", "0"])
    assert "http://localhost:4711/v2" in result.stdout
    assert started[0] == Settings()


def test_options_reach_the_server(started):
    CliRunner().invoke(
        check_server,
        ["--allow-origin", "https://a.example/", "--allow-origin", "moz-extension://", "--per-minute", "5",
         "--max-characters", "9", "--lang", "pl", "--interface-language", "ru"],
    )  # fmt: skip
    settings = started[0]
    assert settings.origins.allowed == ("https://a.example", "moz-extension://")
    assert (settings.per_minute, settings.max_characters, settings.language, settings.interface) == (5, 9, "pl", "ru")


def test_the_engine_answers_a_real_client():
    with running(serve.build_app((), Settings())) as port:
        client = language_tool_python.LanguageTool("auto", remote_server=f"http://127.0.0.1:{port}")
        text = "🙂 Dzień dobry. Sam Pan jest sobie winien, trzeba było czytać umowę."
        assert any(m.rule_id.startswith("ZGODA_") for m in client.check(text))
        assert client.check("Dzień dobry, sprawdziłem zamówienie i zwrot będzie dzisiaj do 15:00.") == []
