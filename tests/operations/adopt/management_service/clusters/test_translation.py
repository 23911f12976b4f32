"""Values of the documents in the words of an EKS cluster, and what has to be asked for."""

from __future__ import annotations

from typing import Any

import pytest

from estate.facts.aws.eks_versions import Support, versions
from estate.model.aws.eks_cluster import EksClusterConfig
from operations.adopt.management_service.clusters.no_place import why_no_place
from operations.adopt.management_service.clusters.versions import gone_since, nearest
from tests.operations.adopt.management_service.clusters.workplace import (
    CLUSTER,
    EXISTING,
    FLEET,
    INSTALLER,
    POOL,
    Workplace,
)
from tests.operations.adopt.management_service.documents import changed

OTHER = """\
  kms_keys: {ours: {existing: {key_arn: "arn:aws:kms:eu-west-1:111122223333:key/0b0b"}}}
  eks_clusters:
    first:
      version: "1.35"
      kms_key: ours
      services: 172.30.0.0/20
      access:
        administrators: {ops: "arn:aws:iam::111122223333:role/ops"}
        installer: arn:aws:iam::111122223333:role/first-attach
      node_groups: {plain: {instance_types: [m7i.large], min_size: 2, max_size: 2}}
      attach: {platform_version: 1.34.0-gke.1}
"""
_CONTROL_PLANE = ("spec", "controlPlane")


def test_what_becomes_of_the_smallest_cluster(work: Workplace) -> None:
    """Nothing that the documents do not say, but what a cluster needs."""
    aws, _ = work.adopt()

    assert aws["eks_clusters"]["web"] == {
        "version": "1.35",
        "kms_key": "web-secrets",
        "services": "172.21.0.0/16",
        "access": {
            "administrators": {"admin": "arn:aws:iam::111122223333:role/admin"},
            "installer": INSTALLER,
        },
        "node_groups": {
            "pool": {
                "instance_types": ["m5.large"],
                "min_size": 2,
                "max_size": 2,
                "zones": ["eu-west-1a"],
                "volume": {"volume_type": "gp3", "size_gib": 40},
            }
        },
        "attach": {"platform_version": "1.35.0-gke.1"},
    }


