"""The copy of the stacks that checkov reads, and which line of it belongs to what.

It is not what Terraform reads, because checkov misreads that (3.3.30, each with a test):

- a null in a list of prefix lists makes an open port look closed: nulls are left out;
- a stack with `moved`, `import`, `removed` or `required_version` is not parsed at all: they are left out;
- it does not know a rule that names a security group and takes it for one that lets in everybody;
- a list of an EKS cluster's logs that is empty ends it: without the list it says that the logs are off;
- quotes inside of an expression make a policy unreadable, and an unreadable policy passes.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from operations.policy.stacks import Stack, Stacks, as_json

FILE = "cdk.tf.json"

_UNPARSABLE = ("import", "moved", "removed")
_TWO_LEVELS = frozenset({"resource", "data"})
_KEY = re.compile(r'^( +)"((?:[^"\\]|\\.)*)": [\[{]')
# What other readers take for the end of a line, or refuse.
_ODD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


@dataclass(frozen=True)
class ScanCopy:
    """One stack's copy.

    Attributes:
        stack: name of the stack.
        lines: line on which each block begins, in order.
        addresses: address of each of these blocks.
    """

    stack: str
    lines: tuple[int, ...]
    addresses: tuple[str, ...]

    def address(self, line: int) -> str | None:
        """Address of the block that a line stands in."""
        position = bisect_right(self.lines, line)
        return self.addresses[position - 1] if position else None


def write_scan_copies(stacks: Stacks, folder: Path) -> list[ScanCopy]:
    """Write a folder for each stack below ``folder``, so that none vouches for another's resources."""
    return [_write(stack, folder / stack.name) for stack in stacks]


def _write(stack: Stack, folder: Path) -> ScanCopy:
    text = _ODD.sub(
        lambda odd: f"\\u{ord(odd[0]):04x}", json.dumps(_body(stack), indent=2, ensure_ascii=False)
    )
    folder.mkdir(parents=True)
    (folder / FILE).write_text(text, "utf-8")
    found = _blocks(text)
    return ScanCopy(stack.name, tuple(found), tuple(found.values()))


def _body(stack: Stack) -> Mapping[str, Any]:
    body = {key: value for key, value in stack.body.items() if key not in _UNPARSABLE}
    settings = {key: value for key, value in stack.terraform.items() if key != "required_version"}
    resources = {type_: _known(type_, found) for type_, found in stack.body.get("resource", {}).items()}
    readable: Mapping[str, Any] = _readable({**body, "terraform": settings, "resource": resources})
    return readable


def _known(type_: str, found: Mapping[str, Any]) -> Mapping[str, Any]:
    if type_ == "aws_eks_cluster":
        return {name: _without_empty(body, "enabled_cluster_log_types") for name, body in found.items()}
    if type_ != "aws_vpc_security_group_ingress_rule":
        return found
    group = "referenced_security_group_id"
    # The older resource's name for the same thing, which checkov knows.
    return {
        name: {**body, "source_security_group_id": body[group]} if group in body else body
        for name, body in found.items()
    }


def _without_empty(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return body if body.get(name) != [] else {key: value for key, value in body.items() if key != name}


def _readable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _readable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_readable(inner) for inner in value]
    return as_json(value) if isinstance(value, str) and value.startswith("{") else value


def _blocks(text: str) -> dict[int, str]:
    """Address of each block by the line it begins on; the text is indented by two spaces."""
    found: dict[int, str] = {}
    path: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        key = _KEY.match(line)
        if not key:
            continue
        depth = len(key[1]) // 2
        path = [*path[: depth - 1], key[2]]
        wanted = 3 if path[0] in _TWO_LEVELS else 2
        if depth == wanted:
            found[number] = ".".join(path[1:] if path[0] == "resource" else path)
    return found
