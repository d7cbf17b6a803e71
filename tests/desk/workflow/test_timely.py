from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.desk.cast import Cast, make_conversation
from zgoda_desk.workflow.acknowledge import prepared
from zgoda_desk.workflow.timely import timely

DAY, EVENING = (datetime(2026, 11, 26, hour, 24, tzinfo=UTC) for hour in (10, 18))  # 11:24 and 19:24 in Warsaw
TODAY = {
    "en": "I'll call you by {time} today.",
    "pl": "Zadzwonię dziś do godz. {time}.",
    "ru": "Позвоню сегодня до {time}.",
}
LATER = {
    "en": "I'll call you {date:on} by {time}.",
    "pl": "Zadzwonię {date:on} do godz. {time}.",
    "ru": "Позвоню {date:on}, до {time}.",
}


@pytest.mark.parametrize("language", ["en", "pl", "ru"])
def test_after_work_nothing_is_promised_for_today(cast: Cast, language: str) -> None:
    conversation = make_conversation(cast)
    conversation.language = language
    by_day, late = (timely(conversation, cast.company, at) for at in (DAY, EVENING))
    assert (by_day(TODAY[language]), late(TODAY[language])) == (True, False)
    assert by_day(LATER[language])
    assert late(LATER[language])
    assert late("I'm {agent}.")


def test_an_acknowledgement_prepared_after_work_names_an_hour_of_the_next_day(cast: Cast) -> None:
    conversation = make_conversation(cast)
    conversation.clocks.all().delete()
    made = prepared(cast.owner, conversation, EVENING)
    assert made.due_at > EVENING
    assert "today by" not in made.text
