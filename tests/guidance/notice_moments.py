"""Drafts at a moment of a conversation, told by hand, and the examples of the content."""

import tomllib
from functools import lru_cache

from zgoda.guidance.notices import Noticer
from zgoda.rules.loader import SHIPPED
from zgoda.values import LANGUAGES, Context, Finding, Reading, Review, Span, Turn

DEGREES = {"calm": 5, "dissatisfied": 35, "angry": 65, "abusive": 90}


@lru_cache
def table(folder, name):
    return tomllib.loads((SHIPPED / folder / "tables" / f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache
def noticer():
    own = {lang: {name: table(lang, name) for name in ("notices", "text", "first_names")} for lang in LANGUAGES}
    return Noticer.of(own | {"common": {"notices": table("common", "notices")}})


def examples(language):
    return table(language, "notices")["example"]


def notices(
    draft,
    *customer,
    language="en",
    state="calm",
    abuse=(),
    acts=(),
    findings=(),
    facts=None,
    demands=(),
    degrees=None,
    **where,
):
    """The notices on a draft after the customer's turns; acts and findings take the whole draft."""
    spans = tuple(Span(kind, 0, len(draft), draft) for kind in acts)
    found = tuple(Finding(kind, 0, len(draft), draft, "error", "", None, "r", "s") for kind in findings)
    heard = Reading(
        language=language,
        state=state,
        temperature=DEGREES[state] if degrees is None else degrees,
        abuse=tuple(Span(kind, 0, 1, "x") for kind in abuse),
        demands=tuple(demands),
    )
    return noticer().notices(
        draft,
        language=language,
        review=Review(language=language, acts=spans, findings=found),
        history=[Turn("customer", text) for text in customer],
        readings=[heard] * len(customer),
        facts=facts,
        **where,
    )


def kinds(*said, **more):
    return {notice.kind for notice in notices(*said, **more)}


def fires(row, language):
    """Whether an example of the content fires the notice that it is about."""
    context = Context(
        channel=row.get("channel"), customer_name=row.get("name"), kind="note" if row.get("note") else None
    )
    customer = [row["customer"]] if "customer" in row else []
    found = kinds(
        row["draft"],
        *customer,
        language=language,
        state=row.get("state", "calm"),
        abuse=row.get("abuse", ()),
        acts=row.get("acts", ()),
        findings=row.get("findings", ()),
        stage=row.get("stage", ""),
        ladder=row.get("ladder", "none"),
        done=row.get("done", ()),
        context=context,
    )
    return row["kind"] in found
