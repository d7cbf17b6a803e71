"""The closed vocabularies of a reading, in the order in which they are reported."""

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
