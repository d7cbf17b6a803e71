"""The file of a backup: a zip with a manifest that names every part with its length and sum, checked before use."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from zgoda_desk.commands.setting_up import DeskError

FORMAT = 1
MANIFEST, KEY, CONTENT = "manifest.json", "secret.key", "content/"
DATABASES = {"sqlite": "zgoda.sqlite3", "postgresql": "zgoda.dump"}
_BLOCK = 1 << 20
_MOST_FILES, _MOST_MANIFEST = 20_000, 16 << 20


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: rows by table, the last entry of the audit, sha256 and bytes of every part."""

    format: int
    made_at: str
    version: str
    database: str
    counts: Mapping[str, int]
    audit: Mapping[str, Any]
    files: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def with_key(self) -> bool:
        """Whether the key of the installation lies in it."""
        return KEY in self.files


def write_archive(target: Path, manifest: Manifest, parts: Mapping[str, Path]) -> Manifest:
    """Write the archive beside its place, flush it to the disk, then move it there: it is whole or not there (F18).

    Raises DeskError where a file stands there already or the folder cannot be written.
    """
    if target.exists():
        raise DeskError(f"{target} is there already; name another file")
    beside = target.with_name(f".{target.name}.part")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as stream:
            whole = _fill(stream, manifest, parts)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(target)
        flush_folder(target.parent)
    except OSError as error:
        raise DeskError(f"{target} cannot be written: {error.strerror or error}") from None
    finally:
        beside.unlink(missing_ok=True)
    return whole


def _fill(stream: Any, manifest: Manifest, parts: Mapping[str, Path]) -> Manifest:
    files = {}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for name, path in parts.items():
            files[name] = _add(archive, name, path)
        whole = Manifest(**{**asdict(manifest), "files": files})
        archive.writestr(MANIFEST, json.dumps(asdict(whole), indent=1, sort_keys=True))
    return whole


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    with path.open("rb") as source, archive.open(member, "w", force_zip64=True) as sink:
        while block := source.read(_BLOCK):
            digest.update(block)
            size += len(block)
            sink.write(block)
    return {"bytes": size, "sha256": digest.hexdigest()}


@contextmanager
def open_archive(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """A backup and its manifest; raises DeskError for what `zgoda backup` did not write whole (F19)."""
    refuse_plain_copy(path)
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive, _manifest(archive, path)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise DeskError(f"{path} is torn or altered ({error}); take another backup") from None
    except OSError as error:
        raise DeskError(f"{path} cannot be read: {error.strerror or error}") from None


def refuse_plain_copy(path: Path) -> None:
    """Raise DeskError for a copy of the database file itself: without its journal it may be torn."""
    with suppress(OSError), path.open("rb") as stream:
        if stream.read(16).startswith(b"SQLite format 3"):
            raise DeskError(
                f"{path} is a copy of the database file, not a backup: what stood in its journal is missing. "
                "Make one with:  zgoda backup FILE"
            )


def _manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    wrong = f"{path} is no backup of zgoda, or an altered one: "
    names = archive.namelist()
    if MANIFEST not in names or len(names) > _MOST_FILES or archive.getinfo(MANIFEST).file_size > _MOST_MANIFEST:
        raise DeskError(wrong + "its manifest is missing")
    try:
        manifest = Manifest(**json.loads(archive.read(MANIFEST)))
        stated = {MANIFEST, *manifest.files}
        fits = manifest.format == FORMAT and DATABASES[manifest.database] in manifest.files
    except (ValueError, TypeError, KeyError, RecursionError):
        raise DeskError(wrong + "its manifest cannot be read") from None
    if not fits:
        raise DeskError(wrong + "it has another format; restore it with the version that made it")
    if sorted(names) != sorted(stated) or not all(_harmless(name) for name in names):
        raise DeskError(wrong + "its parts are not those of the manifest")
    return manifest


def _harmless(name: str) -> bool:
    """Whether a part lies where parts lie: no way leads out of the folder (T34)."""
    if name in {MANIFEST, KEY, *DATABASES.values()}:
        return True
    return name.startswith(CONTENT) and not {"", ".", ".."} & set(name.split("/")) and "\\" not in name


def unpack(archive: zipfile.ZipFile, manifest: Manifest, folder: Path) -> None:
    """Write every part into a folder; raises DeskError where one differs from the manifest by one byte."""
    for name, stated in manifest.files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        digest, size = hashlib.sha256(), 0
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as sink, archive.open(name) as source:
            while block := source.read(_BLOCK):
                digest.update(block)
                size += len(block)
                sink.write(block)
            sink.flush()
            os.fsync(sink.fileno())
        if digest.hexdigest() != stated.get("sha256") or size != stated.get("bytes"):
            raise DeskError(f"{name} in the backup is not what its manifest says; take another backup")


def flush_folder(folder: Path) -> None:
    """Make a rename in a folder survive a power cut, where the system lets a folder be opened."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
