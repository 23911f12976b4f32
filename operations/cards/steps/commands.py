"""Command lines that several steps print."""

from __future__ import annotations

from collections.abc import Iterable


def for_each(name: str, values: Iterable[str], command: str) -> str:
    """One command for each of several values, as a loop of the shell where there is more than one.

    Args:
        name: variable of the shell that the command takes the value from, as `$name`.
        values: the values, which hold nothing that the shell reads in its own way.
        command: what is run for each.
    """
    found = list(values)
    if len(found) == 1:
        return command.replace(f"${name}", found[0])
    return f"for {name} in {' '.join(found)}; do {command}; done"


def reading(environment: str, cluster: str) -> str:
    """What shows that the first way into a cluster leads there."""
    return f"kubectl --kubeconfig {kubeconfig(environment, cluster)} get nodes  # each is Ready"


def kubeconfig(environment: str, cluster: str) -> str:
    """File that the first way into a cluster is written to, so that later commands find it."""
    return f"{environment}-{cluster}.kubeconfig"
