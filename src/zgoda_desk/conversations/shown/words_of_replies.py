"""What acts, mistakes, stages and rungs are called on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ACTS: dict[str, StrOrPromise] = {
    "acknowledge": pgettext_lazy("act", "say it was received"),
    "invite": pgettext_lazy("act", "one question, or invite to tell it"),
    "paraphrase": pgettext_lazy("act", "the facts, said back"),
    "empathy": pgettext_lazy("act", "what it means to the customer"),
    "apology": pgettext_lazy("act", "sorry, once"),
    "responsibility": pgettext_lazy("act", "take it on"),
    "thanks": pgettext_lazy("act", "thanks"),
    "commit": pgettext_lazy("act", "a day and an hour"),
    "findings": pgettext_lazy("act", "what the check has shown"),
    "prevention": pgettext_lazy("act", "what was changed for next time"),
    "solution": pgettext_lazy("act", "a way out"),
    "compensation": pgettext_lazy("act", "something for the trouble"),
    "confirm": pgettext_lazy("act", "does it suit?"),
    "follow_up": pgettext_lazy("act", "a later check that all is well"),
    "personalise": pgettext_lazy("act", "make it personal"),
    "boundary": pgettext_lazy("act", "intent, then the limit"),
    "transfer": pgettext_lazy("act", "hand over"),
    "release": pgettext_lazy("act", "release"),
    "regards": pgettext_lazy("act", "greeting, closing"),
}
FINDINGS: dict[str, StrOrPromise] = {
    "blame_customer": pgettext_lazy("finding", "puts the blame on the customer"),
    "reproach": pgettext_lazy("finding", "the last word"),
    "answer_insult": pgettext_lazy("finding", "answers the insult, not the matter"),
    "aggression": pgettext_lazy("finding", "sounds like an attack"),
    "calm_down": pgettext_lazy("finding", "orders the feeling away"),
    "denial": pgettext_lazy("finding", "denies before a check"),
    "hollow_apology": pgettext_lazy("finding", "sorry for the feeling, not for what happened"),
    "vague_promise": pgettext_lazy("finding", "a promise with no time"),
    "pass_the_buck": pgettext_lazy("finding", "shifts it to another"),
    "hide_behind_policy": pgettext_lazy("finding", "hides behind the rules"),
    "excuse": pgettext_lazy("finding", "excuse"),
    "premature_verdict": pgettext_lazy("finding", "a verdict before the check"),
    "command": pgettext_lazy("finding", "an order instead of a request"),
    "overpromise": pgettext_lazy("finding", "promises more than we can keep"),
    "disclosure": pgettext_lazy("finding", "tells what is not for the customer"),
    "jargon": pgettext_lazy("finding", "our words, not the customer's"),
}
NOTICES: dict[str, StrOrPromise] = {
    "closing_sting": pgettext_lazy("finding", "a sting at the end"),
    "solution_before_listening": pgettext_lazy("finding", "a solution before listening"),
    "over_apology": pgettext_lazy("finding", "sorry too often"),
    "question_barrage": pgettext_lazy("finding", "many questions at once"),
    "substance_unanswered": pgettext_lazy("finding", "the matter is not answered"),
    "abstract": pgettext_lazy("finding", "nothing concrete"),
    "impersonal": pgettext_lazy("finding", "nobody speaks, nobody is addressed"),
    "no_empathy_when_hot": pgettext_lazy("finding", "the feeling is passed over"),
    "abuse_without_limit": pgettext_lazy("finding", "the abuse gets no limit"),
    "register": pgettext_lazy("finding", "the wrong form of address"),
    "person_label": pgettext_lazy("finding", "a label on a person"),
    "refusal_without_way_out": pgettext_lazy("finding", "a no with no way out"),
}
SEVERITIES: dict[str, StrOrPromise] = {
    "info": pgettext_lazy("severity", "Hint"),
    "warning": pgettext_lazy("severity", "Warning"),
    "error": pgettext_lazy("severity", "Error"),
}
STAGES: dict[str, StrOrPromise] = {
    "acknowledge": pgettext_lazy("stage", "Acknowledge"),
    "listen": pgettext_lazy("stage", "Listen"),
    "reflect": pgettext_lazy("stage", "Say back"),
    "soothe": pgettext_lazy("stage", "Feeling, sorry"),
    "facts": pgettext_lazy("stage", "Facts"),
    "defer": pgettext_lazy("stage", "Date, not verdict"),
    "investigate": pgettext_lazy("stage", "Check"),
    "decide": pgettext_lazy("stage", "Decide"),
    "findings": pgettext_lazy("stage", "What was found"),
    "offer": pgettext_lazy("stage", "Offer"),
    "agreed": pgettext_lazy("stage", "Agreed"),
    "confirm": pgettext_lazy("stage", "Confirm"),
    "close": pgettext_lazy("stage", "Thank, close"),
    "follow_up": pgettext_lazy("stage", "Check that all is well"),
    "learn": pgettext_lazy("stage", "Learn"),
}
RUNGS: dict[str, StrOrPromise] = {
    "none": pgettext_lazy("rung", "No rung"),
    "personalise": pgettext_lazy("rung", "Make it personal"),
    "boundary": pgettext_lazy("rung", "Intent, then the limit"),
    "transfer": pgettext_lazy("rung", "Hand over"),
    "release": pgettext_lazy("rung", "Release"),
}
# What a reply of ours did, told beside it afterwards; a greeting is never told.
SAID: dict[str, StrOrPromise] = {
    "acknowledge": pgettext_lazy("said", "acknowledged"),
    "invite": pgettext_lazy("said", "asked"),
    "paraphrase": pgettext_lazy("said", "said back"),
    "empathy": pgettext_lazy("said", "feeling named"),
    "apology": pgettext_lazy("said", "sorry once"),
    "responsibility": pgettext_lazy("said", "took it on"),
    "thanks": pgettext_lazy("said", "thanked"),
    "commit": pgettext_lazy("said", "date given"),
    "findings": pgettext_lazy("said", "told what was found"),
    "prevention": pgettext_lazy("said", "told what was changed"),
    "solution": pgettext_lazy("said", "way out offered"),
    "compensation": pgettext_lazy("said", "something offered for the trouble"),
    "confirm": pgettext_lazy("said", "asked whether it suits"),
    "follow_up": pgettext_lazy("said", "later check announced"),
    "personalise": pgettext_lazy("said", "made it personal"),
    "boundary": pgettext_lazy("said", "intent, then the limit"),
    "transfer": pgettext_lazy("said", "handed over"),
    "release": pgettext_lazy("said", "released"),
}
