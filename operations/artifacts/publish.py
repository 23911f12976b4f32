"""Replacing the previous output by the new one, once all of the new one is there and checked.

Only generated files are replaced: ``manifest.json``, ``stacks.json``, each stack's ``cdk.tf.json`` and its
``assets``. What Terraform keeps beside a stack (``.terraform``, its lock file, a stored plan) and local state
(``.state/``, outside the generated folder) are never moved, written over or deleted.

The manifest and the order of the stacks go first and come back last, so that output which was interrupted half-way
is not usable by ``cdktf`` or ``hybrid plan`` rather than half old and half new.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from operations.artifacts.order import ORDER
from operations.files.writing import Change, write_files

ASSETS: Final = "assets"
"""Folder beside a stack's JSON with files that it refers to, such as a chart."""

_MANIFEST: Final = "manifest.json"


def publish(staging: Path, outdir: Path, known: frozenset[str], order: str) -> None:
    """Replace the generated files below ``outdir`` by those below ``staging``.

    Stacks that ``staging`` does not hold stay as they are when ``known`` names them and lose their
    ``cdk.tf.json`` when it does not: their environment is gone.

    Args:
        staging: a folder that cdktf has synthesized into.
        outdir: the folder that people and ``cdktf`` read, such as ``cdktf.out``.
        known: every stack that the environment files describe.
        order: text of the file that says in which order they are applied.

    Raises:
        OSError: the output cannot be written; all of it is as it was.
    """
    write_files(_changes(staging, outdir, known, order), outdir)
    for name in _manifest(staging)["stacks"]:
        _remove_empty_folders(outdir / "stacks" / name / ASSETS)


def _changes(staging: Path, outdir: Path, known: frozenset[str], order: str) -> Iterator[Change]:
    new, old = _manifest(staging), _manifest(outdir)
    kept = {
        name: stack
        for name, stack in old["stacks"].items()
        if name in known and (outdir / stack["synthesizedStackPath"]).is_file()
    }
    manifest = {**new, "stacks": dict(sorted({**kept, **new["stacks"]}.items()))}

    yield outdir / _MANIFEST, None
    yield outdir / ORDER, None
    for stack in new["stacks"].values():
        path = Path(stack["synthesizedStackPath"])
        # What a stack refers to comes before it and goes after it.
        assets = list(_files(staging, path.with_name(ASSETS)))
        for asset in assets:
            yield outdir / asset, (staging / asset).read_bytes()
        yield outdir / path, (staging / path).read_text("utf-8")
        for asset in _files(outdir, path.with_name(ASSETS)):
            if asset not in assets:
                yield outdir / asset, None
    for gone in outdir.glob("stacks/*/cdk.tf.json"):
        if gone.parent.name not in known:
            yield gone, None
    yield outdir / ORDER, order
    yield outdir / _MANIFEST, json.dumps(manifest, indent=2) + "\n"


def _files(folder: Path, below: Path) -> Iterator[Path]:
    for path in sorted((folder / below).rglob("*")):
        if path.is_file():
            yield path.relative_to(folder)


def _remove_empty_folders(folder: Path) -> None:
    """The folders of files that a stack refers to have the hashes of what is in them; old ones would pile up."""
    for path in sorted([folder, *folder.rglob("*")], reverse=True):
        with suppress(OSError):  # one that holds something, and a file
            path.rmdir()


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / _MANIFEST).read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {"stacks": {}}
    return manifest
