"""From the file to the document, and the files that come beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from typing import Any

from pydantic import BaseModel, ValidationError

from estate.model.aws.management_service import KeyPairConfig
from estate.model.aws.management_vpc import ExistingVpc
from estate.model.rules import Path
from estate.reading.loader import validate
from estate.reading.paths import leaves, shown
from estate.reading.problems import InvalidInput, Problem
from estate.reading.yaml_source import Source, examine
from operations.adopt.management_service.document import AwsManagementService

HOW_TO_GET_A_PUBLIC_KEY = (
    "write one with `ssh-keygen -y -f PRIVATE_KEY > FILE`, or fetch the running service's with `aws ec2 "
    "describe-key-pairs --include-public-key --query 'KeyPairs[].[KeyName,PublicKey]' --output text`"
)
"""For a person who has none at hand."""

_IDENTITY = frozenset({"apiVersion", "kind"})
_BOOLEAN: Path = ("spec", "terraform", "invokeManually")
_LONGEST_KEY = 16 * 1024


@dataclass(frozen=True)
class Document:
    """An AWSManagementService that was read and is valid by itself."""

    source: Source

    @property
    def name(self) -> str:
        """The file as messages name it."""
        return self.source.display

    def at(self, *path: str) -> Any:
        """The value at ``path``; None where there is none."""
        value: Any = self.source.data
        for part in path:
            value = value.get(part) if isinstance(value, dict) else None
        return value

    def leaves(self) -> Iterator[tuple[Path, Any]]:
        """Every value that is no mapping or list, and every empty mapping or list, with its path."""
        return leaves(self.source.data)


def read_document(path: FilePath) -> Document:
    """Read and check the document.

    Raises:
        InvalidInput: it cannot be read, is another kind of document, or is wrong by itself; all reasons
            at once.
    """
    source = _read_valid(path, AwsManagementService)
    return Document(source)


def read_existing_vpc(path: FilePath) -> dict[str, Any]:
    """Read the ids of a VPC, in the form of `management_vpc.existing`.

    Raises:
        InvalidInput: it cannot be read or is not that.
    """
    return _read_valid(path, ExistingVpc).data


def read_public_key(path: FilePath) -> str:
    """Read the public half of a key pair.

    Raises:
        InvalidInput: it cannot be read or is not such a key; its content is not shown.
    """
    name = shown(path)
    try:
        with path.open("rb") as file:
            text = file.read(_LONGEST_KEY).decode("utf-8", "replace").strip()
    except OSError as error:
        message = f"cannot be read: {(error.strerror or str(error)).lower()}; {HOW_TO_GET_A_PUBLIC_KEY}"
        raise InvalidInput.of_file(name, message) from None
    if "PRIVATE KEY-----" in text:
        message = f"is a private key; give its public half: ssh-keygen -y -f {name}"
        raise InvalidInput([Problem(name, 1, 1, "", message)])
    try:
        return KeyPairConfig(public_key=text).public_key
    except ValidationError:
        message = (
            "must be one public key in OpenSSH form, in one line, ssh-ed25519 or ssh-rsa as EC2 takes no other; "
            + HOW_TO_GET_A_PUBLIC_KEY
        )
        raise InvalidInput([Problem(name, 1, 1, "", message)]) from None


def _read_valid(path: FilePath, model: type[BaseModel]) -> Source:
    source, problems = examine(path, shown(path), is_ours=False)
    if source is None:
        raise InvalidInput(problems)
    source = _with_kubernetes_boolean(source)
    found = validate(source, model).problems
    # In another kind of document everything is wrong; that it is another kind is what to say.
    problems += [problem for problem in found if problem.path in _IDENTITY] or found
    if problems:
        raise InvalidInput(problems)
    return source


def _with_kubernetes_boolean(source: Source) -> Source:
    """Read the document's only boolean as Kubernetes does, and Google's own sample: No is false."""
    surprise = source.surprises.get(_BOOLEAN)
    if surprise is None or surprise.plain not in {"true", "false"}:
        return source
    source.data["spec"]["terraform"]["invokeManually"] = surprise.plain == "true"
    rest = {path: other for path, other in source.surprises.items() if path != _BOOLEAN}
    return replace(source, surprises=rest)
