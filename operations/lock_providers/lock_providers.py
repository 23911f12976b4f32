"""The flow of ``hybrid lock-providers``.

The generated folder is thrown away, so the lock files are kept beside the environment files; synth lays
them beside the stacks. See https://developer.hashicorp.com/terraform/cli/commands/providers/lock
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from estate.reading.problems import InvalidInput
from operations.artifacts.synthesis import synth
from operations.console import progress
from operations.files.temporary import temporary_folder
from operations.files.writing import write_files
from operations.project import STACK_FILE
from operations.terraform.locks import LOCK, fitting, kept_lock
from operations.terraform.runner import Terraform, TerraformFailed

PLATFORMS = ("linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64")
"""The platforms that people and continuous integration run Terraform on."""


def lock_providers(folder: Path, names: Sequence[str], binary: str) -> list[Path]:
    """Renew the lock file of each named environment, all when none is named.

    Args:
        folder: the folder of the environment files.
        names: environments.
        binary: the Terraform or OpenTofu command; it asks the provider registry.

    Returns:
        The lock files that changed. None is written when one of them cannot be made.

    Raises:
        InvalidInput: the environment files are wrong, or the registry cannot be asked.
    """
    with temporary_folder() as temporary:
        outdir = temporary / "out"
        _, reports = synth(folder, names, outdir)
        texts = dict(_locks(folder, [(report.name, report.path) for report in reports], binary))
    return write_files(texts.items(), folder)


def _locks(folder: Path, stacks: Sequence[tuple[str, Path]], binary: str) -> Iterator[tuple[Path, str]]:
    for name, stack in stacks:
        kept = kept_lock(folder, name)
        if kept.is_file():
            # Terraform then adds to what is recorded rather than choosing anew.
            text = fitting(kept.read_text("utf-8"), json.loads((stack / STACK_FILE).read_text("utf-8")))
            (stack / LOCK).write_text(text, "utf-8")
        with progress(f"{name}: asking the provider registry for {len(PLATFORMS)} platforms"):
            try:
                Terraform(binary, stack).run("providers", "lock", *(f"-platform={one}" for one in PLATFORMS))
            except TerraformFailed as failure:
                message = f"cannot be made with {binary} providers lock: {' '.join(failure.text.split())}"
                raise InvalidInput.of_file(kept, message) from None
        yield kept, (stack / LOCK).read_text("utf-8")
