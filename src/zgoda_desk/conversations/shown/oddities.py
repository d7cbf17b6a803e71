"""What is odd about a mail, in plain words, with what to do where there is something to do (T10-T12, T40)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ODDITIES: dict[str, StrOrPromise] = {
    "unreadable": gettext_lazy("The mail could not be taken apart. What you see is all of it, as it came."),
    "no_headers": gettext_lazy("The mail came without its head, so who sent it and when is not certain."),
    "no_sender": gettext_lazy("Nobody is named for certain as the sender. Nothing is answered by itself."),
    "several_senders": gettext_lazy("Several senders stand in the mail. The first one is taken."),
    "looks_alike": gettext_lazy(
        "The name or address is made to be taken for another. Compare the address letter by letter."
    ),
    "invisible_signs": gettext_lazy("Invisible signs stand in the text. They are shown as marks."),
    "bad_date": gettext_lazy("The date in the mail makes no sense. The time it arrived is used."),
    "bad_charset": gettext_lazy("Some letters may be damaged: the mail did not say truly how it was written."),
    "bad_encoding": gettext_lazy("Parts of the mail were damaged on the way."),
    "bad_boundary": gettext_lazy("The parts of the mail were not divided properly. Something may be missing."),
    "packed_in_text": gettext_lazy("A file was packed into the text."),
    "depth": gettext_lazy("The mail holds mails within mails. The innermost ones are not shown."),
    "truncated": gettext_lazy("The mail was too long. What is beyond the limit was cut off."),
    "text_from_inside": gettext_lazy("The words are those of a forwarded mail."),
    "alternatives_differ": gettext_lazy("The plain text and the page of this mail do not say the same. Look at both."),
    "hidden_text": gettext_lazy("The page hides text from whoever reads it. It is left out here."),
    "hidden": gettext_lazy("The page hides text from whoever reads it. It is left out here."),
    "encrypted": gettext_lazy("The mail is encrypted. Ask for it once more without encryption."),
    "no_text": gettext_lazy("There is no text in this mail. Look at what is attached."),
    "verification": gettext_lazy("This looks like a mail with a log-in or confirmation code."),
    "spam": gettext_lazy("It came as spam. No clock runs on it until you say that it is not."),
}


def oddities(problems: Iterable[str]) -> Iterator[StrOrPromise]:
    """The sentences for the oddities of a message, each once; a name without words is passed over."""
    told: list[StrOrPromise] = []
    for name in problems:
        words = ODDITIES.get(name)
        if words is not None and words not in told:
            told.append(words)
            yield words
