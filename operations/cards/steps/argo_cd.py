"""How Argo CD comes into each cluster, by its release's own file, and what it signs people in and reads repositories with.

Secrets stand in files whose names are filled in, so that none stands in a shell's history. Argo CD's file is applied on the
server, because its definitions are too large otherwise, and the settings by a manager of their own, so that either can be
applied again: https://argo-cd.readthedocs.io/en/stable/operator-manual/installation/ and
.../operator-manual/declarative-setup/#repository-credentials, read 2026-11-30.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from estate.derived.clusters.argo_cd import tree_url
from estate.derived.clusters.folder import INSTALL, cluster_folder
from estate.model.argo_cd import ArgoCd, SignIn
from estate.model.environment import Environment
from estate.model.organization import Organization
from operations.cards.card import Step, Turn, certain
from operations.cards.steps.commands import for_each
from operations.cards.steps.way_in import in_each_cluster


def argo_cd_steps(organization: Organization, environment: Environment, config: ArgoCd) -> Iterator[Step]:
    """Its installation, and what it has to be given."""
    gitops = certain(organization.gitops)
    yield installation(organization, environment, config)
    if config.sign_in:
        yield from _sign_in(environment, config.sign_in)
    for prefix in _prefixes(_repositories(organization, environment, tree_url(config, gitops))):
        yield _credentials(environment, prefix)
    yield from _reached(environment)


def installation(organization: Organization, environment: Environment, config: ArgoCd) -> Step:
    """How it comes into each member cluster, with the settings that the tree has beside."""
    gitops = certain(organization.gitops)
    name, clusters, release = environment.environment, environment.members, config.release
    file = f"argo-cd-{release.version}.yaml"
    settings = f"{cluster_folder(gitops, name, '$cluster')}/{INSTALL}/10-argo-cd.yaml"
    where = f" in a checkout of {gitops.repo}" if gitops.repo else ""
    kubectl = "kubectl --kubeconfig $FILE"
    return Step(
        Turn.IN_CLUSTERS,
        f"install Argo CD {release.version} in {', '.join(clusters)}: its settings, which hybrid manifests --write makes"
        f"{where}, and the release's file, if its checksum is the one that is known",
        (
            f"curl --fail --silent --show-error --location --output {file} {release.url}",
            f'echo "{release.sha256}  {file}" | sha256sum --check',
            in_each_cluster(
                name,
                clusters,
                f"{kubectl} apply --server-side --field-manager=hybrid-manifests -f {settings}",
            ),
            in_each_cluster(
                name,
                clusters,
                f"{kubectl} apply --server-side --force-conflicts --namespace={release.namespace} -f {file}",
            ),
            in_each_cluster(name, clusters, f"{kubectl} get pods --namespace={release.namespace}"),
        ),
    )


def _reached(environment: Environment) -> Iterator[Step]:
    """How people come to it, where the file says a URL: the release makes a service inside of the cluster, and no more.

    Service argocd-server answers HTTPS by a certificate of its own: manifests/base/server/argocd-server-service.yaml of
    https://github.com/argoproj/argo-cd and .../operator-manual/ingress/, read 2026-11-30.
    """
    name, urls = environment.environment, certain(environment.fleet).argo_cd.urls
    led = {key: urls[key] for key in environment.members if key in urls}
    if led:
        look = "port-forward service/argocd-server --namespace=argocd 8080:443"
        where = ", ".join(f"{url} in {key}" for key, url in led.items())
        yield Step(
            Turn.GROUPS,
            f"lead the URL of each Argo CD to service argocd-server of namespace argocd ({where}), by a load balancer, an Ingress "
            "or a Gateway of yours, with a certificate that people's browsers trust; nothing else makes a way to it, and people "
            "sign in by its URL alone. What stands before it speaks HTTPS with it. Until then the first leads whoever "
            "entered first to https://localhost:8080, a cluster at a time; the second shows that the URL leads there",
            (
                in_each_cluster(name, led, f"kubectl --kubeconfig $FILE {look}"),
                for_each("url", led.values(), "curl --fail --silent --show-error $url/healthz") + "  # ok",
            ),
        )


def _sign_in(environment: Environment, sign_in: SignIn) -> Iterator[Step]:
    name, clusters = environment.environment, environment.members
    urls = certain(environment.fleet).argo_cd.urls
    back = ", ".join(f"{urls[key]}/auth/callback" for key in clusters)
    yield Step(
        Turn.RIGHTS,
        f"have client {sign_in.client_id} at {sign_in.issuer} send people back to {back}, and say their groups in the claim "
        f"{sign_in.groups_claim}",
    )
    secret = sign_in.client_secret
    if secret:
        yield Step(
            Turn.IN_CLUSTERS,
            f"give Argo CD the secret of client {sign_in.client_id}, or nobody signs in",
            tuple(
                in_each_cluster(name, clusters, f"kubectl --kubeconfig $FILE --namespace=argocd {words}")
                for words in (
                    f"create secret generic {secret} --from-file=client-secret=CLIENT_SECRET_FILE",
                    f"label secret {secret} app.kubernetes.io/part-of=argocd",
                )
            ),
        )


def _repositories(organization: Organization, environment: Environment, tree: str) -> Iterator[str]:
    """What the Argo CD of an environment's clusters reads: the tree, and the repositories of teams with access."""
    yield tree
    for team in organization.teams.values():
        if team.apps_repo and environment.environment in team.access:
            yield team.apps_repo.url
            yield from (one.url for one in team.apps_repo.further.values())


def _prefixes(urls: Iterator[str]) -> Sequence[str]:
    """What these URLs begin with, up to the repository's own name: one credential is for all that begin so.

    With the slash, or it would be sent to whoever's name begins with this one.
    """
    return sorted({url[: url.rfind("/") + 1] or url for url in urls})


def _credentials(environment: Environment, prefix: str) -> Step:
    secret = "repositories-" + re.sub(r"[^a-z0-9]+", "-", prefix.lower()).strip("-")
    by_key = not prefix.startswith("https://")
    held = (
        "--from-file=sshPrivateKey=PRIVATE_KEY_FILE"
        if by_key
        else "--from-literal=username=USER --from-file=password=TOKEN_FILE"
    )
    host = "; the host's key has to stand in ConfigMap argocd-ssh-known-hosts-cm" if by_key else ""
    return Step(
        Turn.IN_CLUSTERS,
        f"give Argo CD what it reads repositories below {prefix} with, unless everybody may read them{host}",
        tuple(
            in_each_cluster(
                environment.environment,
                environment.members,
                f"kubectl --kubeconfig $FILE --namespace=argocd {words}",
            )
            for words in (
                f"create secret generic {secret} --from-literal=type=git --from-literal=url={prefix} {held}",
                f"label secret {secret} argocd.argoproj.io/secret-type=repo-creds",
            )
        ),
    )
