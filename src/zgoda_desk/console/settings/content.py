"""Own phrases and rules of the company: a list, a form for each, their examples run before anything is kept."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zgoda.guidance.phrase import SLOTS
from zgoda_desk.accounts.access import require_head
from zgoda_desk.console.asked import Asked
from zgoda_desk.console.settings.answers import page, saved
from zgoda_desk.console.settings.content_forms import PhraseForm, RuleForm, labels, stages
from zgoda_desk.conversations import own_content as own
from zgoda_desk.conversations.own_files import NotReadable
from zgoda_desk.lib import clock

_UNMARKED = re.compile(r"catch example (\d+): no \[marked\] words")
_NO_SLOT = re.compile(r"no such slot: (\S{1,80})")
_UNPAIRED = re.compile(r"(\S) and (\S) do not pair")
_FAILED = re.compile(r"(?:catch|pass) example (\d+): expected (.{1,400}), came (.{1,400}) in ", re.S)


@require_safe
def content(request: Asked) -> HttpResponse:
    """What the company has of its own."""
    require_head(request.user)
    fault = ""
    rules: list[own.OwnRule] = []
    phrases: list[own.OwnPhrase] = []
    try:
        rules, phrases = own.rules(), own.phrases()
    except NotReadable as error:
        fault = str(error)
    names = {value: name for _group, some in labels() for value, name in some}
    when = dict(stages())
    return page(
        request, "content", "content", fault=fault,
        rules=[{"row": one, "name": names.get(one.label, one.label)} for one in rules],
        phrases=[{"row": one, "name": when.get(one.stage, one.stage)} for one in phrases],
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: Asked, identity: str = "") -> HttpResponse:
    """A new rule or one that is there; `try` runs its examples and keeps nothing."""
    require_head(request.user)
    first = _found(own.rules, identity)
    form = RuleForm(request.POST or None, initial=_of_rule(first) if first else {"language": request.user.language})
    tried = False
    if request.method == "POST" and form.is_valid():
        faults = own.faults_of(form.rule(identity))
        for fault in faults:
            form.add_error(_field_of(fault), _told(fault))
        if not faults and "try" not in request.POST:
            own.keep_rule(request.user, form.rule(identity), clock.now())
            return saved(request, "settings_content")
        tried = not faults
    return page(request, "rule", "content", form=form, identity=identity, tried=tried)


@require_http_methods(["GET", "HEAD", "POST"])
def phrase(request: Asked, identity: str = "") -> HttpResponse:
    """A new phrase or one that is there."""
    require_head(request.user)
    first = _found(own.phrases, identity)
    initial = _of_phrase(first) if first else {"language": request.user.language, "channels": ["mail", "live"]}
    form = PhraseForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        faults = own.faults_of_phrase(form.phrase(identity))
        for fault in faults:
            form.add_error("text", _phrase_told(fault))
        if not faults:
            own.keep_phrase(request.user, form.phrase(identity), clock.now())
            return saved(request, "settings_content")
    return page(request, "phrase", "content", form=form, identity=identity, slots=sorted(SLOTS))


@require_POST
def drop(request: Asked, identity: str) -> HttpResponse:
    """Take a rule or phrase away."""
    require_head(request.user)
    if not own.drop(request.user, identity, clock.now()):
        raise Http404
    return saved(request, "settings_content", said=_("It is taken away."))


def _found(listed: Any, identity: str) -> Any:
    """The one of an id, None for a new one; Http404 where there is none of it."""
    if not identity:
        return None
    try:
        found = next((one for one in listed() if one.id == identity), None)
    except NotReadable:
        found = None
    if found is None:
        raise Http404
    return found


def _of_rule(one: own.OwnRule) -> dict[str, Any]:
    return {
        "language": one.language, "label": one.label, "gloss": one.gloss, "terms": one.terms, "unless": one.unless,
        "catch": "\n".join(one.catch), "let_pass": "\n".join(one.let_pass), "suggestion": one.suggestion,
    }  # fmt: skip


def _of_phrase(one: own.OwnPhrase) -> dict[str, Any]:
    return {"language": one.language, "stage": one.stage, "text": one.text, "channels": list(one.channels)}


def _field_of(fault: str) -> str | None:
    """The field a fault stands at, by how the checker begins."""
    for start, field in (("catch", "catch"), ("pass", "let_pass"), ("terms", "terms"), ("unless", "unless")):
        if fault.startswith(start):
            return field
    return None


def _phrase_told(fault: str) -> str:
    """The fault of a phrase in the person's language, a rare one as the checker says it."""
    if found := _NO_SLOT.match(fault):
        return _("There is no slot %(slot)s; those there are stand below.") % {"slot": found[1]}
    if found := _UNPAIRED.match(fault):
        return _("%(left)s and %(right)s do not pair.") % {"left": found[1], "right": found[2]}
    if fault == "a brace that belongs to no slot":
        return _("A brace belongs to no slot.")
    return fault


def _told(fault: str) -> ValidationError:
    """The fault in the person's language where an example fails, else as the checker says it."""
    if unmarked := _UNMARKED.match(fault):
        return ValidationError(
            _("Example %(number)s: put [brackets] around the words that are meant.") % {"number": unmarked[1]}
        )
    found = _FAILED.match(fault)
    if not found:
        return ValidationError(fault[:400])
    number, wanted, came = found.groups()
    told = {"number": number, "wanted": wanted, "came": came}
    if came == "nothing":
        return ValidationError(_("Example %(number)s: nothing was found, %(wanted)s was meant.") % told)
    if wanted == "nothing":
        return ValidationError(_("Example %(number)s: %(came)s was found, and nothing should be.") % told)
    return ValidationError(_("Example %(number)s: %(came)s was found, %(wanted)s was meant.") % told)
