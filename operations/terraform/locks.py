"""Provider lock files: kept in ``environments/locks/<environment>.hcl``, laid beside the stack.

The generated folder is thrown away and made anew; the versions and checksums of providers must not be.
A lock file beside a stack that synth did not lay belongs to whoever ran ``terraform init`` there and is
left alone. One that holds another version of a provider than the stack names is laid all the same, so that
``terraform init`` refuses it: without one, it would take what the registry gives it on that day.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from operations.files.writing import write_files
from operations.project import stack_path

LOCK = ".terraform.lock.hcl"
LAID = ".terraform.lock.hcl.laid"

_PROVIDER: Final = re.compile(r'^provider "[^"]*?(?P<name>[^"/]+)" \{\n.*?^\}\n', re.MULTILINE | re.DOTALL)
_VERSION: Final = re.compile(r'^\s*version\s*=\s*"([^"]*)"', re.MULTILINE)


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


def other_versions(folder: Path, environment: str, stack: Mapping[str, Any]) -> str | None:
    """A note where the environment's lock file holds another version of a provider than the stack names."""
    kept = kept_lock(folder, environment)
    found = list(_others(kept.read_text("utf-8"), stack)) if kept.is_file() else []
    if not found:
        return None
    held = " and ".join(f"{name} {had}, where the stack names {named}" for name, had, named, _ in found)
    return f"{kept} holds {held}; run hybrid lock-providers {environment} and commit it, or terraform init refuses it"


def fitting(text: str, stack: Mapping[str, Any]) -> str:
    """A lock file's text without the providers of which the stack names another version.

    Terraform adds to what a lock file holds, and fails where that does not fit.
    """
    for *_, block in _others(text, stack):
        text = text.replace(block, "")
    return text


def _others(text: str, stack: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """Name, version held, version named, and the text, of each provider whose versions differ."""
    required = stack.get("terraform", {}).get("required_providers", {})
    named = {one["source"].rpartition("/")[2]: one["version"] for one in required.values()}
    for block in _PROVIDER.finditer(text):
        name, held = block["name"], _VERSION.search(block[0])
        if held and name in named and held[1] != named[name]:
            yield name, held[1], named[name], block[0]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
