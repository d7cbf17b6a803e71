"""`zgoda review`: what it takes, how it answers, when it ends with 1."""

import json
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.doors.helpers import lines, zgoda
from tests.doors.reviewing import PROMISE, Listening
from zgoda.api import Engine

BAD = {
    "ru": "Здравствуйте!\nУспокойтесь. Мы ответим в ближайшее время.\n",
    "pl": "Dzień dobry.\nProszę się uspokoić. Oddzwonimy jak najszybciej.\n",
    "en": "Hello.\nCalm down, we will write as soon as possible.\n",
}
SAY = {"ru": "лучше так: Понимаю", "pl": "zamiast tego: Rozumiem", "en": "say instead: I understand"}


@pytest.fixture(autouse=True)
def heard(monkeypatch, tmp_path):
    """Reviews by the stand-in, in an empty folder; tells what the engine was asked."""
    listening = Listening()
    monkeypatch.setattr(Engine, "review", lambda _, text, **about: listening.review(text, **about))
    monkeypatch.chdir(tmp_path)
    return listening.calls


def write(name: str, text: str | bytes) -> str:
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return name


# -- text ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ru", "pl", "en"])
def test_finding_has_place_line_mark_reason_and_better_words(language):
    result = zgoda("review", write("reply.txt", BAD[language]))
    shown = result.stdout.splitlines()
    assert result.exit_code == 1
    assert shown[0] == "reply.txt:2:1: error calm_down"
    assert shown[1].strip() == BAD[language].splitlines()[1]
    assert set(shown[2].strip()) == {"~"}
    assert SAY[language] in result.stdout
    assert "mis-calm · labels-2.2" in result.stdout
    assert "warning vague_promise" in result.stdout
    assert "\x1b" not in result.stdout


def test_finding_without_better_words_is_better_left_out():
    assert "lepiej pominąć" in zgoda("review", write("reply.txt", BAD["pl"])).stdout


def test_clean_reply_gets_one_line():
    result = zgoda("review", write("reply.txt", "Dziękuję, sprawdzę dziś i napiszę do 15:00."))
    assert (result.exit_code, result.stdout) == (0, "reply.txt: nie ma czego poprawiać\n")


def test_what_is_owed_and_promised_is_told():
    result = zgoda("review", "--interface", "en", stdin=f"{PROMISE}. More is owed.")
    assert "Still owed: " in result.stdout
    assert f"Promised: “{PROMISE}” → 2026-11-27 15:00+01:00 · by the agent · by phone" in " ".join(
        result.stdout.split()
    )


def test_what_is_owed_below_findings_stands_apart_under_the_name_of_the_reply():
    shown = zgoda("review", write("reply.txt", "Calm down. More is owed.")).stdout
    assert shown.splitlines()[-3:] == ["", "reply.txt:", "    Still owed: promise with a time"]


def test_acts_are_shown_when_asked_for():
    name = write("reply.txt", "I am sorry about that.")
    assert "“I am sorry”" not in zgoda("review", name).stdout
    assert "“I am sorry”" in zgoda("review", "--acts", name).stdout


def test_several_replies_end_with_a_sum():
    names = [write(f"{language}.txt", text) for language, text in BAD.items()]
    names.append(write("fine.txt", "Thank you."))
    shown = zgoda("review", *names).stdout.splitlines()
    assert shown[-1] == "Replies: 4, errors: 3, warnings: 3"
    assert "Ответов: 4, ошибок: 3, предупреждений: 3" in zgoda("review", "--interface", "ru", *names).stdout


