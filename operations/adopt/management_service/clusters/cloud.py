"""What AWS says of a VPC and of keys, as its command line prints it: what no document and no environment tells.

A document names subnets and keys by ids, and an environment that makes them does not know those.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from estate.reading.paths import shown
from estate.reading.problems import InvalidInput, Problem
from estate.reading.yaml_source import examine
from operations.adopt.gkectl.document import Document


@dataclass(frozen=True)
class Subnet:
    """A subnet that exists."""

    vpc_id: str
    zone: str
    cidr: str


@dataclass(frozen=True)
class Cloud:
    """What AWS said.

    Attributes:
        subnets: by id; None when it was not asked.
        aliases: ids of keys by alias; None when it was not asked.
    """

    subnets: Mapping[str, Subnet] | None = None
    aliases: Mapping[str, str] | None = None


def read_cloud(paths: Sequence[Path]) -> Cloud:
    """Read what `aws ec2 describe-subnets` and `aws kms list-aliases` printed as JSON.

    Raises:
        InvalidInput: a file is something else.
    """
    subnets: dict[str, Subnet] = {}
    aliases: dict[str, str] = {}
    asked: set[str] = set()
    problems: list[Problem] = []
    for path in paths:
        source, found = examine(path, shown(path), is_ours=False)
        problems += found
        if source is None or found:
            continue
        document = Document(source, "")
        kinds = {"Subnets", "Aliases"} & set(document.keys())
        if not kinds:
            message = "must be what `aws ec2 describe-subnets` or `aws kms list-aliases` prints as JSON; give --output=json"
            problems.append(Problem.of_file(document.name, message))
        asked |= kinds
        for entry in document.entries("Subnets"):
            id_, vpc, zone, cidr = (
                document.text(*entry, name).value or ""
                for name in ("SubnetId", "VpcId", "AvailabilityZone", "CidrBlock")
            )
            subnets[id_] = Subnet(vpc, zone, cidr)
        for entry in document.entries("Aliases"):
            name, key = document.text(*entry, "AliasName").value, document.text(*entry, "TargetKeyId").value
            if name and key:
                aliases[name] = key
        problems += document.problems
    if problems:
        raise InvalidInput(problems)
    return Cloud(subnets if "Subnets" in asked else None, aliases if "Aliases" in asked else None)
