import pytest
from hypothesis import given
from hypothesis import strategies as st

from zgoda.text.html import blank_markup, html_to_text, looks_like_html, quoted_markup
from zgoda.text.markup import walk

HTML = st.lists(
    st.sampled_from(
        ["<", ">", "</", "<!--", "-->", "<p>", "</p>", "<br/>", '<a href="', "'", '"', "=", "&amp;", "&lt", "&#x41;",
         "&#0;", "&", ";", "<script>", "</script>", "<style>", "</style>", "<blockquote>", "</blockquote>",
         '<div class="gmail_quote">', "</div>", "<li>", "<ol>", "</ol>", "<pre>", "</pre>", "\n", " ", "text", "ё",
         "\ud800", "<td>", "<!doctype html>", "<title>", "&nbsp;", "&NotEqualTilde;"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@pytest.mark.parametrize(
    "text", ["<p>Hi</p>", "Hi<br>there", "<!DOCTYPE html>", '<div class="x">a', "<B>no</B>", "a</span>"]
)
def test_html_is_recognised(text: str) -> None:
    assert looks_like_html(text)


@pytest.mark.parametrize(
    "text", ["I <3 you", "a < b > c", "<jan@example.com>", "<order 5>", "2<3", "<https://example.com>", "<>", ""]
)
def test_plain_text_is_not_html(text: str) -> None:
    assert not looks_like_html(text)


def test_blanked_text_keeps_its_places() -> None:
    html = '<p>Where is <b>my</b> order?</p><script>var a = "<p>";</script>Tom &amp; Ann'
    blank = blank_markup(html)
    assert len(blank) == len(html)
    assert blank.index("order") == html.index("order")
    assert "var" not in blank
    assert "Tom &\u200b\u200b\u200b\u200b Ann" in blank


def test_block_tags_break_the_line_and_others_do_not() -> None:
    assert blank_markup("a<br>b<i>c</i>") == "a\n   b   c    "


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("&lt;", "<"),
        ("&#1078;", "ж"),
        ("&#x416;", "Ж"),
        ("&eacute", "é"),
        ("&zzz;", "&zzz;"),
        ("&", "&"),
        ("&#0;", "\ufffd"),
        ("&a=b", "&a=b"),
    ],
)
def test_character_references_are_read(source: str, shown: str) -> None:
    assert blank_markup(source).replace("\u200b", "") == shown
    assert html_to_text(source) == shown


@pytest.mark.parametrize("text", ["a < b", "<3", "5 <6 and 7> 2", "<jan@example.com>", "x <"])
def test_signs_that_are_no_tags_stay(text: str) -> None:
    assert blank_markup(text) == text


def test_quoted_sign_inside_a_tag_does_not_end_it() -> None:
    assert html_to_text('<a title="1 > 0" href="x">link</a>') == "link"


def test_comment_and_style_are_not_text() -> None:
    assert html_to_text("a<!-- <p>no</p> -->b<style>p { }</style>c") == "abc"


@pytest.mark.parametrize("html", ["<!-- open <p>text</p>", "<style>p<p>text", "<script>text"])
def test_what_is_never_closed_hides_no_text(html: str) -> None:
    assert "text" in html_to_text(html)


def test_paragraphs_lists_and_cells_read_well() -> None:
    html = (
        "<h1>Claim</h1><p>One\n  two</p><ul><li>a<li>b</ul><ol><li>x</li><li>y</li></ol><table><tr><td>1<td>2</table>"
    )
    assert html_to_text(html) == "Claim\n\nOne two\n\n- a\n- b\n\n1. x\n2. y\n\n1 2"


def test_layout_of_pre_is_kept() -> None:
    assert html_to_text("<pre>a  b\n\nc</pre>") == "a  b\n\nc"


def test_smiley_pictures_are_read() -> None:
    assert html_to_text('Great <img alt="😡" src="x">!') == "Great 😡!"
    assert html_to_text('<img alt="Logo of the shop" src="x">a') == "a"


@pytest.mark.parametrize(
    "box",
    [
        "<blockquote>old</blockquote>",
        '<div class="gmail_quote">old</div>',
        '<div class="yahoo_quoted" id="1">old</div>',
        '<div id="appendonsend"></div><div>old</div>',
        '<div id="divRplyFwdMsg" dir="ltr">old</div>',
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3pt"><p>old</p></div>',
    ],
)
def test_boxes_of_mail_programs_become_quotation(box: str) -> None:
    html = f"<div>new</div>{box}"
    assert html_to_text(html).split("\n")[0] == "new"
    assert html_to_text(html).endswith("> old")
    spans = quoted_markup(html)
    assert "old" in "".join(html[start:end] for start, end in spans)
    assert "new" not in "".join(html[start:end] for start, end in spans)


def test_words_below_a_box_are_own_again() -> None:
    assert html_to_text("<blockquote>old</blockquote><p>new</p>") == "> old\n\nnew"


def test_box_around_everything_is_no_quotation() -> None:
    assert html_to_text('<div class="gmail_quote"><p>all</p><blockquote>old</blockquote></div>') == "all\n\n> old"
    assert quoted_markup("<blockquote>all</blockquote>") == ()


@pytest.mark.parametrize(
    "piece", ["<", "&", "<a", '<a "="', "<!--", "<script>", "<style>a</style>", "&#1", "<blockquote>", "</ "]
)
def test_a_megabyte_of_one_sign_ends(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    assert len(blank_markup(text)) == len(text)
    looks_like_html(text)
    html_to_text(text)


@given(st.one_of(HTML, st.text(max_size=200)))
def test_blanking_never_changes_the_length(text: str) -> None:
    blank = blank_markup(text)
    assert len(blank) == len(text)


@given(st.one_of(HTML, st.text(max_size=200)))
def test_pieces_follow_each_other_without_gap(text: str) -> None:
    place = 0
    for piece in walk(text):
        assert piece.start == place < piece.end
        place = piece.end
    assert place == len(text)


@given(st.one_of(HTML, st.text(max_size=200)))
def test_any_text_becomes_plain(text: str) -> None:
    html_to_text(text)
    place = 0
    for start, end in quoted_markup(text):
        assert place <= start < end <= len(text)
        place = end


@given(st.text(alphabet=st.characters(exclude_characters="<&\ud800", exclude_categories=["Cs"]), max_size=200))
def test_text_without_markup_is_left_alone(text: str) -> None:
    assert blank_markup(text) == text
