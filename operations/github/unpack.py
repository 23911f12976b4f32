"""What a pull request's own run synthesized, laid beside a checkout of it, as data.

Whoever pushes makes the archive, so nothing of it is believed: it may hold what synthesis writes and no other file.
`actions/download-artifact` is told not to unpack it, because that has no limit, follows links that stand in the
folder, and takes every file, among them programs that Terraform would take for providers (actions/toolkit at 4b9afa4,
`unzip.Extract` of unzip-stream 0.3.4; read 2026-11-30).
"""

from __future__ import annotations

import hashlib
import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from estate.reading.paths import first_few, quoted
from estate.reading.problems import InvalidInput
from operations.files.writing import write_files

ANY: Final = "any"
"""Stands for whatever archive there is, for whoever is the first to look at it."""

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_MOST_BYTES: Final = 256 * 1024 * 1024
_PACKED: Final = frozenset({zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED})
"""How actions/upload-artifact packs; other ways ask for as much memory as whoever packs says."""
_MOST_FILES: Final = 2_000
_SHOWN: Final = 5
_WRITTEN: Final = re.compile(
    r"(manifest|stacks)\.json|stacks/[a-z0-9]([a-z0-9-]*[a-z0-9])?/(cdk\.tf\.json|\.terraform\.lock\.hcl|assets(/\w[\w.-]*)+)",
    re.ASCII,
)


@dataclass(frozen=True)
class Unpacked:
    """What was laid.

    Attributes:
        files: how many.
        digest: SHA-256 of the archive.
    """

    files: int
    digest: str


def unpack(downloaded: Path, into: Path, digest: str = ANY) -> Unpacked:
    """Lay the stacks of an archive into a folder that is not there yet.

    Args:
        downloaded: the archive, or the folder that holds it and nothing else.
        into: the folder, right below the checkout that it belongs to.
        digest: SHA-256 of the archive that was looked at first, which a run that is run again replaces; or :data:`ANY`.

    Raises:
        InvalidInput: the archive is none or another one, holds something else or too much, or the checkout's links lead
            out of it.
    """
    archive = _archive(downloaded)
    found = _digest(archive, digest)
    _refuse_places(into)
    try:
        with zipfile.ZipFile(archive) as zipped:
            # Unlike is_dir it takes a file without a name.
            entries = [entry for entry in zipped.infolist() if not entry.filename.endswith("/")]
            _refuse_entries(archive, entries)
            files = [(into / entry.filename, zipped.read(entry)) for entry in entries]
    except (OSError, EOFError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise InvalidInput.of_file(archive, f"cannot be unpacked ({type(error).__name__})") from None
    write_files(files, into)
    return Unpacked(len(files), found)


def _archive(downloaded: Path) -> Path:
    if not downloaded.is_dir():
        return downloaded
    files = sorted(downloaded.iterdir())
    if len(files) != 1:
        raise InvalidInput.of_file(
            downloaded, f"must hold the archive and nothing else, and holds {len(files)} files"
        )
    return files[0]


def _digest(archive: Path, wanted: str) -> str:
    if wanted != ANY and not _DIGEST.fullmatch(wanted):
        # An output that is missing is empty.
        message = (
            f"must be 64 hexadecimal digits, as the first unpack printed them, or {ANY}, got {quoted(wanted)}"
        )
        raise InvalidInput.of_file("--digest", message)
    try:
        with archive.open("rb") as opened:
            found = hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise InvalidInput.of_file(archive, f"cannot be unpacked ({type(error).__name__})") from None
    if wanted not in {ANY, found}:
        message = (
            f"is not the archive that was looked at first (sha256 {wanted[:12]}, got {found[:12]}): the run that made "
            "it was run again meanwhile; run all jobs of this run again"
        )
        raise InvalidInput.of_file(archive, message)
    return found


def _refuse_places(into: Path) -> None:
    root = os.path.realpath(into.parent)
    if into.is_symlink() or into.exists():
        raise InvalidInput.of_file(
            into, "is there already; take it out of the branch: what is synthesized is not in git"
        )
    leading = [path for path in _links(into.parent) if not Path(os.path.realpath(path)).is_relative_to(root)]
    if leading:
        names = first_few([path.relative_to(into.parent).as_posix() for path in leading], _SHOWN)
        raise InvalidInput.of_file(
            into.parent, f"holds links that lead out of it: {names}; put files in their places"
        )


def _links(folder: Path) -> Iterator[Path]:
    # Not followed: a link to a folder is a link.
    for path in sorted(folder.iterdir()):
        if path.is_symlink():
            yield path
        elif path.is_dir():
            yield from _links(path)


def _refuse_entries(archive: Path, entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    strange = [quoted(name) for name in names if not _WRITTEN.fullmatch(name)]
    if strange:
        raise InvalidInput.of_file(
            archive, f"holds what synthesis does not write: {first_few(strange, _SHOWN)}"
        )
    if any(entry.compress_type not in _PACKED for entry in entries):
        raise InvalidInput.of_file(archive, "is packed in another way than an artifact is")
    if len(set(names)) != len(names):
        raise InvalidInput.of_file(archive, "holds a file twice")
    size = sum(entry.file_size for entry in entries)
    if len(names) > _MOST_FILES or size > _MOST_BYTES:
        message = (
            f"holds {len(names)} files of {size} bytes, and at most {_MOST_FILES} of {_MOST_BYTES} are taken"
        )
        raise InvalidInput.of_file(archive, message)
