"""Provider lock files: kept in ``environments/locks/<environment>.hcl``, laid beside the stack.

The generated folder is thrown away and made anew; the versions and checksums of providers must not be.
A lock file beside a stack that synth did not lay belongs to whoever ran ``terraform init`` there and is
left alone.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from operations.files.writing import write_files
from operations.project import stack_path

LOCK = ".terraform.lock.hcl"
LAID = ".terraform.lock.hcl.laid"


def kept_lock(folder: Path, environment: str) -> Path:
    """Where the repository keeps an environment's lock file."""
    return folder / "locks" / f"{environment}.hcl"


def lay_lock(folder: Path, outdir: Path, environment: str) -> str | None:
    """Lay the environment's lock file beside its stack.

    Returns:
        A note for the person where the lock file beside the stack is not the repository's.
    """
    kept = kept_lock(folder, environment)
    if not kept.is_file():
        return None
    stack = stack_path(outdir, environment)
    text = kept.read_text("utf-8")
    beside, laid = stack / LOCK, stack / LAID
    if beside.is_file() and beside.read_text("utf-8") != text:
        laid_digest = laid.read_text("utf-8").strip() if laid.is_file() else ""
        if laid_digest != _digest(beside.read_text("utf-8")):
            return (
                f"{beside} differs from {kept} and was left as it is; delete it to take the repository's, "
                "or run `make lock-providers` to renew the repository's"
            )
    write_files([(beside, text), (laid, _digest(text) + "\n")], outdir)
    return None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
