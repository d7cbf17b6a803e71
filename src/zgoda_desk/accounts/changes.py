"""One way to change a row of the company: only fields that are named may change, and the audit tells which did."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction

from zgoda_desk.audit.actions import record


def change(
    row: models.Model, values: Mapping[str, Any], allowed: frozenset[str], *, kind: str, actor: int, now: datetime
) -> tuple[str, ...]:
    """Write what differs and give back the names of those fields; the audit holds names, never the values (T28).

    Raises ValueError for a field that is not among `allowed`: a form that passes one on is wrong.
    """
    strange = set(values) - allowed
    if strange:
        raise ValueError(f"these fields may not be changed here: {', '.join(sorted(strange))}")
    changed = tuple(sorted(name for name, value in values.items() if _differs(getattr(row, name), value)))
    if not changed:
        return ()
    with transaction.atomic():
        for name in changed:
            setattr(row, name, values[name])
        row.save(update_fields=list(changed))
        name_of_type = row._meta.model_name or ""
        record(kind, actor=actor, object_type=name_of_type, object_id=row.pk, now=now, fields=list(changed))
    return changed


def _differs(before: Any, after: Any) -> bool:
    if isinstance(before, models.Model) or isinstance(after, models.Model):
        return getattr(before, "pk", None) != getattr(after, "pk", None)
    return bool(before != after)
