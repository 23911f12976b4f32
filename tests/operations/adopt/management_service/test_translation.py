"""Keys, volumes, bucket and example of a document, and what it leaves open."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.operations.adopt.management_service.documents import KEY, SAMPLE, Workplace, changed

SECRETS = f"{KEY}/4172f749-702e-41fe-ac3f-898d21930cb6"


def test_one_key_for_both_purposes_is_said(workplace: Workplace) -> None:
    """The section has two keys, and that they are one is said beside it."""
    document = changed(SAMPLE, "spec", "databaseEncryption", "kmsKeyARN", to=SECRETS)

    _, out, err = workplace.adopt(document)

    assert yaml.safe_load(out)["aws"]["kms_keys"]["database"] == {"existing": {"key_arn": SECRETS}}
    assert "# the same key as secrets" in out
    assert "note: spec.databaseEncryption.kmsKeyARN names the key of secrets again" in err


def test_a_volume_may_share_a_key(workplace: Workplace) -> None:
    """A key stands once in the section, whoever uses it."""
    document = changed(SAMPLE, "spec", "rootVolume", to={"kmsKeyARN": SECRETS})

    section = workplace.section(document)

    assert section["management_service"]["root_volume"] == {"kms_key": "secrets"}
    assert list(section["kms_keys"]) == ["secrets", "database"]


@pytest.mark.parametrize(
    ("volume", "translated"),
    [
        ({"volumeType": "IO1", "iops": 1000}, {"volume_type": "io1", "iops": 1000}),
        ({"volumeType": "io1", "iops": 5001}, {"volume_type": "io1", "size_gib": 101, "iops": 5001}),
        ({"volumeType": "io2", "iops": 20000}, {"volume_type": "io2", "size_gib": 40, "iops": 20000}),
        ({"iops": 3000, "sizeGiB": 50}, {"size_gib": 50}),
    ],
    ids=["upper case", "io1 too fast for 20 GiB", "io2 too fast for 20 GiB", "gp2 by default"],
)
def test_volumes_are_as_large_as_their_speed_asks_for(
    workplace: Workplace, volume: dict[str, Any], translated: dict[str, Any]
) -> None:
    """Older documents name no size, and AWS bounds the speed by it."""
    section = workplace.section(changed(SAMPLE, "spec", "dataVolume", to=volume))

    assert section["management_service"]["data_volume"] == translated


def test_ranges_of_the_example_keep_out_of_the_vpc(workplace: Workplace) -> None:
    """The product's own would overlap this VPC, and the document names no others."""
    document = changed(SAMPLE, "spec", "dedicatedVPC", "vpcCIDRBlock", to="10.1.0.0/16")
    for role, first in (("private", 1), ("public", 4)):
        ranges = [f"10.1.{first + zone}.0/24" for zone in range(3)]
        document = changed(document, "spec", "dedicatedVPC", f"{role}SubnetCIDRBlocks", to=ranges)

    example = workplace.section(document)["management_service"]["cluster_example"]

    assert example == {"version": "1.16.9-gke.12", "services": "172.16.0.0/16", "pods": "172.17.0.0/16"}


def test_a_bucket_with_dots_is_left_out(workplace: Workplace) -> None:
    """The section cannot have it, and the document is right all the same."""
    _, out, err = workplace.adopt(changed(SAMPLE, "spec", "bootstrapS3Bucket", to="gke.example.com"))

    assert "bootstrap_bucket" not in yaml.safe_load(out)["aws"]["management_service"]
    assert 'spec.bootstrapS3Bucket: "gke.example.com": ' in err


def test_the_kubernetes_version_is_asked_for_where_nobody_knows_it(workplace: Workplace) -> None:
    """The document has none, and an example with a version that the service lacks would not work."""
    document = changed(SAMPLE, "spec", "version", to="aws-1.14.1-gke.0")

    refusal = workplace.refusal(document)
    section = workplace.section(document, "--kubernetes-version", "1.25.5-gke.1500")

    assert (
        '--kubernetes-version: is needed, for the example of a cluster: one that "aws-1.14.1-gke.0"'
        in refusal
    )
    assert section["management_service"]["cluster_example"] == {"version": "1.25.5-gke.1500"}


def test_a_malformed_kubernetes_version_is_refused(workplace: Workplace) -> None:
    """It is said of the option, which is where it stands."""
    refusal = workplace.refusal(SAMPLE, "--kubernetes-version", "1.25")

    assert '--kubernetes-version: must be a version such as 1.16.9-gke.12, got "1.25"' in refusal
