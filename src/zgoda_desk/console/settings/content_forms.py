"""The forms of the company's own phrases and rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zgoda_desk.accounts.models import LANGUAGES
from zgoda_desk.console.settings.fields import PlainLine
from zgoda_desk.conversations import own_content as own
from zgoda_desk.conversations.own_files import clean
from zgoda_desk.conversations.shown.words import SIGNALS
from zgoda_desk.conversations.shown.words_of_replies import FINDINGS, RUNGS, STAGES

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_GROUPS: dict[str, StrOrPromise] = {
    "mail": pgettext_lazy("channels", "Mail"), "live": pgettext_lazy("channels", "Chat and messengers"),
    "sms": pgettext_lazy("channels", "SMS"), "spoken": pgettext_lazy("channels", "Telephone and counter"),
}  # fmt: skip
_MESSAGE_SIGNALS = ("legal", "regulator", "publicity", "churn", "vulnerable")


def labels() -> list[tuple[StrOrPromise, list[tuple[str, StrOrPromise]]]]:
    """What a rule may mean, grouped by where it looks."""
    return [
        (_("In our replies it is"), [(f"findings:{key}", name) for key, name in FINDINGS.items()]),
        (_("In customers' messages it is"), [(f"signals:{key}", SIGNALS[key]) for key in _MESSAGE_SIGNALS]),
    ]


def stages() -> list[tuple[str, StrOrPromise]]:
    """When a phrase may be offered."""
    return [*STAGES.items(), *((key, name) for key, name in RUNGS.items() if key != "none")]


class Lines(forms.CharField):
    """Texts, one a line."""

    widget = forms.Textarea

    def clean(self, value: Any) -> tuple[str, ...]:
        """The lines that hold something."""
        text = super().clean(value)
        return tuple(line.strip() for line in clean(text or "").splitlines() if line.strip())


class RuleForm(forms.Form):
    """A rule: words, what they mean, examples that must be caught and near misses that must not."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)
    label = forms.ChoiceField(label=gettext_lazy("What it is"), choices=labels)
    gloss = PlainLine(label=gettext_lazy("In your own words"), max_length=160)
    terms = forms.CharField(
        label=gettext_lazy("Words to look for"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "One a line. A word stands for all its forms; =word for exactly this form; word* for its beginning; "
            "a/b for either; a .. b for up to three words between."
        ),
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
    stage = forms.ChoiceField(label=gettext_lazy("When it is offered"), choices=stages)
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
