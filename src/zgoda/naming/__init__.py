"""Names of people and forms of address: vocatives, patronymics, titles; what is not certain is not said."""

from zgoda.naming.address import STYLES, address, agree, pan
from zgoda.naming.book import NameBook
from zgoda.naming.cases import case_of
from zgoda.naming.name import Name
from zgoda.naming.parse import parse_name

__all__ = ["STYLES", "Name", "NameBook", "address", "agree", "case_of", "pan", "parse_name"]
