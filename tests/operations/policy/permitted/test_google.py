"""Needs of Google Cloud on small stacks."""

from __future__ import annotations

from typing import Any

from operations.policy.stacks import Outside
from tests.operations.policy.permitted.small import messages

NUMBERS = Outside(None, {"host": "1", "apps": "2"})
RING = ("google_kms_key_ring.R", {"name": "r"})
KEY = ("google_kms_crypto_key.K", {"name": "k", "key_ring": "${google_kms_key_ring.R.id}"})
AGENT = "serviceAccount:service-1@container-engine-robot.iam.gserviceaccount.com"
USES = {"role": "roles/cloudkms.cryptoKeyEncrypterDecrypter", "member": AGENT}


def said(*resources: tuple[str, Any], outside: Outside = NUMBERS) -> list[str]:
    """What the rule says."""
    return messages("HYB_MAY_GOOGLE", *resources, outside=outside)


def cluster(**arguments: Any) -> tuple[str, Any]:
    """A cluster, in the provider's project where it says none."""
    return "google_container_cluster.C", arguments


def encrypted(key: str = "${google_kms_crypto_key.K.id}") -> tuple[str, Any]:
    """A cluster with a key."""
    return cluster(database_encryption=[{"key_name": key}])


def test_a_role_on_the_ring_or_its_project_reaches_the_key() -> None:
    """From above, as roles do."""
    by_key = (
        "google_kms_crypto_key_iam_member.M",
        {"crypto_key_id": "${google_kms_crypto_key.K.id}", **USES},
    )
    by_ring = ("google_kms_key_ring_iam_member.M", {"key_ring_id": "${google_kms_key_ring.R.id}", **USES})
    by_project = ("google_project_iam_member.M", {"project": "host", **USES})

    for member in (by_key, by_ring, by_project):
        assert said(encrypted(), KEY, RING, member) == []
    assert said(encrypted(), KEY, RING) == [
        f"{AGENT} lacks roles/cloudkms.cryptoKeyEncrypterDecrypter on dev google_kms_crypto_key.K, which it takes to "
        "encrypt the cluster's secrets; give it the role there"
    ]


def test_a_ring_that_is_made_elsewhere_has_its_project_there() -> None:
    """The key's own members and the ring's count."""
    key = ("google_kms_crypto_key.K", {"name": "k", "key_ring": "projects/p/locations/l/keyRings/r"})
    by_ring = (
        "google_kms_key_ring_iam_member.M",
        {"key_ring_id": "projects/p/locations/l/keyRings/r", **USES},
    )

    assert said(encrypted(), key, by_ring) == []
    assert len(said(encrypted(), key)) == 1


def test_a_key_that_is_made_elsewhere_is_given_there() -> None:
    """And one that cannot be told is found."""
    assert said(encrypted("projects/p/locations/l/keyRings/r/cryptoKeys/k")) == []
    [lost] = said(encrypted("${google_kms_crypto_key.Gone.id}"))
    assert "what ${google_kms_crypto_key.Gone.id} comes to stands in no stack" in lost
    assert said(cluster(database_encryption=[{"state": "DECRYPTED"}])) == []


def test_a_role_under_a_condition_holds_perhaps() -> None:
    """Nobody evaluates its expression here."""
    member = (
        "google_kms_key_ring_iam_member.M",
        {"key_ring_id": "${google_kms_key_ring.R.id}", **USES, "condition": [{"expression": "true"}]},
    )

    [found] = said(encrypted(), KEY, RING, member)

    assert "roles/cloudkms.cryptoKeyEncrypterDecrypter is given under a condition" in found


def test_a_project_whose_number_nobody_says_is_found() -> None:
    """Its agents carry it."""
    [found] = said(encrypted(), KEY, RING, outside=Outside())

    assert "what serviceAccount:service-${number of host}@container-engine-robot" in found


def test_a_subnet_is_told_by_what_it_refers_to_or_by_its_path() -> None:
    """In the cluster's own project it takes nobody's leave."""
    subnet = ("google_compute_subnetwork.S", {"name": "s", "region": "r", "project": "host"})
    path = "projects/host/regions/r/subnetworks/s"
    referred = "${google_compute_subnetwork.S.id}"

    assert said(cluster(subnetwork=path)) == said(cluster(subnetwork=referred), subnet) == []
    by_path, by_reference = (
        said(cluster(subnetwork=path, project="apps")),
        said(cluster(subnetwork=referred, project="apps"), subnet),
    )
    assert by_path == by_reference
    assert [one.partition(",")[0] for one in by_path] == [
        "serviceAccount:service-2@container-engine-robot.iam.gserviceaccount.com lacks roles/container.hostServiceAgentUser on host",
        "serviceAccount:service-2@container-engine-robot.iam.gserviceaccount.com lacks roles/compute.networkUser on host r s",
        "serviceAccount:2@cloudservices.gserviceaccount.com lacks roles/compute.networkUser on host r s",
    ]  # fmt: skip


def test_a_subnet_that_cannot_be_told_is_found() -> None:
    """Its project is not known."""
    found = said(cluster(subnetwork="${var.subnet}", project="apps"))

    assert len(found) == 3
    assert all("what ${project of the subnet} comes to stands in no stack" in one for one in found)


def test_a_fleet_may_be_named_by_its_project_s_number() -> None:
    """And one of the cluster's own project needs no agent there."""
    assert said(cluster(fleet=[{"project": "projects/1"}])) == []
    [found] = said(cluster(fleet=[{"project": "projects/1"}], project="apps"))
    assert found.startswith("serviceAccount:service-1@gcp-sa-gkehub.iam.gserviceaccount.com lacks")


def test_nodes_without_an_account_of_their_own_are_left_alone() -> None:
    """Compute Engine's default account is given its roles by Google or by the organization."""
    assert said(("google_container_node_pool.P", {"node_config": [{"machine_type": "n2"}]})) == []


def test_another_service_account_needs_nothing_of_this_table() -> None:
    """Only the product's own are known by their ids."""
    assert said(("google_service_account.A", {"account_id": "app"})) == []


def test_backups_are_encrypted_by_the_agents_of_their_project() -> None:
    """With the key that the plan names; one without a key needs nobody's leave."""
    key = {"encryption_key": {"gcp_kms_encryption_key": "${google_kms_crypto_key.K.id}"}}
    plan = ("google_gke_backup_backup_plan.P", {"project": "apps", "backup_config": key})
    agents = [
        f"serviceAccount:service-2@{one}.iam.gserviceaccount.com"
        for one in ("gcp-sa-gkebackup", "container-engine-robot")
    ]
    first, second = (
        (
            f"google_kms_crypto_key_iam_member.M{number}",
            {"crypto_key_id": "${google_kms_crypto_key.K.id}", **USES, "member": agent},
        )
        for number, agent in enumerate(agents)
    )

    found = said(plan, KEY, RING)

    assert [one.partition(" ")[0] for one in found] == agents
    assert all(" lacks roles/cloudkms.cryptoKeyEncrypterDecrypter" in one for one in found)
    assert all("encrypt the cluster's backups" in one for one in found)
    assert len(said(plan, KEY, RING, first)) == len(said(plan, KEY, RING, second)) == 1
    assert said(plan, KEY, RING, first, second) == []
    assert said(("google_gke_backup_backup_plan.P", {"backup_config": {"all_namespaces": True}})) == []
