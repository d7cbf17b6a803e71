"""Times are looked for only where a pattern can begin, and none is missed."""

import pytest

from tools.promises_check import finder, lines
from zgoda.values import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_match_of_every_pattern_is_found(language):
    times = finder(language).times
    shadows = {frame.hit.match.string for line in lines(language, "dev") for frame in times.find(line["text"])}
    assert shadows
    for shadow in shadows:
        found = {(order, match.span()) for order, match in times._matches(shadow)}
        everywhere = enumerate(pattern.regex.finditer(shadow) for pattern in times.patterns)
        assert found == {(order, match.span()) for order, matches in everywhere for match in matches}
