"""What the law page calls calendars, places, trades and grades of certainty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CALENDARS: dict[str, StrOrPromise] = {
    "pl": _("Poland"),
    "ru": _("Russia, with moved days"),
    "ru-statutory": _("Russia, days off by statute alone"),
    "by": _("Belarus"),
    "kz": _("Kazakhstan"),
    "gb-eaw": _("England and Wales"),
    "gb-sct": _("Scotland"),
    "gb-nir": _("Northern Ireland"),
    "ie": _("Ireland"),
    "us-federal": _("USA, federal"),
    "ca-federal": _("Canada, federal"),
    "au-nsw": _("Australia, New South Wales"),
    "weekdays": _("No holidays"),
}
PLACES: dict[str, StrOrPromise] = {
    "PL": _("Poland"),
    "RU": _("Russia"),
    "EU": _("European Union"),
    "UK": _("United Kingdom"),
    "IE": _("Ireland"),
    "US": _("USA"),
    "CA": _("Canada"),
    "AU": _("Australia"),
    "BY": _("Belarus"),
    "KZ": _("Kazakhstan"),
    "CIS": _("Other states of the CIS"),
}
CERTAIN: dict[str, StrOrPromise] = {
    "A": pgettext_lazy("certainty of a term", "the text of the law was read"),
    "B": pgettext_lazy("certainty of a term", "from a source that quotes the law"),
    "C": pgettext_lazy("certainty of a term", "from a secondary source, check it"),
    "D": pgettext_lazy("certainty of a term", "not verified, switched off"),
    "own": pgettext_lazy("certainty of a term", "your own"),
}
TRADES: dict[str, StrOrPromise] = {
    "adr": pgettext_lazy("trade", "Out-of-court settlement"),
    "air": pgettext_lazy("trade", "Air travel"),
    "any": pgettext_lazy("trade", "Any trade"),
    "consumer_general": pgettext_lazy("trade", "Consumers in general"),
    "consumer_warranty": pgettext_lazy("trade", "Warranty"),
    "credit_cards": pgettext_lazy("trade", "Credit cards"),
    "credit_reports": pgettext_lazy("trade", "Credit reports"),
    "distance_sale": pgettext_lazy("trade", "Distance sale"),
    "electronic_transfers": pgettext_lazy("trade", "Electronic transfers"),
    "energy": pgettext_lazy("trade", "Energy"),
    "finance": pgettext_lazy("trade", "Finance"),
    "finance_ombudsman": pgettext_lazy("trade", "Finance, ombudsman"),
    "gas": pgettext_lazy("trade", "Gas"),
    "goods": pgettext_lazy("trade", "Goods"),
    "goods_conformity": pgettext_lazy("trade", "Goods not as agreed"),
    "insurance": pgettext_lazy("trade", "Insurance"),
    "investment": pgettext_lazy("trade", "Investment"),
    "marketplace": pgettext_lazy("trade", "Marketplaces"),
    "mortgage": pgettext_lazy("trade", "Mortgages"),
    "motor_liability": pgettext_lazy("trade", "Motor liability insurance"),
    "online_platform": pgettext_lazy("trade", "Online platforms"),
    "payments": pgettext_lazy("trade", "Payments"),
    "post": pgettext_lazy("trade", "Post"),
    "public_bodies": pgettext_lazy("trade", "Public bodies"),
    "rail": pgettext_lazy("trade", "Rail"),
    "remark_book": pgettext_lazy("trade", "Book of remarks"),
    "services": pgettext_lazy("trade", "Services"),
    "sole_trader": pgettext_lazy("trade", "Sole traders"),
    "technical_goods": pgettext_lazy("trade", "Technical goods"),
    "telecom": pgettext_lazy("trade", "Telecommunications"),
    "travel": pgettext_lazy("trade", "Package travel"),
    "utilities": pgettext_lazy("trade", "Utilities"),
    "water": pgettext_lazy("trade", "Water"),
}
