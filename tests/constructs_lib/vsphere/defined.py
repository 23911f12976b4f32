"""vSphere constructs as Terraform reads them, for tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from cdktf import TerraformStack
from cdktf_cdktf_provider_vsphere.provider import VsphereProvider

from constructs_lib.naming import Naming
from constructs_lib.vsphere.estate_tags import EstateTags
from constructs_lib.vsphere.inventory import Inventory
from estate.model.vmware.vsphere.object_ids import ObjectIds
from estate.model.vmware.vsphere.tags import TagsConfig
from tests.synth import Synthesized
from tests.synth import synthesize as synthesize_stack

NAMING = Naming(organization="kl", environment="dev")


def synthesize(outdir: Path, define: Callable[[TerraformStack], Any]) -> Synthesized:
    """A stack with the vSphere provider and what ``define`` puts in it."""

    def with_provider(stack: TerraformStack) -> None:
        VsphereProvider(stack, "vsphere", user="user", password="password")  # noqa: S106 - of nobody
        define(stack)

    return synthesize_stack(outdir, with_provider)


def inventory(stack: TerraformStack, ids: dict[str, Any] | None = None) -> Inventory:
    """The objects of others in data center DC1."""
    return Inventory(stack, "Existing", config=ObjectIds.model_validate(ids or {}), datacenter="DC1")


def tags(stack: TerraformStack, **options: Any) -> EstateTags:
    """Tags for the clusters apps and data."""
    return EstateTags(
        stack,
        "Tags",
        config=TagsConfig.model_validate(options.pop("config", {})),
        naming=NAMING,
        clusters={"apps": "kl-dev-apps", "data": "kl-dev-data"},
        **options,
    )


def reference(found: Synthesized, kind: str, type_: str, attribute: str = "id") -> str:
    """What a reference to the only object of a type looks like."""
    objects = found.data(type_) if kind == "data" else found.resources(type_)
    (name,) = objects
    return f"${{{'data.' if kind == 'data' else ''}{type_}.{name}.{attribute}}}"
