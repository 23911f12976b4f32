"""Making a plan, in a folder that nobody else may look into and that does not outlive its use.

A stored plan holds every secret that is in the state.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from operations.files.temporary import temporary_folder
from operations.terraform.locks import LAID
from operations.terraform.runner import Terraform
from operations.terraform.state_providers import refuse_strangers
from operations.terraform.vcenters import refuse_other_vcenters

CHANGES: Final = 2
"""Exit code of ``terraform plan -detailed-exitcode`` when there is something to do."""


@dataclass(frozen=True)
class Planned:
    """A plan that was just made.

    Attributes:
        stored: the file that Terraform can apply.
        json: the file with what ``terraform show -json`` says of it.
        changes: whether there is anything to do.
    """

    stored: Path
    json: Path
    changes: bool


@contextmanager
def planned(terraform: Terraform, *, lock: bool) -> Iterator[Planned]:
    """Plan a stack; the files are gone afterwards.

    Args:
        terraform: Terraform in the stack's folder.
        lock: whether to lock the state, which an identity that only reads cannot.

    Raises:
        TerraformFailed: it cannot be planned.
        InvalidInput: there is no Terraform.
    """
    with private_folder() as folder:
        initialize(terraform)
        yield plan_into(folder, terraform, lock=lock)


def plan_into(folder: Path, terraform: Terraform, *, lock: bool) -> Planned:
    """Plan a stack where ``terraform init`` has been run, into a private folder.

    Raises:
        TerraformFailed: it cannot be planned.
        InvalidInput: there is no Terraform.
    """
    plan = folder / "plan"
    ended = terraform.run(
        "plan",
        "-input=false",
        "-no-color",
        "-detailed-exitcode",
        f"-out={plan}",
        *([] if lock else ["-lock=false"]),
        ok=(0, CHANGES),
    )
    return Planned(plan, shown_of(plan, terraform), ended == CHANGES)


def shown_of(plan: Path, terraform: Terraform) -> Path:
    """The file, beside a stored plan, with what ``terraform show -json`` says of it.

    Raises:
        TerraformFailed: it is no plan, or one of another Terraform.
    """
    text = plan.with_suffix(".json")
    terraform.run("show", "-json", "-no-color", str(plan), output=text)
    return text


def initialize(terraform: Terraform) -> None:
    """Run ``terraform init``; a lock file that the repository keeps is not changed.

    Raises:
        TerraformFailed: backend or providers cannot be had.
        InvalidInput: the state asks for a provider that no stack of this project names, or the stack for another vCenter
            than those of this machine.
    """
    refuse_other_vcenters(terraform.stack)
    kept = ["-lockfile=readonly"] if (terraform.stack / LAID).is_file() else []
    terraform.run("init", "-input=false", "-no-color", *kept)
    refuse_strangers(terraform.stack)


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder that only this user may look into, gone afterwards with all that is in it."""
    with temporary_folder() as folder:
        yield folder
