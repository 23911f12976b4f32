"""What an environment makes in vCenter, in a stack of its own."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.stack_plan import vsphere_stack
from estate.model.vmware.vsphere.vsphere import VsphereConfig
from operations.cards.card import Card, Entity, Step, Turn, Weight, row


def _summary(entity: Entity[VsphereConfig]) -> str:
    return f"in {entity.config.server}, stack {vsphere_stack(entity.environment.environment)}"


def _warnings(entity: Entity[VsphereConfig]) -> Iterator[tuple[Weight, str]]:
    if entity.config.allow_unverified_ssl:
        yield (
            Weight.EXPOSED,
            f"vmware.vsphere.allow_unverified_ssl is on: whoever stands between here and {entity.config.server} "
            "can take the vCenter password; have your machine trust vCenter's CA instead",
        )


def _steps(entity: Entity[VsphereConfig]) -> Iterator[Step]:
    name = entity.environment.environment
    yield Step(
        Turn.DATA_CENTER,
        f"inside the data center's network, from where {entity.config.server} answers, with VSPHERE_USER and "
        f"VSPHERE_PASSWORD exported, apply {vsphere_stack(name)} before {name} makes user clusters",
        (f"hybrid reach {name}", f"cdktf deploy {vsphere_stack(name)}"),
    )


CARD = Card(
    path="vmware.vsphere",
    models=(VsphereConfig,),
    noun="vSphere estate",
    parts=("ids",),
    rows=row(_summary),
    warnings=_warnings,
    steps=_steps,
)
