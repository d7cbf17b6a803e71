import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zgoda_desk.lib.html import safe_html

URLS = {"logo@x": "/attachments/1", "second": "/attachments/2"}
ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script>",
    '<math><mi//xlink:href="data:x,<script>alert(1)</script>">',
    "<a href=javascript:alert(1)>x</a>",
    '<a href=" java\nscript:alert(1)">x</a>',
    "<a href=&#106;avascript:alert(1)>x</a>",
    "<a href=data:text/html,x>x</a>",
    "<iframe src=//evil.example></iframe>",
    "<form action=//evil.example><input name=p></form>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<link rel=stylesheet href=//evil.example>",
    "<style>@import '//evil.example'</style>",
    '<div style="background:url(//evil.example)">x</div>',
    "<table background=//evil.example><td>x</table>",
    "<img src=//evil.example/p.gif>",
    "<img src=http://evil.example/p>",
    "<img srcset='//evil.example 1x'>",
    "<video src=//evil.example poster=//evil.example></video>",
    "<object data=//evil.example></object>",
    "<embed src=//evil.example>",
    "<input type=image src=//evil.example>",
    "<svg><feImage href=//evil.example /></svg>",
    "<svg><image href=//evil.example /></svg>",
    "<image src=//evil.example>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<template><img src=x onerror=alert(1)></template>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<a href=/admin>x</a>",
    "<a href=//evil.example>x</a>",
    "<a href=x>x</a>",
    "<a ping=//evil.example href=https://a.example>x</a>",
    "<a target=_top href=https://a.example rel=opener>x</a>",
    "<body onload=alert(1)>",
    "<button formaction=javascript:a>x</button>",
    "<details open ontoggle=alert(1)>x",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><img src=x onerror=a>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<img src=cid:unknown>",
    "<img src=cid:logo@x>",
    "<img src='CID:logo%40x'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "\0<im\0g src=x onerror=alert(1)>",
    "<p>plain</p>",
    "<a>",
    "<b>",
    "</b>",
    "<table>",
    "<td>",
    "<p>",
    "</a>",
    "&lt;script&gt;",
    "<",
    "\ud800",
    "text & more",
    "<marquee onstart=alert(1)>x",
    "<isindex action=j>",
    "<keygen autofocus onfocus=a>",
    "<portal src=//evil.example>",
    "<o:p></o:p>",
    "<frameset><frame src=//evil.example></frameset>",
    "<select><option><img src=x onerror=a></select>",
]
ALLOWED = {
    "a": {"href", "rel", "target", "dir", "lang", "title"},
    "img": {"src", "alt", "width", "height", "dir", "lang", "title"},
}
NEVER = {
    "script",
    "style",
    "svg",
    "math",
    "form",
    "input",
    "iframe",
    "object",
    "embed",
    "base",
    "meta",
    "link",
    "button",
}


class Reader(HTMLParser):
    """Collects every tag with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def harmless(page: str) -> None:
    reader = Reader()
    reader.feed(page)
    reader.close()
    for tag, attributes in reader.tags:
        assert tag not in NEVER
        assert not any(name.startswith("on") or name in ("style", "class", "id") for name in attributes)
        assert set(attributes) <= ALLOWED.get(tag, set(attributes) - {"src", "href", "srcset", "background", "action"})
        if "src" in attributes:
            assert attributes["src"] in URLS.values()
        if "href" in attributes:
            assert re.match(r"(https?://|mailto:|tel:)", attributes["href"] or "", re.IGNORECASE)
        if tag == "a":
            assert (attributes["rel"], attributes["target"]) == ("noopener noreferrer nofollow", "_blank")


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_acts_and_nothing_is_fetched(attack: str) -> None:
    harmless(safe_html(attack, cid_urls=URLS))


@settings(deadline=None)
@given(st.lists(st.one_of(st.sampled_from(ATTACKS), st.text(max_size=20)), max_size=12).map("".join))
def test_cleaning_twice_changes_nothing(page: str) -> None:
    once = safe_html(page, cid_urls=URLS)
    harmless(once)
    once.encode("utf-8")
    assert safe_html(once, cid_urls=URLS) == once


def test_picture_that_came_with_the_mail_is_shown_and_no_other() -> None:
    pictures = '<img src="cid:logo@x"><img src="CID:logo%40x"><img src="cid:none">'
    shown = safe_html(pictures + '<img src="https://evil.example/p.gif" alt="Shop">', cid_urls=URLS)
    assert shown.count('src="/attachments/1"') == 2
    assert "evil" not in shown
    assert 'alt="Shop"' in shown


def test_form_is_gone_and_its_words_stay() -> None:
    assert safe_html("<form action=/x>Pay <b>now</b><input></form>", cid_urls={}) == "Pay <b>now</b>"


def test_what_a_letter_needs_stays() -> None:
    table = '<table><tbody><tr><td colspan="2">x</td></tr></tbody></table>'
    page = f"<h1>Hi</h1><ul><li>one</li></ul>{table}<blockquote>q</blockquote>"
    assert safe_html(page, cid_urls={}) == page
    assert 'href="mailto:a@example.com"' in safe_html('<a href="mailto:a@example.com">a</a>', cid_urls={})


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 60_000 + "Hello & <script>",
        "<div title='</div>'>" * 20_000 + "Hello",
        "".join(f"<b><i id={i}><u>" for i in range(12_000)) + "Hello",
        "<p>Hello</p>" * 90_000,
        "Hello" + "x" * 2_000_000,
    ],
    ids=["deep", "deep behind values", "misnested", "tags", "long"],
)
def test_page_past_all_use_is_shown_as_text(page: str) -> None:
    shown = safe_html(page, cid_urls={})
    assert shown.startswith("<pre>Hello")
    assert safe_html(shown, cid_urls={}) == shown
    harmless(shown)


@pytest.mark.parametrize("page", ["", "plain", "\x00\ud800", "<", "<!", "<a", "&", "</"])
def test_scraps_are_pages_too(page: str) -> None:
    safe_html(page, cid_urls={}).encode("utf-8")
