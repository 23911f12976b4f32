"""Several files that change together: all of them, or none."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from operations.synth.files import write_text


def write_all(texts: Mapping[Path, str]) -> None:
    """Write each file as a whole; when one cannot be written, the others get their old content back.

    Raises:
        OSError: a file cannot be written; all are as they were.
    """
    before: dict[Path, bytes | None] = {}
    try:
        for path, text in texts.items():
            before[path] = path.read_bytes() if path.is_file() else None
            write_text(path, text)
    except BaseException:
        for path, content in before.items():
            # One that cannot be put back does not keep the others from it.
            with suppress(OSError):
                if content is None:
                    path.unlink()
                else:
                    write_text(path, content.decode("utf-8"))
        raise
