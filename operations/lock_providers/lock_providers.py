"""The flow of ``hybrid lock-providers``.

The generated folder is thrown away, so the lock files are kept beside the environment files; synth lays
them beside the stacks. See https://developer.hashicorp.com/terraform/cli/commands/providers/lock
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from estate.reading.problems import InvalidInput, Problem
from operations.console import progress
from operations.files.writing import write_files
from operations.synth.locks import LOCK, kept_lock
from operations.synth.synth import synth

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
    with tempfile.TemporaryDirectory(prefix="hybrid-") as temporary:
        outdir = Path(temporary) / "out"
        _, reports = synth(folder, names, outdir)
        texts = dict(_locks(folder, [(report.name, report.path) for report in reports], binary))
    return write_files(texts.items(), folder)


def _locks(folder: Path, stacks: Sequence[tuple[str, Path]], binary: str) -> Iterator[tuple[Path, str]]:
    for name, stack in stacks:
        kept = kept_lock(folder, name)
        if kept.is_file():
            # Terraform then adds to what is recorded rather than choosing anew.
            shutil.copyfile(kept, stack / LOCK)
        command = [binary, f"-chdir={stack}", "providers", "lock", *(f"-platform={p}" for p in PLATFORMS)]
        with progress(f"{name}: asking the provider registry for {len(PLATFORMS)} platforms"):
            try:
                subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - no shell
            except (OSError, subprocess.CalledProcessError) as error:
                detail = " ".join((getattr(error, "stderr", "") or str(error)).split())
                message = f"cannot be made with {binary} providers lock: {detail}"
                raise InvalidInput([Problem(str(kept), 0, 0, "", message)]) from None
        yield kept, (stack / LOCK).read_text("utf-8")
