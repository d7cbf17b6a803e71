"""The protocol of a conversation as tables, and the small interpreter that follows them."""

from zgoda.protocol.machine import Machine
from zgoda.protocol.state import State
from zgoda.protocol.table import Protocol, load_protocol

__all__ = ["Machine", "Protocol", "State", "load_protocol"]
