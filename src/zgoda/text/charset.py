"""Turns bytes into text when the declared charset is wrong, unknown or absent."""

from __future__ import annotations

import codecs
import re

from zgoda.text.charset_score import score

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Candidates in order of preference where two read the bytes equally well.
_SINGLE_BYTE = (
    "cp1251", "koi8_u", "cp1250", "iso8859_2", "cp1252", "iso8859_5", "cp866", "mac_cyrillic",
)  # fmt: skip
# Mail labelled latin-1 is windows-1252 in practice: the superset has letters where the other has controls.
_REALLY = {"iso8859-1": "cp1252", "latin-1": "cp1252", "koi8-r": "koi8_u", "gb2312": "gb18030", "gbk": "gb18030"}
# Hardly ever sent, and so near to the others that a single sign would decide for them.
_HANDICAP = {"cp866": 2.0, "mac_cyrillic": 2.0}
# A label is believed if its reading is nearly as good as the best, or if a letter or two make the difference.
_NEAR, _SLIGHT = 0.9, 2.0
# Labels that programs write and Python does not know.
_ALIASES = {
    "x-gbk": "gb18030", "x-sjis": "cp932", "macintosh": "mac-roman", "x-mac-cyrillic": "mac-cyrillic",
    "koi8-ru": "koi8-u", "iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8", "unicode-1-1-utf-7": "utf-7",
    "ansi": "cp1252", "ansi_x3.4-1968": "ascii", "unicode": "utf-16", "ucs-2": "utf-16", "x-user-defined": "cp1252",
}  # fmt: skip
_SEVEN_BIT = ("utf-7", "hz", "iso2022")
# Python also offers codecs that are no charsets (punycode, idna, unicode_escape), some of them quadratic.
_TEXT_CODEC = re.compile(
    r"(?:utf-(?:7|8|16|32)(?:-[lb]e)?|cp\d{3,5}|koi8-[rut]|iso8859-\d{1,2}|iso2022_\w{1,10}|mac-\w{1,10}"
    r"|gb\w{1,6}|big5\w{0,6}|euc_\w{2,12}|shift_?jis\w{0,6}|johab|hz|tis-620|ptcp154|kz1048|latin-1|hp-roman8|ascii)\Z"
)
_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:()-]{0,39}\Z")
_SAMPLE = 3000
_UNWANTED: dict[int, int | None] = dict.fromkeys((*range(9), *range(11, 32), 0x7F, 0xFEFF))
_UNWANTED |= dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)
_DIRTY = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufeff\ud800-\udfff]")


def codec_of(label: str | None) -> str | None:
    """Python's name of a charset label as mail spells it, or None for one that is unknown or no charset."""
    name = (label or "").strip().strip("\"' ;").lower()
    while name.startswith("charset="):
        name = name[8:].strip("\"' ")
    if not _LABEL.match(name):
        return None
    try:
        short = re.sub(r"(?:x-)?(?:windows|win|cp)-?(?=\d)", "cp", name, count=1)
        name = codecs.lookup(_ALIASES.get(name, short)).name
    except (LookupError, ValueError):
        return None
    name = _REALLY.get(name, name)
    return name if _TEXT_CODEC.match(name.replace("koi8_", "koi8-")) else None


