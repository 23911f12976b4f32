"""The first way into each cluster, and what is brought in by it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.model.access.estates import SEEIENDOM, environment, estate, organization
from tests.model.aws.eks_documents import ACCOUNT, AWS, PEOPLE
from tests.model.vmware.documents import changed
from tests.operations.cards.asking import commands, steps
from tests.operations.check.prerequisites_asked import (
    KARI,
    PLATFORM,
    TOKEN,
    alone,
    cloud,
    on_prem,
    with_words,
)


@pytest.mark.parametrize(
    ("features", "secret"),
    [
        ({"config_sync": TOKEN}, "--from-literal=username=USER --from-file=token=TOKEN_FILE"),
        (
            {"config_sync": {"git": {**TOKEN["git"], "secret_type": "ssh"}}},
            "--from-file=ssh=PRIVATE_KEY_FILE",
        ),
        ({"config_sync": {"git": {**TOKEN["git"], "secret_type": "none"}}}, None),
        ({}, None),
    ],
    ids=["token", "ssh", "public", "none"],
)
def test_config_sync_is_given_what_it_reads_with(features: dict[str, Any], secret: str | None) -> None:
    """In every member, by the first way in; without Config Sync there is no word of it."""
    whole = alone(cloud(features), platform_team=PLATFORM)

    made = [one for one in commands(whole, "dev") if "git-creds" in one]
    begin = "for cluster in apps cloud; do kubectl --kubeconfig dev-$cluster.kubeconfig create secret generic git-creds "
    assert made == ([f"{begin}--namespace=config-management-system {secret}; done"] if secret else [])
    assert ("Config Sync" in " ".join(steps(whole, "dev"))) is bool(features)


def test_config_sync_reads_as_the_nodes() -> None:
    """Whose account has to be allowed to; only nodes in Google Cloud have one."""
    source = {"git": {**TOKEN["git"], "secret_type": "gcenode"}}

    found = steps(alone(cloud({"config_sync": source}, vmware=None)), "dev")

    assert (
        with_words(found, "let the account of the nodes of cloud read https://git.example.com/c.git")[1] == ()
    )


def test_config_sync_reads_an_image_as_an_account() -> None:
    """Which has to be there, and to let the clusters act as it; one cluster may read something else."""
    image = {"repo": "europe-docker.pkg.dev/p/r/c", "secret_type": "gcpserviceaccount"}
    feature = {
        "oci": {
            **image,
            "gcp_service_account_email": "config-sync@kl-dev-host.iam.gserviceaccount.com",
            "directory": "dev",
        },
        "clusters": {"apps": TOKEN},
    }

    found = steps(alone(cloud({"config_sync": feature})), "dev")

    assert with_words(found, "europe-docker.pkg.dev/p/r/c with folder dev")[1] == (
        "gcloud iam service-accounts describe config-sync@kl-dev-host.iam.gserviceaccount.com",
    )
    assert with_words(found, "let Config Sync read")[1] == (
        "gcloud iam service-accounts add-iam-policy-binding config-sync@kl-dev-host.iam.gserviceaccount.com "
        "--role=roles/iam.workloadIdentityUser "
        "--member='serviceAccount:kl-dev-host.svc.id.goog[config-management-system/root-reconciler]'",
    )
    assert "--kubeconfig dev-apps.kubeconfig" in with_words(found, "give Config Sync what it reads")[1][0]


def test_a_fleet_without_clusters_asks_for_the_repository_alone() -> None:
    """The secret has nowhere to go yet."""
    found = steps(alone(environment("dev", fleet={"features": {"config_sync": TOKEN}})), "dev")

    assert with_words(found, "have what Config Sync reads")[1] == (
        "git ls-remote https://git.example.com/c.git main",
    )
    assert [one for one in found if "give Config Sync" in one] == []


@pytest.mark.parametrize(
    ("changes", "people", "words", "command"),
    [
        ({}, {}, "enter GKE cluster cloud from anywhere", "--location=europe-north1 --dns-endpoint"),
        ({}, {"kari": KARI}, "roles/container.admin on kl-dev-apps (kari@example.com)", "kl-dev-cloud"),
        (
            {"google__gke_clusters__cloud__dns_endpoint": False},
            {},
            "from a range that its private endpoint is open to",
            "--internal-ip",
        ),
    ],
    ids=["dns", "breaking glass", "private"],
)
def test_the_first_way_into_a_gke_cluster(
    changes: dict[str, Any], people: dict[str, Any], words: str, command: str
) -> None:
    """By the door that it has."""
    found = steps(alone(cloud(**changes), break_glass=people), "dev")

    what, (line,) = with_words(found, "enter GKE cluster cloud")
    assert words in what
    assert line.startswith(
        "KUBECONFIG=dev-cloud.kubeconfig gcloud container clusters get-credentials kl-dev-cloud "
    )
    assert command in line


def test_the_first_way_into_an_eks_cluster() -> None:
    """As an administrator, whoever made it; a user takes on no role."""
    user = f"arn:aws:iam::{ACCOUNT}:user/eva"
    bastion = changed(AWS, bastion={"access": "session_manager"})
    by_role = steps(alone(environment("dev", aws=AWS)), "dev")
    by_user = steps(
        alone(
            environment(
                "dev", aws=changed(bastion, eks_clusters__cloud__access__administrators={"eva": user})
            )
        ),
        "dev",
    )

    assert with_words(by_role, "enter EKS") == (
        f"enter EKS cluster cloud from 10.30.0.0/16, as {PEOPLE}",
        (
            f"aws eks update-kubeconfig --name kl-dev-cloud --region eu-west-1 --role-arn {PEOPLE} "
            "--kubeconfig dev-cloud.kubeconfig",
        ),
    )
    what, (tunnel, command) = with_words(by_user, "enter EKS")
    assert (
        what
        == "enter EKS cluster cloud from 10.30.0.0/16, the bastion's tunnel, with HTTPS_PROXY=http://127.0.0.1:8118 while "
        f"sh bastion-tunnel.sh runs, as {user}"
    )
    assert tunnel == "terraform -chdir=cdktf.out/stacks/dev output -raw bastion_tunnel > bastion-tunnel.sh"
    assert "--role-arn" not in command


def test_the_first_way_into_a_user_cluster() -> None:
    """By the gateway, as who stands in it and whom IAM lets through; nobody is let in by nobody."""
    robot = "robot@kl-dev-host.iam.gserviceaccount.com"
    nobody = steps(alone(on_prem()), "dev")
    kari = steps(alone(on_prem(), break_glass={"kari": KARI}), "dev")
    users = steps(alone(on_prem(user_clusters__apps__admin_users=["eva@example.com", robot])), "dev")
    enter = (
        "KUBECONFIG=dev-apps.kubeconfig gcloud container fleet memberships get-credentials kl-dev-apps "
        "--project=kl-dev-host --location=europe-north1"
    )

    assert with_words(nobody, "name somebody for user cluster apps")[1] == ()
    assert with_words(kari, "enter user cluster apps") == (
        "enter user cluster apps by the Connect gateway from anywhere, as kari@example.com",
        (enter,),
    )
    what, (first, second, last) = with_words(users, "enter user cluster apps")
    assert f"eva@example.com (whom IAM has to let through the gateway, below) or {robot}" in what
    assert "--member=user:eva@example.com" in first
    assert f"--member=serviceAccount:{robot}" in second
    assert last == enter


@pytest.mark.parametrize(
    ("features", "how"),
    [({"config_sync": TOKEN}, "in the repository that Config Sync reads"), ({}, "with kubectl")],
    ids=["Config Sync", "by hand"],
)
def test_roles_of_one_s_own_are_made_by_somebody(features: dict[str, Any], how: str) -> None:
    """Once for all teams that are bound to it; a level of Google's needs nothing."""
    own = {"custom_role": "restarter", "gateway": "edit"}
    teams = {
        "a": {**SEEIENDOM, "access": {"dev": own}},
        "b": {"group": "team-b@example.com", "namespace_prefix": "b-", "access": {"dev": own}},
        "c": {"group": "team-c@example.com", "namespace_prefix": "c-", "access": {"dev": "edit"}},
        "d": {"group": "team-d@example.com", "namespace_prefix": "d-", "access": {"prod": own}},
    }
    whole = estate(organization(teams=teams), cloud(features), environment("prod"))

    what, (command,) = with_words(steps(whole, "dev"), "make ClusterRole")

    assert what.startswith(
        f"make ClusterRole restarter in every cluster, {how}, unless this shows it: no stack does"
    )
    assert "without it a, b may do nothing there" in what
    assert "an aggregationRule has those of every role that is labelled for it" in what
    assert command == (
        "for cluster in apps cloud; do kubectl --kubeconfig dev-$cluster.kubeconfig get clusterrole restarter "
        "-o 'jsonpath={.metadata.name}: {.aggregationRule} {.rules}{\"\\n\"}'; done"
    )
    assert [one for one in steps(whole, "prod") if "ClusterRole" in one] == []


