"""Ways out of failures that every later plan repeats."""

from __future__ import annotations

from pathlib import Path

import pytest

from operations.terraform.ways_out import way_out
from tests.operations.terraform.failures import GONE, LOCKED


def test_the_state_forgets_a_rule_that_is_gone() -> None:
    """One command for all of them."""
    text = GONE + GONE + GONE.replace("gke-control-plane_1A2B", "b_3C4D")

    assert way_out(text, Path("cdktf.out/stacks/dev"), "tofu") == (
        "; a firewall rule that somebody deleted cannot be read: where it is gone, tofu -chdir=cdktf.out/stacks/dev "
        "state rm google_compute_network_firewall_policy_rule.Rules_gke-control-plane_1A2B "
        "google_compute_network_firewall_policy_rule.Rules_b_3C4D, and the next plan makes it again"
    )


def test_a_lock_file_of_another_version_is_renewed() -> None:
    """Terraform advises what a lock file of the repository does not allow."""
    assert way_out(LOCKED, Path("cdktf.out/stacks/dev"), "terraform") == (
        "; the lock file holds another version than the stack names: hybrid lock-providers dev renews it"
    )


@pytest.mark.parametrize(
    "text",
    ["", GONE.replace("Error 400", "Error 403"), GONE.replace("_rule.Rules", ".Rules"), "Error 400"],
    ids=["nothing", "forbidden", "another type", "another error"],
)
def test_nothing_is_said_of_other_failures(text: str) -> None:
    """Forgetting what is there would make it twice."""
    assert way_out(text, Path("stack"), "terraform") == ""
