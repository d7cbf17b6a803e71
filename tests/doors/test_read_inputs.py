"""What `zgoda read` takes: texts, mails, archives, lines of JSON, and what is none of them."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.doors.helpers import lines, zgoda

KEYS = [
    "id", "schema", "language", "state", "temperature", "abuse", "signals", "causes", "demands", "facts", "sentences",
    "reasons",
]  # fmt: skip
MAIL = (
    b"From: Ann Miller <ann@example.com>\nSubject: Order 4412\nDate: Wed, 25 Nov 2026 10:00:00 +0100\n"
    b"Content-Type: text/plain; charset=utf-8\n\nYesterday the parcel came broken.\n"
)


def line(**fields: object) -> bytes:
    return json.dumps(fields).encode() + b"\n"


def read_lines(raw: bytes, *args: str) -> tuple[list[dict], int]:
    result = zgoda("read", "--format", "jsonl", *args, "-", stdin=raw)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return lines(result), result.exit_code


def test_line_of_json_is_answered_with_exactly_the_fields_of_the_contract():
    answers, code = read_lines(line(id="1", text="Where is my parcel?"))
    assert code == 0
    assert [list(answer) for answer in answers] == [KEYS]
    assert answers[0]["id"] == "1"


def test_ids_and_order_are_kept_whatever_their_kind():
    ids = ["b", 7, None, "a", "b", 1.5]
    answers, _ = read_lines(b"".join(line(id=one, text="ok") for one in ids))
    assert [answer["id"] for answer in answers] == ids


@pytest.mark.parametrize(
    ("raw", "identity", "fault"),
    [
        (b"oops\n", None, "not JSON"),
        (b"[1]\n", None, "expected an object"),
        (b'{"id": "x"}\n', "x", "no text"),
        (b'{"id": "x", "text": 5}\n', "x", "text must be a string, came a number"),
        (b'{"id": "x", "text": null}\n', "x", "text must be a string, came null"),
        (b'{"id": "x", "text": "\xff"}\n', None, "not UTF-8"),
        (b'{"id": NaN, "text": "a"}\n', None, "NaN is no number"),
        (b'{"id": 1e999, "text": "a"}\n', None, "too large"),
        (b"[" * 100_000 + b"\n", None, "nested too deeply"),
        (b'{"id": "x", "text": "a", "lang": "de"}\n', "x", "lang must be one of"),
        (b'{"id": "x", "text": "a", "lang": 1}\n', "x", "lang must be a string"),
        (b'{"id": "x", "text": "a", "channel": "pigeon"}\n', "x", "channel must be one of"),
        (b'{"id": "x", "text": "a", "now": "soon"}\n', "x", "now must be a time"),
        (b'{"id": "x", "text": "a", "now": "0001-01-01"}\n', "x", "now must lie between"),
    ],
)
def test_bad_line_is_answered_on_its_place_and_the_rest_is_read(raw, identity, fault):
    answers, code = read_lines(line(id="1", text="ok") + b"\n" + raw + line(id="2", text="ok"))
    assert code == 1
    assert [answer["id"] for answer in answers] == ["1", identity, "2"]
    assert list(answers[1]) == ["id", "error"]
    assert answers[1]["error"].startswith("line 3: ")
    assert fault in answers[1]["error"]


def test_line_of_fifty_megabytes_is_refused_and_the_next_is_read():
    long = b'{"id": "long", "text": "' + b"a" * 50_000_000 + b'"}\n'
    answers, code = read_lines(long + line(id="2", text="ok"))
    assert code == 1
    assert answers[0] == {"id": None, "error": "line 1: longer than 16 MiB"}
    assert answers[1]["id"] == "2"


def test_text_above_the_limit_is_read_at_both_ends():
    answers, _ = read_lines(line(id="1", text="Where is my parcel? " * 15_000))
    assert answers[0]["truncated"] is True


@pytest.mark.parametrize("name", ["e-mail", "App review", "call", "WEB_FORM", "Face-to-face", "звонок"])
def test_other_names_of_channels_are_understood(name):
    _, code = read_lines(line(id="1", text="ok", channel=name))
    assert code == 0


def test_unknown_fields_and_empty_hints_are_ignored():
    _, code = read_lines(line(id="1", text="ok", lang=None, channel=None, now=None, colour="red"))
    assert code == 0


def test_time_of_the_line_resolves_its_dates():
    raw = b"".join(
        line(id=day, text="Yesterday the parcel came broken.", now=f"2026-11-{day}T12:00:00Z") for day in (10, 20)
    )
    answers, _ = read_lines(raw)
    assert [[f["value"] for f in answer["facts"] if f["kind"] == "date"] for answer in answers] == [
        ["2026-11-09"],
        ["2026-11-19"],
    ]


def test_byte_order_mark_and_windows_line_ends_do_no_harm():
    answers, code = read_lines(b'\xef\xbb\xbf{"id": "1", "text": "ok"}\r\n\r\n{"id": "2", "text": "ok"}')
    assert (code, [answer["id"] for answer in answers]) == (0, ["1", "2"])


def test_half_of_a_letter_pair_is_written_as_valid_json():
    answers, code = read_lines(b'{"id": "\\ud800", "text": "ok \\udc00"}\n')
    assert code == 0
    assert answers[0]["id"] == "\ud800"


def test_fault_of_our_own_costs_one_line_only(monkeypatch):
    from zgoda.api import Engine

    whole = Engine.read

    def fails(self, text, **hints):
        if text == "boom":
            raise ZeroDivisionError("by zero")
        return whole(self, text, **hints)

    monkeypatch.setattr(Engine, "read", fails)
    answers, code = read_lines(line(id="1", text="boom") + line(id="2", text="ok"))
    assert code == 1
    assert "line 1: could not be read, which is a fault of zgoda: ZeroDivisionError" in answers[0]["error"]
    assert answers[1]["id"] == "2"


# -- files -----------------------------------------------------------------------------------------------------------


def test_text_file_is_one_message_and_json_is_one_object(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_bytes("Заказ 4412\r\nне пришёл".encode())
    result = zgoda("read", "--format", "json", str(path))
    answer = json.loads(result.stdout)
    assert list(answer) == KEYS
    assert answer["id"] == str(path)
    assert answer["sentences"][-1]["end"] == len("Заказ 4412\r\nне пришёл")


def test_text_in_an_old_charset_is_read_and_the_guess_is_told(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_bytes("Где мой заказ? Третий раз спрашиваю, никто не отвечает".encode("cp1251"))
    result = zgoda("read", "--format", "json", str(path))
    assert json.loads(result.stdout)["language"] == "ru"
    assert "charset guessed windows-1251" in result.stderr


def test_mail_carries_its_text_and_what_is_known_of_it(tmp_path: Path):
    path = tmp_path / "a.eml"
    path.write_bytes(MAIL)
    answer = json.loads(zgoda("read", "--format", "json", str(path)).stdout)
    assert list(answer) == [*KEYS, "text", "mail"]
    assert list(answer["mail"]) == ["subject", "sender", "date", "automatic", "attachments", "notes"]
    assert answer["mail"]["sender"] == {"name": "Ann Miller", "address": "ann@example.com"}
    for fact in answer["facts"]:
        assert answer["text"][fact["start"] : fact["end"]] == fact["text"]


def test_mail_is_read_at_the_time_it_was_written_unless_another_is_named(tmp_path: Path):
    path = tmp_path / "a.eml"
    path.write_bytes(MAIL)
    for more, day in (([], "2026-11-24"), (["--now", "2020-01-02"], "2020-01-01")):
        answer = json.loads(zgoda("read", "--format", "json", *more, str(path)).stdout)
        assert day in [fact["value"] for fact in answer["facts"]]


def test_archive_is_an_array_with_a_number_for_each_mail(tmp_path: Path):
    path = tmp_path / "in.mbox"
    path.write_bytes((b"From ann@example.com Wed Nov 25 10:00:00 2026\n" + MAIL + b"\n") * 3)
    answers = json.loads(zgoda("read", "--format", "json", str(path)).stdout)
    assert [answer["id"] for answer in answers] == [f"{path}#{n}" for n in (1, 2, 3)]


def test_empty_archive_is_an_empty_array(tmp_path: Path):
    path = tmp_path / "in.mbox"
    path.write_bytes(b"")
    assert json.loads(zgoda("read", "--format", "json", str(path)).stdout) == []


def test_lines_of_json_go_out_as_lines_where_nobody_looks(tmp_path: Path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(line(id="1", text="ok") * 2)
    assert [answer["id"] for answer in lines(zgoda("read", str(path)))] == ["1", "1"]


def test_what_cannot_be_read_is_named_in_one_line_and_the_rest_is_read(tmp_path: Path):
    good, binary = tmp_path / "good.txt", tmp_path / "photo.jpg"
    good.write_text("Where is my parcel?")
    binary.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    result = zgoda("read", "--format", "jsonl", str(tmp_path / "gone.txt"), str(tmp_path), str(binary), str(good))
    assert result.exit_code == 1
    assert [answer["id"] for answer in lines(result)] == [str(good)]
    assert result.stderr.splitlines() == [
        f"{tmp_path / 'gone.txt'}: no such file",
        f"{tmp_path}: is a folder; name the files in it",
        f"{binary}: a binary file, not a text",
    ]


def test_file_without_permission_is_named(tmp_path: Path, monkeypatch):
    path = tmp_path / "secret.txt"
    path.write_text("ok")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("zgoda.doors.sources.open", refuse, raising=False)
    result = zgoda("read", str(path))
    assert (result.exit_code, result.stderr) == (1, f"{path}: no permission to read it\n")


@pytest.mark.parametrize("args", [["--now", "soon"], ["--format", "xml"], ["--lang", "de"], ["--content", "gone"]])
def test_wrong_usage_ends_with_two(args):
    assert zgoda("read", *args, stdin="ok").exit_code == 2


def test_faulty_company_content_is_told_before_anything_is_read(tmp_path: Path):
    folder = tmp_path / "en" / "patterns"
    folder.mkdir(parents=True)
    (folder / "facts.toml").write_text(
        '[[pattern]]\nid = "our-code"\nkind = "order"\nsource = "usage"\nlevel = "decide"\n'
        'regex = \'\\d+x\'\ncatch = ["[12x]"]\npass = ["x"]\n'
    )
    result = zgoda("read", "--content", str(tmp_path), stdin="ok")
    assert result.exit_code == 1
    assert "facts.toml:2: our-code: regex: an unbounded repeat" in result.stderr
    assert result.stdout == ""


_BYTES = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=120).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.dictionaries(
        st.sampled_from(["id", "text", "lang", "channel", "now", "x"]),
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), st.lists(st.none())),
    ).map(lambda value: json.dumps(value).encode() + b"\n"),
)


@pytest.mark.parametrize("kind", ["text", "eml", "mbox", "jsonl"])
@pytest.mark.parametrize("output", ["text", "json", "jsonl"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(raw=st.lists(_BYTES, max_size=4).map(b"".join))
def test_any_bytes_have_an_answer_and_never_a_traceback(kind, output, raw):
    result = zgoda("read", "--input", kind, "--format", output, "-", stdin=raw)
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert result.exit_code in (0, 1)
    assert "fault of zgoda" not in result.output
    if output == "jsonl":
        for answer in result.stdout_bytes.decode().splitlines():
            json.loads(answer)
    elif output == "json" and result.stdout_bytes:
        json.loads(result.stdout_bytes)
