"""The command line of ``hybrid lock-providers``."""

from __future__ import annotations

from operations.console import say
from operations.options import Environments, Folder
from operations.project import ENVIRONMENTS
from operations.terraform.binary import terraform_binary


def lock_providers(names: Environments = None, folder: Folder = ENVIRONMENTS) -> None:
    """Record the providers' exact versions and checksums in environments/locks/, for every platform."""
    from operations.lock_providers.lock_providers import lock_providers as run

    for path in run(folder, names or [], terraform_binary()):
        say(f"{path} written; commit it")
