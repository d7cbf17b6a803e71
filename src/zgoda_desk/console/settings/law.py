"""Whose law applies to the company, and which of its terms run."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from zgoda.clocks import Row, load_book
from zgoda_desk.accounts import structure
from zgoda_desk.accounts.access import company, require_head
from zgoda_desk.accounts.models import Company
from zgoda_desk.console.asked import Asked
from zgoda_desk.console.settings.answers import page, saved
from zgoda_desk.console.settings.law_words import CERTAIN, PLACES, TRADES
from zgoda_desk.lib import clock


@require_http_methods(["GET", "HEAD", "POST"])
def law(request: Asked) -> HttpResponse:
    """Whose law applies, and which of its terms run; an unverified one cannot be switched on."""
    require_head(request.user)
    ours, book = company(), load_book()
    if request.method == "POST":
        open_rows = {row.id: row.jurisdiction for row in book.rows.values() if _may_run(row)}
        rows = [name for name in dict.fromkeys(request.POST.getlist("row")) if name in open_rows]
        wanted = {*request.POST.getlist("place"), *(open_rows[name] for name in rows)}  # a term brings its law along
        places = [code for code in book.settings.jurisdictions if code in wanted]
        values = {"jurisdictions": places, "statutes": rows}
        changed = structure.change_law(request.user, ours, values, clock.now())
        return saved(request, "settings_law", changed=bool(changed))
    places_shown = [
        {
            "code": code,
            "name": PLACES.get(code, code),
            "on": code in ours.jurisdictions,
            "sectors": _sectors(code, ours),
        }
        for code in sorted(book.settings.jurisdictions, key=lambda code: (code not in ours.jurisdictions, _order(code)))
    ]
    return page(request, "law", "law", places=places_shown, running=len(ours.statutes))


def _order(code: str) -> int:
    return list(PLACES).index(code) if code in PLACES else len(PLACES)


def _sectors(code: str, ours: Company) -> list[dict[str, Any]]:
    rows = [row for row in load_book().rows.values() if row.jurisdiction == code and row.term_of == "company"]
    rows.sort(key=lambda row: (row.sector, row.id))
    return [
        {"name": TRADES.get(sector, sector), "rows": [_shown(row, ours) for row in some]}
        for sector, some in groupby(rows, key=lambda row: row.sector)
    ]


def _shown(row: Row, ours: Company) -> dict[str, Any]:
    return {
        "id": row.id, "term": _term(row), "source": row.source, "as_of": "" if row.as_of == "mem" else row.as_of,
        "certainty": CERTAIN.get(row.cert, row.cert), "grade": row.cert, "notes": ", ".join(row.notes),
        "may": _may_run(row), "on": row.id in ours.statutes,
    }  # fmt: skip


def _may_run(row: Row) -> bool:
    return row.enabled and row.cert != "D" and row.days is not None and row.term_of == "company"


def _term(row: Row) -> str:
    if row.days is None:
        return _("no number: %s") % row.no_term
    if row.days == 0:
        return _("at once")
    counted = {
        "calendar": ngettext("%d calendar day", "%d calendar days", row.days),
        "business": ngettext("%d working day", "%d working days", row.days),
        "weeks": ngettext("%d week", "%d weeks", row.days),
        "months": ngettext("%d month", "%d months", row.days),
    }
    return counted[row.day_kind] % row.days
