from __future__ import annotations

from pathlib import Path

import pytest

from zgoda.errors import ModelError
from zgoda.model.weights import LANGUAGE, SHIPPED, load_weights, pack_weights

RAW = pack_weights({"b": bytes([128, 138]), "a": bytes([118, 128])}, ["x", "y"], [0.5, 0.1], [0.0, 1.0], {"t": 1})


def test_weights_come_back_as_they_were_packed(tmp_path: Path) -> None:
    (tmp_path / "w.bin").write_bytes(RAW)
    weights = load_weights(tmp_path / "w.bin")
    assert weights.outputs == ("x", "y")
    assert weights.sums([weights.rows["a"], weights.rows["b"]]) == [-10, 10]
    assert weights.sums([]) == [0, 0]


@pytest.mark.parametrize(
    "raw", [b"", b"nonsense", RAW[:-4], RAW[:20], RAW[:-1] + b"x", RAW.replace(b'"version": 1', b'"version": 9')]
)
def test_damaged_weights_say_what_to_do(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "w.bin").write_bytes(raw)
    with pytest.raises(ModelError, match=r"run `\./run model`"):
        load_weights(tmp_path / "w.bin")


def test_missing_weights_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"run `\./run model`"):
        load_weights(tmp_path / "none.bin")


def test_the_shipped_weights_are_small() -> None:
    total = sum(path.stat().st_size for path in SHIPPED.parent.glob("*.bin"))
    assert total < 3_000_000
    assert load_weights(LANGUAGE).outputs[-1] == "und"
