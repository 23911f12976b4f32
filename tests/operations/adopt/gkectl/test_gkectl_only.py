"""What only gkectl can manage stays with gkectl, and nothing else is asked for before that is said."""

from __future__ import annotations

from typing import Any

import pytest

from tests.operations.adopt.gkectl.samples import USER, changed
from tests.operations.adopt.gkectl.workplace import Workplace


@pytest.mark.parametrize(
    ("path", "value", "where", "said"),
    [
        (("masterNode", "topologyDomains"), ["a"], "masterNode.topologyDomains", "topology domains"),
        (("nodePools", 0, "topologyDomains"), ["a"], "nodePools[0].topologyDomains", "topology domains"),
        (("multipleNetworkInterfaces",), True, "multipleNetworkInterfaces", "several network interfaces"),
        (
            ("network", "additionalNodeInterfaces"),
            [{"networkName": "storage-net"}],
            "network.additionalNodeInterfaces",
            "several network interfaces",
        ),
    ],
    ids=["control plane", "pool", "interfaces", "networks"],
)
def test_it_is_refused_first(
    work: Workplace, path: tuple[Any, ...], value: Any, where: str, said: str
) -> None:
    """Without an IP block file, an admin cluster's file or a version that is supported."""
    (work.folder / "batch-ipblock.yaml").unlink()
    user = changed(changed(USER, *path, to=value), "gkeOnPremVersion", to="1.33.0-gke.799")
    work.write("batch.yaml", user)

    lines = work.refusal("batch.yaml").splitlines()

    assert len(lines) == 2
    assert f": {where}: " in lines[0]
    assert said in lines[0]
    assert "leave the cluster with gkectl" in lines[0]


def test_a_wrong_value_there_is_said(work: Workplace) -> None:
    """What cannot be read cannot be judged."""
    said = work.refusal_of(changed(USER, "multipleNetworkInterfaces", to="perhaps"))

    assert 'multipleNetworkInterfaces: must be true or false, got "perhaps"' in said


def test_what_is_off_or_empty_is_no_reason(work: Workplace) -> None:
    """As templates leave it."""
    user = changed(
        changed(USER, "multipleNetworkInterfaces", to=False), "masterNode", "topologyDomains", to=[]
    )

    assert work.cluster(user)["version"] == "1.35.0-gke.525"
