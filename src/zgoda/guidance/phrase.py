"""One phrase of the bank, read from the content and checked: what it may hold, where it may be said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zgoda.values import ACTS, CHANNELS
from zgoda.values.labels import RUNGS, SAFETY, STAGES

KEYS = (*STAGES, *RUNGS[1:], *SAFETY[1:], "refusal", "aftercare")
SLOTS = {
    "name": ("voc",),
    "agent": (),
    "company": (),
    "customer_company": (),
    "manager": ("dat", "ins"),
    "order": (),
    "case": (),
    "date": ("on", "by"),
    "date2": ("on", "by"),
    "date3": ("on", "by"),
    "time": (),
    "time2": (),
    "amount": (),
    "clause": (),
    "clause2": (),
    "option": (),
    "option2": (),
    "question": (),
    "phone": (),
    "email": (),
    "salutation": (),
    "emergency": (),
    "helpline": (),
    "result": (),
    "cause": (),
    "lesson": (),
    "reason": (),
    "link": (),
    "appeal": (),
}
SLOT = re.compile(r"\{([a-z_0-9]{1,24})(?::([a-z]{1,4}))?\}")
_FIELDS = {"stage", "text", "channels", "acts", "rows", "needs", "whole", "tone"}
_TONES = ("warm", "competent")
_STRAY = re.compile(r"[{}]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as the bank holds it: text with slots `{x:case}`, choices `[his|hers|theirs]` and `<m|f>` of the agent.

    `channels` are where it may be said, `acts` what it does, `rows` the rows of the method that propose it, `needs`
    what must be known to hold, `whole` that a release has all its elements or a boundary its intent before its limit.
    """

    id: str
    stage: str
    text: str
    channels: tuple[str, ...]
    acts: tuple[str, ...]
    rows: tuple[str, ...]
    needs: tuple[str, ...] = ()
    whole: bool = False
    tone: str = "competent"


def parse_phrase(identity: str, raw: Mapping[str, Any], groups: Mapping[str, Any]) -> tuple[Phrase, list[str]]:
    """The phrase of a table and its faults, in words; `groups` are the names of several channels."""
    faults = [f"unknown key {key!r}" for key in raw if key not in _FIELDS]
    text = str(raw.get("text", ""))
    channels = tuple(name for group in raw.get("channels", []) for name in groups.get(group, [group]))
    phrase = Phrase(
        id=identity,
        stage=str(raw.get("stage", "")),
        text=text,
        channels=tuple(dict.fromkeys(channels)),
        acts=tuple(raw.get("acts", [])),
        rows=tuple(raw.get("rows", [])),
        needs=tuple(raw.get("needs", [])),
        whole=bool(raw.get("whole", False)),
        tone=str(raw.get("tone", "competent")),
    )
    if phrase.stage not in KEYS:
        faults.append(f"stage must be one of {', '.join(KEYS)}, came {phrase.stage!r}")
    faults += [f"no such channel: {name!r}" for name in phrase.channels if name not in CHANNELS]
    faults += [f"no such act: {name!r}" for name in phrase.acts if name not in ACTS]
    faults += [f"{name} is empty" for name in ("text", "channels", "rows") if not raw.get(name)]
    if phrase.tone not in _TONES:
        faults.append(f"tone must be warm or competent, came {phrase.tone!r}")
    return phrase, faults + _slot_faults(text)


def _slot_faults(text: str) -> list[str]:
    faults = []
    for found in SLOT.finditer(text):
        if found[1] not in SLOTS or (found[2] and found[2] not in SLOTS[found[1]]):
            faults.append(f"no such slot: {found[0]}")
    if _STRAY.search(SLOT.sub("", text)):
        faults.append("a brace that belongs to no slot")
    faults += [
        f"{left} and {right} do not pair" for left, right in ("[]", "<>") if text.count(left) != text.count(right)
    ]
    return faults
