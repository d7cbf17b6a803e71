"""Pictures keep their pixels when they get a palette, whichever filter their rows came with."""

import struct
import zlib

import numpy as np
import pytest

from tools.small_png import _chunks, shrink

HEAD = b"\x89PNG\r\n\x1a\n"
HEIGHT, WIDTH = 5, 7


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def paeth(left, up, corner):
    return min((left, up, corner), key=lambda each: abs(left + up - corner - each))


def guessed(how, left, up, corner):
    return (0, left, up, (left + up) // 2, paeth(left, up, corner))[how]


def png(pixels, how, depth=8):
    """A PNG of the pixels (height x width x 3 or 4) whose rows all have one filter, written plainly."""
    height, width, step = pixels.shape
    rows, above = [], [0] * width * step
    for row in pixels.reshape(height, -1).tolist():
        left, corner = [0] * step + row, [0] * step + above
        rows.append(bytes([how, *((v - guessed(how, left[i], above[i], corner[i])) & 255 for i, v in enumerate(row))]))
        above = row
    head = struct.pack(">IIBBBBB", width, height, depth, 2 if step == 3 else 6, 0, 0, 0)
    return HEAD + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"".join(rows))) + chunk(b"IEND", b"")


def seen(picture):
    """The pixels of a picture with a palette."""
    parts = dict(_chunks(picture))
    width, height = struct.unpack(">II", parts[b"IHDR"][:8])
    palette = np.frombuffer(parts[b"PLTE"], np.uint8).reshape(-1, 3)
    places = np.frombuffer(zlib.decompress(parts[b"IDAT"]), np.uint8).reshape(height, width + 1)[:, 1:]
    return palette[places]


@pytest.fixture
def pixels():
    return np.random.default_rng(3).integers(0, 256, (HEIGHT, WIDTH, 3), dtype=np.uint8)


@pytest.mark.parametrize("how", range(5))
def test_few_colours_stay_what_they_are(pixels, how):
    assert (seen(shrink(png(pixels, how))) == pixels).all()


def test_opaque_pixels_with_alpha_are_taken_too(pixels):
    opaque = np.concatenate([pixels, np.full((HEIGHT, WIDTH, 1), 255, np.uint8)], axis=2)
    assert (seen(shrink(png(opaque, 4))) == pixels).all()


def test_many_colours_become_near_ones_and_a_rare_strong_one_is_kept():
    grey = np.arange(40 * 40, dtype=np.uint16).reshape(40, 40, 1).repeat(3, axis=2) % 251
    many = (grey + np.arange(3)).astype(np.uint8)
    many[20, 20] = (200, 0, 40)
    shown = seen(shrink(png(many, 0))).astype(int)
    assert (shown[20, 20] == (200, 0, 40)).all()
    assert abs(shown - many).max() < 8


@pytest.mark.parametrize("broken", [b"GIF89a", HEAD], ids=["no PNG", "nothing in it"])
def test_what_is_no_picture_is_refused(broken):
    with pytest.raises((ValueError, IndexError)):
        shrink(broken)


def test_other_depths_are_refused(pixels):
    with pytest.raises(ValueError, match="16 bits"):
        shrink(png(pixels, 0, depth=16))
