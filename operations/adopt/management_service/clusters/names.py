"""What the new cluster is called: otherwise than the old one, beside which it stands in the fleet for a time."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import TypeAdapter, ValidationError

from estate.model.base import Key
from estate.reading.paths import quoted
from estate.reading.problems import Problem
from operations.adopt.gkectl.document import Document, Field
from operations.adopt.management_service.clusters.documents import name_of
from operations.adopt.management_service.clusters.inputs import Inputs


def old_membership(cluster: Document) -> Field[str]:
    """The membership of the cluster that runs, by its whole name or the last part of it."""
    return cluster.text("spec", "controlPlane", "hub", "membershipName")


def new_key(inputs: Inputs) -> str:
    """The key of the command line, or the old one's name without what every name begins with."""
    short = name_of(inputs.documents.cluster).removeprefix(inputs.target.derived_name(""))
    return inputs.key or (f"{short}-eks" if inputs.target.derived_name(short) in _taken(inputs) else short)


def wrong_key(inputs: Inputs) -> Iterator[Problem]:
    """What is wrong with the key of the command line."""
    key = inputs.key
    if key is None:
        return
    try:
        TypeAdapter(Key).validate_python(key)
    except ValidationError:
        allowed = "lower-case letters, digits and hyphens, at most 40, a letter first and no hyphen last"
        yield Problem.of_file("--as", f"must be {allowed}, got {quoted(key)}")
        return
    name = inputs.target.derived_name(key)
    if name in _taken(inputs):
        message = f"must make another name than {name}, which the old cluster or another member of the fleet has; got {key}"
        yield Problem.of_file("--as", message)


def _taken(inputs: Inputs) -> set[str]:
    """Names that the new cluster cannot have: those of the old one and of the fleet's other members."""
    cluster, target = inputs.documents.cluster, inputs.target
    others = map(target.derived_name, target.environment.own_members)
    return {name_of(cluster), (old_membership(cluster).value or "").rpartition("/")[2], *others}
