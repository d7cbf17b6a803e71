"""The post office as a process, and our reader at a server that somebody else wrote."""

from __future__ import annotations

import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from zgoda_desk.demo.post_office import read_sent
from zgoda_desk.post.transport import imap
from zgoda_desk.post.transport.errors import TransportError
from zgoda_desk.post.transport.settings import ImapSettings, SmtpSettings
from zgoda_desk.post.transport.smtp import send

HELP = "help@polana.example"


@contextmanager
def running(directory: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], int, int]]:
    command = [sys.executable, "-m", "zgoda_desk.demo.post_office", "--account", f"{HELP}:se:cret"]
    with subprocess.Popen([*command, "--dir", str(directory), *more], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        _, imap_port, smtp_port = (word.rpartition("=")[2] for word in process.stdout.readline().split())
        try:
            yield process, int(imap_port), int(smtp_port)
        finally:
            process.terminate()


def uids(port: int) -> tuple[int, list[int]]:
    settings = ImapSettings(host="127.0.0.1", port=port, security="none", user=HELP, secret="se:cret")
    found: list[imap.Fetched] = []
    with imap.connect(settings) as session:
        imap.fetch_new(session, 0, None, found.append)
        return imap.folder_state(session).uid_validity, [one.uid for one in found]


def put_in(port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
        client.sendmail("anna@client.example", HELP, "Subject: x\r\n\r\nx\r\n")


def test_a_killed_post_office_keeps_its_mails_and_uids(tmp_path: Path) -> None:
    with running(tmp_path) as (process, imap_port, smtp_port):
        put_in(smtp_port)
        put_in(smtp_port)
        before = uids(imap_port)
        process.kill()
    with running(tmp_path) as (process, imap_port, smtp_port):
        assert uids(imap_port) == before == (before[0], [1, 2])
        put_in(smtp_port)
        assert uids(imap_port) == (before[0], [1, 2, 3])
        process.terminate()
        assert process.wait(10) == 0


def test_faults_can_be_ordered_on_the_command_line(tmp_path: Path) -> None:
    faults = ("--fault", "smtp.recipient:451:1", "--fault", "smtp.answer:drop-kept:1:1")
    with running(tmp_path, *faults) as (_, _, port):
        settings = SmtpSettings(host="127.0.0.1", port=port, security="none", user=HELP, secret="se:cret")
        kinds = [send(settings, HELP, ["anna@client.example"], b"x").kind for _ in range(4)]
    assert kinds == ["temporary", "sent", "unknown", "sent"]
    assert len(read_sent(tmp_path / "sent")) == 3


def test_our_reader_understands_a_server_of_others() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    starter = "import sys; from pymap.main import main; sys.exit(main())"
    options = ["--host", "127.0.0.1", "--port", str(port), "--no-tls"]
    options += ["--no-service", "admin", "--no-service", "managesieve"]
    with subprocess.Popen([sys.executable, "-c", starter, *options, "dict", "--demo-data"]) as process:
        try:
            _read_the_demo_box(port)
        finally:
            process.terminate()


def _read_the_demo_box(port: int) -> None:
    settings = ImapSettings(host="127.0.0.1", port=port, security="none", user="demouser", secret="demopass")
    found: list[imap.Fetched] = []
    with _when_open(settings) as session:
        assert session.offers("IDLE")
        state = imap.folder_state(session)
        imap.fetch_new(session, state.uid_next - 3, None, found.append, max_bytes=300)
    assert [one.uid for one in found] == [state.uid_next - 2, state.uid_next - 1]
    assert [one.problem for one in found] == ["", "truncated"]
    assert (len(found[0].raw), len(found[1].raw)) == (found[0].size, 300)


def _when_open(settings: ImapSettings) -> imap.Session:
    for _ in range(200):
        try:
            return imap.connect(settings)
        except TransportError:
            Event().wait(0.05)
    raise AssertionError("The other server did not open.")
