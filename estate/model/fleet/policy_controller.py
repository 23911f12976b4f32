"""Policy Controller: which policy bundles the member clusters are held against.

See https://docs.cloud.google.com/kubernetes-engine/policy-controller/docs
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool, StrictInt, StringConstraints

from estate.model.access.values import NamespaceName
from estate.model.base import Model
from estate.model.fleet.values import MemberKey
from estate.model.words import Words

BundleName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$"),
    Words("the name of a policy bundle such as pss-baseline-v2022"),
]
"""Name of a policy bundle that Google publishes."""


class PolicyBundle(Model):
    """One bundle."""

    exempted_namespaces: tuple[NamespaceName, ...] = ()
    """Namespaces that it does not look at; none when absent."""


class PolicyControllerSettings(Model):
    """How Policy Controller is set up in a cluster."""

    bundles: dict[BundleName, PolicyBundle] = {}
    """Bundles of Google's that are installed, by name; none when absent. They report and refuse nothing."""
    audit_interval_seconds: Annotated[StrictInt, Field(ge=10, le=86400)] = 60
    """Seconds between two audits; 60 when absent."""
    exemptable_namespaces: tuple[NamespaceName, ...] = ()
    """Namespaces that are not looked at at all; none when absent."""
    log_denies: StrictBool = True
    """Whether everything refused is logged; true when absent."""
    referential_rules: StrictBool = False
    """Whether constraints may look at other objects than the one at hand; false when absent."""
    mutation: StrictBool = False
    """Whether policies may change objects; false when absent."""
    version: (
        Annotated[
            str, StringConstraints(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$"), Words("a version such as 1.21.0")
        ]
        | None
    ) = None
    """Version of Policy Controller to stay at; the newest at installation when absent."""


class PolicyController(PolicyControllerSettings):
    """Policy Controller in every member cluster."""

    clusters: dict[MemberKey, PolicyControllerSettings] = {}
    """User clusters that have other settings; theirs stand in place of the ones above, as a whole."""
