"""The mail reader and writer of the desk: bytes in, values out; no database, no network, no clock."""

from zgoda_desk.post.mail.parsed import Address, Attachment, Authentication, ParsedMail, Report
from zgoda_desk.post.mail.reader import parse

__all__ = ["Address", "Attachment", "Authentication", "ParsedMail", "Report", "parse"]
