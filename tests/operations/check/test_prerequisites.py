"""What has to be there and what is done by hand, for every kind of content."""

from __future__ import annotations

from typing import Any

import pytest

from tests.model.access.estates import environment
from tests.model.aws.eks_documents import ACCOUNT, AWS, GROUP, PEOPLE, SCALING
from tests.model.google import documents as google
from tests.model.vmware.documents import changed
from tests.model.vmware.vsphere import documents as vsphere
from tests.operations.cards.asking import commands, steps
from tests.operations.check.prerequisites_asked import (
    alone,
    cloud,
    on_prem,
    with_words,
)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (
            {"gcs": {"bucket": "kl-state"}},
            [
                "gcloud storage buckets create gs://kl-state --project=kl-dev-host --location=europe-north1 "
                "--uniform-bucket-level-access --public-access-prevention",
                "gcloud storage buckets update gs://kl-state --versioning",
            ],
        ),
        (
            {
                "s3": {
                    "bucket": "kl-state",
                    "region": "us-east-1",
                    "kms_key_arn": f"arn:aws:kms:us-east-1:{ACCOUNT}:key/a",
                }
            },
            [
                "aws s3api create-bucket --bucket kl-state --region us-east-1",
                "aws s3api put-bucket-versioning --bucket kl-state --versioning-configuration Status=Enabled",
                "aws s3api put-public-access-block --bucket kl-state --public-access-block-configuration "
                "BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true",
                f"aws kms describe-key --region us-east-1 --key-id arn:aws:kms:us-east-1:{ACCOUNT}:key/a",
            ],
        ),
    ],
    ids=["gcs", "s3"],
)
def test_the_bucket_of_the_state_is_made_first(state: dict[str, Any], expected: list[str]) -> None:
    """No state holds the bucket that it lies in."""
    found = steps(alone(environment("dev", state=state)), "dev")

    assert list(with_words(found, "make the bucket kl-state")[1]) == expected


def test_a_bucket_in_google_cloud_without_a_project_says_what_to_fill_in() -> None:
    """An environment may be in AWS alone and keep its state there."""
    one = environment("dev", state={"gcs": {"bucket": "kl-state"}}, google=None, fleet=None)

    assert "--project=PROJECT --location=LOCATION" in commands(alone(one), "dev")[0]


def test_agents_are_made_that_are_granted_something() -> None:
    """Exactly those: of the fleet's project for clusters in another, and of the projects that clusters stand in."""
    elsewhere = steps(alone(cloud()), "dev")
    in_host = steps(alone(cloud(google__gke_clusters__cloud__project=None)), "dev")
    none = steps(alone(environment("dev")), "dev")

    what, made = with_words(elsewhere, "have Google make the agents")
    assert what.endswith(
        "service-123456789012@gcp-sa-gkehub.iam.gserviceaccount.com, "
        "service-523456789012@container-engine-robot.iam.gserviceaccount.com, "
        "523456789012@cloudservices.gserviceaccount.com"
    )
    assert made[2:] == (
        "gcloud beta services identity create --service=gkehub.googleapis.com --project=kl-dev-host",
        "gcloud beta services identity create --service=container.googleapis.com --project=kl-dev-apps",
    )
    assert with_words(in_host, "have Google make the agents")[1][1:] == (
        "gcloud beta services identity create --service=container.googleapis.com --project=kl-dev-host",
    )
    assert with_words(none, "switch on what Terraform asks first; it")[1] == (
        "gcloud services enable cloudresourcemanager.googleapis.com iam.googleapis.com serviceusage.googleapis.com "
        "--project=kl-dev-host",
    )


def test_rights_on_a_ring_of_others_are_given_by_its_owner() -> None:
    """On the ring alone, which no role on the host project reaches; the host project's own needs nothing more."""
    ring = "projects/kl-vault/locations/europe-north1/keyRings/clusters"
    one = cloud(google__kms_keys={"secrets": {"ring": ring, "key_name": "etcd"}})
    mine = cloud(
        google__kms_keys={"secrets": {"ring": ring.replace("kl-vault", "kl-dev-host"), "key_name": "etcd"}}
    )

    elsewhere, in_host = (steps(alone(each), "dev") for each in (one, mine))

    what, granted = with_words(elsewhere, "let it make keys in them")
    assert what.endswith(ring)
    assert granted == (
        "gcloud kms keyrings describe clusters --location=europe-north1 --project=kl-vault",
        "gcloud kms keyrings add-iam-policy-binding clusters --location=europe-north1 --project=kl-vault "
        "--member=$DEPLOYER --role=roles/cloudkms.admin",
    )
    assert "cloudkms.admin" not in " ".join(with_words(elsewhere, "let whoever applies dev do so")[1])
    assert [words for words in in_host if "let it make keys in them" in words] == []
    assert "cloudkms.admin" in " ".join(with_words(in_host, "let whoever applies dev do so")[1])


def test_a_service_project_without_clusters_asks_for_less() -> None:
    """It is attached, which takes the right to lend the network."""
    found = steps(alone(cloud(google__gke_clusters=None, google__kms_keys=None)), "dev")

    assert [one for one in found if "agents" in one] == []
    assert "--role=roles/compute.xpnAdmin" in with_words(found, "lend the network")[1][0]
    rights = with_words(found, "let whoever applies dev do so")[1]
    assert rights[-1].startswith("gcloud projects add-iam-policy-binding kl-dev-apps")
    assert "--role=roles/serviceusage.serviceUsageAdmin" in rights[-1]


