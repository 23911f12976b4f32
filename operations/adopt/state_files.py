"""Files of Terraform states as every adoption reads them: what they are refused for, and the objects in format 4.

Nothing of a state's content is shown, because it holds secrets; what is kept of it is up to who reads it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from estate.reading.paths import shown
from estate.reading.problems import InvalidInput, Problem

DEPOSED: Final = "is deposed, waiting to be destroyed"
"""Why an object that waits for its end is left out."""

_STATE_VERSION: Final = 4


@dataclass(frozen=True)
class Instance:
    """One object of a state of format 4.

    Attributes:
        address: address in the state, with module and index.
        type: type of the resource.
        attributes: what Terraform knows of it; empty where it cannot be looked at.
        unreadable: why it cannot be looked at; "" where it can.
        sensitive: the paths that the state marks as secret, as it writes them.
        is_tainted: whether its Terraform means to make it anew.
    """

    address: str
    type: str
    attributes: dict[str, Any] = field(repr=False)
    unreadable: str = ""
    sensitive: tuple[Any, ...] = ()
    is_tainted: bool = False


def named(path: Path) -> str:
    """A file as messages name it; `-` is standard input."""
    return "standard input" if str(path) == "-" else shown(path)


def document(path: Path, how: str) -> dict[str, Any]:
    """What a file holds, of whatever format of a state.

    Args:
        path: the file; `-` is standard input.
        how: how a state is had, which refusals end with.

    Raises:
        InvalidInput: it cannot be read, is no object of JSON, or is encrypted.
    """
    name = named(path)
    try:
        found = json.loads(sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes())
    except OSError as error:
        said = f"cannot be read: {(error.strerror or str(error)).lower()}"
        raise InvalidInput.of_file(name, said) from None
    except json.JSONDecodeError as error:
        raise InvalidInput([Problem(name, error.lineno, error.colno, "", f"is not JSON; {how}")]) from None
    except (UnicodeDecodeError, RecursionError):
        raise InvalidInput.of_file(name, f"is not JSON; {how}") from None
    if not isinstance(found, dict):
        raise InvalidInput.of_file(name, f"is not a Terraform state; {how}")
    if "encrypted_data" in found:
        raise InvalidInput.of_file(name, "is an encrypted state; give the output of `tofu state pull`")
    return found


def instances(name: str, state: Mapping[str, Any], how: str) -> list[Instance]:
    """The objects of a state of format 4, what Terraform 0.12 and later write; data sources are left out.

    Raises:
        InvalidInput: it is of another format, or not whole.
    """
    _refuse_other_versions(name, state, how)
    try:
        return [
            found
            for resource in state["resources"]
            if resource["mode"] == "managed"
            for found in _of(resource)
        ]
    except (AttributeError, KeyError, TypeError):
        raise InvalidInput.of_file(name, f"is not a whole Terraform state; {how}") from None


def _refuse_other_versions(name: str, state: Mapping[str, Any], how: str) -> None:
    version = state.get("version")
    if isinstance(version, int) and version < _STATE_VERSION:
        message = (
            f"must be a state of version 4, got version {version}, from before Terraform 0.12; run "
            "`terraform apply -refresh-only` with a newer one"
        )
        raise InvalidInput.of_file(name, message)
    if version != _STATE_VERSION or not isinstance(state.get("resources"), list):
        raise InvalidInput.of_file(name, f"is not a Terraform state of version 4; {how}")


def _of(resource: Mapping[str, Any]) -> Iterator[Instance]:
    type_ = resource["type"]
    address = ".".join(filter(None, (resource.get("module"), type_, resource["name"])))
    for instance in resource["instances"]:
        index, attributes = instance.get("index_key"), instance.get("attributes")
        here = address if index is None else f"{address}[{json.dumps(index)}]"
        if "deposed" in instance:
            yield Instance(here, type_, {}, DEPOSED)
        elif not isinstance(attributes, dict):
            yield Instance(here, type_, {}, "has no attributes in the form of Terraform 0.12 or later")
        else:
            marked = tuple(instance.get("sensitive_attributes") or ())
            is_tainted = instance.get("status") == "tainted"
            yield Instance(here, type_, attributes, "", marked, is_tainted)
