"""Rules on what Policy Controller does not look at."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.estate import Estate
from estate.model.fleet.policy_controller import PolicyControllerSettings
from estate.model.rules import Path, Violation, rule


@rule(on=Estate)
def teams_are_held_against_policy(estate: Estate) -> Iterator[Violation]:
    """No namespace of a team is exempt from policy, which is there for the teams."""
    prefixes = {team.namespace_prefix: name for name, team in estate.organization.teams.items()}
    for path, namespace in _exempt(estate):
        team = next((name for prefix, name in prefixes.items() if namespace.startswith(prefix)), None)
        if team:
            yield Violation(
                path,
                f"must be no namespace of a team, got {namespace} of {team}, which nothing would hold against policy; take it "
                "out, and exempt what has to be by a constraint of its own",
            )


def _exempt(estate: Estate) -> Iterator[tuple[Path, str]]:
    for name, environment in estate.environments.items():
        controller = environment.fleet.features.policy_controller if environment.fleet else None
        if controller is None:
            continue
        here: Path = (name, "fleet", "features", "policy_controller")
        yield from _of(controller, here)
        for key, settings in controller.clusters.items():
            yield from _of(settings, (*here, "clusters", key))


def _of(settings: PolicyControllerSettings, path: Path) -> Iterator[tuple[Path, str]]:
    for position, namespace in enumerate(settings.exemptable_namespaces):
        yield (*path, "exemptable_namespaces", position), namespace
    for name, bundle in settings.bundles.items():
        for position, namespace in enumerate(bundle.exempted_namespaces):
            yield (*path, "bundles", name, "exempted_namespaces", position), namespace
