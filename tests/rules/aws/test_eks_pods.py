"""What pods use in an account: software for the version of their cluster, and a setting that one environment says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from estate.facts.software import packages
from estate.model.aws.aws import AwsConfig
from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.rules import broken_rules
from estate.rules.aws import eks_pods
from tests.model.access.estates import organization
from tests.model.aws.eks_documents import AWS
from tests.model.refusals import refusals
from tests.model.vmware.documents import changed


def refused(**sections: dict[str, Any]) -> list[str]:
    """Paths that are refused of environments with these aws sections."""
    environments = {
        name: Environment.model_validate({"environment": name, "state": {"local": {}}, "aws": section})
        for name, section in sections.items()
    }
    found = broken_rules(Estate(organization(promotion=tuple(sections)), environments))
    return [".".join(map(str, one.path)) for one in found if "ebs_encryption_by_default" in one.path]


def test_one_environment_says_it_of_an_account() -> None:
    """Another region, or account, has a setting of its own."""
    says = {"region": "eu-west-1", "account_id": "012345678901", "ebs_encryption_by_default": True}
    silent = {"region": "eu-west-1", "account_id": "012345678901"}

    assert refused(dev=says, prod=says) == ["prod.aws.ebs_encryption_by_default"]
    assert refused(dev=says, prod=silent) == []
    assert (
        refused(dev=says, test={**says, "region": "eu-west-2"}, prod={**says, "account_id": "999999999999"})
        == []
    )


def test_what_is_installed_is_for_the_version_of_the_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    """A minor whose vendor names it no more, or not yet, is refused where the software is asked for."""
    old = {name: replace(one, supports=("1.34",)) for name, one in packages().items()}
    monkeypatch.setattr(eks_pods, "packages", lambda: old)

    found = refusals(AwsConfig, changed(AWS, eks_clusters__cloud__scaler="cluster_autoscaler"))

    assert list(found) == ["eks_clusters.cloud.version"]
    assert found["eks_clusters.cloud.version"].startswith(
        "must be one that cluster-autoscaler 9.59.0 is for, 1.34; got 1.35; "
    )
    assert refusals(AwsConfig, AWS) == {}
