import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.text.mails import mail
from zgoda_desk.post.mail import parse
from zgoda_desk.post.mail.hidden import without_hidden

SEEN = "<p>Where is my parcel, it should have come last week</p>"
WAYS = [
    '<div style="display:none">secret</div>',
    '<div style="DISPLAY : none !important">secret</div>',
    "<div style='visibility:hidden'>secret</div>",
    "<span style=display:none>secret</span>",
    '<span style="font-size:0">secret</span>',
    '<span style="font-size:1px;color:red">secret</span>',
    '<span style="color:#ffffff">secret</span>',
    '<span style="color: white">secret</span>',
    '<span style="color:#fefefe">secret</span>',
    '<font color="#FFF">secret</font>',
    '<span style="opacity:0">secret</span>',
    '<span style="mso-hide:all">secret</span>',
    "<p hidden>secret</p>",
    "<p hidden>secret<p>",
    '<table style="display:none"><tr><td>secret</td></tr></table>',
    '<style>.x{display:none} p{color:red}</style><div class="a x">secret</div>',
    "<style>p{margin:0} div#y { font-size: 0px }</style><div id=y>secret</div>",
    '<div style="background:#fff"><b style="color:white">secret</b></div>',
    '<div style="display:none"><div>se</div><br>cret</div>',
    '<ul><li style="display:none">secret<li>seen too</ul>',
]


@pytest.mark.parametrize("way", WAYS)
def test_hidden_text_is_told_and_not_read(way: str) -> None:
    read = parse(mail((way + SEEN).encode(), "Content-Type: text/html"))
    assert read.hidden.replace("\n", "") == "secret"
    assert "hidden_text" in read.problems
    assert "cret" not in read.text
    assert "last week" in read.text
    assert read.html is not None
    assert "secret" not in without_hidden(read.html).page


@pytest.mark.parametrize(
    "page",
    [
        '<td bgcolor="#cc0000"><a style="color:#fff">Pay now</a></td>',
        '<div style="background-color:navy"><p><b style="color:white">Pay now</b></p></div>',
        '<div style="background: url(x.png)"><b style="color:white">Pay now</b></div>',
        "<style>@media (max-width:600px){.x{display:none}}</style><p class=x>Pay now</p>",
        '<p style="font-size:10px">Pay now</p>',
        '<p style="opacity:0.9;max-height:0.5em">Pay now</p>',
        "<p style='display:none'>" + "x" * 200 + "</p>Pay now",
    ],
)
def test_what_people_can_see_stays_in_the_text(page: str) -> None:
    assert "Pay now" in parse(mail(page.encode(), "Content-Type: text/html")).text


def test_mail_that_is_all_hidden_is_still_read() -> None:
    read = parse(mail(b"<div style='display:none'>Give me my money</div>", "Content-Type: text/html"))
    assert (read.text, read.hidden) == ("Give me my money", "Give me my money")


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([*WAYS, SEEN, "</div>", "<p>", "</p>", "<li>", "<td>", "text", "<", "&#0;"]), max_size=30)
)
def test_any_page_keeps_every_letter_in_view_or_among_the_hidden(pieces: list[str]) -> None:
    shown = without_hidden("".join(pieces))
    assert len(shown.page) <= len("".join(pieces))
    assert shown.text.count("last week") + shown.hidden.count("last week") >= pieces.count(SEEN)
