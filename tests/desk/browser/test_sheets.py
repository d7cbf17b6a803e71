"""Style sheets and parts: what the policy forbids is nowhere, every value in use is defined; small things of forms."""

import re

import pytest

from tests.desk.browser.fake_desk import CONSOLE, fake_desk
from tests.desk.browser.test_editor import until

STATIC = CONSOLE / "static" / "zgoda"
SHEETS = sorted((STATIC / "css").glob("*.css"))
PARTS = sorted((CONSOLE / "templates").rglob("*.html"))
USED = re.compile(r"var\((--[\w-]+)\)")
DEFINED = re.compile(r"(--[\w-]+)\s*:")
FORMS = """<main><button data-opens="ask">Ask</button>
<dialog id="ask"><p>Sure</p><button data-closes>No</button></dialog>
<form method="post" action="/send" data-once><input name="text" value="x"><button id="go">Go</button></form>
<div data-undo data-undo-seconds="1"><b data-left></b></div></main>"""


def test_both_dark_blocks_hold_the_same_values():
    text = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
    blocks = re.findall(r"^ *(:root[^{\n]*)\{([^}]*)\}", text, re.M)
    dark = [re.findall(r"(--[\w-]+): ([^;]+);", body) for name, body in blocks if "theme" in name and "--bg" in body]
    assert len(dark) == 2
    assert dark[0] == dark[1]


def test_every_value_that_is_used_is_defined():
    texts = [sheet.read_text(encoding="utf-8") for sheet in SHEETS]
    defined = {name for text in texts for name in DEFINED.findall(text)}
    assert {name for text in texts for name in USED.findall(text)} <= defined


@pytest.mark.parametrize("part", PARTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_templates_hold_no_inline_script_or_style(part):
    text = part.read_text(encoding="utf-8")
    assert not re.search(r"<[^>{]*\sstyle=|<style\b|<[^>{]*\son[a-z]+=|javascript:", text)
    assert not [tag for tag in re.findall(r"<script\b[^>]*>", text) if " src=" not in tag and "json" not in tag]


@pytest.mark.parametrize("path", [*SHEETS, *sorted((STATIC / "js").glob("*.js"))], ids=lambda path: path.name)
def test_nothing_is_fetched_from_elsewhere(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"""(?:url\(|from |import\()\s*["']?(?:https?:)?//|["'(]data:|eval\(|innerHTML""", text)
    assert text.lstrip().startswith(("/*", "/**")), "a module opens with a sentence that says what it is for"


def test_dialog_once_and_undo(new_page):
    with fake_desk() as desk:
        desk.main = FORMS
        page = new_page(desk.url)
        page.goto("/")
        page.locator("[data-opens]").click()
        assert page.locator("dialog#ask").is_visible()
        page.locator("[data-closes]").click()
        assert page.locator("dialog#ask").is_hidden()
        until(page, "document.querySelector('[data-undo]').hidden")
        page.evaluate("const b = document.getElementById('go'); b.click(); b.click()")
        until(page, lambda: desk.sent)
        page.wait_for_timeout(200)
        assert len(desk.sent) == 1
