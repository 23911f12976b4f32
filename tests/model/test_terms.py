"""What a class of the model is called, in words."""

from __future__ import annotations

import pytest

from estate.model.terms import term, title


@pytest.mark.parametrize(
    ("class_name", "said", "heading"),
    [
        ("EksNodeGroupConfig", "EKS node group", "EKS node group"),
        ("_DigestJson", "digest", "Digest"),
        ("MetalLbConfig", "MetalLB", "MetalLB"),
        ("VsphereTag", "vSphere tag", "vSphere tag"),
        ("OnpremVpnConfig", "on-prem VPN", "On-prem VPN"),
        ("MultiClusterIngress", "multi-cluster ingress", "Multi-cluster ingress"),
        ("S3State", "S3 state", "S3 state"),
        ("GcsState", "Cloud Storage state", "Cloud Storage state"),
    ],
)
def test_a_class_is_called_what_people_call_it(class_name: str, said: str, heading: str) -> None:
    """Editors and lists show it to people who never read Python."""
    assert (term(class_name), title(class_name)) == (said, heading)
