"""What Terraform says when it fails."""

from __future__ import annotations

GONE = """\
╷
│ Error: Error when reading or editing ComputeNetworkFirewallPolicyRule "projects/p/global/firewallPolicies/f/rules/130": googleapi: Error 400: Invalid value for field 'priority': '130'. The firewall policy does not contain a rule at priority 130., invalid
│
│   with google_compute_network_firewall_policy_rule.Rules_gke-control-plane_1A2B,
│   on cdk.tf.json line 7:
╵
"""
"""A rule of a firewall policy that somebody deleted, as google 6.50.0 reads it."""
