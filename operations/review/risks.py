"""The risk data file: what may happen to which resources, how bad it is, why, and what to do.

``risks.yaml`` beside this module is meant to be read and extended by whoever judges risks; its schema is in
``schema/risks.json``. The mechanics of each section are in the module that carries it out.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from estate.model.base import Model
from estate.reading.loader import validate
from estate.reading.yaml_source import read
from operations.allowances.acknowledgements import FindingId
from operations.review.attributes import matches, matches_any
from operations.review.findings import Level

DEFAULT = Path(__file__).with_name("risks.yaml")


class Event(StrEnum):
    """What happens to a resource, as rules say it; delete and replace both destroy an object."""

    CREATE = "create"
    UPDATE = "update"
    REPLACE = "replace"
    DELETE = "delete"
    FORGET = "forget"
    READ = "read"
    IMPORT = "import"
    MOVE = "move"


Text = Annotated[str, StringConstraints(min_length=1)]
"""A text that says something."""

Patterns = Annotated[tuple[Text, ...], Field(min_length=1)]
"""Texts in which ``*`` stands for anything."""


class Verdict(Model):
    """How bad something is, why, and what to do."""

    level: Level
    """How bad it is; high and critical stop a pull request unless acknowledged."""
    reason: Text
    """What will happen and why it matters, in one sentence without a final period."""
    advice: Text
    """What the author or the reviewer should do, in one sentence without a final period."""


class Rule(Verdict):
    """A risk of one change by itself; all conditions that are written must hold.

    Of `becomes`, `lowered`, `decreased`, `filled`, `emptied` and `loses`, which each tell a direction, one has to hold.
    """

    types: Patterns = ("*",)
    """Resource types; any when absent."""
    when: Annotated[tuple[Event, ...], Field(min_length=1)]
    """What happens to the resource; delete and replace both destroy an object."""
    changed: tuple[Text, ...] = ()
    """Attributes of which at least one changes, such as network_config.pod_address_cidr_blocks."""
    becomes: dict[Text, Patterns] = {}
    """Attributes of which at least one has one of its values afterwards and did not have it before."""
    was: dict[Text, Patterns] = {}
    """Attributes of which at least one has one of its values before."""
    lowered: dict[Text, int] = {}
    """Attributes of which at least one falls below its number from that number or more."""
    decreased: tuple[Text, ...] = ()
    """Attributes of which at least one becomes a smaller number."""
    filled: tuple[Text, ...] = ()
    """Attributes or blocks of which at least one says nothing before and something afterwards."""
    emptied: tuple[Text, ...] = ()
    """Attributes or blocks of which at least one says something before and nothing afterwards."""
    loses: dict[Text, Patterns] = {}
    """Attributes of which at least one has one of its values before and no longer afterwards."""
    together: tuple[Text, ...] = ()
    """Attributes that all change."""
    unless: dict[Text, Patterns] = {}
    """Attributes of which none may have one of its values; afterwards, or before where the object is destroyed or forgotten."""


class Meaning(Verdict):
    """What the update in place of some attributes means; the first entry that names an attribute counts."""

    attributes: Annotated[dict[Text, Patterns], Field(min_length=1)]
    """By resource type, the attributes; an attribute stands for all that is in it."""

    def names(self, type_: str, path: str) -> bool:
        """Whether it speaks of an attribute."""
        return any(
            matches_any(type_, (types,)) and any(matches(path, pattern) for pattern in patterns)
            for types, patterns in self.attributes.items()
        )


class Grant(Verdict):
    """A permission that somebody gets and did not have; the first entry that fits counts."""

    types: Patterns = ("*",)
    """Types of the granting resource; any when absent."""
    addresses: Patterns = ("*",)
    """Addresses of the granting resource; any when absent."""
    principals: Patterns = ("*",)
    """Who gets it; anybody when absent."""
    permissions: Patterns = ("*",)
    """Role or action; any when absent."""


class Taken(Grant):
    """A permission that somebody loses, and what stops by it."""

    serves: tuple[Text, ...] = ()
    """Resource types that need it; where the plan destroys the last of one of the same cloud, nothing else stops."""


class GrantResource(Model):
    """Where a type of resource says who may do what, beyond the types that this review takes apart itself."""

    each: Text | None = None
    """Block of which each gives something by itself; the resource as a whole when absent."""
    principal: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Attributes that say who; of the block, or else of the resource."""
    permission: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Attributes that say what; of the block, or else of the resource."""
    target: tuple[Text, ...] = ()
    """Attributes of the resource that say on what; the resource itself when absent."""


class Unknowable(Model):
    """Grants whose content only applying gives."""

    created: Verdict
    """The granting resource is new."""
    changed: Verdict
    """The granting resource exists already."""


class Redundancy(Verdict):
    """Things of which a group must keep several, apart from each other."""

    types: Patterns
    """Resource types."""
    within: tuple[Text, ...] = ()
    """Attributes that name the group, such as the gateway of a tunnel; one group when absent."""
    spread: Text
    """Attribute whose different values count, such as the gateway's interface."""
    least: Annotated[int, Field(ge=2)]
    """Number of different values that must be left where there were as many."""


