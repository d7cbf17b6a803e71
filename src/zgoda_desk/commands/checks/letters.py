"""Looks at the post: mailboxes, what could not be read, what did not leave; and at the company's own phrases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from zgoda_desk.accounts.models import Company
from zgoda_desk.commands.checks.finding import Finding, fine, note, wrong
from zgoda_desk.lib import clock
from zgoda_desk.post.mailbox import NoSecret, imap_of, smtp_of
from zgoda_desk.post.models import MailAccount, Outgoing, RawMessage
from zgoda_desk.post.transport.probe import Tried, probe_imap, probe_smtp
from zgoda_desk.post.transport.settings import SettingsError

_LATE = timedelta(minutes=15)
_TRY = 10.0  # seconds for each step with a mail server


def company() -> Iterator[Finding]:
    """There is one."""
    found = Company.objects.first()
    if found is None:
        yield wrong("company", "there is none yet", "zgoda init")
    else:
        yield fine("company", found.name)


def mailboxes(*, network: bool) -> Iterator[Finding]:
    """Each mailbox can be read and sent from; without the network only what its worker last heard."""
    accounts = list(MailAccount.objects.filter(is_active=True).order_by("address"))
    if not accounts:
        yield note("mailboxes", "there is none", "connect one in the settings, or nothing comes in")
    for account in accounts:
        yield from _tried(account) if network else _heard(account)
        if account.since is None:
            yield note(
                f"mailbox {account.address}", "not started", "say in the settings from which day mail is taken in"
            )


def _tried(account: MailAccount) -> Iterator[Finding]:
    name = f"mailbox {account.address}"
    try:
        steps = {
            "reading": probe_imap(imap_of(account), timeout=_TRY),
            "sending": probe_smtp(smtp_of(account), account.address, timeout=_TRY),
        }
    except NoSecret:
        yield wrong(name, "its password cannot be read with this key", "enter it again in the settings")
        return
    except SettingsError as error:
        yield wrong(name, str(error), "mend it in the settings")
        return
    for way, report in steps.items():
        failed = next((step for step in report if step.state == "fails"), None)
        yield _step(name, way, failed) if failed else fine(name, f"{way} works")


def _step(name: str, way: str, failed: Tried) -> Finding:
    says = f"{way} fails at {failed.step}: {failed.code}. {failed.detail}".strip()
    return wrong(name, says, "press the test button in its settings; it says what each step means")


def _heard(account: MailAccount) -> Iterator[Finding]:
    name = f"mailbox {account.address}"
    if account.state_code not in ("", "fine"):
        yield wrong(name, f"{account.state_code}: {account.state_detail}", "press the test button in its settings")
    elif account.since and (account.checked_at is None or account.checked_at < clock.now() - _LATE):
        yield note(name, "nobody has looked into it for a while", "zgoda serve or zgoda worker must run")
    else:
        yield fine(name, "as its worker last heard")


def post() -> Iterator[Finding]:
    """Nothing waits for a person, and nothing waits too long."""
    unread = RawMessage.objects.filter(state="unreadable").count()
    if unread:
        yield note(
            "could not read", f"{unread} wait", "open the list of what could not be read and try again or dismiss"
        )
    else:
        yield fine("could not read", "none")
    late = RawMessage.objects.filter(state="new", received_at__lt=clock.now() - _LATE).count()
    if late:
        yield wrong("unread mail", f"{late} wait longer than 15 minutes", "zgoda serve or zgoda worker must run")
    yield from _outbox()


def _outbox() -> Iterator[Finding]:
    states = {state: Outgoing.objects.filter(state=state).count() for state in ("unknown", "failed")}
    for state, count in states.items():
        if count:
            word = "may or may not have left" if state == "unknown" else "did not leave"
            yield note("outbox", f"{count} {word}", "settle them in their conversations")
    late = Outgoing.objects.filter(state="queued", not_before__lt=clock.now() - _LATE).count()
    if late:
        yield wrong("outbox", f"{late} wait longer than 15 minutes", "zgoda serve or zgoda worker must run")
    if not late and not any(states.values()):
        yield fine("outbox", "nothing waits for a person")


def phrases() -> Iterator[Finding]:
    """The company's own phrases and rules keep their own examples."""
    from zgoda.errors import ContentError
    from zgoda_desk.conversations.overlay import folders

    own = folders()
    if not own:
        yield fine("own phrases", "none")
        return
    try:
        faults = _faults(own)
    except ContentError as error:
        faults = str(error).splitlines()
    if faults:
        more = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
        yield wrong("own phrases", f"{faults[0]}{more}", f"zgoda content check --content {own[0]}")
    else:
        yield fine("own phrases", "every example holds")


def _faults(own: tuple[str, ...]) -> list[str]:
    """Faults of the company's own entries; the shipped ones are tried where the whole content is checked."""
    from zgoda.model.knowledge import build_knowledge
    from zgoda.reading.examples import check_entry

    knowledge = build_knowledge(own)
    # The name of the root does not tell: both are called content. A file that lies in the company's folder does.
    ours = {path.relative_to(folder).as_posix() for folder in own for path in Path(folder).rglob("*.toml")}
    entries = [entry for known in knowledge.content.entries.values() for entry in known.values()]
    mine = [entry for entry in entries if entry.file.partition("/")[2] in ours]
    return [fault for entry in mine for fault in check_entry(knowledge, entry)]
