"""The page of one reading: what stands out, what is folded, and that it fits."""

import io
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zgoda import values
from zgoda.doors.messages import Message
from zgoda.doors.paper import Paper, clean
from zgoda.doors.show import ReadingPage
from zgoda.doors.wording import Wording
from zgoda.text.mail import Attachment, Mail
from zgoda.values import Fact, Reading, Reason, Sentence, Span

WORDING = tomllib.loads(
    (Path(values.__file__).parents[1] / "content" / "common" / "tables" / "wording.toml").read_text("utf-8")
)
TEXT = "Order 4412 is lost, you clowns! It cost £49.90. Third time I write."
READING = Reading(
    language="en",
    state="abusive",
    temperature=88,
    abuse=(Span("insult", 20, 30, "you clowns"),),
    signals=(Span("repeat_contact", 48, 58, "Third time"),),
    causes=("delivery", "waiting"),
    demands=("refund", "callback"),
    facts=(Fact("order", 6, 10, "4412"), Fact("money", 40, 46, "£49.90", "49.90 GBP")),
    sentences=(Sentence(0, 31, "fact"), Sentence(32, 47, "emotion"), Sentence(48, 67, "fact")),
    reasons=(
        Reason("state:abusive", 24, 30, "labels-6.3", feature="a:insult-worthless@you"),
        Reason("abuse:insult", 24, 30, "labels-6.3", rule="insult-you"),
        Reason("signals:repeat_contact", 48, 58, "labels-6.7", feature="a:nth-time"),
        Reason("causes:delivery", 14, 18, "model", feature="word:lost"),
        Reason("demands:refund", 0, 67, "model", feature="whole text"),
    ),
)


def page(
    reading: Reading = READING,
    text: str = TEXT,
    *,
    width: int = 80,
    explain: bool = False,
    show_abuse: bool = False,
    encoding: str = "utf-8",
    mail: Mail | None = None,
    **options: object,
) -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    paper = Paper(stream, width, **options)
    ReadingPage(WORDING, explain, show_abuse, paper).message(Message("a.txt", text, mail=mail), reading)
    stream.flush()
    return raw.getvalue().decode(encoding)


def test_header_says_state_number_and_language():
    assert "▂▄▆█ Abusive 88   ████████ ████████████ ████████████ ████░░░░   English" in page()


def test_facts_stand_out_with_their_kind():
    assert "Order *4412* ‹number› is lost" in page()
    assert "*£49.90* ‹money›" in page()


def test_facts_are_bold_and_underlined_where_the_terminal_can():
    drawn = page(force_terminal=True, color_system="truecolor", no_color=False)
    assert "\x1b[1;4m4412\x1b[0m" in drawn
    assert "*4412*" not in drawn


def test_insult_is_folded_everywhere_until_asked_for():
    assert "clowns" not in page(explain=True)
    assert "[insult ▪▪▪]" in page()
    assert "you clowns!" in page(show_abuse=True)


def test_fact_inside_abuse_stays_readable():
    whole = Reading("en", "abusive", 88, abuse=(Span("insult", 0, 31, TEXT[:31]),), facts=READING.facts[:1])
    whole_sentence = Reading(
        "en", "abusive", 88, abuse=whole.abuse, facts=whole.facts, sentences=(Sentence(0, 31, "fact"),)
    )
    assert "[insult ▪▪▪]*4412* ‹number›[insult ▪▪▪]" in page(whole_sentence)


def test_overlapping_kinds_of_abuse_are_one_fold():
    two = (Span("insult", 20, 30, "you clowns"), Span("profanity", 24, 30, "clowns"))
    drawn = page(Reading("en", "abusive", 88, abuse=two, sentences=READING.sentences))
    assert "[insult+profanity ▪▪▪]!" in drawn


def test_sections_say_claims_wants_facts_risks_and_why():
    drawn = page()
    assert "Claims    Delivery (main), waiting" in drawn
    assert "Wants     Refund, a call or a letter back" in drawn
    assert "Check     number  4412" in drawn
    assert "money   £49.90  → 49.90 GBP" in drawn
    assert "Risks     Wrote or called before  “Third time”" in drawn


def test_three_reasons_are_told_and_all_of_them_when_asked():
    assert page().count("concept ") + page().count("rule ") == 3
    assert "2 more with --explain" in page()
    drawn = page(explain=True)
    assert "more with" not in drawn
    assert "Insult: “[insult ▪▪▪]”  · rule insult-you · labels-6.3" in drawn
    assert "Refund: the text as a whole" in drawn


