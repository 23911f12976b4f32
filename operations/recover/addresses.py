"""What people reach a lost cluster by: seen before anything is taken away, and given to DNS once it is back.

Load balancers are made by controllers in the cluster and stand in no state. A cloud leaves them behind when their cluster goes:
latest/ug/clusters/delete-cluster.adoc of https://github.com/awsdocs/amazon-eks-user-guide, read 2026-11-30. Left out: who
changes a record, which is in no file here.
"""

from __future__ import annotations

from collections.abc import Iterator

from operations.cards.card import Lost, Task
from operations.cards.steps.commands import kubeconfig


def noted(name: str, cluster: str, lost: Lost) -> Iterator[Task]:
    """What to note, while somebody still tells."""
    yield Task(
        f"note what people reach {cluster} by, addresses with the names that DNS has for them, as far as it answers: load "
        "balancers are made in the cluster, and the new one's may be called otherwise",
        (*_listed(name, cluster), *lost.balancers),
    )


def given(name: str, cluster: str, lost: Lost) -> Iterator[Task]:
    """What to change, once everything runs again."""
    yield Task(
        f"give the names of your DNS what {cluster} is reached by now, wherever it differs from what was noted; allowlists of "
        "others know the old addresses, too",
        _listed(name, cluster),
    )
    if lost.balancers:
        yield Task(
            "delete, by its ARN, each load balancer and target group that was noted and that nothing in the new cluster shows: "
            "those of the AWS Load Balancer Controller it finds again by their tags and goes on with; the others stay and cost",
            lost.balancers,
        )


def _listed(name: str, cluster: str) -> tuple[str, ...]:
    kubectl = f"kubectl --kubeconfig {kubeconfig(name, cluster)} get"
    return (
        f"{kubectl} services --all-namespaces --field-selector=spec.type=LoadBalancer --output=wide",
        f"{kubectl} ingresses --all-namespaces",
    )
