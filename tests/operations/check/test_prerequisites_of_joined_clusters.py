"""What people do for clusters that a mesh joins, in order."""

from __future__ import annotations

from typing import Any

from tests.model.access.estates import estate, organization
from tests.model.google.documents import ENVIRONMENT, with_
from tests.model.google.documents import environment as whole
from tests.operations.cards.asking import steps
from tests.operations.check.prerequisites_asked import with_words

CSM: dict[str, Any] = {
    "control_plane": "csm",
    "version": "1.31.3-asm.9",
    "east_west_vip": "10.21.0.220",
    "revision": "asm-stable",
}
ISTIO: dict[str, Any] = {"control_plane": "istio", "version": "1.31.4", "east_west_vip": "10.64.0.200"}


def found(apps: dict[str, Any] = CSM, applier: str = "none") -> Any:
    """The steps for a cluster on VMware, apps, and one in Google Cloud, cloud."""
    mesh = {"clusters": {"apps": apps, "cloud": ISTIO}}
    one = whole(with_(ENVIRONMENT, "fleet", {"features": {"service_mesh": mesh}}))
    return steps(estate(organization(promotion=("dev",), gitops={"applier": applier}), one), "dev")


def test_google_s_control_plane_is_installed_with_the_overlay_of_its_cluster() -> None:
    """With its network said, since asmcli would make one of all clusters on VMware, and never by the step for others."""
    _, commands = with_words(found(), "install Cloud Service Mesh 1.31.3-asm.9 in apps")

    assert commands == (
        "kubectl --kubeconfig dev-apps.kubeconfig --namespace=istio-system get secret cacerts",
        "asmcli install --kubeconfig dev-apps.kubeconfig --fleet_id kl-dev-host --platform multicloud --ca citadel "
        "--network_id dev-apps --revision_name asm-1313-9 --enable_gcp_apis "
        "--custom_overlay clusters/dev/apps/install/asm-overlay.yaml --output_dir asm-apps",
        "istioctl --kubeconfig dev-apps.kubeconfig tag set asm-stable --revision=asm-1313-9 --overwrite",
    )
    assert not [one for one in found() if "install the mesh with asmcli" in one]


def test_a_revision_of_its_own_needs_no_tag() -> None:
    """It is what asmcli calls it."""
    _, commands = with_words(found({**CSM, "revision": "asm-1313-9"}), "install Cloud Service Mesh")

    assert not [one for one in commands if "tag set" in one]


def test_each_control_plane_is_let_read_each_other_cluster() -> None:
    """By the name that the other says of itself, at an address that is reached; what that opens is said."""
    there = found()

    assert [words.split(",")[0] for words in there if words.startswith("let the control plane of")] == [
        "let the control plane of cloud read apps",
        "let the control plane of apps read cloud",
    ]
    assert with_words(there, "let the control plane of cloud read apps")[1] == (
        "istioctl create-remote-secret --kubeconfig dev-apps.kubeconfig --name cn-kl-dev-host-global-kl-dev-apps "
        "--server https://10.21.0.5:443 | kubectl --kubeconfig dev-cloud.kubeconfig apply -f -",
    )
    assert with_words(there, "let the control plane of apps read cloud")[1] == (
        "istioctl create-remote-secret --kubeconfig dev-cloud.kubeconfig "
        "--name cn-kl-dev-host-europe-north1-kl-dev-cloud "
        "--server https://$(gcloud container clusters describe kl-dev-cloud --project=kl-dev-apps "
        "--location=europe-north1 --format='value(privateClusterConfig.privateEndpoint)'):443 "
        "| kubectl --kubeconfig dev-apps.kubeconfig apply -f -",
    )
    assert all(
        "reads every Secret of" in words for words in there if words.startswith("let the control plane of")
    )


def test_the_gateway_s_address_in_google_cloud_is_kept() -> None:
    """Before a node has it."""
    assert with_words(found(), "keep 10.64.0.200 for the east-west gateway of cloud")[1] == (
        "gcloud compute addresses create kl-dev-cloud-east-west --project=kl-dev-apps --region=europe-north1 "
        "--subnet=projects/kl-dev-host/regions/europe-north1/subnetworks/kl-dev-gke --addresses=10.64.0.200",
    )


def test_charts_without_a_checksum_here_are_held_against_their_index() -> None:
    """Where nobody applies the manifests; definitions alone have nothing that runs."""
    _, base = with_words(found(), "install istio-base in cluster cloud, chart 1.31.4")
    _, istiod = with_words(found(), "install istiod in cluster cloud, chart 1.31.4")

    assert base[1].startswith(
        "curl --fail --silent https://istio-release.storage.googleapis.com/charts/index.yaml "
        "| grep $(sha256sum base-1.31.4.tgz | cut --characters=-64) && helm"
    )
    assert (len(base), len(istiod)) == (2, 3)
    assert istiod[2].startswith("kubectl --kubeconfig dev-cloud.kubeconfig rollout status deployment/istiod ")


def test_what_the_manifests_install_is_looked_at_where_it_runs() -> None:
    """And definitions alone are not."""
    looked = [words for words in found(applier="argo_cd") if words.startswith("see that istio")]

    assert looked == ["see that istiod runs in cluster cloud, which the manifests have installed there"]