@pytest.mark.parametrize(
    ("document", "path", "to", "message"),
    [
        (0, (*_CONTROL_PLANE, "version"), "1.22", 'must be a version of GKE on AWS such as 1.25.5-gke.2100, got "1.22"'),
        (0, (*_CONTROL_PLANE, "version"), None, "controlPlane.version: must be a version of GKE on AWS such as 1.25.5-gke.2100, got nothing"),
        (0, (*_CONTROL_PLANE, "hub", "membershipName"), "web;reboot", "membershipName: must be the name of a membership"),
        (0, ("spec", "networking", "serviceAddressCIDRBlocks"), ["8.8.0.0/16"], "serviceAddressCIDRBlocks[0]: must be a /12 to /24 of 10.0.0.0/8"),
        (0, ("spec", "networking", "serviceAddressCIDRBlocks"), ["172.21.0.0/16", "172.22.0.0/16"], "serviceAddressCIDRBlocks[1]: is a second range of services"),
        (0, ("spec", "networking", "serviceAddressCIDRBlocks"), None, "serviceAddressCIDRBlocks: is missing"),
        (0, ("spec", "authentication"), None, "adminIdentityARNs: is missing"),
        (0, ("spec", "authentication", "awsIAM", "adminIdentityARNs"), ["arn:aws:iam::0111122223333:user/a"], "adminIdentityARNs[0]: must be the ARN of a role or user"),
        (0, ("spec", "authentication", "awsIAM", "adminIdentityARNs"), ["admin"], "adminIdentityARNs[0]: must be the ARN of a role or user"),
        (0, ("spec", "authentication", "awsIAM", "adminIdentityARNs"), [INSTALLER], "adminIdentityARNs[0]: must not be the installer"),
        (0, ("metadata", "name"), "a" * 41, "web.yaml:4:9: "),
        (1, ("spec", "instanceType"), None, "spec.instanceType: is missing"),
        (1, ("spec", "minNodeCount"), None, "spec.minNodeCount: is missing"),
        (1, ("spec", "maxNodeCount"), 451, "spec.maxNodeCount: must be at least 1 and at most 450"),
        (1, ("spec", "rootVolume", "volumeType"), "sc1", "spec.rootVolume.volumeType: must be"),
        (1, ("spec", "taints"), [{"key": "a", "value": "b", "effect": "SOMETIMES"}], "spec.taints[0].effect: must be NOSCHEDULE, PREFERNOSCHEDULE or NOEXECUTE"),
        (1, ("spec", "taints"), [{"value": "b", "effect": "NOEXECUTE"}], "web.yaml:"),
    ],
    ids=[
        "version", "no version", "membership", "public services", "two ranges", "no range", "nobody", "13 digits", "no arn", "installer",
        "long name", "no type", "no minimum", "too many nodes", "kind of volume", "effect", "taint without a key",
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_place(
    work: Workplace, document: int, path: tuple[str, ...], to: Any, message: str
) -> None:
    """By the rules of the environment, in the document that says it."""
    documents = [CLUSTER, POOL]
    documents[document] = changed(documents[document], *path, to=to)
    if path == ("metadata", "name"):
        documents[1] = changed(POOL, "spec", "clusterName", to=to)

    assert message in work.refusal(*documents)


def test_what_the_fleet_needs_is_asked_for(work: Workplace) -> None:
    """No document says who attaches a cluster, and with which of Google's versions."""
    refusal = work.refusal(options=())

    assert "--installer: is needed: the ARN of the role that applies the companion stack" in refusal
    assert (
        "--platform-version: is needed: one that `gcloud container attached get-server-config --location=europe-north1` lists"
    ) in refusal


@pytest.mark.parametrize(
    ("options", "installer", "platform"),
    [
        ((), "arn:aws:iam::111122223333:role/first-attach", "1.34.0-gke.1"),
        (FLEET, INSTALLER, "1.35.0-gke.1"),
        (FLEET[2:], "arn:aws:iam::111122223333:role/first-attach", "1.35.0-gke.1"),
    ],
    ids=["nothing said", "all said", "one said"],
)
def test_another_attached_cluster_says_it(
    work: Workplace, options: tuple[str, ...], installer: str, platform: str
) -> None:
    """Where the environment has one, and the command line does not say otherwise."""
    work.environment.write_text(EXISTING + OTHER, "utf-8")

    aws, err = work.adopt(options=options)

    cluster = aws["eks_clusters"]["web"]
    assert (cluster["access"]["installer"], cluster["attach"]["platform_version"]) == (installer, platform)
    told = "note: what the command line does not say of the fleet is that of eks_clusters.first" in err
    assert told is (options != FLEET)


def test_an_environment_without_a_fleet(work: Workplace) -> None:
    """The cluster is made and joins none, which is said; options for a fleet would be for nothing."""
    work.environment.write_text(EXISTING.replace("fleet: {}\n", ""), "utf-8")

    refusal = work.refusal()
    aws, err = work.adopt(CLUSTER, changed(POOL, "spec", "rootVolume"), options=())

    assert refusal.count("must be left out, the environment has no fleet to attach a cluster to") == 2
    assert "attach" not in aws["eks_clusters"]["web"]
    assert "installer" not in aws["eks_clusters"]["web"]["access"]
    assert (
        "note: environments/dev.yaml has no fleet, so the new cluster joins none; the old one is "
        "projects/kl-dev-host/locations/global/memberships/web"
    ) in err
    assert "-attach" not in err


def test_a_cluster_in_no_fleet(work: Workplace) -> None:
    """Neither the old one nor the new one."""
    work.environment.write_text(EXISTING.replace("fleet: {}\n", ""), "utf-8")

    _, err = work.adopt(changed(CLUSTER, "spec", "controlPlane", "hub"), POOL, options=())

    assert "joins none; the old one is in none either" in err
    assert "     $ gcloud container fleet memberships list\n" in err


def test_a_name_that_another_member_has(work: Workplace) -> None:
    """A GKE cluster of that key would be the same member of the fleet."""
    google = (
        "  service_projects: {apps: {id: kl-dev-apps, number: 523456789012}}\n"
        "  network: {subnets: {gke: {cidr: 10.64.0.0/20, pods: 10.68.0.0/16, services: 10.72.0.0/20}}}\n"
        "  kms_keys: {secrets: {}}\n"
        "  gke_clusters: {web: {project: apps, subnet: gke, control_plane_cidr: 172.16.0.0/28, secrets_key: secrets, "
        "node_pools: {default: {machine_type: e2-standard-4, min_nodes: 3, max_nodes: 6}}}}\n"
    )
    work.environment.write_text(
        EXISTING.replace("  region: europe-north1\n", f"  region: europe-north1\n{google}"), "utf-8"
    )

    aws, _ = work.adopt()

    assert list(aws["eks_clusters"]) == ["web-eks"]


def test_a_key_of_one_s_own(work: Workplace) -> None:
    """Where another cluster has the old one's name as its key, or a person likes another one."""
    aws, err = work.adopt(options=(*FLEET, "--as", "shop"))

    assert list(aws["eks_clusters"]) == ["shop"]
    assert list(aws["kms_keys"]) == ["shop-secrets"]
    assert "make kl-dev-shop beside web" in err


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("Shop", '--as: must be lower-case letters, digits and hyphens, at most 40, a letter first and no hyphen last, got "Shop"'),
        ("web", "--as: must make another name than kl-dev-web, which the old cluster or another member of the fleet has; got web"),
    ],
    ids=["no key", "taken"],
)  # fmt: skip
def test_a_key_that_cannot_be(work: Workplace, key: str, message: str) -> None:
    """Both clusters stand in the fleet for a time."""
    cluster = changed(CLUSTER, "spec", "controlPlane", "hub", "membershipName", to="kl-dev-web")

    assert message in work.refusal(cluster, POOL, options=(*FLEET, "--as", key))


