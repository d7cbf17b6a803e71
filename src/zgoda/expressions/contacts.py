"""Phones to E.164, e-mail and page addresses as they are typed."""

from __future__ import annotations

from zgoda.expressions.hit import Hit

_REGIONS = {"ru": ("RU",), "pl": ("PL",), "en": ("GB", "US")}


def phone(hit: Hit) -> str | None:
    """E.164 where the number is possible in a country of the language (or says its country), else None."""
    import phonenumbers  # a large library: loaded when the first phone is met

    text = hit.part("span") or hit.match[0]
    for region in _REGIONS.get(hit.language, ()) or (None,):
        try:
            parsed = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(parsed) and (hit.language != "en" or _fits(text, str(region))):
            return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    return None


def _fits(text: str, region: str) -> bool:
    """English numbers do not say their country: a leading zero is British, a bare ten digits are American."""
    digits = [char for char in text if char.isdigit()]
    if text.startswith("+"):
        return True
    return (digits[0] == "0") == (region == "GB") and len(digits) >= 10


def as_typed(hit: Hit) -> str | None:
    """The words of the fact in lower case."""
    return hit.part("span") or hit.low[slice(*hit.match.span())]
