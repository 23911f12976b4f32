"""Where the npm package of a provider keeps the class of a resource, and what the class is called."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path

_CLASS = re.compile(
    r"^export declare class (\w+) extends cdktf\.Terraform(?:Resource|DataSource|Provider) ", re.MULTILINE
)


@dataclass(frozen=True)
class Binding:
    """One class of a provider package.

    Attributes:
        module: folder of the class below `lib/`, such as s3-bucket.
        name: the class, such as S3Bucket.
    """

    module: str
    name: str


class Bindings:
    """Knows the classes of an unpacked provider package."""

    def __init__(self, package: Path) -> None:
        self._lib = package / "lib"

    @functools.cache  # noqa: B019 - lives as long as the programme
    def find(self, module: str) -> Binding:
        """The class in a module; its name cannot be derived: ...Configuration collides with a struct and gets an A."""
        declarations = (self._lib / module / "index.d.ts").read_text("utf-8")
        names = _CLASS.findall(declarations)
        if len(names) != 1:
            raise ValueError(f"{self._lib / module} must declare one class to construct, got {names}")
        return Binding(module, names[0])


def module_of(type_: str, *, data: bool = False) -> str:
    """The folder of a Terraform type such as aws_s3_bucket."""
    name = type_.removeprefix("aws_").replace("_", "-")
    return f"data-aws-{name}" if data else name
