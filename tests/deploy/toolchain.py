"""Terraform and a provider, found on the machine or fetched once; skipped loudly where neither can be.

The provider's version is the one that stacks name wherever it can be had, and the newest that a mirror holds
otherwise.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from estate.facts.providers import default_version
from operations.project import ROOT

BOUND_VERSION = default_version("aws")
"""Version of the AWS provider that the stacks name."""

MIRROR = "HYBRID_PROVIDER_MIRROR"
"""Environment variable with a folder in the layout of ``terraform providers mirror``."""


@dataclass(frozen=True)
class Provider:
    """A provider of Terraform's registry.

    Attributes:
        name: its name, and that of its block in a stack.
        version: the version that stacks name.
        settings: what a test says to it beside what the stack says.
        namespace: where the registry has it.
    """

    name: str
    version: str
    settings: dict[str, Any] = field(default_factory=dict)
    namespace: str = "hashicorp"

    @property
    def source(self) -> str:
        """The provider as a stack names it."""
        return f"{self.namespace}/{self.name}"


AWS = Provider("aws", BOUND_VERSION, {"max_retries": 3})
"""Few tries a request: the emulated AWS answers what it does not know with the code of an error that
passes, and the usual 25 tries take minutes."""
GOOGLE = Provider("google", default_version("google"))
HELM = Provider("helm", default_version("helm"))
VSPHERE = Provider("vsphere", default_version("vsphere"), namespace="vmware")

MEMORY = {"GOGC": "400"}
"""Seldom tidying up saves a third of the time that Terraform and a provider take over the provider's schema."""

_CACHE = ROOT / ".cache" / "terraform-plugins"
_DOWNLOAD_SECONDS = 180
_HOSTS = ("registry.terraform.io", "registry.opentofu.org")


class CannotDeploy(Exception):  # noqa: N818 - reads as the sentence it is
    """Terraform or a provider cannot be had here; the text says what was looked for, and where."""


@dataclass(frozen=True)
class Toolchain:
    """What it takes to run Terraform with a provider.

    Attributes:
        provider: the provider.
        binary: the Terraform or OpenTofu command.
        mirror: folder that holds the provider, laid out by registry host.
        source: the provider as that folder names it.
        version: the provider's version.
        platform: what it runs on, in Terraform's words.
        attached: how Terraform reaches the provider where it runs already, by source; it starts one otherwise.
    """

    provider: Provider
    binary: str
    mirror: Path
    source: str
    version: str
    platform: str
    attached: dict[str, Any] = field(default_factory=dict)

    @property
    def required(self) -> dict[str, Any]:
        """The provider at hand, as a stack requires it."""
        return {self.provider.name: {"source": self.source, "version": self.version}}

    @property
    def unpacked(self) -> Path | None:
        """The provider's command; None where there is an archive of it only."""
        folder = self.mirror / self.source / self.version / self.platform
        return next(folder.glob(f"terraform-provider-{self.provider.name}_v*"), None)

    @property
    def override(self) -> dict[str, Any]:
        """What an override file says to run with this provider; the stack's own pin stays as it is."""
        return {
            "terraform": {"required_providers": self.required},
            "provider": {self.provider.name: [self.provider.settings]},
        }

    def environment(self, folder: Path) -> dict[str, str]:
        """What :func:`environment` says with this provider alone."""
        return environment(folder, self.binary, [self])


def environment(folder: Path, binary: str, toolchains: Sequence[Toolchain]) -> dict[str, str]:
    """Environment variables that have Terraform take providers from where they were found, and ask nobody else.

    Args:
        folder: takes Terraform's command line configuration.
        binary: the Terraform or OpenTofu command.
        toolchains: with the providers.
    """
    config = folder / "terraform.rc"
    mirrors = "".join(
        f"  filesystem_mirror {{\n    path = {json.dumps(str(tools.mirror))}\n"
        f"    include = [{json.dumps(tools.source)}]\n  }}\n"
        for tools in toolchains
    )
    config.write_text(f"provider_installation {{\n{mirrors}}}\n", "utf-8")
    attached = {source: how for tools in toolchains for source, how in tools.attached.items()}
    return {
        "TERRAFORM_BINARY_NAME": binary,
        "TF_CLI_CONFIG_FILE": str(config),
        "TF_CLI_ARGS": "-no-color",
        "TF_IN_AUTOMATION": "1",
        "CHECKPOINT_DISABLE": "1",
        **({"TF_REATTACH_PROVIDERS": json.dumps(attached)} if attached else {}),
        **MEMORY,
    }


