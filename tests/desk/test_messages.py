"""Every message of the desk is translated, and the tool that says so finds what is wrong."""

import gettext
import json
from io import BytesIO

import pytest

from tools import message_faults, message_files, messages
from tools.message_files import LANGUAGES, found, listed, merged, read, write

PAGE = """{% load i18n %}
  <p title="{% translate "Hello" context "to a person" %}">
      {% blocktranslate count number=all|length trimmed with who=name %}
        One message from <b>{{ who }}</b>
      {% plural %}
        {{ number }} messages from <b>{{ who }}</b>
      {% endblocktranslate %}
    {# Translators: on a button #}
    {% translate 'Send' %} {{ _("Undo") }} {% translate variable %}
"""
CODE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy
NAME = _("Queue of %(team)s")
_, rest = rest
DAYS = ngettext("%(count)d day", "%(count)d days", 3)
"""
RUSSIAN = {
    "Queue of %(team)s": "Очередь: %(team)s",
    "Hello": "Здравствуйте",
    "Send": "Отправить",
    "Undo": "Отменить",
    "%(count)d day": ("%(count)d день", "%(count)d дня", "%(count)d дней"),
    "One message from <b>%(who)s</b>": tuple(
        f"%(number)s {word} от <b>%(who)s</b>" for word in ("письмо", "письма", "писем")
    ),
}


@pytest.fixture
def source(tmp_path):
    for name, text in {"page.html": PAGE, "code.py": CODE, "app/migrations/0001.py": 'x = _("hidden")'}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def translated(source, **changes):
    catalog = merged(found(source), read("ru", source))
    for (name, _), message in listed(catalog).items():
        message.string = changes.get(name, RUSSIAN[name])
    write("ru", catalog, source)
    return message_faults.faults("ru", source)


@pytest.mark.parametrize("language", LANGUAGES)
def test_desk_speaks_every_language_in_full(language):
    told = message_faults.faults(language)
    assert not told, "\n".join(told)


def test_messages_of_code_and_templates_are_found_and_migrations_are_not(source):
    here = listed(found(source))
    assert set(here) == {
        ("Queue of %(team)s", None),
        ("Hello", "to a person"),
        ("Send", None),
        ("Undo", None),
        ("%(count)d day", None),
        ("One message from <b>%(who)s</b>", None),
    }
    assert here["Send", None].auto_comments == ["on a button"]


def test_whole_catalogue_has_no_faults_and_is_written_the_same_twice(source):
    assert translated(source) == []
    before = [path.read_bytes() for path in sorted(source.rglob("django.*"))]
    write("ru", merged(found(source), read("ru", source)), source)
    assert [path.read_bytes() for path in sorted(source.rglob("django.*"))] == before
    assert len(before) == 2


def test_plural_forms_are_chosen_by_number(source):
    translated(source)
    binary = message_files.file_of("ru", source).with_suffix(".mo").read_bytes()
    speech = gettext.GNUTranslations(BytesIO(binary))
    told = [speech.ngettext("%(count)d day", "%(count)d days", n) % {"count": n} for n in (1, 3, 11, 21)]
    assert told == ["1 день", "3 дня", "11 дней", "21 день"]


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("Send", "", "no translation: 'Send'"),
        ("Queue of %(team)s", "Очередь", "%(team)s became nothing"),
        ("Queue of %(team)s", "Очередь %(тим)s", "became %"),
        ("%(count)d day", ("день", "%(count)d дня", "%(count)d дней"), "%(count)d became nothing"),
        ("%(count)d day", ("%(count)d день", "%(count)d дня", ""), "no translation"),
        ("Send", "Отправить <b>", "became <b>"),
        ("Send", " Отправить", "space at the edge"),
    ],
)
def test_fault_of_a_translation_is_told(source, name, text, fault):
    assert fault in "\n".join(translated(source, **{name: text}))


def test_polish_form_beside_one_may_leave_the_number_out():
    message = message_files.Message(("%(n)s day", "%(n)s days"), ("jeden dzień", "%(n)s dni", "%(n)s dni"))
    assert list(message_faults.wrong(message, "pl")) == []


def test_new_and_dropped_messages_and_stale_binaries_are_told(source):
    translated(source)
    (source / "code.py").write_text('_("Fresh")', encoding="utf-8")
    file = message_files.file_of("ru", source)
    file.write_text(file.read_text(encoding="utf-8").replace("Отправить", "Отослать"), encoding="utf-8")
    told = "\n".join(message_faults.faults("ru", source))
    assert "new in code.py: 'Fresh'" in told
    assert "used no longer: 'Queue of %(team)s'" in told
    assert "django.mo is not made from this file" in told


def test_translation_of_a_dropped_message_waits_for_its_return(source):
    translated(source)
    page = (source / "page.html").read_text(encoding="utf-8")
    (source / "page.html").write_text("", encoding="utf-8")
    write("ru", merged(found(source), read("ru", source)), source)
    (source / "page.html").write_text(page, encoding="utf-8")
    write("ru", merged(found(source), read("ru", source)), source)
    assert message_faults.faults("ru", source) == []


def test_missing_messages_come_back_filled_in(source):
    write("ru", merged(found(source), read("ru", source)), source)
    lines = json.loads(json.dumps(messages.missing("ru", source)))
    assert [line["text"] for line in lines if line["id"] == ["%(count)d day", "%(count)d days"]] == [["", "", ""]]
    for line in lines:
        line["text"] = RUSSIAN[line["id"] if isinstance(line["id"], str) else line["id"][0]]
    messages.fill("ru", lines, source)
    assert messages.missing("ru", source) == []
    assert message_faults.faults("ru", source) == []


def test_translation_of_an_unknown_message_changes_nothing(source):
    translated(source)
    with pytest.raises(KeyError):
        messages.fill("ru", [{"id": "Send", "text": "x"}, {"id": "Sned", "text": "y"}], source)
    assert message_faults.faults("ru", source) == []
    assert listed(read("ru", source))["Send", None].string == "Отправить"


def test_unknown_command_prints_the_help(capsys):
    assert messages.main(["translate"]) == 2
    assert "python -m tools.messages extract" in capsys.readouterr().out
