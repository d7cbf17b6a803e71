"""What every review must be, whatever the text: spans inside, their words right, in order, a reason for each."""

from zgoda.api import review
from zgoda.values import ACTS, FINDINGS, LANGUAGES, NOTICES, SEVERITIES


def assert_sound(text, **about):
    """Review a text, check the review, hand it back."""
    told = review(text, **about)
    for one in (*told.acts, *told.findings, *told.promises):
        assert 0 <= one.start < one.end <= len(text)
        assert one.text == text[one.start : one.end]
    for found in told.findings:
        assert found.kind in (*FINDINGS, *NOTICES)
        assert found.severity in SEVERITIES
        assert found.message
        assert found.rule
        assert found.source
        assert found.suggestion is None or found.suggestion.strip()
    assert {span.kind for span in told.acts} <= set(ACTS)
    places = [(found.start, found.end) for found in told.findings]
    assert places == sorted(places)
    assert told.language in (*LANGUAGES, "und")
    return told
