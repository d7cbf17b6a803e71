"""The program as a process: pipes, codes, interruption, and terminals that can show little."""

import contextlib
import json
import signal
import subprocess
from pathlib import Path

import pytest

from tests.doors.helpers import CALL, environment, process


def line(identity: int) -> bytes:
    return json.dumps({"id": identity, "text": "Where is my parcel 4412?"}).encode() + b"\n"


def run(*args: str, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*CALL, *args], input=stdin, capture_output=True, env=environment(**env), check=False)


def test_each_line_is_answered_while_the_pipe_stays_open():
    with process("read", "--format", "jsonl", "-") as running:
        for number in range(3):
            running.stdin.write(line(number))
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["id"] == number
        running.stdin.close()
        assert running.wait() == 0


def test_reader_that_leaves_ends_the_program_silently():
    with process("read", "--format", "jsonl", "-") as running:
        running.stdin.write(line(1))
        running.stdin.flush()
        running.stdout.readline()
        running.stdout.close()
        with contextlib.suppress(BrokenPipeError):
            for number in range(20_000):
                running.stdin.write(line(number))
        with contextlib.suppress(BrokenPipeError):
            running.stdin.close()
        assert running.wait() == 0
        assert running.stderr.read() == b""


@pytest.fixture
def heard_interruptions():
    """A job in the background ignores interruptions, and its children with it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard_interruptions")
def test_interruption_ends_with_130_and_without_a_traceback():
    with process("read", "--format", "jsonl", "-") as running:
        running.stdin.write(line(1))
        running.stdin.flush()
        running.stdout.readline()
        running.send_signal(signal.SIGINT)
        assert running.wait() == 130
        assert b"Traceback" not in running.stderr.read()


def test_full_disk_is_told_in_one_line():
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*CALL, "read", "--format", "jsonl", "-"],
            input=line(1),
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
        )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("env", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}, {"COLUMNS": "60"}])
def test_piped_text_has_no_escape_codes_and_keeps_its_letters(env):
    done = run("read", stdin="Где мой заказ № 4412? Жду с 14 ноября!".encode(), **env)
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout
    assert "заказ № *4412* ‹number›" in done.stdout.decode()
    assert all(len(row) <= 80 for row in done.stdout.decode().splitlines())


def test_terminal_that_is_not_utf8_gets_ascii_signs():
    done = run("read", stdin="Where is my parcel 4412 – „now”?".encode(), PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert b"<number>" in done.stdout
    assert b"##" in done.stdout or b"#." in done.stdout
    assert done.stdout.isascii()


def test_no_color_keeps_weight_and_drops_hues():
    done = run("read", stdin=b"Where is my parcel 4412?", FORCE_COLOR="1", NO_COLOR="1", TERM="xterm-256color")
    assert b"\x1b[1;4m4412" in done.stdout
    assert b"38;" not in done.stdout


def test_commands_of_the_message_do_not_reach_the_terminal():
    done = run("read", stdin="Order 4412 \x1b[31m\x1b]0;owned\x07 late\u202e".encode())
    assert b"\x1b" not in done.stdout
    assert b"\x07" not in done.stdout
    assert "\u202e" not in done.stdout.decode()


def test_closed_standard_input_is_told():
    done = subprocess.run(
        ["sh", "-c", f'exec "{CALL[0]}" -c "{CALL[2]}" read <&-'], capture_output=True, env=environment(), check=False
    )
    assert (done.returncode, done.stderr) == (1, b"standard input: standard input is closed\n")


def test_help_does_not_load_the_engine():
    code = "import sys; from zgoda.doors.cli import main; main(['--help'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([CALL[0], "-c", code], capture_output=True, env=environment(), check=True)
    loaded = done.stdout.decode().split()
    assert not {"zgoda.api", "zgoda.reading.reader", "rich", "rich.console"} & set(loaded)
