"""A small post office on this machine, for the demo and for tests: mail comes in by SMTP and is read by IMAP."""

from .boxes import StoredMail
from .faults import Fault, Faults, delay, drop, hang, no, reply
from .office import PostOffice
from .sent import SentMail, read_sent

__all__ = [
    "Fault",
    "Faults",
    "PostOffice",
    "SentMail",
    "StoredMail",
    "delay",
    "drop",
    "hang",
    "no",
    "read_sent",
    "reply",
]
