"""A stand-in for the review: it finds a few plain mistakes of the catalogue by their words."""

from zgoda.values import Finding, Promise, Review, Span

# words: kind, severity, message, suggestion, rule
MISTAKES = {
    "Успокойтесь.": ("calm_down", "error", "Приказ успокоиться злит.", "Понимаю, почему Вы сердитесь.", "mis-calm"),
    "в ближайшее время": ("vague_promise", "warning", "Нет срока.", "завтра до 12:00", "mis-soon"),
    "Proszę się uspokoić.": ("calm_down", "error", "To rozkaz.", "Rozumiem złość.", "mis-calm"),
    "jak najszybciej": ("vague_promise", "warning", "Nie ma terminu.", None, "mis-soon"),
    "Calm down": ("calm_down", "error", "Orders the feeling away.", "I understand why you are angry", "mis-calm"),
    "as soon as possible": ("vague_promise", "warning", "No time stands there.", "by noon tomorrow", "mis-soon"),
    "L2 incident": ("jargon", "info", "The customer does not know it.", "your fault report", "mis-jargon"),
}
PROMISE = "I will call you tomorrow by 15:00"
SORRY = "I am sorry"
CYRILLIC = range(0x400, 0x500)


def fake_review(text):
    """What is found by words alone; the language by its letters."""
    findings = [
        Finding(kind, at, at + len(words), words, severity, message, suggestion, rule, "labels-2.2")
        for words, (kind, severity, message, suggestion, rule) in MISTAKES.items()
        for at in [text.find(words)]
        if at >= 0
    ]
    at = text.find(PROMISE)
    promises = (Promise(at, at + len(PROMISE), PROMISE, "call you", "agent", "2026-11-27T15:00+01:00", "phone"),)
    said = text.find(SORRY)
    return Review(
        language="ru" if any(ord(char) in CYRILLIC for char in text) else "pl" if "ę" in text else "en",
        acts=(Span("apology", said, said + len(SORRY), SORRY),) if said >= 0 else (),
        findings=tuple(sorted(findings, key=lambda finding: finding.start)),
        missing=("commit",) if "owed" in text else (),
        promises=promises if at >= 0 else (),
    )


class Listening:
    """Reviews like the stand-in and keeps what it was asked."""

    def __init__(self):
        self.calls = []

    def review(self, text, **about):
        self.calls.append((text, about))
        return fake_review(text)