def test_colour_is_for_terminals_that_want_it(monkeypatch):
    name = write("reply.txt", BAD["en"])
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[1;31merror" in zgoda("review", name).stdout
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[1;31m" not in zgoda("review", name).stdout


@pytest.mark.parametrize("columns", ["40", "80", "120"])
def test_page_fits_the_terminal(monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    text = "Bardzo nam zależy na każdym kliencie, " * 5 + "Proszę się uspokoić. " + "Zawsze wracamy do sprawy. " * 5
    result = zgoda("review", write("reply.txt", text))
    assert max(map(len, result.stdout.splitlines())) <= int(columns)


# -- exit codes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fail_on", "code"),
    [
        ("Calm down", None, 1),
        ("Calm down", "never", 0),
        ("as soon as possible", None, 0),
        ("as soon as possible", "warning", 1),
        ("L2 incident", "warning", 0),
        ("L2 incident", "info", 1),
        ("Thank you.", "info", 0),
    ],
)
def test_severity_that_fails_is_chosen(text, fail_on, code):
    args = [] if fail_on is None else ["--fail-on", fail_on]
    assert zgoda("review", *args, stdin=text).exit_code == code
    assert zgoda("review", "--format", "json", *args, stdin=text).exit_code == code


def test_lines_of_json_fail_only_when_asked_to():
    raw = json.dumps({"id": 1, "text": "Calm down"})
    assert zgoda("review", "--format", "jsonl", stdin=raw).exit_code == 0
    assert zgoda("review", "--format", "jsonl", "--fail-on", "error", stdin=raw).exit_code == 1


# -- input -----------------------------------------------------------------------------------------------------------


def test_line_of_json_is_answered_with_exactly_the_fields_of_the_contract(heard):
    line = {
        "id": "r1",
        "text": BAD["ru"],
        "customer": "Где мой заказ?!",
        "history": [
            {"author": "customer", "text": "Где?"},
            {"author": "agent", "text": "Сейчас.", "role": "supervisor"},
        ],
        "context": {"channel": "e-mail", "agent_name": "Анна", "kind": "note", "colleague_available": False},
        "lang": "ru",
        "now": "2026-11-26T12:00+01:00",
        "colour": "red",
    }
    result = zgoda("review", "--format", "jsonl", stdin=json.dumps(line))
    (answer,) = lines(result)
    assert list(answer) == ["id", "schema", "language", "acts", "findings", "missing", "promises"]
    assert [finding["kind"] for finding in answer["findings"]] == ["calm_down", "vague_promise"]
    ((text, about),) = heard
    assert (text, about["customer"], about["language"]) == (BAD["ru"], "Где мой заказ?!", "ru")
    assert [turn.role for turn in about["history"]] == [None, "supervisor"]
    context = about["context"]
    assert (context.channel, context.agent_name, context.kind) == ("email", "Анна", "note")
    assert context.colleague_available is False
    assert about["now"].isoformat() == "2026-11-26T12:00:00+01:00"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("oops", "not JSON"),
        ('{"id": "x"}', "no text"),
        ('{"id": "x", "text": 5}', "text must be a string, came a number"),
        ('{"id": "x", "text": "a", "customer": 5}', "customer must be a string"),
        ('{"id": "x", "text": "a", "history": {}}', "history must be a list of turns, came an object"),
        ('{"id": "x", "text": "a", "history": [{"author": "boss", "text": "a"}]}', "turn 0: author must be"),
        ('{"id": "x", "text": "a", "context": []}', "context must be an object, came a list"),
        ('{"id": "x", "text": "a", "context": {"channel": "pigeon"}}', "channel must be one of"),
        ('{"id": "x", "text": "a", "context": {"kind": 1}}', "kind must be a string"),
        ('{"id": "x", "text": "a", "lang": "de"}', "lang must be one of"),
        ('{"id": "x", "text": "a", "now": "soon"}', "now must be a time"),
    ],
)
def test_bad_line_is_answered_on_its_place_and_the_rest_is_reviewed(line, fault):
    good = json.dumps({"id": "1", "text": "Thank you."})
    result = zgoda("review", "--format", "jsonl", stdin=f"{good}\n{line}\n{good}\n")
    answers = lines(result)
    assert result.exit_code == 1
    assert [answer["id"] for answer in answers] == ["1", None if line == "oops" else "x", "1"]
    assert list(answers[1]) == ["id", "error"]
    assert answers[1]["error"].startswith("line 2: ")
    assert fault in answers[1]["error"]


def test_fault_of_our_own_costs_one_reply_only(monkeypatch):
    def broken(self, text, **_):  # noqa: ARG001
        if text == "b":
            raise ZeroDivisionError("oh")
        return Listening().review(text)

    monkeypatch.setattr(Engine, "review", broken)
    raw = "".join(json.dumps({"id": one, "text": one}) + "\n" for one in "abc")
    answers = lines(zgoda("review", "--format", "jsonl", stdin=raw))
    assert ["error" in answer for answer in answers] == [False, True, False]
    assert "a fault of zgoda: ZeroDivisionError: oh" in answers[1]["error"]