@pytest.mark.parametrize(("signal", "words"), [("self_harm", "harming himself"), ("threat", "supervisor")])
def test_danger_to_a_person_is_said_first(signal, words):
    span = Span(signal, 0, 5, "Order")
    reading = (
        Reading("en", "abusive", 90, abuse=(span,)) if signal == "threat" else Reading("en", "calm", 5, signals=(span,))
    )
    assert words in page(reading).splitlines()[2]


def test_words_between_sentences_are_shown_as_not_read():
    text = "Ok. > On Monday you wrote: hello\n" + "> old words " * 100
    drawn = page(Reading("en", "calm", 5, sentences=(Sentence(0, 3, "other"),)), text)
    assert "not read  > On Monday" in drawn
    assert "characters more)" in drawn


def test_paragraphs_stay_apart():
    text = "One.\n\nTwo."
    drawn = page(Reading("en", "calm", 5, sentences=(Sentence(0, 4, "other"), Sentence(6, 10, "other"))), text)
    assert "One.\n\n          Two." in drawn


def test_markup_of_a_web_page_is_not_shown():
    text = "<p>Order <b>4412</b> is lost</p>"
    drawn = page(Reading("en", "calm", 5, sentences=(Sentence(3, 28, "fact"),)), text)
    assert "Order 4412 is lost" in drawn


def test_mail_shows_sender_subject_and_files():
    mail = Mail("Lost", "Ann", "ann@example.com", "2026-11-25T10:00:00+01:00", TEXT, (Attachment("a.jpg", "x", 2048),))
    drawn = page(mail=mail)
    assert "From      Ann <ann@example.com>" in drawn
    assert "Files     a.jpg (2 kB)" in drawn


def test_ascii_terminal_gets_ascii_signs_only():
    assert page(text=TEXT.replace("£", "$"), encoding="ascii").isascii()


def test_sums_and_numbers_never_break():
    text = "word " * 11 + "34 990 RUB and +48 600 100 200"
    facts = (Fact("money", 55, 65, "34 990 RUB"), Fact("phone", 70, 85, "+48 600 100 200"))
    sentences = (Sentence(0, len(text), "fact"),)
    for width in range(48, 90):
        drawn = page(Reading("en", "calm", 5, facts=facts, sentences=sentences), text, width=width)
        assert "*34 990 RUB* ‹money›" in drawn
        assert "*+48 600 100 200* ‹phone›" in drawn


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(width):
    assert max(map(len, page(width=width, explain=True).splitlines())) <= width


def test_every_label_has_a_name_that_people_see():
    wording = Wording(WORDING)
    for group, kinds in (
        ("state", values.STATES), ("abuse", values.ABUSE), ("signals", values.SIGNALS), ("causes", values.CAUSES),
        ("demands", values.DEMANDS), ("facts", values.FACTS), ("roles", values.ROLES),
        ("language", (*values.LANGUAGES, "und")),
    ):  # fmt: skip
        assert [kind for kind in kinds if not wording.has(group, kind)] == []


def test_name_that_the_wording_lacks_is_the_wire_name():
    assert Wording({}).name("causes", "staff_conduct") == "staff conduct"


@given(st.text(max_size=80))
def test_no_text_commands_the_terminal(text):
    assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in clean(text))


_SPAN = st.tuples(st.integers(0, 60), st.integers(1, 20))


@settings(deadline=None)
@given(
    st.text(min_size=80, max_size=80),
    st.lists(_SPAN, max_size=4),
    st.lists(_SPAN, max_size=4),
    st.lists(_SPAN, max_size=4),
    st.booleans(),
)
def test_any_spans_can_be_drawn(text, facts, abuse, sentences, explain):
    reading = Reading(
        "en",
        "abusive",
        100,
        abuse=tuple(Span("insult", a, a + n, text[a : a + n]) for a, n in abuse),
        facts=tuple(Fact("money", a, a + n, text[a : a + n]) for a, n in facts),
        sentences=tuple(Sentence(a, a + n, "fact") for a, n in sorted(sentences)),
        reasons=tuple(Reason("abuse:insult", a, a + n, "x", feature="c:y@you") for a, n in abuse),
    )
    page(reading, text, explain=explain, width=50)
