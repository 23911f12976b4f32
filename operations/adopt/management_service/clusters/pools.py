"""An AWSNodePool as a node group: one pool has one subnet, and one group the zone of it."""

from __future__ import annotations

from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from estate.facts.aws.instance_types import interfaces_of, pods_with_an_address
from estate.model.aws.eks_node_group import LEAST_VOLUME_GIB
from estate.model.aws.management_vpc import ExistingVpcConfig
from estate.model.rules import Path
from estate.model.vmware.node_pool import NodeLabelKey, NodeLabelValue, TaintValue
from estate.reading.paths import printable
from operations.adopt.gkectl.document import Document, Field
from operations.adopt.gkectl.section import Keys as To
from operations.adopt.gkectl.section import Section
from operations.adopt.management_service.clusters.documents import name_of
from operations.adopt.management_service.clusters.inputs import Inputs
from operations.adopt.management_service.clusters.keys import Keys
from operations.adopt.management_service.clusters.places import zone_of

_HOST_NETWORK_PODS: Final = 2
_EFFECTS: Final = {
    "noschedule": "NO_SCHEDULE",
    "prefernoschedule": "PREFER_NO_SCHEDULE",
    "noexecute": "NO_EXECUTE",
}
_KEPT_TO_THEMSELVES: Final = ("kubernetes.io", "k8s.io", "eks.amazonaws.com")
_WITH_SPEED: Final = ("io1", "io2", "gp3")


def put_pool(section: Section, at: To, inputs: Inputs, pool: Document, keys: Keys) -> None:
    """Put one node group; what is wrong is reported on the document."""
    name = pool.text("metadata", "name")
    to = (*at, name_of(pool))
    section.comes_from(to, name)
    section.say(to, {})
    type_ = pool.text("spec", "instanceType")
    section.put_list((*to, "instance_types"), [one for one in [type_] if one.value], type_)
    section.put((*to, "min_size"), pool.whole("spec", "minNodeCount"))
    section.put((*to, "max_size"), pool.whole("spec", "maxNodeCount"))
    _put_zone(section, to, inputs, pool)
    _put_volume(section, (*to, "volume"), pool, keys, f"{at[2]}-volumes")
    _put_labels(section, to, pool)
    _put_taints(section, to, pool)
    _leave_pods(section, pool, type_.value)


def _put_zone(section: Section, to: To, inputs: Inputs, pool: Document) -> None:
    subnet = pool.text("spec", "subnetID")
    zone = zone_of(inputs, subnet)
    if subnet.value is None:
        subnet.problem("is missing; the zone of the nodes follows from it")
    if zone is None:
        return
    section.put((*to, "zones"), subnet, [zone], comment=f"of {printable(subnet.value or '')}")
    if _is_public(inputs, zone, subnet):
        section.notes.append(
            f"nodes of {name_of(pool)} stood in a public subnet, and stand in the private one of {zone} here"
        )


def _is_public(inputs: Inputs, zone: str, subnet: Field[str]) -> bool:
    vpc = inputs.vpc
    if isinstance(vpc, ExistingVpcConfig):
        return vpc.existing.zones[zone].public == subnet.value
    said = (inputs.cloud.subnets or {})[subnet.value or ""]
    return str(vpc.zones[zone].public) == said.cidr


def _put_volume(section: Section, to: To, pool: Document, keys: Keys, key: str) -> None:
    at = ("spec", "rootVolume")
    kind, size, iops = pool.text(*at, "volumeType"), pool.whole(*at, "sizeGiB"), pool.whole(*at, "iops")
    section.comes_from(to, pool.place(*at))
    type_ = (kind.value or "").lower()
    section.put((*to, "volume_type"), kind, type_)
    if kind.value is None:
        section.notes.append(
            f"root volumes of {name_of(pool)} say no type, which was gp2, and are gp3 here: of the same size, faster and "
            "cheaper"
        )
    if size.value is not None and size.value < LEAST_VOLUME_GIB:
        section.put(
            (*to, "size_gib"),
            size,
            LEAST_VOLUME_GIB,
            comment=f"{size.value} until now, fewer than EKS's image takes",
        )
    else:
        section.put((*to, "size_gib"), size)
    if type_ in _WITH_SPEED:
        section.put((*to, "iops"), iops)
    elif iops.value is not None:
        pool.leave_out("only io1, io2 and gp3 are asked for a speed", *iops.path)
    keys.put((*to, "kms_key"), pool.text(*at, "kmsKeyARN"), key)


def _put_labels(section: Section, to: To, pool: Document) -> None:
    at = (*to, "labels")
    for key in pool.keys("spec", "labels"):
        label = pool.text("spec", "labels", key)
        domain = key.rpartition("/")[0]
        if domain and any(domain == one or domain.endswith(f".{one}") for one in _KEPT_TO_THEMSELVES):
            pool.leave_out(
                "Kubernetes or EKS keeps labels of this domain to itself; use one of your own, and in what selects it",
                *label.path,
            )
        elif not (_is(NodeLabelKey, key) and _is(NodeLabelValue, label.value or "")):
            pool.leave_out("is no label that Kubernetes takes; write it in another form", *label.path)
        else:
            section.comes_from((*at, key), label)
            section.say((*at, key), label.value or "")
            pool.carry(label.path)


def _put_taints(section: Section, to: To, pool: Document) -> None:
    taints: list[dict[str, str]] = []
    for path in pool.entries("spec", "taints"):
        taint = _taint(pool, path)
        if taint:
            section.comes_from((*to, "taints", len(taints)), pool.place(*path))
            taints.append(taint)
    if taints:
        section.say((*to, "taints"), taints)


def _taint(pool: Document, path: Path) -> dict[str, str] | None:
    key, value, effect = (pool.text(*path, name) for name in ("key", "value", "effect"))
    meant = _EFFECTS.get((effect.value or "").replace("_", "").lower())
    if not _is(TaintValue, value.value or ""):
        pool.leave_out(
            "a taint has a value of letters and digits here; without the taint, pods come to these nodes that did not "
            "before: give it a value there and in the tolerations, then here",
            *path,
        )
        return None
    if meant is None:
        effect.problem("must be NOSCHEDULE, PREFERNOSCHEDULE or NOEXECUTE, got another word or nothing")
        return None
    effect.use()
    return {"key": key.use() or "", "value": value.use() or "", "effect": meant}


def _leave_pods(section: Section, pool: Document, instance_type: str | None) -> None:
    """EKS lets as many pods onto a node as there are addresses for, at most."""
    most = pool.whole("spec", "maxPodsPerNode")
    pool.leave_out("EKS decides it by the addresses of the instance type", *most.path)
    interfaces = interfaces_of(instance_type or "")
    if most.value is None or interfaces is None:
        return
    addresses = interfaces.count * interfaces.slots
    here = pods_with_an_address(instance_type or "", addresses) + _HOST_NETWORK_PODS
    if most.value > here:
        section.notes.append(
            f"a node of {name_of(pool)} took {most.value} pods and takes {here} here, for which {instance_type} has "
            "addresses: make the group larger, take a larger type, or say prefix_delegation: true of the cluster before it "
            "is made"
        )


def _is(kind: Any, value: str) -> bool:
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return False
    return True
