from __future__ import annotations

import asyncio
from threading import Event

import pytest

from zgoda_desk.commands.serving import _at_home, _when_open


def test_the_door_is_open_when_somebody_can_come_in() -> None:
    async def tried() -> tuple[bool, bool]:
        door = Event()
        shut = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0, start_serving=False)
        port = shut.sockets[0].getsockname()[1]
        shut.close()
        await shut.wait_closed()
        looking = asyncio.create_task(_when_open("0.0.0.0", port, door))
        await asyncio.sleep(0)
        before = door.is_set()
        async with await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", port):
            await asyncio.wait_for(looking, 10)
        return before, door.is_set()

    assert asyncio.run(tried()) == (False, True)


@pytest.mark.parametrize(("host", "there"), [("0.0.0.0", "127.0.0.1"), ("::", "::1"), ("desk.example", "desk.example")])
def test_where_a_server_that_listens_everywhere_is_reached_from_here(host: str, there: str) -> None:
    assert _at_home(host) == there
