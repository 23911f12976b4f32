"""A card: everything that verbs tell of one kind of entity, in one place.

Left out: what one verb alone knows and needs no table of kinds for, such as the order of an upgrade's steps or the
layout of a drawing; and how bad a change is, which `operations/review/risks.yaml` says by resource type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, auto
from typing import Final, Generic, TypeVar

from estate.derived.share import Share
from estate.model.base import Model
from estate.model.environment import Environment
from estate.model.organization import Organization

M = TypeVar("M", bound=Model)
S = TypeVar("S", bound=Model)

NOTHING_ELSE: Final = ""
"""What goes with a resource whose name says it all."""


@dataclass(frozen=True)
class Entity(Generic[M]):
    """One entity of an estate.

    Attributes:
        organization: what all environments share.
        environment: where it stands.
        keys: the keys on the way to it, its own last.
        config: what the file says of it.
        share: what the environment's stacks make for the whole estate.
    """

    organization: Organization
    environment: Environment
    keys: tuple[str, ...]
    config: M
    share: Share

    @property
    def key(self) -> str:
        """Its key."""
        return self.keys[-1]

    @property
    def names(self) -> tuple[str, str]:
        """The organization and the environment, which physical names begin with."""
        return self.organization.name, self.environment.environment


class Turn(IntEnum):
    """When a person does something for an environment, in order; each is a heading of what is printed."""

    RIGHTS = auto()
    """Before anything else, by whoever gives rights, accounts, licences and names."""
    BEFORE = auto()
    """Before anything of it is applied."""
    AFTER = auto()
    """After the environment's own stack is applied for the first time, which has no user clusters yet."""
    DATA_CENTER = auto()
    """When what stands in the data center is made."""
    ADMIN_CLUSTER = auto()
    """When the admin cluster is made, which wants what the first apply made and what stands in the data center."""
    ATTACH = auto()
    """When clusters elsewhere are attached to the fleet."""
    WAY_IN = auto()
    """When somebody enters a cluster for the first time."""
    IN_CLUSTERS = auto()
    """When whoever entered first brings in what lets others in."""
    GROUPS = auto()
    """When people are let in."""

    def heading(self, environment: str) -> str:
        """What stands above the steps of this turn."""
        return {
            Turn.RIGHTS: "accounts, rights and names, from whoever gives them",
            Turn.BEFORE: f"before the first apply of {environment}",
            Turn.AFTER: f"after the first apply of {environment}",
            Turn.DATA_CENTER: "in the data center",
            Turn.ADMIN_CLUSTER: f"the admin cluster, before the apply of {environment} that makes user clusters",
            Turn.ATTACH: "attaching clusters in AWS to the fleet",
            Turn.WAY_IN: "the first way into each cluster",
            Turn.IN_CLUSTERS: "in the clusters, by that way",
            Turn.GROUPS: "letting people in",
        }[self]


@dataclass(frozen=True)
class Step:
    """What a person has to do once, because Terraform cannot.

    Attributes:
        turn: when.
        what: in words.
        commands: what to run for it.
        seen: what to run to see that it is done; none where the commands only look.
    """

    turn: Turn
    what: str
    commands: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Task:
    """What a person has to do when a cluster is lost.

    Attributes:
        what: in words.
        commands: what to run for it.
        seen: what to run to see that it is done; none where the commands only look.
    """

    what: str
    commands: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lost:
    """What is done for one kind of cluster that is lost, beside what is done for any.

    Attributes:
        type: the resource type of the cluster itself, which Terraform makes anew.
        look: what to look at before anything is taken away.
        away: what takes away the rest of it, so that Terraform finds it gone.
        back: what brings back what only backups hold.
        balancers: commands that list load balancers which stay when it goes.
    """

    type: str
    look: tuple[Task, ...]
    away: tuple[Task, ...]
    back: tuple[Task, ...]
    balancers: tuple[str, ...] = ()


class Weight(IntEnum):
    """What it costs to leave a warning unread, the worst first."""

    EXPOSED = auto()
    """Somebody gets in, or gets a secret, who should not."""
    LOST = auto()
    """Data, or what says where it is, can be lost."""
    BROKEN = auto()
    """Something does not work, or stops working on a known day."""
    FRAGILE = auto()
    """One failure takes more with it than it has to."""
    TOLD = auto()
    """It costs money, or asks for an order of steps."""


