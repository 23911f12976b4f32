"""One environment: its identity, its state and its clouds."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import StrictBool

from estate.model.addresses import AddressRange
from estate.model.aws.aws import AwsConfig
from estate.model.base import EnvironmentName, LabelKey, LabelValue, Model
from estate.model.fleet.attached import attached_clusters
from estate.model.fleet.attached_rules import attached_violations
from estate.model.fleet.fleet import FleetConfig
from estate.model.fleet.rules import fleet_violations
from estate.model.google.environment_rules import (
    cloud_ranges,
    google_environment_violations,
    onprem_ranges,
)
from estate.model.google.google import GoogleConfig
from estate.model.networks import Range, covered, overlaps
from estate.model.rules import Violation, rule
from estate.model.state import State
from estate.model.vmware.vmware import VmwareConfig
from estate.model.vpn.rules import vpn_violations
from estate.model.vpn.vpn import VpnConfig


class Environment(Model):
    """Everything that one environment file says."""

    environment: EnvironmentName
    """Name of the environment, the same as its file's."""
    state: State
    """Where the Terraform state lives."""
    deletion_protection: StrictBool = True
    """Whether Terraform refuses to destroy what holds data or identity (keys, networks, gateways,
    clusters); false only for environments that may be thrown away whole. Protected when absent."""
    labels: dict[LabelKey, LabelValue] = {}
    """Labels (AWS: tags) on everything that takes them, beside those that the project sets itself."""
    google: GoogleConfig | None = None
    """The Google Cloud host project and what is in it; nothing in Google Cloud when absent."""
    vmware: VmwareConfig | None = None
    """The user clusters on VMware; none when absent."""
    fleet: FleetConfig | None = None
    """The fleet of the host project, which clusters on VMware need; when absent, nobody is given access here."""
    aws: AwsConfig | None = None
    """The AWS account and what is in it; nothing in AWS when absent."""
    vpn: VpnConfig | None = None
    """The VPNs that join the networks of the other sections; none when absent."""

    @property
    def waits_for(self) -> EnvironmentName | None:
        """The environment whose stack has to be applied before this one's; None when there is none."""
        return self.google.host_project.owner if self.google else None

    @property
    def own_members(self) -> tuple[str, ...]:
        """Keys of the clusters that register themselves from the environment's own stack, those on VMware first."""
        on_prem = self.vmware.user_clusters if self.vmware else {}
        return (*sorted(on_prem), *sorted(self.google.gke_clusters if self.google else {}))

    @property
    def members(self) -> tuple[str, ...]:
        """Keys of the clusters that are members of the fleet, those attached to it by the companion stack last."""
        return (*self.own_members, *sorted(attached_clusters(self)))

    def routable_ranges(self) -> Iterator[Range]:
        """Every range that other networks route to."""
        for name, section in (("google", self.google), ("vmware", self.vmware), ("aws", self.aws)):
            for path, cidr in section.routable_ranges() if section else ():
                yield Range(self.environment, (name, *path), cidr)

    def islands(self) -> Iterator[Range]:
        """Every range that exists only inside one cluster, and so may stand in several."""
        for name, section in (("vmware", self.vmware), ("aws", self.aws)):
            for path, cidr in section.islands() if section else ():
                yield Range(self.environment, (name, *path), cidr)

    @rule
    def _on_prem_clusters_have_a_fleet_host_project(self) -> Iterator[Violation]:
        if self.vmware and not self.google:
            yield Violation(
                ("vmware",),
                "needs google with the host_project that the clusters register with; add it",
                ("google",),
            )

    @rule
    def _on_prem_clusters_have_a_fleet(self) -> Iterator[Violation]:
        if self.vmware and not self.fleet:
            yield Violation(
                ("vmware",),
                "needs fleet: clusters on VMware register themselves, and the first of them, the admin cluster, "
                "makes a fleet that no file owns; add fleet: {}",
                ("fleet",),
            )

    @rule
    def _routable_ranges_differ(self) -> Iterator[Violation]:
        for one, other in overlaps(list(self.routable_ranges())):
            # Two clusters in one subnet are a matter of the vmware section, which looks at single addresses.
            if (one.path[0], other.path[0]) != ("vmware", "vmware"):
                yield Violation(other.path, f"must not overlap {one}, got {other.cidr}; choose a free range")

    @rule
    def _admin_cluster_stands_outside_the_cloud(self) -> Iterator[Violation]:
        for use in self.vmware.admin_uses() if self.vmware else ():
            for one in cloud_ranges(self):
                if use.addresses.overlaps(AddressRange.of(one.cidr)):
                    yield Violation(
                        ("vmware", *use.path),
                        f"must not overlap {one}, got {use.addresses} for the {use.words}; correct one of the two",
                    )

    @rule
    def _islands_cover_nothing_that_is_reached(self) -> Iterator[Violation]:
        for island, reached in covered(list(self.islands()), [*self.routable_ranges(), *onprem_ranges(self)]):
            yield Violation(
                island.path,
                f"must not cover {reached}, which the cluster could then not reach, got {island.cidr}; "
                "choose another range",
            )

    @rule
    def _attached_clusters_have_a_fleet(self) -> Iterator[Violation]:
        yield from attached_violations(self)

    @rule
    def _fleet_fits(self) -> Iterator[Violation]:
        yield from fleet_violations(self)

    @rule
    def _google_fits(self) -> Iterator[Violation]:
        yield from google_environment_violations(self)

    @rule
    def _vpns_fit(self) -> Iterator[Violation]:
        yield from vpn_violations(self)
