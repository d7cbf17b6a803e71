"""Every entry of the shipped content rests on a source that is explained in `sources.toml`."""

from fnmatch import fnmatchcase
from functools import lru_cache

import pytest

from zgoda.rules.loader import load_content
from zgoda.values import LANGUAGES


@lru_cache
def content():
    return load_content(strict=False)


def known(source):
    return any(fnmatchcase(source, name) for name in content().sources)


@pytest.mark.parametrize("language", LANGUAGES)
def test_source_of_every_concept_and_rule_is_explained(language):
    entries = content().entries[language].values()
    assert [f"{e.file}:{e.line}: {e.id}: {e.source}" for e in entries if not known(e.source)] == []


@pytest.mark.parametrize("part", ["common", *LANGUAGES])
def test_source_of_every_pattern_is_explained(part):
    patterns = content().patterns.get(part, [])
    assert [f"{raw['_file']}:{raw['_line']}: {raw['source']}" for raw in patterns if not known(raw["source"])] == []


def test_every_source_says_what_it_is_and_where_it_comes_from():
    for name, told in content().sources.items():
        assert set(told) == {"title", "where"}, name
        assert all(isinstance(words, str) and words for words in told.values()), name


def test_source_without_an_entry_in_the_list_is_not_known():
    assert not known("labels-14")
    assert not known("???")
