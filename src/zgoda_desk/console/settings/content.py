"""Own phrases and rules of the company: a list, a form for each, their examples run before anything is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zgoda.guidance.phrase import SLOTS
from zgoda_desk.accounts.access import require_head
from zgoda_desk.accounts.models import LANGUAGES
from zgoda_desk.console.asked import Asked
from zgoda_desk.console.settings.answers import page, saved
from zgoda_desk.console.settings.fields import PlainLine
from zgoda_desk.conversations import own_content as own
from zgoda_desk.conversations.own_files import NotReadable, clean
from zgoda_desk.conversations.shown.words import SIGNALS
from zgoda_desk.conversations.shown.words_of_replies import FINDINGS, RUNGS, STAGES
from zgoda_desk.lib import clock

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_GROUPS: dict[str, StrOrPromise] = {
    "mail": pgettext_lazy("channels", "Mail"), "live": pgettext_lazy("channels", "Chat and messengers"),
    "sms": pgettext_lazy("channels", "SMS"), "spoken": pgettext_lazy("channels", "Telephone and counter"),
}  # fmt: skip
_MESSAGE_SIGNALS = ("legal", "regulator", "publicity", "churn", "vulnerable")


def _labels() -> list[tuple[StrOrPromise, list[tuple[str, StrOrPromise]]]]:
    return [
        (_("In our replies it is"), [(f"findings:{key}", name) for key, name in FINDINGS.items()]),
        (_("In customers' messages it is"), [(f"signals:{key}", SIGNALS[key]) for key in _MESSAGE_SIGNALS]),
    ]


def _stages() -> list[tuple[str, StrOrPromise]]:
    return [*STAGES.items(), *((key, name) for key, name in RUNGS.items() if key != "none")]


class Lines(forms.CharField):
    """Texts, one a line."""

    widget = forms.Textarea

    def clean(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]
        """The lines that hold something."""
        text = super().clean(value)
        return tuple(line.strip() for line in clean(text or "").splitlines() if line.strip())


class RuleForm(forms.Form):
    """A rule: words, what they mean, examples that must be caught and near misses that must not."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)
    label = forms.ChoiceField(label=gettext_lazy("What it is"), choices=_labels)
    gloss = PlainLine(label=gettext_lazy("In your own words"), max_length=160)
    terms = forms.CharField(
        label=gettext_lazy("Words to look for"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One a line. A word stands for all its forms; =word for exactly this form; word* for its beginning; a/b for either; a .. b for up to three words between."),
    )  # fmt: skip
    unless = forms.CharField(
        label=gettext_lazy("But not beside these words"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    catch = Lines(
        label=gettext_lazy("Must be caught"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Whole sentences, one a line, with [brackets] around the words that are meant."),
    )  # fmt: skip
    let_pass = Lines(
        label=gettext_lazy("Must be let pass"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Sentences that look alike and are fine, one a line."),
    )  # fmt: skip
    suggestion = PlainLine(
        label=gettext_lazy("Say instead"), max_length=300, required=False,
        help_text=gettext_lazy("In the same language; offered to the agent in place of what was found"),
    )  # fmt: skip

    def rule(self, identity: str = "") -> own.OwnRule:
        """The rule that was described."""
        given = self.cleaned_data
        return own.OwnRule(
            language=given["language"], label=given["label"], gloss=given["gloss"], terms=clean(given["terms"]),
            catch=given["catch"], let_pass=given["let_pass"], unless=clean(given["unless"]),
            suggestion=given["suggestion"], id=identity,
        )  # fmt: skip


class PhraseForm(forms.Form):
    """A phrase: when, where and what is said."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)
    stage = forms.ChoiceField(label=gettext_lazy("When it is offered"), choices=_stages)
    text = forms.CharField(label=gettext_lazy("Text"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("Where"), choices=list(_GROUPS.items()), widget=forms.CheckboxSelectMultiple
    )

    def phrase(self, identity: str = "") -> own.OwnPhrase:
        """The phrase that was described."""
        given = self.cleaned_data
        return own.OwnPhrase(
            given["language"], given["stage"], clean(given["text"]).strip(), tuple(given["channels"]), identity
        )


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
    names = {value: name for _group, some in _labels() for value, name in some}
    stages = dict(_stages())
    return page(
        request, "content", "content", fault=fault,
        rules=[{"row": one, "name": names.get(one.label, one.label)} for one in rules],
        phrases=[{"row": one, "name": stages.get(one.stage, one.stage)} for one in phrases],
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
            form.add_error("text", fault)
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


def _told(fault: str) -> ValidationError:
    return ValidationError(fault[:400])