def test_the_platform_team_is_let_in_by_whoever_entered_first() -> None:
    """And into the projects of GKE clusters, which no stack does, where there are such."""
    whole = alone(cloud(), platform_team=PLATFORM)
    bare = alone(cloud(google__gke_clusters__cloud__project=None), platform_team=PLATFORM)

    assert with_words(steps(whole, "dev"), "make the platform team cluster administrator")[1] == (
        "for cluster in apps cloud; do terraform -chdir=cdktf.out/stacks/dev output -raw cluster_admin_binding | "
        "kubectl --kubeconfig dev-$cluster.kubeconfig apply -f -; done",
    )
    assert with_words(steps(whole, "dev"), "let it in their projects")[1] == (
        "gcloud projects add-iam-policy-binding kl-dev-apps --member=group:platform@example.com "
        "--role=roles/container.clusterViewer --condition=None --format=none",
    )
    assert [one for one in steps(bare, "dev") if "let it in their projects" in one] == []


def test_features_name_what_they_wait_for() -> None:
    """Another fleet, a member, people with asmcli."""
    member = "projects/kl-dev-host/locations/europe-north1/memberships/kl-dev-cloud"
    features = {
        "cluster_upgrade": {"upstream_fleet": 999999999999},
        "multi_cluster_ingress": {"config_membership": member},
        "service_mesh": {"clusters": {"cloud": {"management": "automatic"}}},
    }
    found = steps(alone(cloud(features)), "dev")
    automatic = steps(alone(cloud({"service_mesh": {"management": "automatic"}}, vmware=None)), "dev")

    assert with_words(found, "have the fleet of project 999999999999")[1] != ()
    assert with_words(found, f"have {member} in the fleet")[1] != ()
    assert with_words(found, "with which Google runs the control plane of cloud;")[1] == (
        "gcloud services enable mesh.googleapis.com --project=kl-dev-host",
        "gcloud services enable mesh.googleapis.com --project=kl-dev-apps",
    )
    assert with_words(found, "let the mesh's agent, which came with the fleet's feature")[1] == (
        "gcloud projects add-iam-policy-binding kl-dev-apps "
        "--member=serviceAccount:service-123456789012@gcp-sa-servicemesh.iam.gserviceaccount.com "
        "--role=roles/anthosservicemesh.serviceAgent --condition=None --format=none",
    )
    assert with_words(found, "install the mesh with asmcli in apps, where")[1] == (
        "terraform -chdir=cdktf.out/stacks/dev output -raw service_mesh",
    )
    assert [one for one in automatic if "asmcli" in one] == []
    in_host = cloud(
        {"service_mesh": {"management": "automatic"}}, vmware=None, google__gke_clusters__cloud__project=None
    )
    assert [one for one in steps(alone(in_host), "dev") if "let the mesh's agent" in one] == []
