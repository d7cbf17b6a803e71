"""The form of a contact."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from zgoda_desk.accounts.models import LANGUAGES
from zgoda_desk.console.settings.fields import PlainLine
from zgoda_desk.conversations.models import Contact
from zgoda_desk.lib.plain import storable
from zgoda_desk.workflow.people import FIELDS, Card

_GENDERS = (
    ("", gettext_lazy("Not told")),
    ("f", pgettext_lazy("of a contact", "Feminine")),
    ("m", pgettext_lazy("of a contact", "Masculine")),
)


class ContactForm(forms.Form):
    """What people decide of a contact."""

    name = PlainLine(label=gettext_lazy("Name"), max_length=120, required=False)
    form = PlainLine(
        label=gettext_lazy("Form of address"), max_length=120, required=False,
        help_text=gettext_lazy("The name as they want to be addressed, where it differs: Марина Сергеевна, Pani Anna."),
    )  # fmt: skip
    gender = forms.ChoiceField(
        label=gettext_lazy("Grammatical gender, as told by them"), choices=_GENDERS, required=False,
        widget=forms.RadioSelect, help_text=gettext_lazy("It is never guessed."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=pgettext_lazy("of a contact", "Language"), choices=[("", gettext_lazy("Not known")), *LANGUAGES],
        required=False,
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("Note for us"), max_length=5_000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Facts that help the next colleague. It is never sent."),
    )  # fmt: skip

    @classmethod
    def of(cls, contact: Contact) -> ContactForm:
        """The form as it stands."""
        return cls(initial={name: getattr(contact, name) for name in FIELDS})

    def clean_note(self) -> str:
        """The note as any database takes it."""
        return storable(self.cleaned_data["note"]).strip()

    def card(self) -> Card:
        """What was decided."""
        given: dict[str, Any] = self.cleaned_data
        return Card(**{name: given[name] for name in FIELDS})


class AddressForm(forms.Form):
    """An e-mail address to add."""

    address = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