def test_line_in_text_is_named_by_file_line_and_id():
    name = write("replies.jsonl", json.dumps({"id": "r-7", "text": "Calm down"}) + "\n")
    shown = zgoda("review", "--format", "text", name).stdout
    assert shown.startswith('replies.jsonl:line 1 "r-7": 1:1: error calm_down\n')


def test_lines_go_out_as_lines_when_nobody_looks():
    name = write("replies.jsonl", json.dumps({"id": "r-7", "text": "Calm down"}) + "\n")
    assert lines(zgoda("review", name))[0]["id"] == "r-7"


def test_mail_is_reviewed_by_its_newest_part(heard):
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = "a@example.com", "Re: 4412", "Wed, 25 Nov 2026 10:00:00 +0100"
    mail.set_content("Proszę się uspokoić. Sprawdzam.")
    answer = json.loads(zgoda("review", "--format", "json", write("reply.eml", bytes(mail))).stdout)
    ((text, about),) = heard
    assert (about["context"].channel, about["now"].day) == ("email", 25)
    assert answer["text"] == text
    assert [text[f["start"] : f["end"]] for f in answer["findings"]] == ["Proszę się uspokoić."]


def test_customer_is_given_as_words_or_as_a_file(heard):
    name = write("complaint.txt", "Сколько можно ждать?!".encode("cp1251"))
    zgoda("review", "--customer", "Gdzie paczka?", stdin="Sprawdzam.")
    zgoda("review", "--customer", f"@{name}", stdin="Проверяю.")
    assert [about["customer"] for _, about in heard] == ["Gdzie paczka?", "Сколько можно ждать?!"]
    assert zgoda("review", "--customer", "@gone.txt", stdin="ok").exit_code == 2


def test_words_of_the_line_win_over_those_of_the_call(heard):
    raw = [
        {"text": "a", "customer": "own"},
        {"text": "b"},
        {"text": "c", "history": [{"author": "customer", "text": "h"}]},
    ]
    stdin = "".join(json.dumps(one) + "\n" for one in raw)
    zgoda("review", "--format", "jsonl", "--customer", "call", stdin=stdin)
    assert [about["customer"] for _, about in heard] == ["own", "call", None]


def test_language_of_messages_is_passed_on(heard):
    zgoda("review", "--interface", "pl", stdin="ok")
    assert heard[0][1]["context"].interface_language == "pl"


@pytest.mark.parametrize(
    ("args", "fault"),
    [(["--now", "soon"], "--now"), (["--ignore", "jargon"], "give the reason"), (["--fail-on", "fatal"], "--fail-on")],
)
def test_wrong_usage_is_told(args, fault):
    result = zgoda("review", *args, stdin="ok")
    assert result.exit_code == 2
    assert fault in result.stderr


def test_missing_file_is_told_and_the_rest_is_reviewed():
    result = zgoda("review", "gone.txt", write("reply.txt", "Thank you."))
    assert result.exit_code == 1
    assert result.stderr == "gone.txt: no such file\n"
    assert "reply.txt: nothing to mend" in result.stdout


# -- macros ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "cp1250"])
def test_polish_macros_are_read_in_any_charset(charset):
    text = (
        'id;nazwa;treść\r\n7;Zwłoka;"Szanowna {{ticket.requester.name}},\r\nProszę się uspokoić, dziękuję."\r\n'
        "8;Źle;Zażółć gęślą jaźń\r\n"
    )
    result = zgoda("review", "--macros", write("makra.csv", text.encode(charset)), "--fail-on", "warning")
    assert "Zażółć" not in result.stdout
    assert result.exit_code == 0
    text = text.replace("uspokoić, dziękuję", "uspokoić. Dziękuję")
    result = zgoda("review", "--macros", write("makra.csv", text.encode(charset)))
    assert result.exit_code == 1
    assert result.stdout.startswith('makra.csv:row 2 "Zwłoka": 2:1: error calm_down\n')
    assert result.stdout.splitlines()[-1] == "Odpowiedzi: 2, błędy: 1, ostrzeżenia: 0"


