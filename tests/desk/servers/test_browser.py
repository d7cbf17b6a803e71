"""The browser of the tests reaches this machine only and tells what a page did wrong."""

import asyncio
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.desk.servers.browser import foreign

PAGES = {
    "/": "<title>Zgoda</title><p>Здравствуйте</p>",
    "/loud": "<script>console.error('broken'); throw Error('worse')</script>",
    "/away": "<img src='http://example.org/x.png' alt=''><img src='http://192.0.2.1/x.png' alt=''>",
    "/box": "<script>alert('here')</script>",
    "/who": "<script>document.write([navigator.language, innerWidth,"
    " matchMedia('(prefers-color-scheme: dark)').matches])</script><noscript>no scripts</noscript>",
    "/favicon.ico": "none",
}


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        text = PAGES.get(self.path)
        self.send_response(200 if text else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((text or "nothing").encode())

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site():
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def seen(new_page, at, path):
    page = new_page(at)
    page.goto(path, wait_until="load")
    problems = " | ".join(new_page.problems)
    new_page.forgive("")
    return problems


def test_quiet_page_has_no_problems(new_page, site):
    page = new_page(site)
    page.goto("/")
    assert page.inner_text("p") == "Здравствуйте"


def test_errors_of_console_and_script_are_told(new_page, site):
    problems = seen(new_page, site, "/loud")
    assert "broken" in problems
    assert "worse" in problems


def test_requests_that_leave_are_told_and_fail(new_page, site):
    problems = seen(new_page, site, "/away")
    assert "foreign request: http://example.org/x.png" in problems
    assert "foreign request: http://192.0.2.1/x.png" in problems
    assert problems.count("net::ERR_NAME_NOT_RESOLVED") == 2


def test_missing_file_is_told(new_page, site):
    assert "404" in seen(new_page, site, "/missing")


def test_box_of_a_script_is_told_and_closed(new_page, site):
    assert "dialog: alert: here" in seen(new_page, site, "/box")


def test_wishes_reach_the_page(new_page, site):
    page = new_page(site, width=390, theme="dark", locale="pl-PL")
    page.goto("/who")
    assert page.inner_text("body") == "pl-PL,390,true"


def test_page_without_scripts(new_page, site):
    page = new_page(site, scripts=False)
    page.goto("/who")
    assert page.inner_text("body") == "no scripts"


def test_other_port_of_this_machine_is_foreign_where_the_desk_is_known():
    assert foreign("http://127.0.0.1:2/x", "http://127.0.0.1:1")
    assert not foreign("http://127.0.0.1:1/x", "http://127.0.0.1:1")
    assert not foreign("http://localhost:2/x", None)
    assert not foreign("data:image/png,x", "http://127.0.0.1:1")


@pytest.mark.usefixtures("chromium")
def test_loops_of_other_tests_run_beside_the_browser():
    assert asyncio.run(asyncio.sleep(0, "ran")) == "ran"
