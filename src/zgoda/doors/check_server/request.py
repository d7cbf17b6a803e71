"""Reads a request for a check: parameters of the address and the body, the text, and which rules are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from zgoda.doors.check_server.annotated import Annotated, parse_data
from zgoda.doors.check_server.answers import Refusal
from zgoda.doors.check_server.languages import Tongue, parse_code
from zgoda.doors.check_server.limits import body_limit
from zgoda.doors.check_server.rules import Wanted
from zgoda.values import LANGUAGES

_MOST_FIELDS = 100


@dataclass(frozen=True, slots=True)
class Order:
    """One check: the text, its language, the rules, and the language of messages (None: that of the text)."""

    text: Annotated
    tongue: Tongue
    rules: Wanted
    interface: str | None


def read_order(
    environ: Mapping[str, Any], characters: int, language: str | None = None, interface: str | None = None
) -> Order:
    """The order of a WSGI request; unknown parameters are let pass. Raises Refusal (400, 413, 415)."""
    fields = _fields(_query(environ)) | _fields(_body(environ, body_limit(characters)))
    if "text" in fields and "data" in fields:
        raise Refusal(400, "Set only 'text' or 'data' parameter, not both")
    if "text" not in fields and "data" not in fields:
        raise Refusal(400, "Missing 'text' or 'data' parameter")
    text = Annotated.plain(fields["text"]) if "text" in fields else parse_data(fields["data"])
    tongue = Tongue(
        parse_code(fields.get("language", "")),
        _list(fields, "preferredVariants"),
        _list(fields, "preferredLanguages"),
        language,
    )
    return Order(text, tongue, Wanted.of(fields), interface or _mother_tongue(fields))


def _mother_tongue(fields: Mapping[str, str]) -> str | None:
    """The language of messages that a client asks for by `motherTongue`, where it is ours."""
    language = fields.get("motherTongue", "").strip().replace("_", "-").partition("-")[0].lower()
    return language if language in LANGUAGES else None


def _list(fields: Mapping[str, str], key: str) -> tuple[str, ...]:
    return tuple(filter(None, (item.strip().replace("_", "-") for item in fields.get(key, "").split(","))))


def _query(environ: Mapping[str, Any]) -> bytes:
    return str(environ.get("QUERY_STRING", "")).encode("latin-1", "replace")


def _body(environ: Mapping[str, Any], most: int) -> bytes:
    """The bytes of the body, empty for GET; some clients name a form JSON, so a form is told by its looks."""
    if environ.get("REQUEST_METHOD") != "POST":
        return b""
    kind = str(environ.get("CONTENT_TYPE", "")).lower()
    if kind.startswith("multipart/"):
        raise Refusal(415, "send the parameters as application/x-www-form-urlencoded, not as multipart/form-data")
    length = str(environ.get("CONTENT_LENGTH") or "0")
    if not length.isascii() or not length.isdigit():
        raise Refusal(400, "the header Content-Length must be a number")
    if int(length) > most:
        raise Refusal(413, f"the request is longer than {most} bytes; send a shorter text")
    body: bytes = environ["wsgi.input"].read(int(length))
    if kind.startswith("application/json") and body.lstrip()[:1] in (b"{", b"["):
        raise Refusal(415, "send the parameters as application/x-www-form-urlencoded; JSON goes into 'data'")
    return body


def _fields(raw: bytes) -> dict[str, str]:
    """The parameters of a form; the last of those with the same name holds."""
    try:
        return dict(parse_qsl(raw.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS))
    except UnicodeDecodeError as error:
        raise Refusal(400, "the parameters must be UTF-8") from error
    except ValueError as error:
        raise Refusal(400, f"more than {_MOST_FIELDS} parameters; send one text in 'text' or 'data'") from error
