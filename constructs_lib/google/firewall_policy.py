"""The firewall of a Shared VPC: a table of what comes in, and a last rule that refuses the rest.

It comes after the rules that GKE makes for its clusters, so those need not stand in the table. Left out:
what goes out.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/compute_network_firewall_policy_rule
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cdktf import ITerraformDependable, Postcondition, TerraformResourceLifecycle
from cdktf_cdktf_provider_google.compute_network_firewall_policy import ComputeNetworkFirewallPolicy
from cdktf_cdktf_provider_google.compute_network_firewall_policy_association import (
    ComputeNetworkFirewallPolicyAssociation,
)
from cdktf_cdktf_provider_google.compute_network_firewall_policy_rule import (
    ComputeNetworkFirewallPolicyRule,
    ComputeNetworkFirewallPolicyRuleMatch,
    ComputeNetworkFirewallPolicyRuleMatchLayer4Configs,
)
from constructs import Construct

from constructs_lib.google.network import Network
from constructs_lib.naming import Kind
from estate.derived.google.allows import Allow
from estate.derived.google.names import ASSOCIATION
from estate.model.google.firewall import FirewallConfig, ports_of

_LAST = 65000
"""Priority of the rule that refuses: after every other, before those that Google ends each policy with."""


class FirewallPolicy(Construct):
    """Define the policy with one rule an opening, and refuse and log everything else that comes in."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: FirewallConfig,
        allows: Sequence[Allow],
        network: Network,
        nodes: Mapping[str, str],
        dependencies: Sequence[ITerraformDependable] = (),
    ) -> None:
        """Define it.

        Args:
            scope: where it stands in the tree.
            id_: its id there.
            config: what the file says beside the openings.
            allows: the openings.
            network: the network that the policy is for.
            nodes: address of the service account that the nodes of each GKE cluster have, by key.
            dependencies: the host project's APIs.
        """
        super().__init__(scope, id_)
        self._project = network.project
        self._name = network.naming.name("firewall", kind=Kind.COMPUTE)
        self._policy = ComputeNetworkFirewallPolicy(
            self,
            "Resource",
            project=self._project,
            name=self._name,
            description="What comes in; everything else is refused",
            depends_on=list(dependencies) or None,
        )
        rules = Construct(self, "Allows")
        openings = [self._define_allow(rules, allow, nodes) for allow in allows]
        denied = ComputeNetworkFirewallPolicyRule(
            self,
            "Deny",
            project=self._policy.project,
            firewall_policy=self._policy.name,
            rule_name="deny",
            description="everything that no other rule lets in",
            direction="INGRESS",
            action="deny",
            priority=_LAST,
            disabled=False,
            enable_logging=config.log_denied,
            match=ComputeNetworkFirewallPolicyRuleMatch(
                src_ip_ranges=["0.0.0.0/0"],
                layer4_configs=[ComputeNetworkFirewallPolicyRuleMatchLayer4Configs(ip_protocol="all")],
            ),
            lifecycle=self._switched_on("deny", _LAST),
        )
        # The policy takes effect once it is whole.
        ComputeNetworkFirewallPolicyAssociation(
            self,
            "Association",
            project=self._policy.project,
            name=network.naming.name("firewall", kind=Kind.COMPUTE, part=ASSOCIATION),
            firewall_policy=self._policy.name,
            attachment_target=network.network_id,
            depends_on=[*openings, denied],
        )

    def _define_allow(self, rules: Construct, allow: Allow, nodes: Mapping[str, str]) -> ITerraformDependable:
        return ComputeNetworkFirewallPolicyRule(
            rules,
            allow.key,
            project=self._policy.project,
            firewall_policy=self._policy.name,
            rule_name=allow.key,
            description=allow.why,
            direction="INGRESS",
            action="allow",
            priority=allow.priority,
            disabled=False,
            target_service_accounts=[nodes[cluster] for cluster in allow.clusters] or None,
            match=ComputeNetworkFirewallPolicyRuleMatch(
                src_ip_ranges=[str(source) for source in allow.sources],
                layer4_configs=_protocols(allow.ports),
            ),
            lifecycle=self._switched_on(allow.key, allow.priority),
        )

    def _switched_on(self, rule: str, priority: int) -> TerraformResourceLifecycle:
        """Fail an apply that leaves a rule switched off.

        Providers before 7.10 never send `disabled = false`, so that a rule which somebody switched off stays off,
        though every plan shows it on again.
        """
        command = (
            f"gcloud compute network-firewall-policies rules update {priority} --firewall-policy={self._name} "
            f"--global-firewall-policy --project={self._project} --no-disabled"
        )
        still_off = Postcondition(
            condition="${self.disabled != true}",
            error_message=f"Firewall rule {rule} is switched off, and this apply did not switch it on. Find out who did "
            f"it and why, then run: {command}",
        )
        return TerraformResourceLifecycle(postcondition=[still_off])


def _protocols(ports: Sequence[str]) -> list[ComputeNetworkFirewallPolicyRuleMatchLayer4Configs]:
    """One block a protocol, with all its ports, in the order in which protocols are named first."""
    ports_by_protocol: dict[str, list[str] | None] = {}
    for protocol in ports:
        name, port = ports_of(protocol)
        known = ports_by_protocol.setdefault(name, [])
        if port is None or known is None:
            ports_by_protocol[name] = None
        else:
            known.append(port)
    return [
        ComputeNetworkFirewallPolicyRuleMatchLayer4Configs(ip_protocol=name, ports=allowed)
        for name, allowed in ports_by_protocol.items()
    ]
