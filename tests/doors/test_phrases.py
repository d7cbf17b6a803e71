"""`zgoda phrases`: counts, phrases as text and JSON, and wrong usage."""

import json

from click.testing import CliRunner

from zgoda.doors.command_phrases import phrases


def run(*args):
    return CliRunner().invoke(phrases, list(args), prog_name="zgoda phrases")


def test_without_a_stage_all_are_listed_with_counts():
    rows = run().stdout.splitlines()
    assert rows[0].split() == ["ru", "pl", "en"]
    counts = {row.split()[0]: [int(n) for n in row.split()[1:]] for row in rows[1:]}
    assert {"acknowledge", "release", "self_harm", "refusal", "aftercare"} <= set(counts)
    assert min(n for each in counts.values() for n in each) >= 5


def test_counts_as_json_for_one_language():
    answer = json.loads(run("--lang", "pl", "--format", "json").stdout)
    assert answer["schema"] == 1
    assert set(answer["counts"]["soothe"]) == {"pl"}


def test_phrase_is_shown_with_id_row_and_open_slots():
    shown = run("boundary", "--lang", "pl", "--channel", "phone", "--name", "Anna Nowak", "--count", "1").stdout
    assert "Pani Anno, chcę to rozwiązać" in shown
    assert "boundary-by-name  S1.16" in shown
    assert "open: clause" in run("reflect", "--lang", "en", "--channel", "chat").stdout


def test_slots_agent_and_manager_are_filled():
    said = run(
        *("transfer", "--lang", "pl", "--channel", "chat", "--name", "Tomasz Kowalski", "--agent", "Ewa"),
        *("--agent-gender", "f", "--manager", "Jan Lis", "--slot", "time=15:00", "--format", "json", "--count", "9"),
    )
    texts = [one["text"] for one in json.loads(said.stdout)["phrases"]]
    assert any(text.startswith("Panie Tomaszu, zrobiłam wszystko, co mogłam.") for text in texts)
    assert "Jan Lis oddzwoni dziś o godz. 15:00, komplet materiałów jest już przekazany." in texts


def test_used_phrase_and_fact():
    first = json.loads(run("soothe", "--lang", "en", "--format", "json").stdout)["phrases"][0]["id"]
    again = json.loads(run("soothe", "--lang", "en", "--format", "json", "--used", first).stdout)["phrases"]
    assert first not in [one["id"] for one in again]
    assert "our mistake" in run("soothe", "--lang", "en", "--fact", "fault_established").stdout


def test_stage_needs_a_language():
    result = run("soothe")
    assert result.exit_code == 2
    assert "--lang" in result.stderr


def test_wrong_stage_channel_and_slot_are_told():
    for args, word in (
        (("shout", "--lang", "en"), "no such stage"),
        (("soothe", "--lang", "en", "--channel", "pigeon"), "channel must be"),
        (("soothe", "--lang", "en", "--slot", "ordr=1"), "--slot KEY=VALUE"),
    ):
        result = run(*args)
        assert result.exit_code == 2
        assert word in result.stderr


def test_company_folder_replaces_a_phrase(tmp_path):
    path = tmp_path / "en" / "tables" / "phrases.toml"
    path.parent.mkdir(parents=True)
    path.write_text(
        '[listen-then]\nstage = "listen"\ntext = "Go on."\nchannels = ["phone"]\nacts = ["invite"]\nrows = ["S3.42"]\n',
        "utf-8",
    )
    shown = run("listen", "--lang", "en", "--channel", "phone", "--count", "9", "--content", str(tmp_path)).stdout
    assert "Go on." in shown
    assert "What happened after that?" not in shown
