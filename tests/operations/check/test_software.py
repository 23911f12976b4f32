"""How software of others comes into clusters, as hybrid prerequisites prints it."""

from __future__ import annotations

import json
import shlex
from typing import Any

import pytest
import yaml

from estate.facts.software import packages
from tests.manifests.asking import EVERYTHING
from tests.model.access.estates import environment, estate, organization
from tests.model.aws.eks_documents import ACCOUNT, AWS
from tests.model.vmware.documents import changed
from tests.operations.cards.asking import steps
from tests.stacks.sections.test_eks_backup import BACKED_UP

ALONE = changed(EVERYTHING, eks_clusters__cloud__attach=None, eks_clusters__cloud__access__installer=None)


def told(section: dict[str, Any], **shared: Any) -> dict[str, tuple[str, ...]]:
    """What is printed of the cluster's storage and software."""
    whole = estate(organization(promotion=("dev",), **shared), environment("dev", aws=section))
    found = {step: commands for step, commands in steps(whole, "dev").items() if "cluster cloud" in step}
    return {
        step: commands for step, commands in found.items() if "StorageClass" in step or " in cluster" in step
    }


@pytest.mark.parametrize(
    ("section", "shared"),
    [
        (EVERYTHING, {}),
        (EVERYTHING, {"gitops": {"applier": "none"}}),
        (ALONE, {"gitops": {"applier": "argo_cd"}}),
    ],
    ids=["no tree", "nobody applies it", "no member"],
)
def test_a_person_installs_exactly_what_the_manifests_would(
    section: dict[str, Any], shared: dict[str, Any]
) -> None:
    """In the same version, with the same settings, and again when these change."""
    found = {
        step: commands for step, commands in told(section, **shared).items() if step.startswith("install")
    }

    assert list(found) == [
        "install aws-load-balancer-controller in cluster cloud, chart 3.5.0, and again when its version or its settings "
        "change: nobody applies the manifests of the cluster",
        "install cluster-autoscaler in cluster cloud, chart 9.59.0, and again when its version or its settings change: nobody "
        "applies the manifests of the cluster",
    ]
    fetch, checked, look = list(found.values())[1]
    check, helm = checked.split(" && ")
    words = shlex.split(helm)
    assert " ".join(words[: words.index("--set-json")]) == (
        "helm --kubeconfig dev-cloud.kubeconfig upgrade --install cluster-autoscaler cluster-autoscaler-9.59.0.tgz "
        "--namespace kube-system --create-namespace"
    )
    package = packages()["cluster-autoscaler"]
    assert fetch == f"curl --fail --location --output cluster-autoscaler-9.59.0.tgz {package.url}"
    assert check == f"echo '{package.sha256}  cluster-autoscaler-9.59.0.tgz' | sha256sum --check"
    said = dict(word.split("=", 1) for word in words if word.startswith(("image", "rbac")))
    assert json.loads(said["image"]) == {"tag": "v1.35.2"}
    account = json.loads(said["rbac"])["serviceAccount"]
    assert account["annotations"]["eks.amazonaws.com/role-arn"].endswith(
        f"{ACCOUNT}:role/kl-dev-eks-cloud-scaler"
    )
    assert look == (
        "kubectl --kubeconfig dev-cloud.kubeconfig rollout status deployment/cluster-autoscaler --namespace=kube-system"
    )


def test_custom_resources_are_brought_by_hand_each_time() -> None:
    """Helm installs them once and never again; before what needs them, and after the archive is known to be the one."""
    found = told(BACKED_UP)

    [install] = [commands for step, commands in found.items() if step.startswith("install velero")]
    check, crds, helm = install[1].split(" && ")
    assert check.startswith(f"echo '{packages()['velero'].sha256}  velero-12.1.0.tgz' | sha256sum")
    assert crds == (
        "helm show crds velero-12.1.0.tgz | "
        "kubectl --kubeconfig dev-cloud.kubeconfig apply --server-side --force-conflicts -f -"
    )
    assert helm.startswith(
        "helm --kubeconfig dev-cloud.kubeconfig upgrade --install velero velero-12.1.0.tgz "
    )
    assert "--namespace velero --create-namespace" in helm


def test_what_the_manifests_install_is_looked_at() -> None:
    """Once they are handed over; nobody installs it a second time, and the tree has the StorageClass."""
    found = told(EVERYTHING, gitops={"applier": "argo_cd"})
    whole = estate(
        organization(promotion=("dev",), gitops={"applier": "argo_cd"}), environment("dev", aws=EVERYTHING)
    )
    printed = list(steps(whole, "dev"))

    assert [step.split(" runs ")[0] for step in found] == [
        "see that aws-load-balancer-controller",
        "see that cluster-autoscaler",
    ]
    [over] = [number for number, step in enumerate(printed) if step.startswith("hand the manifests over")]
    assert [printed.index(step) > over for step in found] == [True, True]


def test_a_default_class_is_made_by_hand_where_no_tree_is_for_the_cluster() -> None:
    """By the object that the tree would have."""
    [(_, (look, make))] = told(AWS).items()

    assert look == "kubectl --kubeconfig dev-cloud.kubeconfig get storageclass"
    found = yaml.safe_load(shlex.split(make)[1])
    assert (found["kind"], found["metadata"]["name"]) == ("StorageClass", "gp3")
    assert told(changed(AWS, eks_clusters__cloud__default_storage_class=False)) == {}
    assert told(AWS, gitops={"applier": "none"}) == {}
