"""What people are told of a mesh's trust."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from estate.model.environment import Environment
from estate.model.estate import Estate
from operations.cards.card import Weight
from operations.cards.sharing import sharing_warnings
from operations.recover.runbook import runbook
from tests.model.access.estates import environment, estate, organization
from tests.model.google.documents import ENVIRONMENT
from tests.operations.cards.asking import contents, steps, warnings
from tests.operations.check.prerequisites_asked import alone, with_words

PATH = "fleet.features.service_mesh.trust"


def rooted(trust: dict[str, Any], **mesh: Any) -> Environment:
    """An environment with a cluster on VMware and one in Google Cloud in one mesh."""
    return Environment.model_validate(
        {**ENVIRONMENT, "fleet": {"features": {"service_mesh": {"trust": trust, **mesh}}}}
    )


def told(one: Environment) -> str:
    """The row in a table of contents."""
    [row] = [row for row in contents(one) if row.path == PATH]
    return row.summary


def test_a_root_is_told_with_its_price_and_where_that_is_from() -> None:
    """By its tier, for each root, of the day on which somebody wrote it down."""
    source = (
        "USD a month as of 2023-05-17 (https://github.com/ServiceWeaver/weaver-gke/pull/65; today's: "
        "https://cloud.google.com/certificate-authority-service/pricing)"
    )
    days = "intermediates for 90 days, renewed 30 before their end"

    assert (
        told(rooted({}))
        == f"root 1 of CA pool kl-dev-mesh in europe-north1, tier devops: 20 {source}; {days}"
    )
    dear = rooted({"authority": {"tier": "enterprise", "root": 2, "beside": [1, 3]}})
    assert told(dear) == (
        f"root 2 of CA pool kl-dev-mesh in europe-north1, tier enterprise, beside it 1, 3: 600 {source}; {days}"
    )
    assert told(rooted({"issuer": {"name": "vault"}})) == (
        f"Issuer vault of cert-manager.io, made by people; {days}"
    )


def test_a_root_that_takes_another_s_place_is_told() -> None:
    """Until one of them is gone."""
    assert [
        text for text in warnings(rooted({"authority": {"beside": [2]}})) if "takes another's place" in text
    ]
    assert not [text for text in warnings(rooted({})) if "takes another's place" in text]


def test_an_issuer_of_a_whole_cluster_is_open_to_all_who_ask() -> None:
    """Whoever may ask for a certificate anywhere in the cluster would sign for the mesh."""

    def exposed(issuer: dict[str, Any]) -> bool:
        return any("could sign for the mesh" in text for text in warnings(rooted({"issuer": issuer})))

    assert exposed({"name": "vault", "kind": "ClusterIssuer"})
    assert not exposed({"name": "vault"})
    assert not any("could sign for the mesh" in text for text in warnings(rooted({})))


def test_each_cluster_waits_for_what_it_signs_with() -> None:
    """Before its control plane starts; the root is looked at once, and no secret is printed."""
    found = steps(alone(rooted({}), gitops={}), "dev")

    for key in ("apps", "cloud"):
        wait, made = with_words(found, f"before istiod of cluster {key} starts")[1][:2]
        assert wait == (
            f"kubectl --kubeconfig dev-{key}.kubeconfig wait --for=condition=Ready certificate/cacerts "
            "--namespace=istio-system --timeout=10m"
        )
        assert "istio-ca-secret" in made
        assert with_words(found, f"see that cluster {key} has no cert-manager of its own")
    _, looked = with_words(found, "see the root of the mesh")
    assert looked[0].startswith("gcloud privateca roots list --pool=kl-dev-mesh --location=europe-north1")
    assert not [one for some in found.values() for one in some if "tls.key" in one]


def test_what_a_mesh_signs_with_is_there_before_it_is_installed() -> None:
    """A person who goes from top to bottom starts no istiod too early."""
    found = list(steps(alone(rooted({}), gitops={}), "dev"))

    [installed] = [
        place for place, what in enumerate(found) if what.startswith("install the mesh with asmcli")
    ]
    waited = [place for place, what in enumerate(found) if what.startswith("before istiod of cluster")]
    assert len(waited) == 2
    assert max(waited) < installed


def test_a_cluster_that_is_made_anew_waits_likewise(tmp_path: Path) -> None:
    """Its own steps alone; nothing of the root is done again, and nothing comes out of a backup."""
    parts = runbook(alone(rooted({}), gitops={}), "dev", "apps", tmp_path)
    said = [task.what for part in parts for task in part.tasks]

    assert [one for one in said if one.startswith("before istiod of cluster apps starts")]
    assert not [one for one in said if "cluster cloud starts" in one or "see the root of the mesh" in one]


def test_how_the_fleet_knows_a_cluster_is_compared() -> None:
    """The file that signs in says it, and the membership has the last word."""
    found = steps(alone(rooted({}), gitops={}), "dev")

    _, [looked] = with_words(found, "knows tokens of cluster apps")
    assert looked == (
        "gcloud container fleet memberships describe kl-dev-apps --location=europe-north1 --project=kl-dev-host "
        "--format='value(authority.identityProvider)'  # https://gkehub.googleapis.com/projects/kl-dev-host/locations/"
        "europe-north1/memberships/kl-dev-apps"
    )


def test_a_chart_without_a_checksum_is_compared_by_a_person() -> None:
    """One that is known is checked, and what does not fit is not installed."""
    found = steps(alone(rooted({}), gitops={"applier": "none"}), "dev")

    _, issuer = with_words(found, "install google-cas-issuer in cluster apps")
    _, manager = with_words(found, "install cert-manager in cluster apps")
    archive = "cert-manager-google-cas-issuer-v0.12.0.tgz"
    assert issuer[1].startswith(
        f"curl --fail --silent https://charts.jetstack.io/index.yaml | grep $(sha256sum {archive} | cut --characters=-64) && helm "
    )
    assert (
        "| sha256sum --check && helm --kubeconfig dev-apps.kubeconfig upgrade --install cert-manager"
        in manager[1]
    )


def test_an_issuer_of_one_s_own_is_made_by_people() -> None:
    """With the cert-manager that it needs; nothing of the service is told then."""
    found = steps(alone(rooted({"issuer": {"name": "vault"}}), gitops={}), "dev")

    _, [looked] = with_words(found, "make Issuer vault in cluster cloud")
    assert looked.startswith("kubectl --kubeconfig dev-cloud.kubeconfig get issuer.cert-manager.io vault")
    assert not [what for what in found if "see the root of the mesh" in what or "no cert-manager" in what]


def test_clusters_whose_control_plane_google_runs_wait_for_nothing() -> None:
    """Google's own authority signs there."""
    one = rooted({}, clusters={"cloud": {"management": "automatic"}})

    assert not [what for what in steps(alone(one, gitops={}), "dev") if "istiod of cluster cloud" in what]


def test_environments_of_one_fleet_are_told_of_each_other_s_accounts() -> None:
    """One name is one account in all its clusters; the later of two says so."""

    def found(whole: Estate, name: str) -> list[str]:
        return [
            text
            for weight, text in sharing_warnings(whole, name)
            if "issuer" in text and weight is Weight.EXPOSED
        ]

    fleet: dict[str, Any] = {"features": {"service_mesh": {"trust": {}}}}
    shared = organization(gitops={})
    dev = environment("dev", project="kl-host", owner="prod", fleet=fleet)
    both = estate(shared, dev, environment("prod", project="kl-host", fleet=fleet))
    other = estate(shared, dev, environment("prod", project="kl-host"))
    apart = estate(shared, dev, environment("prod", fleet=fleet))
    neither = estate(
        shared, environment("dev", project="kl-host", owner="prod"), environment("prod", project="kl-host")
    )

    [text] = found(both, "prod")
    assert "is that of dev too" in text
    assert "have kl-prod-mesh, kl-dev-mesh sign" in text
    assert found(both, "dev") == []
    assert "have kl-dev-mesh sign" in found(other, "prod")[0]
    assert found(apart, "prod") == found(neither, "prod") == []