def test_russian_macros_in_windows_1251_are_read():
    text = "Название;Ответ\r\nСрок;Успокойтесь. Уже проверяем заказ и вернёмся с ответом\r\n"
    result = zgoda("review", "--macros", write("m.csv", text.encode("cp1251")))
    assert result.stdout.startswith('m.csv:row 2 "Срок": 1:1: error calm_down\n')


def test_placeholders_are_set_aside_and_shown_as_they_stand(heard):
    macros = [{"title": "Wait", "body": "Dear {{name}}, calm\tdown. Calm down, {name}!"}]
    result = zgoda("review", write("macros.json", json.dumps(macros)), "--format", "json")
    (answer,) = json.loads(result.stdout)
    assert heard[0][0] == "Dear NomaNoma, calm\tdown. Calm down, NomaNo!"
    assert (answer["id"], answer["row"], answer["title"]) == (1, 1, "Wait")
    assert answer["findings"][0]["start"] == macros[0]["body"].index("Calm down")


def test_tables_and_json_documents_are_macros_without_saying_so():
    write("a.tsv", "title\tbody\nA\tCalm down\n")
    write(
        "b.json",
        json.dumps({"macros": [{"title": "B", "actions": [{"field": "comment_value", "value": "Calm down"}]}]}),
    )
    shown = zgoda("review", "a.tsv", "b.json").stdout
    assert 'a.tsv:row 2 "A": 1:1: error calm_down' in shown
    assert 'b.json:row 1 "B": 1:1: error calm_down' in shown


def test_columns_of_macros_may_be_named():
    write("m.csv", "klucz,text,odp\nk1,x,Calm down\n")
    result = zgoda("review", "--macros", "m.csv", "--text-column", "odp", "--id-column", "klucz", "--format", "json")
    assert json.loads(result.stdout)[0]["id"] == "k1"


def test_macros_without_a_column_of_text_are_told():
    result = zgoda("review", "--macros", write("m.csv", "a,b\n1,2\n"))
    assert result.exit_code == 1
    assert result.stderr == "m.csv: no column of text is known among 'a', 'b'; name it with --text-column\n"


# -- ignoring --------------------------------------------------------------------------------------------------------


def test_what_is_ignored_is_counted_with_its_reason_and_fails_nothing():
    result = zgoda("review", "--ignore", "mis-calm=our house style", stdin="Calm down, as soon as possible")
    assert result.exit_code == 0
    assert "calm_down" not in result.stdout
    assert result.stdout.splitlines()[-1] == "Ignored: mis-calm 1 (our house style)"


def test_ignore_file_of_the_folder_is_honoured_and_the_call_wins():
    write(".zgoda-ignore.toml", '[ignore]\ncalm_down = "from the file"\nvague_promise = "too"\n')
    result = zgoda("review", "--ignore", "calm_down=from the call", stdin="Calm down, as soon as possible")
    assert result.stdout.splitlines()[-2:] == [
        "Ignored: calm_down 1 (from the call)",
        "Ignored: vague_promise 1 (too)",
    ]


def test_json_counts_what_was_ignored():
    answer = json.loads(zgoda("review", "--format", "json", "--ignore", "calm_down=x", stdin="Calm down").stdout)
    assert (answer["findings"], answer["ignored"]) == ([], {"calm_down": 1})


def test_faulty_ignore_file_stops_before_anything_is_reviewed(heard):
    write(".zgoda-ignore.toml", "[ignore]\ncalm_down = ''\n")
    result = zgoda("review", stdin="Calm down")
    assert (result.exit_code, heard) == (1, [])
    assert ".zgoda-ignore.toml: calm_down: give the reason" in result.stderr


def test_thousands_of_lines_are_reviewed_one_at_a_time(monkeypatch):
    """No more than one reply is held: the second line is not read before the first is answered."""
    from zgoda.doors import replies

    order = []
    taken = replies.text_of
    monkeypatch.setattr(replies, "text_of", lambda fields: order.append("in") or taken(fields))
    monkeypatch.setattr(Engine, "review", lambda _, text, **about: order.append("out") or Listening().review(text))  # noqa: ARG005
    zgoda("review", "--format", "jsonl", stdin=json.dumps({"text": "a"}) + "\n" + json.dumps({"text": "b"}))
    assert order == ["in", "out", "in", "out"]
