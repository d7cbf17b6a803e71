"""The shipped protocol, read without the rest of the content."""

import tomllib
from functools import lru_cache

from zgoda.protocol import Machine, load_protocol
from zgoda.rules.loader import SHIPPED


def raw():
    return tomllib.loads((SHIPPED / "common" / "tables" / "protocol.toml").read_text(encoding="utf-8"))


@lru_cache
def protocol():
    return load_protocol(raw())


@lru_cache
def machine():
    return Machine(protocol())