def find_toolchain(provider: Provider = AWS, *, exact: bool = False) -> Toolchain:
    """Find Terraform and a provider.

    Args:
        provider: the provider.
        exact: whether no other version than that will do.

    Raises:
        CannotDeploy: one of them is not to be had.
    """
    binary = terraform_binary()
    platform = _platform(binary)
    places = list(_provider_places())

    def usable(place: Path) -> list[Toolchain]:
        found = _toolchains(provider, binary, place, platform)
        return [one for one in found if not exact or one.version == provider.version]

    found = [one for place in places for one in usable(place)]
    if not found:
        refusal = _download(provider, binary)
        found = usable(_CACHE)
        if not found:
            raise CannotDeploy(
                f"the {provider.name} provider {provider.version} is not on this machine ({MIRROR} names a mirror that "
                f"has it), and the registry did not give it: {refusal}"
            )
    return max(found, key=lambda one: (one.version == provider.version, _ordered(one.version)))


def terraform_binary() -> str:
    """The Terraform or OpenTofu command.

    Raises:
        CannotDeploy: there is none.
    """
    names = (
        [os.environ["TERRAFORM_BINARY_NAME"]]
        if os.environ.get("TERRAFORM_BINARY_NAME")
        else ["terraform", "tofu"]
    )
    for name in names:
        if path := shutil.which(name):
            return path
    raise CannotDeploy(f"no Terraform: {' or '.join(names)} is not on PATH")


def _platform(binary: str) -> str:
    told = subprocess.run(
        [binary, "version", "-json"], capture_output=True, text=True, check=True, timeout=60
    )
    return str(json.loads(told.stdout)["platform"])


def _provider_places() -> Iterator[Path]:
    """Folders that may hold providers, in the layout of ``terraform providers mirror``."""
    for variable in (MIRROR, "TF_PLUGIN_CACHE_DIR"):
        if value := os.environ.get(variable):
            yield Path(value)
    yield _CACHE
    home = Path.home()
    yield home / ".terraform.d" / "plugins"
    yield home / ".terraform.d" / "plugin-cache"
    yield home / ".local" / "share" / "terraform" / "plugins"
    yield home / "Library" / "Application Support" / "io.terraform" / "plugins"
    yield Path("/usr/local/share/terraform/plugins")
    yield Path("/usr/share/terraform/plugins")
    yield from sorted(Path("/opt").glob("*/"))


def _toolchains(provider: Provider, binary: str, place: Path, platform: str) -> Iterator[Toolchain]:
    """Providers in a folder, unpacked or as the archives that ``terraform providers mirror`` makes."""
    for host in _HOSTS:
        folder = place / host / provider.source
        archives = folder.glob(f"terraform-provider-{provider.name}_*_{platform}.zip")
        for version in (
            *(unpacked.parent.name for unpacked in folder.glob(f"*/{platform}")),
            *(archive.name.split("_")[1] for archive in archives),
        ):
            yield Toolchain(provider, binary, place, f"{host}/{provider.source}", version, platform)


def _ordered(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("-", maxsplit=1)[0].split("."))


def _download(provider: Provider, binary: str) -> str:
    """Fetch the version from the registry, once for this checkout; says why it could not be."""
    work = _CACHE.with_name(f"terraform-plugins-download-{provider.name}")
    work.mkdir(parents=True, exist_ok=True)
    required = {provider.name: {"source": provider.source, "version": provider.version}}
    with (work / "lock").open("w") as lock:
        # Tests run in several processes.
        fcntl.flock(lock, fcntl.LOCK_EX)
        _CACHE.mkdir(exist_ok=True)
        (work / "main.tf.json").write_text(
            json.dumps({"terraform": {"required_providers": required}}), "utf-8"
        )
        environment = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
        environment |= {"TF_PLUGIN_CACHE_DIR": str(_CACHE), "CHECKPOINT_DISABLE": "1"}
        try:
            ended = subprocess.run(
                [binary, f"-chdir={work}", "init", "-no-color", "-input=false"],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
                timeout=_DOWNLOAD_SECONDS,
            )
        except subprocess.TimeoutExpired:
            return f"no answer within {_DOWNLOAD_SECONDS} seconds"
    # Without what differs from one try to the next.
    return next((line.strip("│ ") for line in ended.stderr.splitlines() if "Error:" in line), "no error")
