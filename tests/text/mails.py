"""Builds mails for the tests: own texts, example addresses."""

from __future__ import annotations

import base64


def mail(body: bytes, *headers: str, **named: str) -> bytes:
    """A mail with usual headers, more of them, and a body as it is."""
    lines = ["From: Jan Nowak <jan@example.com>", "Subject: Test", "Date: Thu, 12 Nov 2026 10:11:00 +0100", *headers]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in named.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def text_mail(text: str, charset: str, label: str | None = "same", coding: str = "base64") -> bytes:
    """A mail of one text part in a charset, labelled so, otherwise, or not at all."""
    raw = text.encode(charset)
    label = charset if label == "same" else label
    kind = "text/plain" if label is None else f"text/plain; charset={label}"
    body = base64.encodebytes(raw) if coding == "base64" else raw
    return mail(body, f"Content-Type: {kind}", f"Content-Transfer-Encoding: {coding}")


def multipart(kind: str, *parts: bytes, boundary: str = "frontier", end: bool = True) -> bytes:
    """A multipart entity with its Content-Type header."""
    mark = f"--{boundary}".encode()
    body = b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + (mark + b"--\r\n" if end else b"")
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode() + body


def part(kind: str, body: bytes, *headers: str) -> bytes:
    """A part of a multipart."""
    return "\r\n".join([f"Content-Type: {kind}", *headers]).encode() + b"\r\n\r\n" + body


def whole(entity: bytes, *headers: str) -> bytes:
    """A mail around an entity that brings its own Content-Type."""
    top = ["From: Jan Nowak <jan@example.com>", "Subject: Test", *headers]
    return "\r\n".join(top).encode() + b"\r\n" + entity