def tidy(text: str) -> str:
    """The text with newlines as `\\n` and without control characters, byte-order marks and lone surrogates."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.translate(_UNWANTED) if _DIRTY.search(text) else text


def decode_text(raw: bytes, label: str | None = None) -> tuple[str, str | None]:
    """Decode with the label's charset where it reads well, else with the best guess.

    Returns the tidy text and a note naming the guessed charset, None where nothing was guessed. Never raises.
    """
    if not raw:
        return "", None
    codec = codec_of(label)
    text, note = _wide(raw, codec) or _seven_bit(raw, codec) or _utf8(raw, codec) or _narrow(raw, codec)
    return tidy(text), note


def _guessed(codec: str) -> str:
    """The note that a charset was guessed, under the name mail uses."""
    return "charset-guessed:" + codec.replace("cp125", "windows-125").replace("koi8_u", "koi8-r").replace("_", "-")


def _wide(raw: bytes, codec: str | None) -> tuple[str, str | None] | None:
    """UTF-16 and UTF-32, by mark, by label, or by the zero bytes between letters."""
    for mark, name in _BOMS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(name, "replace"), None
    if codec and codec.startswith(("utf-16-", "utf-32-")):
        return raw.decode(codec, "replace"), None
    if codec == "utf-32":
        return raw.decode("utf-32-le" if raw[1:4] == b"\0\0\0" else "utf-32-be", "replace"), None
    guess = _endian(raw)
    if guess is None:
        return None
    return raw.decode(guess, "replace"), None if codec == "utf-16" else _guessed(guess)


def _endian(raw: bytes) -> str | None:
    """Which byte of each pair is the high one: in our scripts it is 0, 1, 4 or 0x20 nearly always."""
    sample = raw[:4000]
    if len(sample) < 4 or not (b"\0" in sample or b"\4" in sample):
        return None
    pairs = len(sample) // 2
    low, high = (sum(sample[side : 2 * pairs : 2].count(b) for b in (0, 1, 4, 0x20)) for side in (0, 1))
    if high >= 0.8 * pairs and high > 1.5 * low:
        return "utf-16-le"
    return "utf-16-be" if low >= 0.8 * pairs and low > 1.5 * high else None


def _seven_bit(raw: bytes, codec: str | None) -> tuple[str, str | None] | None:
    """Charsets that hide in ASCII: only a label can tell them."""
    if codec is None or not codec.startswith(_SEVEN_BIT) or not raw.isascii():
        return None
    return raw.decode(codec, "replace"), None


def _utf8(raw: bytes, codec: str | None) -> tuple[str, str | None] | None:
    """Valid UTF-8 whatever the label says; UTF-8 with a few broken places too."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("utf-8", "replace")
        bad = text.count("\ufffd")
        good = len(text) - len(text.encode("ascii", "ignore")) - bad
        if good > 4 * bad or (codec == "utf-8" and good > bad):
            return text, "charset-damaged:utf-8"
        return None
    told = raw.isascii() or codec in (None, "utf-8")
    return text, None if told else _guessed("utf-8")


def _narrow(raw: bytes, codec: str | None) -> tuple[str, str | None]:
    """One byte a letter, or the old East Asian charsets: the label if it reads well, else the best reading."""
    sample = _telling(raw)
    ranked = [
        (score(sample.decode(name, "replace")) - _HANDICAP.get(name, 0.0), -place, name)
        for place, name in enumerate(_SINGLE_BYTE)
    ]
    best, _, name = max(ranked)
    declared = _by_label(raw, codec, sample, best)
    if declared is not None:
        return declared, None
    if best <= 0:
        name = _detected(sample) or "cp1252"
    return raw.decode(name, "replace"), _guessed(name)


def _by_label(raw: bytes, codec: str | None, sample: bytes, best: float) -> str | None:
    """The text by its label, None where it hardly decodes or another charset reads far better."""
    if codec is None or codec in ("ascii", "utf-8", "utf-16"):
        return None
    text = raw.decode(codec, "replace")
    if codec.startswith(("cp125", "koi8", "iso8859", "cp8", "mac", "latin")):
        own = score(sample.decode(codec, "replace"))
        return text if own >= _NEAR * best or best - own <= _SLIGHT else None
    strange = len(text) - len(text.encode("ascii", "ignore"))
    return text if 5 * text.count("\ufffd") <= strange else None


def _telling(raw: bytes) -> bytes:
    """A stretch of the bytes that begins a little before the first one outside ASCII."""
    first = len(raw) - len(raw.lstrip(bytes(range(128))))
    return raw[max(0, first - 40) : first + _SAMPLE]


def _detected(sample: bytes) -> str | None:
    """The library's guess, for charsets outside our own list."""
    from charset_normalizer import from_bytes  # heavy, and seldom needed

    found = from_bytes(sample).best()
    return codec_of(found.encoding) if found is not None else None
