"""Ways out of failures that every later plan repeats, told beside what Terraform says.

A rule of a network firewall policy that somebody deleted outside of Terraform: Google answers 400 for a priority
without a rule (https://cloud.google.com/compute/docs/reference/rest/v1/networkFirewallPolicies/getRule), and the
provider forgets what answers 404 only (google 6.50.0, read on 2026-11-30). So nothing is planned before the state
forgets the rule; the next plan makes it again.

A lock file of another version of a provider than the stack names, as it is when the product names another one: Terraform
advises `init -upgrade`, which a lock file of the repository does not allow (Terraform 1.11, seen on 2026-11-30).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_RULE: Final = re.compile(r"with (google_compute_network_firewall_policy_rule\.[\w-]+),")
_UNREADABLE: Final = re.compile(r"reading or editing \S*FirewallPolicyRule\b.*Error 400", re.DOTALL)
_LOCKED: Final = re.compile(r"locked provider \S+ \S+ does not match configured version constraint")


def way_out(text: str, stack: Path, binary: str) -> str:
    """What to add to a failure of Terraform, "" where there is nothing.

    Args:
        text: what it said.
        stack: the stack's folder.
        binary: the Terraform or OpenTofu command.
    """
    if _LOCKED.search(" ".join(text.replace("│", " ").split())):
        return f"; the lock file holds another version than the stack names: hybrid lock-providers {stack.name} renews it"
    rules = list(dict.fromkeys(_RULE.findall(text)))
    if not rules or not _UNREADABLE.search(" ".join(text.split())):
        return ""
    return (
        "; a firewall rule that somebody deleted cannot be read: where it is gone, "
        f"{binary} -chdir={stack} state rm {' '.join(rules)}, and the next plan makes it again"
    )
