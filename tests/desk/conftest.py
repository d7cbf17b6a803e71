"""What every test of the desk shares: a home folder of its own, the cast, a client for each of its people."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.desk.cast import ROLES, Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:  # noqa: ARG001 - the fixture opens the database
    return make_cast()


@pytest.fixture
def clients(cast: Cast) -> dict[str, Client]:
    """A logged-in client for each role; that of `nobody` is not."""
    made = {}
    for name in ROLES:
        made[name] = Client()
        person = cast.role(name)
        if person is not None:
            made[name].force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return made
