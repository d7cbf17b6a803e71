"""Findings that a team has decided to let pass, each rule or kind with its reason."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from zgoda.errors import InputError
from zgoda.values import FINDINGS, NOTICES, Finding

IGNORE_FILE = ".zgoda-ignore.toml"
_KINDS = (*FINDINGS, *NOTICES)


class Ignores:
    """Reasons by rule or kind; a rule is looked up before its kind."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        self.reasons = dict(reasons)

    def sifted(self, findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], Counter[str]]:
        """The findings that stay, and how many were let pass under each name."""
        passed: Counter[str] = Counter()
        stay = []
        for finding in findings:
            name = next((name for name in (finding.rule, finding.kind) if name in self.reasons), None)
            if name is None:
                stay.append(finding)
            else:
                passed[name] += 1
        return tuple(stay), passed


def reasons_of(pairs: Iterable[str]) -> dict[str, str]:
    """`NAME=REASON` of the command line; raises InputError where the reason is missing."""
    reasons = {}
    for pair in pairs:
        name, _, reason = pair.partition("=")
        reasons[_checked(name, reason)] = reason.strip()
    return reasons


def reasons_in(path: Path) -> dict[str, str]:
    """The table `[ignore]` of an ignore file, empty where there is no such file; raises InputError for other things."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise InputError(f"{path}: {error}") from error
    rows = table.pop("ignore", {})
    if table or not isinstance(rows, dict):
        raise InputError(f'{path}: expected one table [ignore] with rows such as calm_down = "the reason"')
    try:
        return {_checked(name, reason): reason.strip() for name, reason in rows.items()}
    except InputError as error:
        raise InputError(f"{path}: {error}") from error


def _checked(name: str, reason: object) -> str:
    """The name of a rule or kind with a reason; kinds are written with underscores and must be known."""
    name = name.strip()
    if not name:
        raise InputError("name the rule or kind, such as calm_down=the reason")
    if not isinstance(reason, str) or not reason.strip():
        raise InputError(f"{name}: give the reason, such as {name}=the reason")
    if "_" in name and name not in _KINDS:
        raise InputError(f"{name} is no kind of finding; there are {', '.join(_KINDS)}")
    return name
