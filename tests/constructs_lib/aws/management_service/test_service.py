"""Names that the parts of a management service share."""

from __future__ import annotations

from constructs_lib.aws.management_service.service import Service
from estate.model.aws.management_service import ManagementServiceConfig
from tests.constructs_lib.aws.management_service.defined import ACCOUNT, NAMING
from tests.model.aws.test_management_service import MINIMAL


def service(**config: object) -> Service:
    """A service with options."""
    return Service(ManagementServiceConfig.model_validate({**MINIMAL, **config}), NAMING, ACCOUNT)


def test_the_cluster_id_is_the_same_in_every_run() -> None:
    """The product makes a random one; ours follows from organization and environment."""
    assert service().cluster_id == "kl-sandbox-gke"
    assert service().cluster_tag == "kubernetes.io/cluster/kl-sandbox-gke"


def test_keeps_the_id_of_an_earlier_init() -> None:
    """What the product has tagged already keeps its tag."""
    assert service(cluster_id="gke-404767c1").cluster_tag == "kubernetes.io/cluster/gke-404767c1"


def test_tags_a_part_with_its_name_and_the_labels() -> None:
    """A label called Name, which labels cannot be, would lose against the name."""
    assert service(labels={"team": "platform"}).tags("data") == {
        "team": "platform",
        "Name": "kl-sandbox-gke-data",
    }
