"""Opens the socket to a mail server, so that a failure says at which step it happened."""

from __future__ import annotations

import socket
import ssl
from functools import cache

from .errors import TransportError, from_exception
from .settings import ImapSettings, SmtpSettings

TIMEOUT = 30.0


@cache
def client_context() -> ssl.SSLContext:
    """TLS as a careful client speaks it: verified certificate and name, version 1.2 or later; one for all threads."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def dial(
    settings: ImapSettings | SmtpSettings, context: ssl.SSLContext | None = None, timeout: float = TIMEOUT
) -> socket.socket:
    """A connected socket, already inside TLS where the settings say `tls`. Raises TransportError."""
    sock = _connect(settings.host, settings.port, timeout)
    if settings.security != "tls":
        return sock
    try:
        return (context or client_context()).wrap_socket(sock, server_hostname=settings.host)
    except OSError as error:
        sock.close()
        raise from_exception(error, "tls") from error


def _connect(host: str, port: int, timeout: float) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise TransportError("resolve", "unknown_host", error) from error
    last: OSError = ConnectionError("no address")
    for family, kind, protocol, _, address in found:
        sock = None
        try:
            sock = socket.socket(family, kind, protocol)
            sock.settimeout(timeout / len(found))  # so that a host with many dead addresses is not waited for often
            sock.connect(address)
            sock.settimeout(timeout)
            return sock
        except OSError as error:
            last = error
            if sock is not None:
                sock.close()
    raise from_exception(last, "connect") from last
