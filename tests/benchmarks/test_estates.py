"""Generated estates: valid, of the size asked for, the same every time."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.estates import write_estate, write_one_environment, write_teams
from estate.reading.estate_loader import load_estate
from operations.artifacts.stack_json import addresses, read_stack
from stacks.app import synthesize

pytestmark = pytest.mark.unmeasured


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(("resources", "environments"), [(500, 5), (2000, 20), (10_000, 101)])
def test_an_estate_grows_by_environments(tmp_path: Path, resources: int, environments: int) -> None:
    """A large estate is valid as a whole: many environments that share no range and no name."""
    write_estate(tmp_path, resources)

    estate = load_estate(tmp_path)

    assert len(estate.environments) == environments


def test_an_environment_has_the_resources_that_sizes_are_worked_out_with(tmp_path: Path) -> None:
    """About a hundred resources asked for are about a hundred resources synthesized."""
    write_estate(tmp_path / "environments", 100)

    synthesize(load_estate(tmp_path / "environments"), ["env0000"], tmp_path / "out")

    assert len(list(addresses(read_stack(tmp_path / "out", "env0000")))) == pytest.approx(100, rel=0.1)


def test_one_environment_grows_by_keys(tmp_path: Path) -> None:
    """Ten thousand resources in one environment are one valid file with some five thousand keys."""
    write_one_environment(tmp_path, 10_000)

    (environment,) = load_estate(tmp_path).environments.values()

    assert environment.aws is not None
    assert len(environment.aws.kms_keys) * 2 == pytest.approx(10_000, rel=0.02)


def test_teams_have_access_to_four_environments(tmp_path: Path) -> None:
    """A valid estate with a cluster each, in which every team has a scope in every fleet."""
    write_teams(tmp_path, 3)

    estate = load_estate(tmp_path)

    assert {
        name: len(environment.vmware.user_clusters)
        for name, environment in estate.environments.items()
        if environment.vmware
    } == dict.fromkeys(("sandbox", "dev", "test", "prod"), 1)
    assert [len(team.access) for team in estate.organization.teams.values()] == [4, 4, 4]


def test_the_same_size_is_the_same_estate(tmp_path: Path) -> None:
    """Two machines that measure the same size measure the same bytes."""
    write_estate(tmp_path / "one", 500)
    write_estate(tmp_path / "other", 500)

    assert contents(tmp_path / "one") == contents(tmp_path / "other")
