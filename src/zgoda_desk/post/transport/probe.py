"""The connection test behind the test button: which steps work, and what fails at the first that does not."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from . import imap, smtp_session
from .dial import TIMEOUT
from .errors import Step, TransportError
from .settings import ImapSettings, SmtpSettings
from .smtp import Stopped, hello_name, open_envelope

State = Literal["works", "fails", "untried"]
IMAP_STEPS: tuple[Step, ...] = ("resolve", "connect", "tls", "greeting", "login", "folder", "spam_folder")
SMTP_STEPS: tuple[Step, ...] = ("resolve", "connect", "tls", "greeting", "login", "sender")


@dataclass(frozen=True, slots=True)
class Tried:
    """One step of the test; `code` and `detail` (one line heard) as in TransportError, empty where it works."""

    step: Step
    state: State
    code: str = ""
    detail: str = ""


def probe_imap(
    settings: ImapSettings, *, context: ssl.SSLContext | None = None, timeout: float = TIMEOUT
) -> tuple[Tried, ...]:
    """Logs in and opens the folders without changing anything; all steps in order, those that do not apply left out."""
    steps = _applying(IMAP_STEPS, settings.security, {"spam_folder": settings.spam_folder is not None})
    return _report(steps, partial(_try_imap, settings, context, timeout))


def probe_smtp(
    settings: SmtpSettings, sender: str, *, context: ssl.SSLContext | None = None, timeout: float = TIMEOUT
) -> tuple[Tried, ...]:
    """Logs in and asks whether `sender` may send, to itself; no mail leaves. Steps as in `probe_imap`."""
    steps = _applying(SMTP_STEPS, settings.security, {"login": bool(settings.user)})
    return _report(steps, partial(_try_smtp, settings, sender, context, timeout))


def works(report: tuple[Tried, ...]) -> bool:
    """Whether every step that applies went well."""
    return all(tried.state == "works" for tried in report)


def _applying(steps: tuple[Step, ...], security: str, given: dict[str, bool]) -> tuple[Step, ...]:
    given = {**given, "tls": security != "none"}
    applying = tuple(step for step in steps if given.get(step, True))
    return applying if security != "starttls" else ("resolve", "connect", "greeting", "tls", *applying[4:])


def _report(steps: tuple[Step, ...], attempt: Callable[[], None]) -> tuple[Tried, ...]:
    """The steps before the one that failed have worked, those behind it were not tried."""
    try:
        attempt()
    except TransportError as error:
        failed = steps.index(error.step) if error.step in steps else len(steps) - 1
        before = (Tried(step, "works") for step in steps[:failed])
        behind = (Tried(step, "untried") for step in steps[failed + 1 :])
        return (*before, Tried(steps[failed], "fails", error.code, error.detail), *behind)
    return tuple(Tried(step, "works") for step in steps)


def _try_imap(settings: ImapSettings, context: ssl.SSLContext | None, timeout: float) -> None:
    with imap.connect(settings, context=context, timeout=timeout) as session:
        imap.folder_state(session)
        if settings.spam_folder is None:
            return
        try:
            imap.folder_state(session, settings.spam_folder)
        except TransportError as error:
            raise TransportError("spam_folder", error.code, error.detail) from error


def _try_smtp(settings: SmtpSettings, sender: str, context: ssl.SSLContext | None, timeout: float) -> None:
    session = smtp_session.connect(settings, hello=hello_name(sender), timeout=timeout, context=context)
    try:
        open_envelope(session, sender, [sender])
    except Stopped as stopped:
        outcome = stopped.outcome
        usual = "refused" if outcome.kind == "permanent" else "busy"
        raise TransportError("sender", outcome.reason or usual, outcome.detail) from stopped
    finally:
        session.close()
