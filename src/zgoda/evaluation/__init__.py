"""Measures the engine against labelled lines: messages, replies and conversations."""

from zgoda.evaluation.conversations import ConversationEvaluation, ConversationPart, evaluate_conversations
from zgoda.evaluation.lines import Line
from zgoda.evaluation.measures import Measure, Score, Settings, TaskScore, settings_from_content
from zgoda.evaluation.messages import TASKS, Evaluation, Part, evaluate
from zgoda.evaluation.replies import ReplyEvaluation, ReplyPart, evaluate_replies

__all__ = [
    "TASKS",
    "ConversationEvaluation",
    "ConversationPart",
    "Evaluation",
    "Line",
    "Measure",
    "Part",
    "ReplyEvaluation",
    "ReplyPart",
    "Score",
    "Settings",
    "TaskScore",
    "evaluate",
    "evaluate_conversations",
    "evaluate_replies",
    "settings_from_content",
]
