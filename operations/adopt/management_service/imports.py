"""The import entries that let the section take a running service's objects over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from estate.model.refactoring import ImportEntry
from estate.reading.paths import printable
from estate.reading.problems import InvalidInput
from operations.adopt.management_service.bastions import take_bastion
from operations.adopt.management_service.matching import Matching
from operations.adopt.management_service.running import RunningKey
from operations.adopt.management_service.tfstate import State, StateObject
from operations.artifacts.stack_json import StackJson
from operations.files.yaml_text import scalar
from operations.schema_line import schema_line

_REMARKS: Final = {
    "aws_instance": "replaced by the first apply, for its key and its start-up script",
    "aws_kms_key": "its policy becomes the section's, which lets its `users` in and nobody else",
}
_HEADER: Final = """\
# What the running management service made and this environment takes over, by its state. Lay this file
# beside the environment as refactoring/<environment>.yaml, read the plan before the first apply, and have
# the old Terraform forget these objects (`terraform state rm`) before it runs again.
import:
"""


@dataclass(frozen=True)
class Imports:
    """What is taken over.

    Attributes:
        entries: object by address.
        rest: what is not, with why.
        more: ids by address that the document says and the state does not.
    """

    entries: Mapping[str, StateObject]
    rest: tuple[tuple[str, str], ...]
    more: Mapping[str, str]

    @property
    def count(self) -> int:
        """How many objects are taken over."""
        return len(self.entries) + len(self.more)


def find_imports(
    stack: StackJson, state: State, keys: Mapping[str, RunningKey], bucket: str | None
) -> Imports:
    """Find what the section can take over.

    Args:
        stack: the synthesized section.
        state: the state of the running service.
        keys: its KMS keys that the section manages from now on, by their name in the section.
        bucket: the bucket that the section names; it may have been made outside Terraform.

    Raises:
        InvalidInput: there is nothing to take over.
    """
    matching = Matching(stack, state)
    managed = {found.text("key_id"): found for found in state.of("aws_kms_key")}
    for resource in matching.of("aws_kms_key"):
        *_, owner, name, _ = resource.construct_path.split("/")
        if owner == "KmsKeys" and name in keys:
            matching.take(resource.address, managed[keys[name].key_id])
    matching.run()
    take_bastion(matching, state)
    if not matching.found:
        message = (
            "holds nothing that the section could take over; is it the state of this management service?"
        )
        raise InvalidInput.of_file(state.name, message)
    more = {
        r.address: bucket for r in matching.of("aws_s3_bucket") if bucket and r.address not in matching.found
    }
    return Imports(matching.found, tuple(sorted(matching.rest())), more)


def imports_text(imports: Imports, file: Path) -> str:
    """Write the entries as the text of a refactoring file, which ``file`` will be."""
    remarks = {
        address: " ".join(filter(None, (f"{found.address};", _REMARKS.get(found.type)))).rstrip(";")
        for address, found in imports.entries.items()
    }
    remarks |= dict.fromkeys(
        imports.more, "not in the state, named by the document; delete the entry if there is none"
    )
    ids = {address: found.import_id for address, found in imports.entries.items()} | dict(imports.more)
    entries = [ImportEntry(to=address, id=ids[address]) for address in sorted(ids)]
    return (
        schema_line(file, "refactoring.json")
        + _HEADER
        + "".join(
            f"  # {printable(remarks[entry.to])}\n  - {{to: {entry.to}, id: {scalar(entry.id)}}}\n"
            for entry in entries
        )
    )
