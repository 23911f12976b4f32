"""To which vCenters Terraform may bring the password that is here.

Which one a stack logs in to, its environment file says. Where whoever wrote that is not trusted with the password, as on
a server that plans what a pull request says before anybody agreed, the machine says which ones there are; it says
nothing where people agree first. The provider sends the password at its first word, planning included.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from estate.reading.paths import first_few, quoted
from estate.reading.problems import InvalidInput
from operations.project import STACK_FILE

VARIABLE: Final = "HYBRID_VCENTERS"
"""Names of vCenters as environment files say them, with spaces between; any will do where it is not set."""

_SHOWN: Final = 5


def refuse_other_vcenters(stack: Path) -> None:
    """Refuse a stack that would log in to a vCenter that the machine does not name, where it names some.

    Args:
        stack: the stack's folder.

    Raises:
        InvalidInput: it would.
    """
    named = os.environ.get(VARIABLE)
    file = stack / STACK_FILE
    if named is None or not file.is_file():
        return
    strange = [quoted(one) for one in _servers(json.loads(file.read_bytes())) if one not in named.split()]
    if strange:
        message = (
            f"logs in to vCenter {first_few(strange, _SHOWN)}, which {VARIABLE} of this machine does not name, so it does "
            "not get the password that is here; see whose it is, and name it there if it is yours"
        )
        raise InvalidInput.of_file(stack.name, message)


def _servers(stack: dict[str, Any]) -> Iterator[str]:
    """Every vCenter of a stack; "" for one that is not said, which the provider would have from elsewhere."""
    bodies = stack.get("provider", {}).get("vsphere", [])
    for body in bodies if isinstance(bodies, list) else [bodies]:
        yield str(body.get("vsphere_server", ""))