def test_roles_and_users_that_policies_name_are_there_first() -> None:
    """With who names them; those of AWS's own services are made, those of other accounts looked up there."""
    other = "arn:aws:iam::999999999999:user/team/auditor"
    section = changed(
        AWS,
        kms_keys__secrets={"users": [SCALING, PEOPLE], "administrators": [other]},
        bastion={"ami_id": "ami-0123456789abcdef0", "access": "session_manager"},
        eks_clusters__cloud__node_groups__spot={**GROUP, "capacity": "spot"},
    )

    found = steps(alone(environment("dev", aws=section)), "dev")

    assert with_words(found, f"have account {ACCOUNT}")[0].endswith(
        "with iam:PassRole for the roles that it makes and iam:CreateServiceLinkedRole for eks.amazonaws.com, "
        "eks-nodegroup.amazonaws.com, autoscaling.amazonaws.com, elasticloadbalancing.amazonaws.com; hybrid permissions "
        "dev --for writer --format json has the policy"
    )
    what, looked_up = with_words(found, "have these roles and users")
    assert f"{PEOPLE} (KMS key secrets, EKS cluster cloud)" in what
    assert f"{other} (KMS key secrets)" in what
    assert SCALING not in what
    assert "aws iam get-user --user-name auditor --query User.Arn  # in account 999999999999" in looked_up
    what, made = with_words(found, "make the roles of AWS's own services")
    assert what.endswith(
        f"{SCALING} (KMS key secrets); AWSServiceRoleForEC2Spot (spot instances of EKS clusters)"
    )
    assert made == (
        "aws iam create-service-linked-role --aws-service-name autoscaling.amazonaws.com",
        "aws iam create-service-linked-role --aws-service-name spot.amazonaws.com",
    )
    assert "--image-ids ami-0123456789abcdef0 " in with_words(found, "have these images in eu-west-1")[1][0]


def test_a_role_of_others_is_there_and_may_be_passed_on() -> None:
    """The control plane takes it on, and the key's policy names it."""
    role = f"arn:aws:iam::{ACCOUNT}:role/eks/control-plane"

    found = steps(alone(environment("dev", aws=changed(AWS, eks_clusters__cloud__role=role))), "dev")

    assert (
        f"with iam:PassRole for the roles that it makes, {role} and" in with_words(found, "have account")[0]
    )
    what, looked_up = with_words(found, "have these roles and users")
    assert f"{role} (control plane of EKS cluster cloud)" in what
    assert "aws iam get-role --role-name control-plane --query Role.Arn" in looked_up


def test_an_account_that_names_nobody_asks_for_the_account() -> None:
    """A retired section has nothing else."""
    one = environment("dev", aws={"region": "eu-west-1", "account_id": ACCOUNT}, google=None, fleet=None)

    [(what, _)] = steps(alone(one), "dev").items()

    assert what.startswith(
        f"have account {ACCOUNT}, and in it let the role or user that applies manage IAM, with iam:PassRole"
    )


def test_what_stands_in_vcenter_is_looked_up() -> None:
    """By its name where that is a path, and quoted for the shell."""
    pools = "user_clusters__apps__node_pools__workers"
    found = steps(
        alone(on_prem(**{f"{pools}__datastore": "ssd", f"{pools}__tags": [{"category": "c", "tag": "t"}]})),
        "dev",
    )

    assert with_words(found, "have the vSphere team make these")[1] == (
        "govc find / -type d -name DC1",
        "govc storage.policy.info gold",
        "govc find / -type f -name nodes",
        "govc find / -type p -name 'it'\"'\"'s'",
        "govc find / -type g -type n -name vlan-210",
        "govc find / -type s -name ssd",
        "govc tags.info -c c t",
    )


def test_what_the_vsphere_estate_names_is_looked_up_too() -> None:
    """Switches, templates, roles, and objects whose ids the file says; what it makes itself is not."""
    ids = {
        "datacenters": {"DC1": "datacenter-1"},
        "clusters": {"GKE": {"cluster": "domain-c1", "resource_pool": "resgroup-1"}},
        "switches": {"dvs-main": "50 1a 2b 3c 4d 5e 6f 70-81 92 a3 b4 c5 d6 e7 f8"},
    }
    network = {**vsphere.NETWORK, "port_group": "vlan-210"}
    section = changed(
        vsphere.VMWARE,
        vsphere__ids=ids,
        vsphere__access__role="gke",
        vsphere__workstations__second__network=network,
    )

    found = steps(vsphere.estate(vsphere.environment("dev", section)), "dev")

    assert with_words(found, "have the vSphere team make these")[1] == (
        "govc find / -type d -name DC1",
        "govc find / -type c -name GKE",
        "govc find / -type s -name ds1",
        "govc find / -type w -name dvs-main",
        "govc find / -type m -name ubuntu-2204",
        "govc find / -type g -type n -name vlan-21",
        "govc role.ls gke",
        "govc role.ls Read-only",
        "govc find / -i -name DC1  # datacenter-1",
        "govc find / -i -type c -name GKE  # domain-c1, its pool resgroup-1",
        "govc dvs.portgroup.info dvs-main  # 50 1a 2b 3c 4d 5e 6f 70-81 92 a3 b4 c5 d6 e7 f8",
    )
    assert with_words(found, "have these users and groups")[0].endswith(
        "EXAMPLE\\gke-dev, EXAMPLE\\operators"
    )


def test_groups_of_a_subnet_are_named_without_a_fleet() -> None:
    """IAM refuses any that Cloud Identity does not know."""
    section = changed(
        google.GOOGLE, gke_clusters=None, network__subnets__gke__network_users=["net@example.com"]
    )
    one = environment("dev", google=section, fleet=None)

    assert with_words(steps(alone(one), "dev"), "have these groups")[1] == (
        "gcloud identity groups describe net@example.com --format='value(name)'",
    )
