"""The file of trained weights: names of features, one row of small integers each, and what calibrates them."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zgoda.errors import ModelError

MAGIC = b"ZGODA-WEIGHTS\n"
VERSION = 1
SHIPPED = Path(__file__).resolve().parent / "weights.bin"
LANGUAGE = SHIPPED.with_name("language.bin")
REPLIES = SHIPPED.with_name("replies.bin")
MIDDLE = 128
_LANE = 4


@dataclass(frozen=True)
class Weights:
    """Rows of integers by feature name; a column is one output, scaled by `scales` into log-odds.

    `rows[name]` is a `bytes` of `len(outputs)` values, each stored with 128 added.
    """

    outputs: tuple[str, ...]
    scales: tuple[float, ...]
    biases: tuple[float, ...]
    rows: dict[str, bytes]
    settings: dict[str, Any]

    @property
    def index(self) -> dict[str, int]:
        """Column of each output."""
        return {name: i for i, name in enumerate(self.outputs)}

    def sums(self, rows: list[bytes]) -> list[int]:
        """Column sums of some rows, as signed integers."""
        if not rows:
            return [0] * len(self.outputs)
        shift = MIDDLE * len(rows)
        return [sum(column) - shift for column in zip(*rows, strict=True)]


class Lanes:
    """Rows packed into one integer each, 32 bits a column, so that a sum of rows is a plain sum of integers."""

    def __init__(self, width: int) -> None:
        self._size = width * _LANE
        self._middle = int.from_bytes(bytes((MIDDLE, 0, 0, 0)) * width, "little")
        self._signs = int.from_bytes(bytes((0, 0, 0, 128)) * width, "little")

    def of(self, row: bytes) -> int:
        """Pack one row, without the 128 that was added to its values: a negative value borrows from the next lane."""
        return int.from_bytes(b"".join(bytes((value, 0, 0, 0)) for value in row), "little") - self._middle

    def values(self, total: int) -> memoryview:
        """Signed column sums of a packed sum of rows."""
        # The highest bit of each lane pays back what was borrowed; turned over, it is the sign.
        signed = (total + self._signs) ^ self._signs
        return memoryview(signed.to_bytes(self._size, "little")).cast("i")


def pack_weights(
    rows: dict[str, bytes], outputs: list[str], scales: list[float], biases: list[float], settings: dict[str, Any]
) -> bytes:
    """The bytes of a weight file: a head in JSON with a digest, then names and rows, compressed."""
    names = sorted(rows)
    body = zlib.compress("\n".join(names).encode() + b"\0" + b"".join(rows[name] for name in names), 9)
    head = {
        "version": VERSION,
        "outputs": outputs,
        "scales": scales,
        "biases": biases,
        "features": len(names),
        "digest": hashlib.sha256(body).hexdigest(),
        "settings": settings,
    }
    return MAGIC + json.dumps(head, sort_keys=True).encode() + b"\n" + body


def load_weights(path: Path = SHIPPED) -> Weights:
    """Read a weight file; raises ModelError that says what is wrong with it and what to do."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: the trained weights cannot be read ({error.strerror}); run `./run model`") from error
    if not raw.startswith(MAGIC):
        raise ModelError(f"{path}: this is not a file of trained weights; run `./run model`")
    try:
        line, body = raw[len(MAGIC) :].split(b"\n", 1)
        head = json.loads(line)
        if head["version"] != VERSION:
            raise ModelError(
                f"{path}: weights of version {head['version']!r}, not {VERSION}; reinstall, or run `./run model`"
            )
        if hashlib.sha256(body).hexdigest() != head["digest"]:
            raise ModelError(f"{path}: the trained weights are damaged (digest differs); run `./run model`")
        names_raw, table = zlib.decompress(body).split(b"\0", 1)
        names = names_raw.decode().split("\n")
        width = len(head["outputs"])
        if len(names) != head["features"] or len(table) != width * len(names):
            raise ModelError(f"{path}: the trained weights are damaged (sizes differ); run `./run model`")
    except (ValueError, KeyError, TypeError, zlib.error) as error:
        raise ModelError(f"{path}: the trained weights are damaged ({error}); run `./run model`") from error
    rows = {name: table[i * width : (i + 1) * width] for i, name in enumerate(names)}
    return Weights(tuple(head["outputs"]), tuple(head["scales"]), tuple(head["biases"]), rows, head["settings"])