@dataclass(frozen=True)
class Version:
    """Where resources say the version that they run.

    Attributes:
        type: the resource type.
        attribute: what holds the version.
        cluster: the attribute that names the cluster.
        name: the attribute that names the resource itself.
        control_plane: whether it is the cluster's control plane, which cannot go back and skips no minor version.
    """

    type: str
    attribute: str
    cluster: str = "name"
    name: str = "name"
    control_plane: bool = True


@dataclass(frozen=True)
class Promoted:
    """What goes through the environments one after the other.

    Attributes:
        field: where the file says it, below the entity.
        attribute: where a resource of the card's :class:`Version` says it; empty where no resource does.
    """

    field: str
    attribute: str = ""


@dataclass(frozen=True)
class Feature:
    """What an environment has or has not, for promotion.

    Attributes:
        path: what its file has then; each of these where the last step is a star.
        evidence: an address in its state that proves it, with stars; empty where another attribute says it.
    """

    path: str
    evidence: str = ""


@dataclass(frozen=True)
class Size:
    """What promotion shows and does not judge.

    Attributes:
        label: what it is the size of.
        least: where the file says the smallest number, below the entity.
        most: where it says the largest.
        fixed: where it says one thing instead.
    """

    label: str
    least: str = ""
    most: str = ""
    fixed: str = ""


def certain(section: S | None) -> S:
    """A section without which an entity is not: it stands in it, or a rule asks for it."""
    assert section is not None  # noqa: S101 - narrows the type
    return section


def nothing(_: Entity[M]) -> Iterator[tuple[str, str]]:
    """No row."""
    yield from ()


def no_warnings(_: Entity[M]) -> Iterator[tuple[Weight, str]]:
    """Nothing worth saying aloud."""
    yield from ()


def no_steps(_: Entity[M]) -> Iterator[Step]:
    """Nothing to be done by hand."""
    yield from ()


def row(summary: Callable[[Entity[M]], str]) -> Callable[[Entity[M]], Iterator[tuple[str, str]]]:
    """The one row of an entity, at its own path."""

    def rows(entity: Entity[M]) -> Iterator[tuple[str, str]]:
        yield "", summary(entity)

    return rows


@dataclass(frozen=True)
class Card(Generic[M]):
    """A kind of entity.

    Attributes:
        path: where it stands in the environment's file, a star for each key; from `organization` on in
            organization.yaml.
        models: the classes of what stands there.
        noun: what one is called, in the providers' words.
        parts: its fields that are entities by their shape, maps or left out at will, and parts of it all the same.
        rows: its rows in a table of contents: each path below its own, with what a person wants to know at a glance.
        warnings: what is allowed and yet worth saying, as sentences without a final period, each with what leaving it
            unread costs; no clock is read.
        steps: what a person does for it.
        lost: what a person does when it is lost, of a cluster.
        collections: what one is called of the constructs that a key follows in addresses, by their id.
        constructs: what constructs are called whose id is not the word for them.
        stateful: its resource types that hold data or identity, each with what goes along when one is destroyed.
        version: where its version runs, of a cluster or a part of one.
        promoted: what promotion compares.
        feature: what it is to an environment that there is one.
        size: what promotion shows beside.
    """

    path: str
    models: tuple[type[M], ...]
    noun: str
    parts: tuple[str, ...] = ()
    rows: Callable[[Entity[M]], Iterator[tuple[str, str]]] = nothing
    warnings: Callable[[Entity[M]], Iterator[tuple[Weight, str]]] = no_warnings
    steps: Callable[[Entity[M]], Iterator[Step]] = no_steps
    lost: Callable[[Entity[M]], Lost] | None = None
    collections: Mapping[str, str] = field(default_factory=dict)
    constructs: Mapping[str, str] = field(default_factory=dict)
    stateful: Mapping[str, str] = field(default_factory=dict)
    version: Version | None = None
    promoted: Promoted | None = None
    feature: Feature | None = None
    size: Size | None = None
