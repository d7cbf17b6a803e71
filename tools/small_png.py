"""Makes a screenshot a picture with a palette of 256 colours: a third of its size, and the same to the eye."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

_HEAD = b"\x89PNG\r\n\x1a\n"
_COLOURS = 256
_RGB, _PALETTE, _RGBA = 2, 3, 6  # kinds of colour in the file's head
Bytes = NDArray[np.uint8]


def shrink(picture: bytes) -> bytes:
    """A PNG of 8 bits in RGB or RGBA, opaque and not interlaced, with a palette; ValueError for any other."""
    pixels = _pixels(picture)
    height, width, _ = pixels.shape
    palette, places = _palette(pixels.reshape(-1, 3))
    rows = np.zeros((height, width + 1), np.uint8)  # each row begins with its filter: none
    rows[:, 1:] = places.reshape(height, width)
    head = struct.pack(">IIBBBBB", width, height, 8, _PALETTE, 0, 0, 0)
    body = zlib.compress(rows.tobytes(), 9)
    parts = ((b"IHDR", head), (b"PLTE", palette.tobytes()), (b"IDAT", body), (b"IEND", b""))
    return _HEAD + b"".join(_chunk(name, data) for name, data in parts)


def _palette(pixels: Bytes) -> tuple[Bytes, Bytes]:
    """The colours to keep, and for each pixel the place of the nearest of them."""
    numbers = pixels.astype(np.uint32) @ np.array([65536, 256, 1], np.uint32)
    found, back, count = np.unique(numbers, return_inverse=True, return_counts=True)
    colours = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1).astype(np.int32)
    chosen = _chosen(colours, count)
    nearest = np.concatenate([_nearest(part, chosen) for part in np.array_split(colours, len(colours) // 512 + 1)])
    return chosen.astype(np.uint8), nearest[back.reshape(-1)]


def _chosen(colours: NDArray[np.int32], count: NDArray[np.intp]) -> NDArray[np.int32]:
    """One by one the colour that would be missed most: far from those that are kept, and not too rare."""
    far = np.full(len(colours), np.inf)
    kept: list[int] = []
    while len(kept) < min(_COLOURS, len(colours)):
        kept.append(int((far * np.sqrt(count)).argmax()) if kept else int(count.argmax()))
        far = np.minimum(far, ((colours - colours[kept[-1]]) ** 2).sum(axis=1))
    return colours[kept]


def _nearest(colours: NDArray[np.int32], chosen: NDArray[np.int32]) -> Bytes:
    distance = ((colours[:, None, :] - chosen[None, :, :]) ** 2).sum(axis=2)
    places: Bytes = distance.argmin(axis=1).astype(np.uint8)
    return places


def _pixels(picture: bytes) -> Bytes:
    """Height x width x 3."""
    parts = list(_chunks(picture))
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", parts[0][1])
    if depth != 8 or kind not in (_RGB, _RGBA) or interlaced:
        raise ValueError(f"8 bits in RGB or RGBA, not interlaced, were expected; came {depth} bits, kind {kind}")
    step = 3 if kind == _RGB else 4
    raw = np.frombuffer(zlib.decompress(b"".join(data for name, data in parts if name == b"IDAT")), np.uint8)
    lines = raw.reshape(height, width * step + 1)
    above = np.zeros(width * step, np.uint8)
    rows = np.empty((height, width * step), np.uint8)
    for number, line in enumerate(lines):
        above = rows[number] = _unfiltered(int(line[0]), line[1:], above, step)
    return rows.reshape(height, width, step)[:, :, :3]


def _unfiltered(how: int, line: Bytes, above: Bytes, step: int) -> Bytes:
    if how == 0:
        return line.copy()
    if how == 1:
        return np.add.accumulate(line.reshape(-1, step), axis=0, dtype=np.uint8).reshape(-1)
    if how == 2:
        return line + above
    return _one_by_one(how, line.tolist(), above.tolist(), step)


def _one_by_one(how: int, line: list[int], above: list[int], step: int) -> Bytes:
    """Filters in which each byte hangs on the one before: the mean (3), and Paeth's (4)."""
    done = [0] * step
    corners = [0] * step + above
    guess = _mean if how == 3 else _paeth
    for place, value in enumerate(line):
        done.append((value + guess(done[place], above[place], corners[place])) & 255)
    return np.array(done[step:], np.uint8)


def _mean(left: int, up: int, _: int) -> int:
    return (left + up) >> 1


def _paeth(left: int, up: int, corner: int) -> int:
    by_left, by_up, by_corner = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
    if by_left <= by_up and by_left <= by_corner:
        return left
    return up if by_up <= by_corner else corner


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not picture.startswith(_HEAD):
        raise ValueError("this is no PNG")
    at = len(_HEAD)
    while at < len(picture):
        (length,) = struct.unpack_from(">I", picture, at)
        yield picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        at += length + 12


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
