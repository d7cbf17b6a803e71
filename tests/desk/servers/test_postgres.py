"""A PostgreSQL for tests starts from where there is one, knows the case of letters, and leaves nothing behind."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.desk.servers.postgres import postgres
from tests.desk.servers.postgres_found import NoPostgres, carried, installed, newest

TELL_AND_WAIT = "import os, sys; print(os.environ['DATABASE_URL'], flush=True); sys.stdin.read()"
WAYS = {"installed": installed(), "carried": carried()}


@pytest.fixture(params=WAYS)
def binaries(request):
    where = WAYS[request.param]
    if where is None:
        pytest.skip(f"no {request.param} PostgreSQL here")
    return where


def test_server_answers_and_is_gone_afterwards(binaries):
    with postgres(binaries) as server, psycopg.connect(server.url) as link:
        assert link.execute("SHOW fsync").fetchone() == ("off",)
        data = Path(link.execute("SHOW data_directory").fetchone()[0])
        assert data.exists()
    assert not data.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(server.pid, 0)


def test_server_knows_capitals_of_all_alphabets(binaries):
    with postgres(binaries) as server, psycopg.connect(server.url) as link:
        assert link.execute("SELECT upper('жалоба, skargę'), 'ЖУК' ILIKE 'жук'").fetchone() == ("ЖАЛОБА, SKARGĘ", True)


def test_stranger_on_the_machine_is_not_let_in(binaries):
    with postgres(binaries) as server:
        address = server.url.partition("@")[2]
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(f"postgres://postgres:guess@{address}")


def test_server_stops_when_the_tests_fail():
    pids = []

    def fail():
        with postgres() as server:
            pids.append(server.pid)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells a child of its parent's end")
def test_server_stops_when_the_tests_are_killed():
    command = [sys.executable, "-m", "tests.desk.servers.postgres", sys.executable, "-c", TELL_AND_WAIT]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as run:
        url = run.stdout.readline().strip()
        link = psycopg.connect(url)
        data = Path(link.execute("SHOW data_directory").fetchone()[0])
        run.kill()
        with pytest.raises(psycopg.OperationalError):
            link.execute("SELECT pg_sleep(30)")
    shutil.rmtree(data.parent, ignore_errors=True)  # the server may be taking its own notes away just now


def test_binaries_out_of_reach_of_nobody_are_copied(tmp_path):
    server = carried()
    if os.geteuid() != 0 or server is None:
        pytest.skip("only root has to step down, and only the carried server can be moved")
    hidden = tmp_path / "hidden"
    hidden.mkdir(mode=0o700)
    package = server.parents[1]
    shutil.copytree(package.with_name(f"{package.name}.libs"), hidden / f"{package.name}.libs")
    shutil.copytree(server.parent, hidden / package.name / server.parent.name)
    with postgres(hidden / package.name / server.parent.name / "bin") as running:
        assert not running.binaries.is_relative_to(hidden)


def test_folder_without_a_server_counts_for_nothing(tmp_path):
    (tmp_path / "initdb").write_text("", encoding="utf-8")
    assert newest([tmp_path]) is None


def test_missing_server_is_told_with_what_to_install(monkeypatch):
    monkeypatch.setattr("tests.desk.servers.postgres_found.installed", lambda: None)
    monkeypatch.setattr("tests.desk.servers.postgres_found.carried", lambda: None)
    with pytest.raises(NoPostgres, match="apt install postgresql"), postgres():
        pass
