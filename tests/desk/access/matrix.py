"""Who gets what from every address of the desk, with an object of either inbox; a new address needs a row here.

A row says who may (`who`; `who_post` where posting needs more), what he gets for GET and for POST with `form`, and the
object in the address. Whoever may not gets 404 as for a thing that is not there, a stranger the way to the log-in.
Words in braces are things of the inbox that is tried (world.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.desk.access.world import SIDES

ANYBODY = "anybody"  # strangers too: the address or the form is the proof
STAFF = "staff"  # whoever is logged in
INBOX = "inbox"  # whoever works in the inbox of the object
LEADS = "leads"
LED = "led"  # whoever leads those of the object
HEAD = "head"
SELF_GUARDED = frozenset(("account_login", "account_logout", "mfa_authenticate"))  # they send strangers on themselves


@dataclass(frozen=True)
class Row:
    """What an address answers."""

    who: str
    get: int = 200
    post: int = 405
    args: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    who_post: str = ""

    @property
    def sides(self) -> tuple[str, ...]:
        """The inboxes whose things it is tried with: one is enough where it names none."""
        named = "{" in "".join((*self.args.values(), *self.form.values()))
        return SIDES if named else SIDES[:1]

    @property
    def posting(self) -> str:
        """Who may post."""
        return self.who_post or self.who


def _of(thing: str, *, get: int = 200, post: int = 405, who: str = INBOX, **more: object) -> Row:
    """A row with an object in its address."""
    return Row(who, get, post, {"pk": f"{{{thing}}}"}, **more)  # type: ignore[arg-type]


def _deed(thing: str, post: int = 302, who: str = INBOX, **form: str) -> Row:
    """A row of something that is only posted."""
    return _of(thing, get=405, post=post, who=who, form=form)


ROWS: dict[str, Row] = {
    # log-in: its own pages, of which the desk takes only these
    "account_login": Row(STAFF, 302, 302),
    "account_logout": Row(STAFF, 200, 302),
    "account_reauthenticate": Row(STAFF, 200, 200),
    "account_change_password": Row(STAFF, 200, 200),
    "mfa_index": Row(STAFF),
    "mfa_authenticate": Row(STAFF, 302, 302),
    "mfa_reauthenticate": Row(STAFF, 302, 302),
    "mfa_activate_totp": Row(STAFF, 302, 302),  # his password first
    "mfa_deactivate_totp": Row(STAFF, 404, 404),  # nothing to switch off
    "mfa_view_recovery_codes": Row(STAFF, 404, 405),
    "mfa_generate_recovery_codes": Row(STAFF, 302, 302),
    "mfa_download_recovery_codes": Row(STAFF, 404, 404),
    "join_nothing": Row(ANYBODY, 404, 404),
    "join": Row(ANYBODY, 200, 422, {"token": "{join}"}),
    # the customer's page
    "portal": Row(ANYBODY, 200, 405, {"token": "{portal}"}),
    "portal_fix": Row(ANYBODY, 405, 302, {"token": "{portal}"}, {"text": "No, it was Friday."}),
    "portal_time": Row(ANYBODY, 405, 422, {"token": "{portal}"}),
    "portal_writing": Row(ANYBODY, 405, 302, {"token": "{portal}"}),
    # queue: what is done there names its rows in the form, see test_bodies.py
    "queue": Row(STAFF),
    "queue_list": Row(STAFF),
    "queue_side": Row(STAFF),
    "queue_do": Row(STAFF, 405, 302, form={"do": "take", "ids": "{conversation}"}),
    "queue_undo": Row(STAFF, 405, 302),
    "corrections": Row(LEADS),
    # a conversation
    "case": _of("conversation", post=200),
    "case_part": Row(INBOX, 200, 200, {"pk": "{conversation}", "name": "{part}"}),
    "case_tag": _deed("conversation", name="late"),
    "case_close": _deed("conversation", confirmed="yes"),
    "case_reopen": _deed("conversation"),
    "case_not_spam": _deed("conversation"),
    "case_merge": _deed("conversation", other="{second}"),
    "case_hand_over": _deed("conversation", to="{colleague}", note="Please."),
    "case_help": _deed("conversation"),
    "case_evidence": _deed("conversation", 200),
    "case_spent": _deed("conversation", 200, seconds="5"),
    "case_after": _of("conversation", post=302),
    "case_message": _of("message", post=200),
    "case_correct": _deed("message", state="angry"),
    "case_split": _deed("message"),
    "case_unmerge": _deed("message"),
    "case_review": _deed("conversation", 200, text="Thank you.", kind="reply"),
    "case_ignore": _deed("conversation", 422),
    "case_draft": _deed("conversation", 200, text="Thank you.", kind="reply", version="1"),
    "case_presence": _deed("conversation", 200),
    "case_attach": _deed("conversation"),
    "case_send": _deed("conversation", kind="note", text="He called.", key="k"),
    "case_acknowledge": _deed("conversation"),
    "case_undo": _deed("ours"),
    "case_settle": _deed("ours", arrived="yes"),
    # contacts
    "contact": _of("contact", post=302, form={"name": "Another"}),
    "contact_address": _deed("contact", address="third@customer.example"),
    "contact_merge": _deed("contact", other="{friend}"),
    "contact_unmerge": _deed("contact", other="{friend}"),
    # promises
    "promises": Row(STAFF),
    "promises_list": Row(STAFF),
    "promises_days": Row(STAFF),
    "promise_undo": Row(STAFF, 405, 302),
    "promise_feed": Row(STAFF, 405, 200),
    "promise_calendar": Row(ANYBODY, 200, 405, {"key": "{feed}"}),
    "term_end": _deed("term", how="met"),
    "promise": _of("promise"),
    "promise_keep": _deed("promise"),
    "promise_withdraw": _deed("promise", reason="Told by phone."),
    "promise_reopen": _deed("promise"),
    "promise_give": _deed("promise", to="{colleague}"),
    "promise_change": _deed("promise", what="A letter", day="2099-01-05", time="10:00"),
    # post
    "unread": Row(STAFF),
    "raw": _of("raw"),
    "raw_download": _of("raw"),
    "raw_do": _deed("raw", do="dismiss"),
    "outbox": Row(STAFF),
    "outbox_settle": _deed("outgoing", how="arrived"),
    "file": Row(INBOX, args={"key": "{file}"}),
    "html_part": _of("message"),
    "picture": Row(ANYBODY, args={"token": "{picture}"}),
    # settings
    "settings_start": Row(STAFF),
    "settings_me": Row(STAFF, 200, 422, form={"name": ""}),
    "settings_sessions": Row(STAFF, 405, 302),
    "settings_people": Row(LEADS, 200, 422, form={"email": "no address"}),
    "settings_person": _of("person", post=302, who=LED, who_post=HEAD, form={"role": "agent", "specialist": "on"}),
    "settings_reset_link": _deed("person", 200, LED),
    "settings_drop_factor": _deed("person", 302, HEAD),
    "settings_leave": _of("person", post=302, who=HEAD, form={"heir": "{colleague}"}),
    "settings_let_in": _deed("person", 302, HEAD),
    "settings_take_back": _deed("invitation", 302, LED),
    "settings_teams": Row(LEADS, 200, 302, form={"name": "A new team"}, who_post=HEAD),
    "settings_team": _of("team", post=302, who=LED, who_post=HEAD, form={"name": "Another"}),
    "settings_inboxes": Row(HEAD, 200, 422, form={"name": ""}),
    "settings_inbox": _of("inbox", post=422, who=HEAD, form={"name": ""}),
    "settings_mailbox_new": _of("inbox", post=422, who=HEAD, form={"address": "no address"}),
    "settings_mailbox": _of("account", post=422, who=HEAD, form={"imap_host": ""}),
    "settings_mailbox_test": _deed("account", 200, HEAD),
    "settings_mailbox_start": _deed("account", 422, HEAD),
    "settings_mailbox_pause": _deed("account", 302, HEAD),
    "settings_consent": _of("google", get=302, who=HEAD),
    "settings_consent_back": Row(HEAD, 404, 405),  # nobody was asked
    "settings_company": Row(HEAD, 200, 422, form={"name": ""}),
    "settings_law": Row(HEAD, 200, 302),
    "settings_content": Row(HEAD),
    "settings_rule_new": Row(HEAD, 200, 422, form={"label": ""}),
    "settings_rule": Row(HEAD, 404, 404, {"identity": "none"}),  # the company has none of its own
    "settings_phrase_new": Row(HEAD, 200, 422, form={"text": ""}),
    "settings_phrase": Row(HEAD, 404, 404, {"identity": "none"}),
    "settings_content_drop": Row(HEAD, 405, 404, {"identity": "none"}),
}
