"""The pages of docs/content tell what stands in an entry."""

from tools.content_pages import entry_lines, marked, pattern_lines, plain
from zgoda.rules.schema import parse_entry, parse_example

RAW = {
    "id": "late-thing",
    "gloss": "comes *late*",
    "source": "usage",
    "level": "decide",
    "label": "causes:delivery",
    "terms": ", ".join(f"word{n}" for n in range(20)),
    "catch": ["it is [word1] [word2] now"],
    "pass": ["a_b"],
    "known_miss": ["[word] alone"],
}


def lines():
    entry, faults = parse_entry(RAW, "concept", "en", "content/en/lexicons/x.toml", 1)
    assert faults == []
    return "\n".join(entry_lines(entry))


def test_entry_tells_id_gloss_level_label_source_and_number_of_terms():
    told = lines()
    assert told.startswith("### late-thing\n")
    assert "comes \\*late\\*" in told
    assert "decide, `causes:delivery`, source `usage`; 20 terms" in told


def test_only_the_first_terms_are_shown():
    assert "`word14`, …" in lines()
    assert "`word15`" not in lines()


def test_examples_show_their_marked_words_in_bold():
    assert "- finds: it is **word1** **word2** now" in lines()
    assert "- lets pass: a\\_b" in lines()
    assert "- known miss: **word** alone" in lines()


def test_signs_of_markdown_are_left_without_effect():
    assert plain("a|b <i> #c") == "a\\|b \\<i\\> \\#c"
    assert marked(parse_example("[*x*] y")) == "**\\*x\\*** y"


def test_pattern_is_told_with_the_kind_of_fact():
    raw = {"id": "fact-x", "kind": "date", "level": "decide", "source": "labels-1.6", "catch": ["on [3 May]"]}
    assert "decide, `facts:date`, source `labels-1.6`" in "\n".join(pattern_lines(raw))
