"""What Terraform has to be told about addresses that change: import, moved and removed blocks.

One file an environment, `environments/refactoring/<environment>.yaml`. An entry stays until every
state has taken it; `hybrid settle` takes spent entries out.
See https://developer.hashicorp.com/terraform/language/modules/develop/refactoring

Beside them, what the tree of manifests lets go: nothing in a cluster follows from that, and no state tells when it is deleted
there; `hybrid settle` takes such an entry out once its record has forgotten what it names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import Field, StrictBool, StringConstraints

from estate.model.base import Model
from estate.model.rules import Violation, rule
from estate.model.words import Words

Address = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9_]*\.[A-Za-z_][-A-Za-z0-9_]*$"),
    Words("the address of a resource, type.name, such as aws_vpc.ManagementVpc_842504B5"),
]
"""Address of a resource in the environment's stack: type.name, without a module or an index."""

KeptObject = Annotated[
    str,
    StringConstraints(
        pattern=r"^[a-z][-a-z0-9]*(/[A-Z][A-Za-z]*(/[-.a-z0-9]+){1,2}( reads [!-~]+( [!-~]+)*)?)?$"
    ),
    Words(
        "an object of a cluster, such as apps/Namespace/web, what a set reads, as the record has it, or a cluster's key"
    ),
]
"""Object that the tree of manifests keeps, CLUSTER/KIND/NAME or CLUSTER/KIND/NAMESPACE/NAME, with what it reads where that
alone is let go; a cluster stands for all of it."""


class ImportEntry(Model):
    """Takes an object that exists already into the state."""

    to: Address
    """Address of the resource that shall hold the object."""
    id: Annotated[str, StringConstraints(min_length=1)]
    """Id of the object, in the form that the resource's documentation names under Import."""


class MovedEntry(Model):
    """Gives an object a new address without touching it."""

    from_: Annotated[Address, Field(alias="from")]
    """Address until now."""
    to: Address
    """Address from now on."""


class RemovedEntry(Model):
    """Lets a resource go that the configuration no longer holds."""

    from_: Annotated[Address, Field(alias="from")]
    """Address of the resource."""
    destroy: StrictBool
    """Whether the object is destroyed (true) or only forgotten and left running (false)."""
    reason: Annotated[str, StringConstraints(min_length=1)]
    """Why it goes, for the reviewer."""


AttributePath = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\[0\]\.[a-z][a-z0-9_]*)*$"),
    Words("an attribute, such as description, or one in a block, such as node_config[0].tags"),
]
"""An attribute as Terraform's ignore_changes names it."""


SAID_AND_KEPT: Final = frozenset({"description"})
"""What may be kept although these files set it: it tells people something, and nothing depends on it."""


class KeptEntry(Model):
    """Leaves attributes of a resource as they are, which these files cannot say and another value of which replaces it.

    For what another Terraform made: `hybrid adopt terraform` writes it. Unlike the other entries it stays as long as the
    resource does.
    """

    at: Address
    """Address of the resource."""
    attributes: Annotated[tuple[AttributePath, ...], Field(min_length=1)]
    """Attributes that nothing in these files sets, and description."""


class ReleasedEntry(Model):
    """Lets an object of a cluster go that its manifests no longer hold."""

    object: KeptObject
    """What is let go, as the record of the environment has it: apps/Namespace/web; the whole line of what a
    set of applications reads, which lets Argo CD delete what runs of it; or a cluster that is a member no more, with all
    that it held. Whoever applies the tree leaves it in the cluster."""
    reason: Annotated[str, StringConstraints(min_length=1)]
    """Why, and who deletes it where it runs, for the reviewer."""


class Refactoring(Model):
    """All entries of one environment."""

    import_: Annotated[tuple[ImportEntry, ...], Field(alias="import")] = ()
    """Objects to take into the state."""
    moved: tuple[MovedEntry, ...] = ()
    """Objects whose address changes."""
    removed: tuple[RemovedEntry, ...] = ()
    """Objects to let go."""
    kept: tuple[KeptEntry, ...] = ()
    """What stays of resources as another Terraform made it, and these files cannot say."""
    released: tuple[ReleasedEntry, ...] = ()
    """What the manifests of the environment's clusters let go; in the file of the environment's own stack."""

    @rule
    def _each_address_once(self) -> Iterator[Violation]:
        """Each address has one entry."""
        seen: dict[str, str] = {}
        entries = [
            *((("import", i, "to"), entry.to) for i, entry in enumerate(self.import_)),
            *((("moved", i, "from"), entry.from_) for i, entry in enumerate(self.moved)),
            *((("removed", i, "from"), entry.from_) for i, entry in enumerate(self.removed)),
            *((("released", i, "object"), entry.object) for i, entry in enumerate(self.released)),
        ]
        for path, address in entries:
            if address in seen:
                yield Violation(path, f"{address} stands in {seen[address]} already; one entry an address")
            seen.setdefault(address, str(path[0]))

    @rule
    def _kept_once(self) -> Iterator[Violation]:
        """A resource has one kept entry."""
        seen: set[str] = set()
        for i, entry in enumerate(self.kept):
            if entry.at in seen:
                yield Violation(("kept", i, "at"), f"{entry.at} stands in kept already; one entry a resource")
            seen.add(entry.at)

    @rule
    def _moves_go_somewhere(self) -> Iterator[Violation]:
        """A moved entry keeps its type, leads elsewhere, and to where no other one leads."""
        targets: set[str] = set()
        for i, entry in enumerate(self.moved):
            if entry.from_ == entry.to:
                yield Violation(("moved", i, "to"), f"must differ from from, got {entry.to} for both")
            elif entry.from_.split(".")[0] != entry.to.split(".")[0]:
                yield Violation(
                    ("moved", i, "to"), f"must keep the resource type of {entry.from_}, got {entry.to}"
                )
            if entry.to in targets:
                yield Violation(("moved", i, "to"), f"{entry.to} is the target of another entry already")
            targets.add(entry.to)
