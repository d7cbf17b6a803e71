"""The queue by keyboard and alive: rows, several at once, a list that renews itself, a lost line, other tabs."""

import pytest

from tests.desk.browser.fake_desk import fake_desk
from tests.desk.browser.test_editor import until

ROW = """<li class="item" data-item data-id="{id}">
<div class="who"><a class="open" data-open href="/open/{id}">{name}</a>
</div><input class="pick" type="checkbox" data-pick name="ids" value="{id}" aria-label="{name}">
<div class="own"><button type="button" data-row-key="t" class="btn s">Take</button></div>
<div class="why"><span>Because</span></div></li>"""
NAMES = ("Марина", "Damian", "Hannah", "Игорь")
MAIN = """<main class="main"><label class="search"><input data-key="/" aria-label="Search"></label>
<div class="bulk" data-bulk hidden><b data-count></b> picked <button type="button" data-do="none">None</button></div>
<ol class="list" id="list" data-queue data-refresh-url="/list" data-refresh-on="queue">{rows}</ol>
<div hidden data-notice-words data-person="1" data-url="/c/0/" data-handed-over="Handed over"></div>
<a href="/open/board" data-goto="B">Board</a><a href="/open/promises" data-key="g p">Promises</a>
<button data-notices aria-pressed="false">Notices</button></main>"""


def rows(names=NAMES):
    return "".join(ROW.format(id=NAMES.index(name), name=name) for name in names)


@pytest.fixture
def desk():
    with fake_desk() as running:
        running.main = MAIN.format(rows=rows())
        running.pages["/list"] = rows()
        yield running


@pytest.fixture
def queue(new_page, desk):
    page = new_page(desk.url)
    page.goto("/")
    until(page, "document.querySelector('[data-item][aria-current]')")
    return page


def current(page):
    return page.locator("[data-item][aria-current] a").inner_text()


def test_first_row_is_chosen_and_says_why(queue):
    assert current(queue) == "Марина"
    assert queue.locator(".why:visible").count() == 1


def test_j_and_k_move_and_enter_opens(queue):
    for _ in range(3):  # the first puts the cursor on the first row
        queue.keyboard.press("KeyJ")
    assert current(queue) == "Hannah"
    queue.keyboard.press("KeyK")
    queue.keyboard.press("Enter")
    queue.wait_for_url("**/open/1")


def test_row_keys_press_what_the_row_offers(queue):
    queue.evaluate("""document.querySelectorAll('[data-row-key]').forEach(button =>
        button.addEventListener('click', () => { document.title = button.closest('li').dataset.id; }))""")
    queue.keyboard.press("KeyJ")
    queue.keyboard.press("KeyJ")
    here = current(queue)
    queue.keyboard.press("KeyT")
    assert queue.title() == str(NAMES.index(here))


def test_letters_go_by_place_on_a_russian_layout(queue):
    queue.evaluate("""for (let i = 0; i < 2; i += 1) document.body.dispatchEvent(
        new KeyboardEvent('keydown', {key: 'о', code: 'KeyJ', bubbles: true, cancelable: true}))""")
    assert current(queue) != "Марина"


def test_two_letters_go_to_a_screen_and_slash_to_the_search(queue):
    queue.keyboard.press("Slash")
    assert queue.evaluate("document.activeElement.matches('.search input')")
    queue.keyboard.type("gp")
    assert queue.url.endswith("/")
    queue.keyboard.press("Escape")
    queue.keyboard.press("KeyG")
    queue.keyboard.press("KeyP")
    queue.wait_for_url("**/open/promises")
    queue.go_back()
    until(queue, "document.querySelector('[data-item][aria-current]')")
    queue.keyboard.press("KeyG")
    queue.keyboard.press("KeyB")
    queue.wait_for_url("**/open/board")


def test_several_rows_are_picked_with_shift_and_counted(queue):
    queue.locator("[data-pick]").nth(0).check()
    queue.locator("[data-pick]").nth(2).click(modifiers=["Shift"])
    assert queue.locator("[data-count]").inner_text() == "3"
    queue.keyboard.press("KeyX")
    queue.locator("[data-do=none]").click()
    assert queue.locator("[data-bulk]").is_hidden()


