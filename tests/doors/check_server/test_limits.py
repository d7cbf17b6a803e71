"""Sizes, requests a minute and checks at a time."""

import threading

from tests.doors.check_server.fakes import Client, Clock, FakeCheck
from zgoda.doors.check_server.answers import Refusal
from zgoda.doors.check_server.limits import Buckets, body_limit
from zgoda.values.review import Review


def test_a_text_over_the_limit_is_refused_with_the_limit_named():
    client = Client(max_characters=10)
    assert client.ask(text="😀" * 10).status == 200
    reply = client.ask(text="a" * 11)
    assert (reply.status, "limit of 10 characters" in reply.text) == (413, True)
    assert len(client.check.calls) == 1


def test_any_text_within_the_limit_fits_into_the_body():
    assert Client(max_characters=6000).ask(data='{"text": "' + "\\ud83d\\ude00" * 6000 + '"}').status == 200


def test_a_body_over_the_limit_is_not_read():
    reply = Client(max_characters=10).call("POST", "/v2/check", b"text=" + b"a" * body_limit(10))
    assert (reply.status, "bytes" in reply.text) == (413, True)


def test_too_many_requests_a_minute_are_refused_until_time_has_passed():
    client = Client(per_minute=2)
    assert [client.ask(text="a").status for _ in range(3)] == [200, 200, 429]
    reply = client.ask(text="a")
    assert reply.headers["Retry-After"] == "30"
    client.clock.now = 30
    assert [client.ask(text="a").status for _ in range(2)] == [200, 429]


def test_a_pause_fills_no_more_than_one_bucket():
    client = Client(per_minute=2)
    client.ask(text="a")
    client.clock.now = 3600
    assert [client.ask(text="a").status for _ in range(3)] == [200, 200, 429]


def test_each_address_has_its_own_bucket():
    client = Client(per_minute=1)
    form = b"language=en&text=a"
    assert [client.call("POST", "/v2/check", form, REMOTE_ADDR=a).status for a in ("1", "1", "2")] == [200, 429, 200]


def test_questions_about_the_server_are_not_counted():
    client = Client(per_minute=1)
    assert [client.get("/v2/languages").status for _ in range(5)] == [200] * 5
    assert client.ask(text="a").status == 200


def test_addresses_kept_in_mind_are_bounded():
    buckets = Buckets(1, Clock(), clients=2)
    for address in ("a", "b", "c", "a"):  # `a` was forgotten, so it is served again
        buckets.take(address)
    assert len(buckets._levels) == 2


def test_a_known_address_is_not_forgotten_for_asking_again():
    buckets = Buckets(2, Clock(), clients=2)
    for address in ("a", "b", "a", "c"):
        buckets.take(address)
    refused = False
    try:
        buckets.take("a")
    except Refusal:
        refused = True
    assert refused


class Slow(FakeCheck):
    """A check that lasts until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.go = threading.Event(), threading.Event()

    def __call__(self, text: str, language: str | None, interface: str | None) -> Review:
        self.begun.set()
        assert self.go.wait(20)
        return super().__call__(text, language, interface)


def test_more_checks_at_a_time_than_places_are_sent_away_and_the_rest_go_on():
    client = Client(Slow(), checks=1)
    statuses: list[int] = []
    first = threading.Thread(target=lambda: statuses.append(client.ask(text="a").status))
    first.start()
    assert client.check.begun.wait(20)
    busy = client.ask(text="b")
    healthy = client.get("/v2/healthcheck").status
    client.check.go.set()
    first.join(20)
    assert (busy.status, busy.headers["Retry-After"], healthy, statuses) == (503, "1", 200, [200])
    assert client.ask(text="c").status == 200


def test_a_check_that_failed_gives_its_place_back():
    client = Client(FakeCheck(fault=ValueError()), checks=1)
    assert [client.ask(text="a").status for _ in range(3)] == [500] * 3
