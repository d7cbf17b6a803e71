"""The closed vocabularies of readings, reviews and guidance, in the order in which they are reported."""

from __future__ import annotations

LANGUAGES = ("ru", "pl", "en")
STATES = ("calm", "dissatisfied", "angry", "abusive")
ABUSE = ("profanity", "insult", "threat", "hate", "harassment", "loss_of_control")
SIGNALS = ("legal", "regulator", "publicity", "churn", "self_harm", "vulnerable", "repeat_contact")
CAUSES = (
    "product_quality",
    "service_quality",
    "delivery",
    "broken_promise",
    "billing",
    "staff_conduct",
    "waiting",
    "information",
    "digital",
    "safety_privacy",
    "other",
)
DEMANDS = (
    "refund",
    "replacement",
    "repair",
    "fulfilment",
    "compensation",
    "apology",
    "explanation",
    "sanction",
    "manager",
    "cancel",
    "callback",
    "stop_contact",
)
FACTS = (
    "order",
    "date",
    "time",
    "duration",
    "money",
    "quantity",
    "product",
    "person",
    "place",
    "phone",
    "email",
    "url",
)
ROLES = ("fact", "demand", "emotion", "courtesy", "other")
CHANNELS = ("phone", "chat", "email", "web_form", "sms", "messenger", "letter", "review", "face_to_face")
ACTS = (
    "acknowledge",
    "invite",
    "paraphrase",
    "empathy",
    "apology",
    "responsibility",
    "thanks",
    "commit",
    "findings",
    "prevention",
    "solution",
    "compensation",
    "confirm",
    "follow_up",
    "personalise",
    "boundary",
    "transfer",
    "release",
    "regards",
)
FINDINGS = (
    "blame_customer",
    "reproach",
    "answer_insult",
    "aggression",
    "calm_down",
    "denial",
    "hollow_apology",
    "vague_promise",
    "pass_the_buck",
    "hide_behind_policy",
    "excuse",
    "premature_verdict",
    "command",
    "overpromise",
    "disclosure",
    "jargon",
)
NOTICES = (
    "closing_sting",
    "solution_before_listening",
    "over_apology",
    "question_barrage",
    "substance_unanswered",
    "abstract",
    "impersonal",
    "no_empathy_when_hot",
    "abuse_without_limit",
    "register",
    "person_label",
    "refusal_without_way_out",
)
SEVERITIES = ("info", "warning", "error")
STAGES = (
    "acknowledge",
    "listen",
    "reflect",
    "soothe",
    "facts",
    "defer",
    "investigate",
    "decide",
    "findings",
    "offer",
    "agreed",
    "confirm",
    "close",
    "follow_up",
    "learn",
)
RUNGS = ("none", "personalise", "boundary", "transfer", "release")
SAFETY = ("none", "threat", "self_harm")
TENSION = ("falling", "steady", "rising")
AUTHORS = ("customer", "agent")
