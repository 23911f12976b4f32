"""A cluster that nothing here makes, as a member of the fleet.

https://docs.cloud.google.com/kubernetes-engine/multi-cloud/docs/attached/generic/reference/cluster-prerequisites and the pages
for aks and eks beside it (excerpts, 2026-12-01).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.derived.stack_plan import attach_stack
from estate.model.access.kit import NetworkDefault
from estate.model.fleet.attached_cluster import AttachedClusterConfig, Distribution
from operations.cards.card import Card, Entity, Step, Turn, Weight, certain, row
from operations.cards.steps.commands import for_each, kubeconfig, reading
from operations.cards.steps.lost_attached import lost_attached
from operations.cards.steps.software import software_steps

_HOSTS: Final = (
    "gcr.io",
    "gkeconnect.googleapis.com",
    "gkemulticloud.googleapis.com",
    "oauth2.googleapis.com",
    "securetoken.googleapis.com",
    "storage.googleapis.com",
    "sts.googleapis.com",
)
_OF_TELEMETRY: Final = (
    "logging.googleapis.com",
    "monitoring.googleapis.com",
    "opsconfigmonitoring.googleapis.com",
    "kubernetesmetadata.googleapis.com",
)
_GATEWAY: Final = ("gkehub.gatewayAdmin", "gkehub.viewer")


def _summary(entity: Entity[AttachedClusterConfig]) -> str:
    one = entity.config
    logs = ", ".join(one.logging) or "none"
    metrics = "on" if one.managed_prometheus else "off"
    state = ", leaves the fleet" if one.leaves else ""
    return (
        f"{one.distribution}, Kubernetes {one.kubernetes}, platform {one.platform_version}, logs {logs}, managed Prometheus "
        f"{metrics}, API at {one.reached_by.server}{state}"
    )


def _warnings(entity: Entity[AttachedClusterConfig]) -> Iterator[tuple[Weight, str]]:
    key, one, name = entity.key, entity.config, entity.environment.environment
    if one.leaves:
        yield (
            Weight.TOLD,
            f"attached cluster {key} leaves the fleet: take its entry out once its membership and its agent are gone",
        )
        return
    if one.jwks:
        yield (
            Weight.BROKEN,
            f"attached cluster {key} is known by the keys in jwks, which no membership changes: once it signs by others, its "
            "agents are refused, and an apply with the new ones makes its membership anew",
        )
    teams = sorted(
        team
        for team, config in entity.organization.teams.items()
        if name in config.access and config.network_default is NetworkDefault.DENY_INGRESS
    )
    if teams:
        yield (
            Weight.TOLD,
            f"deny_ingress of {', '.join(teams)} is a NetworkPolicy in attached cluster {key}, and no file says whether anything "
            "there holds pods to it; ask whoever made the cluster",
        )
    if one.managed_prometheus:
        yield (
            Weight.TOLD,
            f"attached cluster {key} sends metrics to Managed Service for Prometheus, charged by the sample",
        )


def _steps(entity: Entity[AttachedClusterConfig]) -> Iterator[Step]:
    stays = not entity.config.leaves
    if stays:
        yield _before(entity)
    if entity.key == max(entity.environment.clusters_of_others):
        yield _attaching(entity)  # one stack attaches all of them, and the cards' order is that of the keys
    if stays:
        yield _way_in(entity)
        yield from _admitted(entity)
        yield from software_steps(entity.organization, entity.environment, entity.key)


def _attaching(entity: Entity[AttachedClusterConfig]) -> Step:
    """Where AWS has clusters to attach, too, the account's step applies the companion of both."""
    name = entity.environment.environment
    companion = attach_stack(name)
    deploy = () if entity.environment.attached_eks_clusters else (f"cdktf deploy {companion}",)
    return Step(
        Turn.ATTACH,
        f"where the clusters answer, with a kubeconfig that has their contexts, apply {companion} after {name}",
        ("export KUBE_CONFIG_PATH=FILE", f"hybrid reach {name}", *deploy),
    )


def _before(entity: Entity[AttachedClusterConfig]) -> Step:
    key, one = entity.key, entity.config
    telemetry = _OF_TELEMETRY if one.logging or one.managed_prometheus else ()
    context = f"kubectl --context {one.reached_by.context}"
    return Step(
        Turn.ATTACH,
        f"have attached cluster {key} run Kubernetes {one.kubernetes}, its nodes reach {', '.join((*_HOSTS, *telemetry))} at 443, "
        "some of them without a taint that keeps pods out, and whoever applies be cluster-admin by context "
        f"{one.reached_by.context}, as Google's agent brings roles of its own",
        (
            f"{context} version --output=json  # serverVersion {one.kubernetes}",
            f"{context} auth can-i '*' '*' --all-namespaces  # yes",
            *_issuer(one),
        ),
    )


def _issuer(one: AttachedClusterConfig) -> Iterator[str]:
    context = one.reached_by.context
    yield f"kubectl --context {context} get --raw /.well-known/openid-configuration  # issuer {one.issuer}"
    if one.jwks:
        yield f"kubectl --context {context} get --raw /openid/v1/jwks | base64 -w0  # jwks"
    elif one.distribution is not Distribution.EKS:
        yield f"curl --fail {one.issuer.removesuffix('/')}/.well-known/openid-configuration  # from the internet"


def _way_in(entity: Entity[AttachedClusterConfig]) -> Step:
    environment, one = entity.environment.environment, entity.config
    return Step(
        Turn.WAY_IN,
        f"enter attached cluster {entity.key} where {one.reached_by.server} answers, by context {one.reached_by.context}",
        (
            f"kubectl config view --context {one.reached_by.context} --minify --flatten > "
            f"{kubeconfig(environment, entity.key)}",
        ),
        (reading(environment, entity.key),),
    )


def _admitted(entity: Entity[AttachedClusterConfig]) -> Iterator[Step]:
    """Who administers is somebody in the cluster; IAM says who comes as far as that."""
    one, project = entity.config, certain(entity.environment.google).host_project.id
    who = [*(f"group:{address}" for address in one.admin_groups), *map(_person, one.admin_users)]
    if who:
        yield Step(
            Turn.GROUPS,
            f"let {', '.join(address.partition(':')[2] for address in who)} through the Connect gateway to attached cluster "
            f"{entity.key}, unless something else does: no stack gives them a role, and what this gives is good in every "
            "cluster of the fleet that knows them; nest the groups as those of teams",
            tuple(
                for_each(
                    "role",
                    _GATEWAY,
                    f"gcloud projects add-iam-policy-binding {project} --member={member} --role=roles/$role --condition=None "
                    "--format=none",
                )
                for member in who
            ),
        )


def _person(address: str) -> str:
    return f"{'serviceAccount' if address.endswith('.gserviceaccount.com') else 'user'}:{address}"


CARD = Card(
    path="fleet.attached_clusters.*",
    models=(AttachedClusterConfig,),
    noun="attached cluster",
    rows=row(_summary),
    warnings=_warnings,
    steps=_steps,
    lost=lost_attached,
)
