"""Where the npm packages of providers keep the class of a resource, and what the class is called."""

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
        provider: the provider, such as aws.
        module: folder of the class below `lib/`, such as s3-bucket.
        name: the class, such as S3Bucket.
    """

    provider: str
    module: str
    name: str

    @property
    def package(self) -> str:
        """The npm package."""
        return f"@cdktf/provider-{self.provider}"


class Bindings:
    """Knows the classes of the provider packages that are unpacked below a `node_modules`."""

    def __init__(self, packages: Path) -> None:
        self._packages = packages

    def provider(self, name: str) -> Binding:
        """The provider's own class."""
        return self._find(name, "provider")

    def resource(self, type_: str) -> Binding:
        """The class of a resource's type, such as aws_s3_bucket."""
        provider, _, rest = type_.partition("_")
        return self._find(provider, rest.replace("_", "-"))

    def data_source(self, type_: str) -> Binding:
        """The class of a data source's type, such as aws_ami."""
        provider, _, rest = type_.partition("_")
        return self._find(provider, f"data-{provider}-{rest.replace('_', '-')}")

    @functools.cache  # noqa: B019 - lives as long as the programme
    def _find(self, provider: str, module: str) -> Binding:
        """The class in a module; its name cannot be derived: ...Configuration collides with a struct and gets an A."""
        file = self._packages / "@cdktf" / f"provider-{provider}" / "lib" / module / "index.d.ts"
        names = _CLASS.findall(file.read_text("utf-8"))
        if len(names) != 1:
            raise ValueError(f"{file} must declare one class to construct, got {names}")
        return Binding(provider, module, names[0])
