"""Which providers Terraform is about to run because a state, and not a stack, asks for them.

A stack pins its providers, and synthesis writes it. A state names the provider of each object, too, of any host, and
Terraform takes that as well and runs it with the credentials that are there: whoever can say where a state lies, or write
it, runs a program of theirs. `terraform init` downloads providers and runs none, so what it laid is looked at before
anything else is run (Terraform 1.11.4, seen on 2026-11-30).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from estate.reading.paths import first_few, quoted
from estate.reading.problems import InvalidInput

HOSTS: Final = frozenset({"registry.opentofu.org", "registry.terraform.io"})
"""Where a source without a host is had from."""

SOURCES: Final = frozenset({"hashicorp/aws", "hashicorp/google", "hashicorp/helm", "vmware/vsphere"})
"""What stacks of this project are made with; what is left of an object of one of them needs it as well."""

_DATA: Final = "TF_DATA_DIR"
_SHOWN: Final = 5


def refuse_strangers(stack: Path) -> None:
    """Refuse to go on after `terraform init` where it laid a provider that no stack of this project names.

    Args:
        stack: the stack's folder.

    Raises:
        InvalidInput: it did.
    """
    laid = stack / os.environ.get(_DATA, ".terraform") / "providers"
    found = sorted("/".join(path.relative_to(laid).parts) for path in laid.glob("*/*/*"))
    strange = [quoted(one) for one in found if not _is_known(one)]
    if strange:
        message = (
            f"its state has objects of {first_few(strange, _SHOWN)}, which nothing here is made with, and which would run "
            "with the credentials that are here; look where the state lies and who wrote that into it; what belongs there "
            f"leaves with terraform state rm, and {laid.parent} is to be removed then"
        )
        raise InvalidInput.of_file(stack, message)


def _is_known(address: str) -> bool:
    host, _, source = address.partition("/")
    return host in HOSTS and source in SOURCES
