"""How to see that people work in a cluster: asked of the cluster itself, as them."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Final

from estate.derived.clusters.contents import ClusterContents, clusters
from estate.model.access.cluster_role import RoleRule
from estate.model.access.values import AccessLevel
from estate.model.estate import Estate
from operations.cards.card import Task
from operations.cards.steps.commands import kubeconfig
from operations.cards.steps.way_in import administers

_OWN: Final = frozenset(level.value for level in AccessLevel)
"""Roles of Kubernetes' own, all of which list pods:
https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles."""


def at_work(estate: Estate, name: str, cluster: str) -> Iterator[Task]:
    """One question for each group, with the answer; a cluster that is no member has nobody by its groups."""
    for contents in clusters(estate, [name]):
        kubectl = f"kubectl --kubeconfig {kubeconfig(name, cluster)}"
        if contents.platform_group:
            yield Task(
                "see that the platform team administers it",
                (f"{kubectl} {administers(contents.platform_group)}  # yes",),
            )
        asked = list(_asked(contents))
        if asked:
            yield Task(
                "see that each team may do in its namespaces what its access says",
                tuple(f"{kubectl} {question}  # yes" for question in asked),
            )
        yield Task(
            "compare with who may do what, then tell them that it is back",
            (f"hybrid who-can {name}/{cluster}",),
        )


def _asked(contents: ClusterContents) -> Iterator[str]:
    """A question for each namespace whose role is one of Kubernetes' own or is said here; others are not known."""
    for namespace in contents.namespaces:
        role = contents.roles.get(namespace.role)
        if role or namespace.role in _OWN:
            may = _may(role.rules[0]) if role else "list pods"
            yield f"auth can-i {may} --namespace={namespace.name} --as=nobody --as-group={namespace.group}"


def _may(rule: RoleRule) -> str:
    """Something that a rule allows, as kubectl asks for it."""
    [group, *_], [verb, *_] = rule.api_groups, rule.verbs
    kind, _, part = rule.resources[0].partition("/")
    named = f"{kind}.{group}" if group not in {"", "*"} and kind != "*" else kind
    one = "".join(f"/{name}" for name in rule.resource_names[:1])
    subresource = f" --subresource={part}" if part else ""
    return f"{shlex.quote(verb)} {shlex.quote(named + one)}{subresource}"
