"""The shipped tables of names, read once, without the rest of the content."""

import tomllib

from zgoda.naming import NameBook
from zgoda.rules.loader import SHIPPED


def table(language, name="first_names"):
    return tomllib.loads((SHIPPED / language / "tables" / f"{name}.toml").read_text("utf-8"))


BOOK = NameBook.of({language: {"first_names": table(language)} for language in ("ru", "pl", "en")})