def test_list_renews_itself_and_keeps_the_row_and_the_picked(queue, desk):
    queue.keyboard.press("KeyJ")
    queue.keyboard.press("KeyJ")
    queue.locator("[data-pick]").nth(3).check()
    here = current(queue)
    assert here == "Игорь"
    queue.locator("[data-item][aria-current] a").focus()
    desk.pages["/list"] = rows(("Игорь", "Марина", "Hannah", "Damian"))
    desk.events.put("id: 8\nevent: queue\ndata: {}\n\n")
    until(queue, "document.querySelector('[data-item] a').textContent === 'Игорь'")
    assert current(queue) == here
    assert queue.evaluate("document.activeElement.closest('[data-item]').hasAttribute('aria-current')")
    assert queue.locator("[data-pick]:checked").get_attribute("value") == "3"


def test_lost_line_is_said_with_the_time_of_the_data_and_mended(queue, desk, new_page):
    new_page.forgive("ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|ERR_INCOMPLETE|Failed to load")
    assert queue.locator("[data-offline-notice]").is_hidden()
    queue.context.set_offline(True)
    desk.events.put("end")
    queue.locator("[data-offline-notice]").wait_for()
    assert queue.locator("[data-offline-since]").inner_text()
    queue.context.set_offline(False)
    queue.locator("[data-offline-notice]").wait_for(state="hidden")


def test_title_counts_what_came_unseen(queue, desk):
    queue.evaluate("Object.defineProperty(document, 'hidden', {get: () => true, configurable: true})")
    for number, by in ((8, 1), (9, 2)):  # what one did himself is no news
        desk.events.put(f'id: {number}\nevent: handed_over\ndata: {{"conversation": 5, "by": {by}}}\n\n')
    until(queue, "document.title.startsWith('(1) ')")
    queue.wait_for_timeout(100)
    assert queue.title().startswith("(1) ")
    queue.evaluate("""Object.defineProperty(document, 'hidden', {get: () => false, configurable: true});
        document.dispatchEvent(new Event('visibilitychange'))""")
    assert not queue.title().startswith("(")


def test_many_tabs_share_one_stream_and_the_next_takes_over(queue, desk):
    second = queue.context.new_page()
    second.goto("/")
    second.wait_for_timeout(300)
    assert len(desk.opened) == 1
    second.evaluate(
        "document.addEventListener('zgoda:queue', event => { document.title = 'heard ' + event.detail.event; })"
    )
    desk.events.put("id: 9\nevent: queue\ndata: {}\n\n")
    until(second, "document.title === 'heard 9'")
    queue.close()
    until(second, lambda: len(desk.opened) == 2)
    second.wait_for_timeout(150)  # the old answer of the fake desk notices that nobody listens
    assert desk.opened[-1] == "/events?after=9"
    desk.events.put("id: 10\nevent: queue\ndata: {}\n\n")
    until(second, "document.title === 'heard 10'")


def test_a_tab_that_opens_later_hears_what_came_before_it_listened(queue, desk):
    desk.events.put("id: 8\nevent: queue\ndata: {}\n\n")
    queue.wait_for_timeout(400)
    second = queue.context.new_page()
    second.add_init_script("document.addEventListener('zgoda:queue', e => { window.heard = e.detail.event; })")
    second.goto("/")
    until(second, "window.heard === 8")


def test_quiet_hours_cross_midnight(queue):
    call = "args => import('/static/zgoda/js/notices.js').then(it => it.quiet(...args.slice(0, 2), new Date(args[2])))"

    def told(begin, end, *hours):
        return [queue.evaluate(call, [begin, end, f"2026-01-01T{hour:02}:00"]) for hour in hours]

    assert told("22:00", "07:00", 21, 23, 3, 7) == [False, True, True, False]
    assert told("13:00", "14:00", 12, 13, 14) == [False, True, False]
    assert told("", "", 3) == [False]