class Versioned(Model):
    """Where resources say the version of a cluster, and which cluster."""

    version: Text
    """Attribute that holds the version."""
    cluster: Text
    """Attribute that holds the cluster's name."""
    control_plane: bool = False
    """Whether it is the cluster's control plane, which cannot go back and skips no minor version."""

    @property
    def attribute(self) -> str:
        """The attribute, by the name that a card has for it."""
        return self.version


class Versions(Model):
    """Changes of versions."""

    resources: dict[Text, Versioned]
    """By resource type, beside those of the estate's own kinds, which `operations/cards/` has."""
    mixed: Verdict
    """A version changes together with something else of the same cluster."""
    back: Verdict
    """A control plane's version goes back."""
    skips: Verdict
    """A control plane's version skips a minor version."""


class Fixed(Model):
    """Findings that do not depend on a resource's type."""

    unknown: Verdict
    """Something in the plan that this review does not know."""
    errored: Verdict
    """Planning ended with an error."""
    not_planned: Verdict
    """An environment's own stack has no plan."""
    local_not_planned: Verdict
    """The same, where its state is on somebody's machine."""
    companion_not_planned: Verdict
    """A companion stack of an environment has no plan."""
    ground_changed: Verdict
    """A stack that a person applies is not as in the base."""
    stack_gone: Verdict
    """A stack of the base with resources that nothing asks for any more."""
    state_moved: Verdict
    """A stack of the base with resources whose state is to lie elsewhere, or otherwise."""
    login_moved: Verdict
    """A stack of the base with resources whose providers work elsewhere, or ask otherwise who answers."""
    incomplete: Verdict
    """Changes are deferred to a later plan."""
    check_failed: Verdict
    """A check in the configuration fails."""
    check_unknown: Verdict
    """A check in the configuration cannot be decided before applying."""
    drift_undone: Verdict
    """Something was changed outside Terraform and this plan changes it back."""
    drift: Verdict
    """Something was changed outside Terraform and this plan leaves it."""
    unjudged: Verdict
    """An attribute is updated that nobody judged, of a type whose updates somebody did judge."""
    unprotected: Verdict
    """prevent_destroy is switched off, seen against the base's synthesized stack."""
    output_exposed: Verdict
    """A sensitive output becomes a plain one."""
    public_comes_in: Verdict
    """Public addresses are let in that were not."""
    internet_in_parts: Verdict
    """The same, and together they are more than anybody has."""
    expires_late: Verdict
    """Something in the environment files that is for a time ends in more than a year."""
    expired: Verdict
    """Something in the environment files has ended by the date of the review."""
    expires_soon: Verdict
    """Something in the environment files ends within two weeks."""


class Risks(Model):
    """All rules of a review."""

    quiet_attributes: tuple[Text, ...]
    """Attributes that services set themselves; that they are not known yet is no change."""
    known_types: Patterns
    """Resource types of which somebody judged what a change means; one of any other provider is unknown."""
    rules: dict[FindingId, Rule]
    """Risks of one change by itself; every rule that fits counts."""
    updates: dict[FindingId, Meaning]
    """What an update means where no rule says more; the first entry that names the attribute counts, so order matters."""
    grants: dict[FindingId, Grant]
    """New permissions; the first entry that fits counts, so order matters."""
    taken: dict[FindingId, Taken]
    """Permissions that somebody loses; the first entry that fits counts, and of others it is enough to tell them."""
    grant_resources: dict[Text, GrantResource] = {}
    """By resource type, where it says who may do what."""
    grant_moves: Verdict
    """A grant goes at one address and comes at another."""
    grants_unknown: Unknowable
    """Grants that cannot be judged before applying."""
    deny_lifted: Verdict
    """A policy no longer denies what it denied."""
    redundancy: dict[FindingId, Redundancy]
    """Things of which several must be left."""
    versions: Versions
    """Changes of versions."""
    fixed: Fixed
    """Findings about plans rather than resources."""
    otherwise: dict[Event, Verdict]
    """What to say of a managed resource that no rule says anything about, by what happens to it."""

    def judges_updates_of(self, type_: str) -> bool:
        """Whether somebody judged the updates of a type, so that an attribute without a word is an oversight."""
        return any(
            types != "*" and matches_any(type_, (types,))
            for entry in self.updates.values()
            for types in entry.attributes
        )

    def meaning(self, type_: str, path: str) -> str | None:
        """Name of the entry that speaks of an attribute's update, if any."""
        return next((name for name, entry in self.updates.items() if entry.names(type_, path)), None)


@cache
def default_risks() -> Risks:
    """The rules of this project."""
    return load_risks(DEFAULT)


def load_risks(path: Path) -> Risks:
    """Read a risk data file.

    Raises:
        InvalidInput: it cannot be read or is wrong; every mistake with its line.
    """
    return validate(read(path, path.name), Risks).whole()
