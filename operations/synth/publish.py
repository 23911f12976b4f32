"""Replacing the previous output by the new one, once all of the new one is there and checked.

Only generated files are replaced: ``manifest.json``, each stack's ``cdk.tf.json`` and its ``assets``. What Terraform
keeps beside a stack (``.terraform``, its lock file, a stored plan) and local state (``.state/``,
outside the generated folder) are never moved, written over or deleted.

The manifest goes first and comes back last, so that output which was interrupted half-way is not
usable by ``cdktf`` rather than half old and half new.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any, Final

from operations.synth.files import write_text

ASSETS: Final = "assets"
"""Folder beside a stack's JSON with files that it refers to, such as a chart."""


def publish(staging: Path, outdir: Path, known: frozenset[str]) -> None:
    """Replace the generated files below ``outdir`` by those below ``staging``.

    Stacks that ``staging`` does not hold stay as they are when ``known`` names them and lose their
    ``cdk.tf.json`` when it does not: their environment is gone.

    Args:
        staging: a folder that cdktf has synthesized into.
        outdir: the folder that people and ``cdktf`` read, such as ``cdktf.out``.
        known: every stack that the environment files describe.
    """
    new = _manifest(staging)
    old = _manifest(outdir)
    kept = {
        name: stack
        for name, stack in old["stacks"].items()
        if name in known and (outdir / stack["synthesizedStackPath"]).is_file()
    }
    manifest = {**new, "stacks": dict(sorted({**kept, **new["stacks"]}.items()))}

    outdir.mkdir(parents=True, exist_ok=True)
    (outdir / "manifest.json").unlink(missing_ok=True)
    for stack in new["stacks"].values():
        path = stack["synthesizedStackPath"]
        write_text(outdir / path, (staging / path).read_text("utf-8"))
        _replace_assets((staging / path).with_name(ASSETS), (outdir / path).with_name(ASSETS))
    for gone in (outdir / "stacks").iterdir():
        if gone.name not in known:
            (gone / "cdk.tf.json").unlink(missing_ok=True)
    write_text(outdir / "manifest.json", json.dumps(manifest, indent=2) + "\n")


def _replace_assets(new: Path, old: Path) -> None:
    """Replace the files that a stack refers to; their folders have the hashes of what is in them."""
    shutil.rmtree(old, ignore_errors=True)
    if new.is_dir():
        shutil.copytree(new, old)


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {"stacks": {}}
    return manifest
