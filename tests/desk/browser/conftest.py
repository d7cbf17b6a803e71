"""What the tests in a browser share: one running demo for those that walk through the whole desk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.desk.browser.demo_desk import demo_running


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo that all tests of a process share; each test has customers of its own in it."""
    with demo_running(tmp_path_factory.mktemp("demo") / "home") as address:
        yield address
