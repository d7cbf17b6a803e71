from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.desk.cast import PASSWORD
from tests.desk.commands.conftest import run_zgoda

_PATIENCE = 60


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "home"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(name: str, home: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    """A command that stays, once it has said that it runs."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("ZGODA_", "DATABASE_URL"))}
    command = [str(Path(sys.executable).with_name("zgoda")), name, "--home", str(home), *more]
    process = subprocess.Popen(
        command, env={**kept, "PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline()
        yield process
    finally:
        process.kill()
        process.communicate()


class Browser:
    """Just enough of one: cookies and forms."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, SimpleCookie()

    def ask(self, method: str, path: str, **fields: str) -> tuple[int, str]:
        answer = self.begin(method, path, **fields)
        return answer.status, answer.read().decode()

    def begin(self, method: str, path: str, **fields: str) -> http.client.HTTPResponse:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        sent = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        heads = {"Cookie": sent, "Content-Type": "application/x-www-form-urlencoded"}
        line.request(method, path, urlencode(fields) if fields else None, heads)
        answer = line.getresponse()
        for value in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.load(value)
        return answer

    def log_in(self) -> int:
        for _ in range(200):  # the port opens a moment after the command has spoken
            try:
                _, page = self.ask("GET", "/account/login/")
                break
            except ConnectionError:
                a_moment()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token
        status, _ = self.ask(
            "POST", "/account/login/", login="helena@polana.example", password=PASSWORD, csrfmiddlewaretoken=token[1]
        )
        return status


def a_moment() -> None:
    from threading import Event

    Event().wait(0.1)


def test_serve_takes_forms_streams_and_stops_with_an_open_stream(home: Path) -> None:
    port = free_port()
    with running("serve", home, "--port", str(port)) as process:
        browser = Browser(port)
        assert browser.log_in() == 302
        assert browser.ask("GET", "/")[0] == 200
        stream = browser.begin("GET", "/rt/events")
        assert stream.status == 200
        assert b"retry" in stream.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(_PATIENCE) == 0


def test_a_second_worker_on_sqlite_is_refused_and_frees_with_the_first(home: Path) -> None:
    with running("worker", home) as first:
        second = run_zgoda("worker", "--home", str(home))
        assert second.returncode == 1
        assert "another zgoda serve or worker" in second.stderr
        first.kill()
        first.wait()
        with running("worker", home) as third:
            third.send_signal(signal.SIGTERM)
            assert third.wait(_PATIENCE) == 0


def test_web_serves_pages_beside_a_worker(home: Path) -> None:
    port = free_port()
    with running("worker", home) as worker, running("web", home, "--port", str(port)) as web:
        assert Browser(port).log_in() == 302
        for process in (web, worker):
            process.send_signal(signal.SIGTERM)
            assert process.wait(_PATIENCE) == 0


def test_a_port_in_use_is_said_in_words(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run_zgoda("serve", "--home", str(home), "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "cannot listen" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["serve", "web", "worker", "doctor"])
def test_a_folder_without_a_desk_is_said_in_words(tmp_path: Path, name: str) -> None:
    done = run_zgoda(name, "--home", str(tmp_path / "nothing"))
    assert done.returncode == 1
    assert "zgoda init" in done.stderr
    assert not (tmp_path / "nothing").exists()
