"""Every entry of the fact patterns is held to its own examples."""

from datetime import UTC, datetime

import pytest

from tests.expressions.content import LANGUAGES, entries, expressions, marked

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)  # a Thursday
ALL = [(folder, entry) for folder in ("common", *LANGUAGES) for entry in entries(folder)]
IDS = [f"{folder}:{entry['id']}" for folder, entry in ALL]


@pytest.mark.parametrize(("folder", "entry"), ALL, ids=IDS)
def test_marked_words_are_caught_as_the_entrys_kind(folder, entry):
    for snippet in entry["catch"]:
        text, spans = marked(snippet)
        found = {(fact.start, fact.end): fact.kind for fact in expressions(folder).find(text, now=NOW)}
        if entry["kind"] == "none":
            assert not [span for span in found for at in spans if span[0] < at[1] and at[0] < span[1]], snippet
        elif snippet not in entry.get("known_miss", ()):
            assert {span: found.get(span) for span in spans} == dict.fromkeys(spans, entry["kind"]), (snippet, found)


@pytest.mark.parametrize(("folder", "entry"), [(f, e) for f, e in ALL if "values" in e])
def test_values_of_the_marked_words_are_the_declared_ones(folder, entry):
    values = []
    for snippet in entry["catch"]:
        text, spans = marked(snippet)
        found = {(fact.start, fact.end): fact.value for fact in expressions(folder).find(text, now=NOW)}
        values += [found.get(span) or "" for span in spans]
    assert values == entry["values"]


@pytest.mark.parametrize(("folder", "entry"), ALL, ids=IDS)
def test_near_misses_pass(folder, entry):
    for text in entry["pass"]:
        assert entry["id"] not in {fact.pattern for fact in expressions(folder).find(text, now=NOW)}, text


@pytest.mark.parametrize("folder", ["common", *LANGUAGES])
def test_ids_are_given_once(folder):
    ids = [entry["id"] for entry in entries(folder)]
    assert len(ids) == len(set(ids))
