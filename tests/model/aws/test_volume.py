"""An EBS volume as an environment file writes it."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.aws.volume import VolumeConfig, VolumeType
from tests.model.refusals import refusals


def test_nothing_has_to_be_said() -> None:
    """A small general purpose volume does for a start."""
    config = VolumeConfig.model_validate({})

    assert (config.volume_type, config.size_gib, config.iops, config.kms_key) == (
        VolumeType.GP3,
        20,
        None,
        None,
    )


@pytest.mark.parametrize(
    "document",
    [
        {"volume_type": "gp2"},
        {"volume_type": "gp3", "iops": 3000},
        {"volume_type": "gp3", "iops": 10000, "size_gib": 20},
        {"volume_type": "io1", "iops": 1000, "size_gib": 20},
        {"volume_type": "io2", "iops": 64000, "size_gib": 128},
        {"kms_key": "database"},
    ],
    ids=lambda document: " ".join(map(str, document.values())),
)
def test_takes_what_ebs_takes(document: dict[str, Any]) -> None:
    """The fastest that each kind gives at its size is allowed."""
    assert refusals(VolumeConfig, document) == {}


@pytest.mark.parametrize(
    ("document", "path", "words"),
    [
        ({"volume_type": "gp2", "iops": 3000}, "iops", "must be left out with volume_type: gp2, got 3000"),
        ({"volume_type": "io1"}, "iops", "is needed with volume_type: io1; for example 100"),
        ({"volume_type": "io1", "iops": 1001}, "iops", "must be 100 to 1000 with volume_type: io1"),
        ({"volume_type": "io2", "iops": 99}, "iops", "must be 100 to 10000 with volume_type: io2"),
        ({"iops": 2999}, "iops", "must be 3000 to 10000 with volume_type: gp3 and size_gib: 20, got 2999"),
        ({"iops": 16001, "size_gib": 100}, "iops", "must be 3000 to 16000"),
        ({"volume_type": "st1"}, "volume_type", "gp2"),
        ({"size_gib": 7}, "size_gib", "greater than or equal to 8"),
        ({"size_gib": "20"}, "size_gib", "integer"),
        ({"kms_key": "arn:aws:kms:eu-west-1:012345678901:key/1234"}, "kms_key", "pattern"),
    ],
)
def test_refuses(document: dict[str, Any], path: str, words: str) -> None:
    """What EBS would refuse at apply is refused here."""
    found = refusals(VolumeConfig, document)

    assert list(found) == [path]
    assert words in found[path]
