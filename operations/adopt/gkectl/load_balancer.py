"""How a user cluster is reached: MetalLB with its pools, or a load balancer of the data center."""

from __future__ import annotations

from typing import Final

from estate.model.addresses import AddressRange
from estate.reading.paths import dotted, quoted
from operations.adopt.gkectl.document import Document
from operations.adopt.gkectl.no_place import OTHER_KIND
from operations.adopt.gkectl.section import Keys, Section

_METAL_LB: Final = "metallb"
_MANUAL: Final = "manuallb"
_PORTS: Final = {
    "ingress_http_node_port": "ingressHTTPNodePort",
    "ingress_https_node_port": "ingressHTTPSNodePort",
}


def put_load_balancer(section: Section, at: Keys, document: Document) -> None:
    """Put the cluster's `load_balancer`."""
    to = (*at, "load_balancer")
    section.comes_from(to, document.place("loadBalancer"))
    kind = document.text("loadBalancer", "kind")
    said = (kind.use() or "").lower()
    for other, of_kind in (("metalLB", _METAL_LB), ("manualLB", _MANUAL)):
        if said != of_kind:
            document.leave_out(OTHER_KIND, "loadBalancer", other)
    put = {_METAL_LB: _put_metal_lb, _MANUAL: _put_manual}.get(said)
    if put:
        put(section, to, document)
        return
    got = quoted(kind.value) if kind.value else "nothing"
    kind.problem(f"must be MetalLB or ManualLB, got {got}; say which load balancer the cluster has")


def _put_metal_lb(section: Section, to: Keys, document: Document) -> None:
    to = (*to, "metal_lb")
    place = ("loadBalancer", "metalLB", "addressPools")
    section.comes_from(to, document.place("loadBalancer", "metalLB"))
    section.put((*to, "ingress_vip"), document.text("loadBalancer", "vips", "ingressVIP"))
    section.comes_from((*to, "pools"), document.place(*place))
    for path in document.entries(*place):
        name = document.text(*path, "name")
        if name.use() is None:
            name.problem("is missing; give the pool a name")
            continue
        pool = (*to, "pools", name.value or "")
        if section.at(*pool) is not None:
            name.problem(f"{quoted(name.value or '')} stands here a second time; one pool a name")
        section.comes_from(pool, name)
        section.say((*pool, "addresses"), [], comment=name.remark)
        section.comes_from((*pool, "addresses"), document.place(*path, "addresses"))
        for position, addresses in enumerate(document.texts(*path, "addresses")):
            section.comes_from((*pool, "addresses", position), addresses)
            text = addresses.use() or ""
            section.at(*pool, "addresses").append(_rewritten(section, text, dotted(addresses.path)))
        section.put((*pool, "manual_assign"), document.flag(*path, "manualAssign"))
        section.put((*pool, "avoid_buggy_ips"), document.flag(*path, "avoidBuggyIPs"))


def _rewritten(section: Section, text: str, where: str) -> str:
    """Addresses as they are written here; the plan shows where the service knows them by another form."""
    try:
        addresses = AddressRange.parse(text)
    except ValueError:
        return text
    form = f"{addresses}/32" if len(addresses) == 1 else str(addresses)
    if form != text:
        section.changes.append(f"{where}: {text} is written {form}, the same addresses in the form used here")
    return str(addresses)


def _put_manual(section: Section, to: Keys, document: Document) -> None:
    to = (*to, "manual")
    section.comes_from(to, document.place("loadBalancer", "manualLB"))
    section.put((*to, "ingress_vip"), document.text("loadBalancer", "vips", "ingressVIP"))
    for key, field in _PORTS.items():
        section.put((*to, key), document.whole("loadBalancer", "manualLB", field))
