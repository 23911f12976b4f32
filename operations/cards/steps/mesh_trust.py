"""What a person sees to before a mesh's control plane starts for the first time: that it finds what it signs with.

A control plane that finds nothing makes a root of its own, and workloads of other clusters trust it never:
https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/ and `pilot/pkg/bootstrap/istio_ca.go` of
https://github.com/istio/istio, release-1.31 (2026-11-29).
"""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.clusters.mesh_trust import mesh_trust_contents
from estate.derived.fleet.mesh_trust import MESH_NAMESPACE, MeshPool, mesh_pool, signing_clusters
from estate.model.environment import Environment
from estate.model.fleet.mesh_trust import MeshTrust
from estate.model.organization import Organization
from operations.cards.card import Step, Turn
from operations.cards.steps.commands import kubeconfig


def mesh_trust_steps(
    organization: Organization, environment: Environment, trust: MeshTrust
) -> Iterator[Step]:
    """What is to be done for the clusters that sign, in order."""
    clusters = signing_clusters(environment)
    pool = mesh_pool(environment, organization.name)
    if pool:
        yield from _of_service(pool)
    for key in clusters:
        file = kubeconfig(environment.environment, key)
        if trust.issuer:
            yield _own_issuer(trust, key, file)
        else:
            yield Step(
                Turn.IN_CLUSTERS,
                f"see that cluster {key} has no cert-manager of its own yet, which this one would fight with; where it has, keep "
                "that one and say issuer in the place of authority",
                (
                    f"kubectl --kubeconfig {file} get deployments --all-namespaces --selector=app.kubernetes.io/name=cert-manager",
                ),
            )
        contents = mesh_trust_contents(organization, environment, key)
        if contents and contents.provider:
            yield _known_to_the_fleet(contents.provider, key)
        yield _before_the_first_start(key, file)


def _of_service(pool: MeshPool) -> Iterator[Step]:
    place = f"--pool={pool.name} --location={pool.location} --project={pool.project}"
    yield Step(
        Turn.AFTER,
        f"see the root of the mesh, and keep its fingerprint where nobody who administers {pool.project} can change it: by that "
        "every cluster is known to trust the right one",
        (
            f"gcloud privateca roots list {place}  # one is ENABLED",
            f"gcloud privateca pools get-ca-certs {pool.name} --location={pool.location} --project={pool.project} "
            f"--output-file={pool.name}.pem && openssl x509 -in {pool.name}.pem -noout -subject -enddate -fingerprint -sha256",
        ),
    )


def _known_to_the_fleet(provider: str, key: str) -> Step:
    _, project, _, location, _, name = provider.removeprefix("https://gkehub.googleapis.com/").split("/")
    return Step(
        Turn.IN_CLUSTERS,
        f"see that the fleet knows tokens of cluster {key} by what its issuer signs in with; another answer is said to whoever "
        "looks after these files",
        (
            f"gcloud container fleet memberships describe {name} --location={location} --project={project} "
            f"--format='value(authority.identityProvider)'  # {provider}",
        ),
    )


def _own_issuer(trust: MeshTrust, key: str, file: str) -> Step:
    issuer = trust.issuer
    assert issuer is not None  # noqa: S101 - narrows the type
    kind = f"{issuer.kind.lower()}.{issuer.group}"
    return Step(
        Turn.IN_CLUSTERS,
        f"make {issuer.kind} {issuer.name} in cluster {key}, with the cert-manager that it needs: it has to sign authorities, "
        "with none below them, under the root of this environment and of no other, and to say that root in ca.crt",
        (
            f"kubectl --kubeconfig {file} get {kind} {issuer.name} --namespace={MESH_NAMESPACE}  # it is Ready",
        ),
    )


def _before_the_first_start(key: str, file: str) -> Step:
    namespace = f"--namespace={MESH_NAMESPACE}"
    return Step(
        Turn.IN_CLUSTERS,
        f"before istiod of cluster {key} starts for the first time, wait until cacerts is there, of the root that is meant: an "
        "istiod that finds none makes a root that no other cluster trusts; where it did, delete its istio-ca-secret and restart "
        "it, and then every workload",
        (
            f"kubectl --kubeconfig {file} wait --for=condition=Ready certificate/cacerts {namespace} --timeout=10m",
            f"kubectl --kubeconfig {file} get secret istio-ca-secret {namespace} --ignore-not-found  # nothing is listed",
        ),
        (
            f'kubectl --kubeconfig {file} get secret cacerts {namespace} --output=go-template=\'{{{{index .data "ca.crt" | '
            "base64decode}}' | openssl x509 -noout -subject -enddate -fingerprint -sha256",
        ),
    )