def test_two_administrators_whose_names_are_alike(work: Workplace) -> None:
    """Keys differ, and begin with a letter."""
    arns = [
        f"arn:aws:iam::111122223333:{one}"
        for one in ("role/ops", "user/ops", "user/OPS+", "user/x/1", "user/1")
    ]
    cluster = changed(CLUSTER, "spec", "authentication", "awsIAM", "adminIdentityARNs", to=arns)

    aws, err = work.adopt(cluster, POOL)

    assert aws["eks_clusters"]["web"]["access"]["administrators"] == {
        "ops": arns[0],
        "ops-2": arns[1],
        "ops-3": arns[2],
        "admin-1": arns[3],
    }
    assert "adminIdentityARNs[4]: stands here a second time" in err


def test_the_nearest_version_outlasts_what_is_left() -> None:
    """Else AWS would upgrade the cluster in the middle of the move."""
    known = {"1.34": Support("2026-12-02", standard=True), "1.35": Support("2027-03-27", standard=True)}

    assert nearest({**known, "1.36": Support("2027-08-02", standard=True)}) == "1.35"
    assert nearest({"1.33": Support("2026-07-29", standard=False), "1.34": known["1.34"]}) == "1.34"
    assert versions().kubernetes[nearest(versions().kubernetes)].standard


def test_what_is_gone_lies_between_the_versions() -> None:
    """What the old version lacks already is no news."""
    assert [one.partition(":")[0] for one in gone_since("1.25", "1.35")] == ["1.26", "1.27", "1.29", "1.32"]
    assert list(gone_since("1.34", "1.35")) == []
    assert len(list(gone_since("1.15", "1.35"))) == 7


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("AWSCluster", "spec.authentication.oidc"),
        ("AWSCluster", "spec.networking.podAddressCIDRBlocks"),
        ("AWSCluster", "spec.controlPlane.etcd.mainVolume.kmsKeyARN"),
        ("AWSNodePool", "spec.proxySecretName"),
    ],
)
def test_fields_of_google_s_reference_are_known(kind: str, field: str) -> None:
    """What has no place is said with what to do; a field that nobody knows is said to be unknown."""
    assert why_no_place(kind, tuple(field.split(".")))
    assert why_no_place(kind, ("spec", "somethingElse")) is None


def test_nothing_written_of_a_cluster_is_refused_by_the_model(work: Workplace) -> None:
    """The keys that adoption writes are the model's."""
    aws, _ = work.adopt(CLUSTER, changed(POOL, "spec", "maxNodeCount", to=9))

    assert EksClusterConfig.model_validate(aws["eks_clusters"]["web"]).scaler == "cluster_autoscaler"
