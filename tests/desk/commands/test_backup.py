from __future__ import annotations

import json
import shutil
import sqlite3
import stat
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.desk.commands.conftest import run_zgoda
from zgoda_desk.commands.archive import open_archive
from zgoda_desk.commands.restore import restore
from zgoda_desk.commands.setting_up import DeskError


@pytest.fixture(scope="session")
def kept(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup with its key and with own content."""
    folder = tmp_path_factory.mktemp("backup")
    home = Path(shutil.copytree(made, folder / "home"))
    (home / "content" / "en").mkdir(parents=True)
    (home / "content" / "en" / "own.toml").write_text("# ours\n", encoding="utf-8")
    done = run_zgoda("backup", str(folder / "desk.zip"), "--with-key", "--home", str(home))
    assert done.returncode == 0, done.stderr
    return folder / "desk.zip"


def rows(home: Path) -> dict[str, int]:
    with closing(sqlite3.connect(home / "zgoda.sqlite3")) as base:
        names = [row[0] for row in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: base.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def test_a_backup_comes_back_whole(kept: Path, made: Path, tmp_path: Path) -> None:
    manifest = restore(kept, tmp_path / "back")
    back = tmp_path / "back"
    assert (back / "secret.key").read_bytes() == (made / "secret.key").read_bytes()
    assert (back / "content" / "en" / "own.toml").read_text(encoding="utf-8") == "# ours\n"
    held = rows(back)
    assert {name: held[name] for name in manifest.counts} == manifest.counts
    assert manifest.audit["digest"]
    assert run_zgoda("doctor", "--no-network", "--home", str(back)).returncode == 0
    assert not list(tmp_path.glob(".*"))


def test_the_file_is_for_its_owner_and_leaves_nothing_beside(kept: Path) -> None:
    assert not stat.S_IMODE(kept.stat().st_mode) & 0o077
    assert not list(kept.parent.glob(".*"))


def test_without_the_key_it_says_what_to_keep(made: Path, tmp_path: Path) -> None:
    done = run_zgoda("backup", str(tmp_path / "desk.zip"), "--home", str(shutil.copytree(made, tmp_path / "home")))
    assert "secret.key" in done.stdout
    with open_archive(tmp_path / "desk.zip") as (_, manifest):
        assert not manifest.with_key
    back = run_zgoda("restore", str(tmp_path / "desk.zip"), "--home", str(tmp_path / "back"))
    assert "Put its key into" in back.stdout


def test_a_file_that_is_there_is_not_written_over(kept: Path, made: Path) -> None:
    before = kept.read_bytes()
    done = run_zgoda("backup", str(kept), "--home", str(made))
    assert done.returncode == 1
    assert "already" in done.stderr
    assert kept.read_bytes() == before


def test_a_folder_in_use_is_not_written_over(kept: Path, tmp_path: Path) -> None:
    (tmp_path / "note").write_text("mine", encoding="utf-8")
    with pytest.raises(DeskError, match="not empty"):
        restore(kept, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["note"]


def test_a_plain_copy_of_the_database_is_refused(made: Path, tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="not a backup"):
        restore(made / "zgoda.sqlite3", tmp_path / "back")
    assert not (tmp_path / "back").exists()


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_torn_file_is_refused(kept: Path, tmp_path: Path, share: float) -> None:
    raw = kept.read_bytes()
    torn = tmp_path / "torn.zip"
    torn.write_bytes(raw[: int(len(raw) * share)])
    with pytest.raises(DeskError):
        restore(torn, tmp_path / "back")
    assert [path.name for path in tmp_path.iterdir()] == ["torn.zip"]


@pytest.mark.parametrize("share", [0.01, 0.2, 0.5, 0.8])
def test_one_altered_byte_is_found(kept: Path, tmp_path: Path, share: float) -> None:
    raw = bytearray(kept.read_bytes())
    raw[int(len(raw) * share)] ^= 0x40
    altered = tmp_path / "altered.zip"
    altered.write_bytes(bytes(raw))
    with pytest.raises(DeskError):
        restore(altered, tmp_path / "back")
    assert not (tmp_path / "back").exists()


def rewritten(kept: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The backup packed anew after a change, so that the sums of the zip itself fit."""
    with zipfile.ZipFile(kept) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(target, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return target


def _database(parts: dict[str, bytes]) -> None:
    parts["zgoda.sqlite3"] = parts["zgoda.sqlite3"][:-4096]


def _missing(parts: dict[str, bytes]) -> None:
    del parts["content/en/own.toml"]


def _more(parts: dict[str, bytes]) -> None:
    parts["content/../../evil"] = b"x"


def _stated(parts: dict[str, bytes]) -> None:
    manifest = json.loads(parts["manifest.json"])
    manifest["files"]["../evil"] = {"bytes": 1, "sha256": "x"}
    parts["manifest.json"], parts["../evil"] = json.dumps(manifest).encode(), b"x"


def _counts(parts: dict[str, bytes]) -> None:
    manifest = json.loads(parts["manifest.json"])
    manifest["counts"]["accounts_person"] += 1
    parts["manifest.json"] = json.dumps(manifest).encode()


def _no_manifest(parts: dict[str, bytes]) -> None:
    del parts["manifest.json"]


def _odd_manifest(parts: dict[str, bytes]) -> None:
    parts["manifest.json"] = b"[" * 5000


@pytest.mark.parametrize("change", [_database, _missing, _more, _stated, _counts, _no_manifest, _odd_manifest])
def test_what_does_not_fit_its_manifest_is_refused(
    kept: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    other = rewritten(kept, tmp_path / "other.zip", change)
    with pytest.raises(DeskError):
        restore(other, tmp_path / "back")
    assert [path.name for path in tmp_path.iterdir()] == ["other.zip"]


def test_a_restored_outbox_sends_nothing_by_itself(made: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(made, tmp_path / "home"))
    with closing(sqlite3.connect(home / "zgoda.sqlite3")) as base, base:
        inbox = base.execute("SELECT id FROM accounts_inbox").fetchone()[0]
        _insert(base, "post_mailaccount", id=1, inbox_id=inbox, address="help@polana.example", user="help",
                imap_host="127.0.0.1", smtp_host="127.0.0.1", auth="password", is_active=1)  # fmt: skip
        for number, state in enumerate(("queued", "sending", "sent"), 1):
            _insert(base, "post_outgoing", id=number, account_id=1, key=str(number), message_id=str(number),
                    recipients="[]", body=b"", state=state, made_at="2026-11-26 10:00:00",
                    not_before="2026-11-26 10:00:00")  # fmt: skip
    assert run_zgoda("backup", str(tmp_path / "b.zip"), "--home", str(home)).returncode == 0
    restore(tmp_path / "b.zip", tmp_path / "back")
    with closing(sqlite3.connect(tmp_path / "back" / "zgoda.sqlite3")) as base:
        states = [row[0] for row in base.execute("SELECT state FROM post_outgoing ORDER BY id")]
    assert states == ["unknown", "unknown", "sent"]


def _insert(base: sqlite3.Connection, table: str, **given: object) -> None:
    """A row with a plain value in every column that must have one."""
    for _, name, kind, needed, usual, key in base.execute(f"PRAGMA table_info({table})"):
        if needed and usual is None and not key and name not in given:
            given[name] = 0 if "int" in kind or "bool" in kind else ""
    marks = ", ".join("?" * len(given))
    base.execute(f"INSERT INTO {table} ({', '.join(given)}) VALUES ({marks})", tuple(given.values()))
