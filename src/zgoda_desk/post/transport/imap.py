"""Reading a mailbox by IMAP: log in, open read-only, take what is new, wait for more."""

from .imap_fetch import MAX_BYTES, Fetched, fetch_new, fetch_one
from .imap_idle import Woken, idle
from .imap_session import FolderState, Session, connect, folder_state, spam_folder

__all__ = [
    "MAX_BYTES",
    "Fetched",
    "FolderState",
    "Session",
    "Woken",
    "connect",
    "fetch_new",
    "fetch_one",
    "folder_state",
    "idle",
    "spam_folder",
]
