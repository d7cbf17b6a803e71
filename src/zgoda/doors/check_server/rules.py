"""Which findings a client wants: rules and categories that it switches on or off by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zgoda.doors.check_server.answers import Refusal
from zgoda.values.review import Finding

CATEGORY = "ZGODA"


def rule_id(kind: str) -> str:
    """The id under which clients know a kind of finding, such as `ZGODA_CALM_DOWN`."""
    return f"{CATEGORY}_{kind.upper()}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Rules by id, kind or the id of our own rule, in any case; `only` keeps to what is switched on."""

    disabled: frozenset[str] = frozenset()
    enabled: frozenset[str] = frozenset()
    disabled_categories: frozenset[str] = frozenset()
    enabled_categories: frozenset[str] = frozenset()
    only: bool = False

    @classmethod
    def of(cls, fields: Mapping[str, str]) -> Wanted:
        """What the parameters of a request say; raises Refusal (400) where nothing would be left to check."""
        wanted = cls(
            _names(fields, "disabledRules"),
            _names(fields, "enabledRules"),
            _names(fields, "disabledCategories"),
            _names(fields, "enabledCategories"),
            fields.get("enabledOnly", "").strip().lower() in ("true", "yes"),
        )
        if wanted.only and not wanted.enabled and not wanted.enabled_categories:
            raise Refusal(400, "You must specify 'enabledRules' or 'enabledCategories' when using 'enabledOnly=true'")
        return wanted

    def keeps(self, finding: Finding) -> bool:
        """Whether the client wants this finding."""
        names = {rule_id(finding.kind), finding.kind.upper(), finding.rule.upper()}
        if names & self.enabled:
            return True
        if names & self.disabled or CATEGORY in self.disabled_categories:
            return False
        return not self.only or CATEGORY in self.enabled_categories


def _names(fields: Mapping[str, str], key: str) -> frozenset[str]:
    return frozenset(filter(None, (name.strip().upper() for name in fields.get(key, "").split(","))))
