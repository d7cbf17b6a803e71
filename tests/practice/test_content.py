import tomllib

import pytest

from tests.practice.played import NOW, cast, guidance, review
from zgoda.api import engine
from zgoda.naming import NameBook, address, parse_name
from zgoda.practice import answer, open_scene, personas
from zgoda.practice.fill import filled
from zgoda.practice.lines import reactions
from zgoda.practice.load import load_cast
from zgoda.rules.loader import SHIPPED, load_content
from zgoda.rules.pack import digest
from zgoda.values import LANGUAGES, STATES, Conversation, Turn

PERSONAS = sorted(cast())


def every_text(persona):
    own = [line for moods in persona.lines.values() for lines in moods.values() for line in lines]
    shared = [line for moods in persona.voice.lines.values() for lines in moods.values() for line in lines]
    case = [line for lines in persona.case.values() for line in lines]
    return [persona.opening, persona.subject, *case, *persona.details, *own, *shared]


def test_no_faults():
    assert load_cast().faults == []


def test_four_or_more_in_every_language():
    known = engine().knowledge
    assert all(len(personas(known, language)) >= 4 for language in LANGUAGES)
    assert all(one.language == "pl" for one in personas(known, "pl"))


def test_cast_opens_in_every_state_and_with_every_danger():
    opened = {one.id: engine().read(open_scene(one, NOW).text) for one in cast().values()}
    assert {reading.state for reading in opened.values()} == set(STATES)
    turns = {name: Conversation((Turn("customer", open_scene(cast()[name], NOW).text),)) for name in opened}
    assert {engine().guide(one).safety for one in turns.values()} == {"none", "threat", "self_harm"}


@pytest.mark.parametrize("name", PERSONAS)
def test_every_mood_and_trigger_has_a_line(name):
    persona = cast()[name]
    for trigger in persona.rules.triggers:
        assert all(reactions(persona, trigger, mood) for mood in STATES), trigger


@pytest.mark.parametrize("name", PERSONAS)
def test_slots_are_filled(name):
    persona = cast()[name]
    texts = [filled(text, persona, NOW) for text in every_text(persona)]
    assert not [text for text in texts if "{" in text or "}" in text or "|" in text]


def test_days_are_counted_from_the_opening():
    marina = cast()["marina"]
    assert filled("к {date+3}, {on+3}", marina, NOW) == "к 22 ноября, в воскресенье"
    assert filled("{on-1}", cast()["damian"], NOW) == "w środę"


@pytest.mark.parametrize("name", PERSONAS)
def test_name_and_vocative_are_known(name):
    persona = cast()[name]
    book = NameBook.of(engine().knowledge.content.tables)
    parsed = parse_name(persona.name, persona.language, book)
    assert parsed is not None
    assert parsed.gender in (persona.gender, None)
    assert address(parsed, persona.language, "salutation_formal", book)
    assert persona.email.endswith(".example")


def test_personas_are_not_in_the_packs(tmp_path):
    (tmp_path / "ru" / "personas").mkdir(parents=True)
    before = digest(tmp_path)
    (tmp_path / "ru" / "personas" / "anna.toml").write_text("id = 1", "utf-8")
    assert digest(tmp_path) == before


def test_company_folder_may_bring_its_own(tmp_path):
    text = (SHIPPED / "en" / "personas" / "priya.toml").read_text("utf-8").replace('"priya"', '"anna"')
    (tmp_path / "en" / "personas").mkdir(parents=True)
    (tmp_path / "en" / "personas" / "anna.toml").write_text(text, "utf-8")
    assert "anna" in load_cast(load_content([tmp_path]).roots).personas


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('gender = "f"', 'gender = "x"', "`gender` must be one of m, f, came 'x'"),
        ("heat = 6", "heat = 700", "`heat` must be a whole number from 0 to 100"),
        ('cooled_by = ["solution"]', 'cooled_by = ["magic"]', "`cooled_by` has no such kind: 'magic'"),
        ("{card}", "{kard}", "nothing fills the slot {kard}"),
        ("[lines.agreed]", "[lines.agrees]", "[lines.agrees] is no trigger"),
        ("angry = [", "furious = [", "[case] has no such mood: 'furious'"),
        ("ceiling = 70", "ceiling = 90", "[case] needs 2 lines or more for `abusive`"),
        ('id = "priya"', 'id = "prya"', "the id must be the name of the file"),
        ("[facts]", "[facts", "not readable as TOML"),
        ("[facts]", "[facts]\nsum = 5", "[facts] must hold texts"),
        ("calm = [\n", "calm = 5\nother = [\n", "`calm` must be a list of texts"),
        ('cooled_by = ["solution"]', "cooled_by = [[1]]", "`cooled_by` must be a list of texts"),
        ("patience = 5", "patience = 5\ncare = 1", "`care` must be true or false"),
        ("patience = 5", "patience = 5\nhumour = 1", "`humour` is not known here"),
        ("[lines.agreed]", "[lines]\nagreed = 1\n[lines.stung]", "[lines.agreed] must be a table of moods"),
    ],
)
def test_faults_tell_file_line_and_id(tmp_path, old, new, fault):
    text = (SHIPPED / "en" / "personas" / "priya.toml").read_text("utf-8")
    text = text.replace("card ending 4471", "card ending {card}")
    assert old in text
    (tmp_path / "en" / "personas").mkdir(parents=True)
    (tmp_path / "en" / "personas" / "priya.toml").write_text(text.replace(old, new), "utf-8")
    faults = load_cast([(SHIPPED, "content"), (tmp_path, tmp_path.name)]).faults
    assert [one for one in faults if one.startswith(f"{tmp_path.name}/en/personas/priya.toml:") and fault in one]


@pytest.mark.parametrize("language", LANGUAGES)
def test_shared_lines_stand_once(language):
    voice = tomllib.loads((SHIPPED / language / "personas" / "voice.toml").read_text("utf-8"))
    lines = [line for moods in voice["lines"].values() for texts in moods.values() for line in texts]
    assert len(set(lines)) == len(lines)


@pytest.mark.parametrize("name", PERSONAS)
def test_any_finding_and_any_act_is_answered(name):
    persona = cast()[name]
    for kind in persona.rules.findings:
        assert answer(open_scene(persona, NOW), review(findings=[kind]), guidance(), now=NOW).text or persona.agreed
    for kind in persona.rules.acts:
        assert answer(open_scene(persona, NOW), review(kind), guidance(), now=NOW).text
