"""Import entries of a state's bucket that commands have made, for the stack that keeps it from then on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from estate.derived.pipeline.ground import BUCKET, ground
from estate.derived.stack_plan import bootstrap_stack
from estate.model.estate import Estate
from estate.reading.estate_loader import load_estate
from estate.reading.problems import InvalidInput
from operations.artifacts.building import build
from operations.artifacts.stack_json import StackJson, addresses, read_stack
from operations.files.temporary import temporary_folder
from operations.files.trial import load_with
from operations.files.writing import write_files
from operations.files.yaml_text import read_exactly, scalar
from operations.imports.import_ids import ImportIds
from operations.refactoring.entries import refactoring_file, with_entries

_MADE: Final = frozenset(
    {
        "aws_s3_bucket",
        "aws_s3_bucket_public_access_block",
        "aws_s3_bucket_versioning",
        "google_storage_bucket",
    }
)
"""Types of what the printed commands make."""


def take_over(folder: Path, name: str) -> tuple[Path, list[str]]:
    """Write the entries that are not there yet; return the file and the addresses that were added.

    Raises:
        InvalidInput: the files are wrong, or the environment's ground makes no bucket.
        OSError: the file cannot be written.
    """
    estate = load_estate(folder, [name])
    found = ground(estate, name)
    if found is None or BUCKET not in found.makes:
        raise InvalidInput.of_file(
            f"{folder}/{name}.yaml", "its ground makes no bucket that could be taken over", "bootstrap"
        )
    stack = bootstrap_stack(name)
    with temporary_folder() as place:
        build(estate, [name], place)
        made = read_stack(place, stack)
    ids = ImportIds(made)
    missing = list(_missing(estate, made, stack))
    path = refactoring_file(folder, stack)
    if missing:
        lines = [f"- {{to: {scalar(address)}, id: {scalar(ids.of(address))}}}" for address in missing]
        text = with_entries(path, read_exactly(path) if path.exists() else "", "import", lines)
        load_with(folder, {str(path.relative_to(folder)): text})
        write_files([(path, text)], folder)
    return path, missing


def _missing(estate: Estate, made: StackJson, stack: str) -> Iterator[str]:
    known = {entry.to for entry in estate.refactoring(stack).import_}
    for address in addresses(made):
        if address.partition(".")[0] in _MADE and address not in known:
            yield address
