"""Says how well a decoding reads as Russian, Polish or western text: the right charset scores highest."""

from __future__ import annotations

# Letters by how common they are; case counts for nothing, for complaints come in capitals too.
_COMMON = (("оеаинтср", 3.0), ("влкмдпуяы", 2.0), ("ьзбгчйхжшюіїє", 1.2), ("цщэфёъґ", 1.0))
_LATIN = (("ąćęłńóśźż", 2.0), ("äöüßéèàáíúñçãõâêôîåæø", 1.0))
_MARKS = "¡¿«»„”“’‘–—…№ ©®€£§°·•"
_PRICED = "£€"
_VALUES = {letter: value for letters, value in _COMMON + _LATIN for letter in letters}
_VALUES |= {letter.upper(): value for letter, value in _VALUES.items() if letter != "ß"}
_VALUES |= dict.fromkeys(_MARKS, 0.9)

_ODD = -3.0  # a sign, a control or a box where a letter should stand
_SWITCH = -6.0  # a capital straight after a small letter, Latin joined to Cyrillic, a long run of accents


def score(text: str) -> float:
    """Sum over the characters outside ASCII; higher is better, 0 or less means that nothing fits."""
    total, before, run = 0.0, " ", 0
    for char in text:
        if char < "\x80":
            total += _behind(before, char) if run else 0.0
            run = 0
        else:
            run += 1
            total += _VALUES.get(char) or _strange(char)
            total += _joint(before, char, run)
        before = char
    return total


def _strange(char: str) -> float:
    """The value of a character that none of our languages is known for."""
    if not char.isalpha():
        return _ODD
    return _ODD / 2 if _is_cyrillic(char) else 0.0


def _is_cyrillic(char: str) -> bool:
    return "\u0400" <= char <= "\u052f"


def _behind(before: str, char: str) -> float:
    """What an ASCII character says against the one outside ASCII before it: `£5` is likely, `Ł5` and `Уes` are not."""
    if before in _PRICED:
        return -_ODD if char.isdigit() else _ODD if char.isalpha() else 0.0
    if char.isdigit() and before.isalpha():
        return _ODD
    return _SWITCH if char.isalpha() and _is_cyrillic(before) else 0.0


def _joint(before: str, char: str, run: int) -> float:
    """What the neighbour before says against a character."""
    if not char.isalpha():
        return 0.0
    if not _is_cyrillic(char) and run > 3:
        return _SWITCH
    if not before.isalpha():
        return 0.0
    if char.isupper() and before.islower():
        return _SWITCH
    return _SWITCH if _is_cyrillic(char) != _is_cyrillic(before) else 0.0
