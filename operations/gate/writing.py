"""``hybrid gate --write``: renew what is derived from the environment files and stands beside them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from estate.derived.stack_plan import stack_plans
from operations.artifacts.atlantis import FILE as ATLANTIS
from operations.artifacts.atlantis import atlantis_yaml
from operations.artifacts.estate_stacks import read_stacks
from operations.artifacts.synthesis import synth
from operations.files.temporary import temporary_folder
from operations.files.writing import write_file
from operations.gate.snapshots import write_snapshots
from operations.gate.trees import write_tree


def renew(folder: Path, runners: Mapping[str, str]) -> list[Path]:
    """Renew records, snapshots, the tree and, where there is one, ``atlantis.yaml``; returns what changed.

    Args:
        folder: the folder of the environment files.
        runners: labels of runners inside private networks, as ``hybrid stacks`` takes them.

    Raises:
        InvalidInput: the files are wrong, or something stateful would be lost; nothing was written. Or somebody's own
            file stands where one of the tree belongs; what comes before it was.
    """
    before = _records(folder)
    with temporary_folder() as made:
        outdir = made / "cdktf.out"
        estate, _ = synth(folder, [], outdir)
        changed = [path for path, data in _records(folder).items() if data != before.get(path)]
        changed += write_snapshots(folder, outdir, list(stack_plans(estate)))
        changed += write_tree(estate, folder)
        atlantis = folder.absolute().parent / ATLANTIS
        if atlantis.is_file() and write_file(atlantis, atlantis_yaml(read_stacks(outdir, runners))):
            changed.append(atlantis)
    return changed


def _records(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted((folder / "stateful").glob("*.txt"))}
