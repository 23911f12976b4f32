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

LOCKED = """\
│ Error: Failed to query available provider packages
│
│ Could not retrieve the list of available versions for provider hashicorp/google: locked provider
│ registry.terraform.io/hashicorp/google 6.50.0 does not match configured version constraint 7.45.0; must use
│ terraform init -upgrade to allow selection of new versions
"""
"""A lock file of another version than the stack names, as Terraform 1.11 reads it."""
