"""The golden text of every stack, ``snapshots/<stack>.tf.json`` beside the environment files.

Byte for byte what Terraform reads, so that whatever a change of the files, or of this project, does to a stack
is seen in its diff and reviewed there. Left out: files that a stack refers to, whose hashes are in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from estate.reading.paths import shown
from operations.files.writing import Change, write_files
from operations.project import SNAPSHOTS, STACK_FILE, stack_path
from operations.texts.difference import difference

_SUFFIX = ".tf.json"


def snapshot_findings(folder: Path, outdir: Path, names: Sequence[str]) -> Iterator[str]:
    """Say which snapshot is not what is synthesized, is missing, or is of no stack.

    Args:
        folder: the folder of the environment files.
        outdir: where the stacks were synthesized.
        names: every stack of the estate.
    """
    for name in names:
        path = snapshot_path(folder, name)
        if not path.is_file():
            yield f"{shown(path)}: is missing; hybrid gate --write makes it"
        elif differs := difference(path.read_bytes(), _text(outdir, name).encode("utf-8"), shown(path)):
            yield (
                f"{shown(path)}: is not what is synthesized; hybrid gate --write renews it, and its diff is to be "
                f"reviewed\n{differs}"
            )
    for path in _left_over(folder, names):
        yield f"{shown(path)}: is of no stack; hybrid gate --write takes it away"


def write_snapshots(folder: Path, outdir: Path, names: Sequence[str]) -> list[Path]:
    """Renew every snapshot, and take away those of no stack; returns what changed."""
    renewed: list[Change] = [(snapshot_path(folder, name), _text(outdir, name)) for name in names]
    return write_files([*renewed, *((path, None) for path in _left_over(folder, names))], folder)


def has_snapshots(folder: Path) -> bool:
    """Whether the estate keeps any."""
    return bool(_kept(folder))


def snapshot_path(folder: Path, name: str) -> Path:
    """Where the snapshot of a stack stands."""
    return folder / SNAPSHOTS / f"{name}{_SUFFIX}"


def _left_over(folder: Path, names: Sequence[str]) -> list[Path]:
    return [path for path in _kept(folder) if path.name.removesuffix(_SUFFIX) not in names]


def _kept(folder: Path) -> list[Path]:
    return sorted((folder / SNAPSHOTS).glob(f"*{_SUFFIX}"))


def _text(outdir: Path, name: str) -> str:
    return (stack_path(outdir, name) / STACK_FILE).read_text("utf-8")
