"""Two hundred teams on four environments: loaded, checked, and every grant one of its own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from estate.derived.access.grants import Binding, grants
from estate.derived.share import shares
from estate.reading.estate_loader import load_estate
from estate.reading.problems import InvalidInput

NAMES = ("sandbox", "dev", "test", "prod")
TEAMS = 200


def write_estate(folder: Path, teams: int) -> Path:
    """Write four environments with a fleet each, and teams with access to all of them."""
    lines = [f"name: kl\ndomain: example.com\npromotion: [{', '.join(NAMES)}]\nteams:\n"]
    lines += [
        f"  t{i}:\n    group: t{i}@example.com\n    namespace_prefix: t{i}-\n    namespaces: [t{i}-web]\n"
        "    access: {sandbox: edit, dev: edit, test: view, prod: view}\n"
        for i in range(teams)
    ]
    (folder / "organization.yaml").write_text("".join(lines))
    for name in NAMES:
        (folder / f"{name}.yaml").write_text(
            f"environment: {name}\nstate: {{local: {{}}}}\nfleet: {{}}\n"
            f"google: {{host_project: {{id: kl-{name}-host, number: 1}}, region: europe-north1}}\n"
        )
    return folder


def test_every_team_gets_its_grants_in_every_environment(tmp_path: Path) -> None:
    """Three bindings on the project, two in the scope, for each team in each environment, and no two alike."""
    estate = load_estate(write_estate(tmp_path, TEAMS))

    found = grants(estate)

    assert Counter(grant.binding for grant in found) == {
        Binding.PROJECT_IAM: TEAMS * 4 * 3,
        Binding.SCOPE_IAM: TEAMS * 4,
        Binding.SCOPE_RBAC: TEAMS * 4,
    }
    assert len(set(found)) == len(found) == sum(len(share.grants) for share in shares(estate).values())


def test_one_more_team_is_one_more_grantee(tmp_path: Path) -> None:
    """What the others may do stays as it is, and so does which stack makes it."""
    (tmp_path / "before").mkdir()
    (tmp_path / "after").mkdir()

    before = shares(load_estate(write_estate(tmp_path / "before", TEAMS)))
    after = shares(load_estate(write_estate(tmp_path / "after", TEAMS + 1)))

    assert {
        name: {grant.grantee.key for grant in set(after[name].grants) ^ set(before[name].grants)}
        for name in NAMES
    } == {name: {f"t{TEAMS}"} for name in NAMES}


def test_one_mistake_among_many_teams_is_one_problem(tmp_path: Path) -> None:
    """With its line, and nothing said of the others."""
    path = write_estate(tmp_path, TEAMS) / "organization.yaml"
    path.write_text(path.read_text().replace("group: t150@", "group: t149@"))

    with pytest.raises(InvalidInput) as refused:
        load_estate(tmp_path)

    assert [(problem.path, problem.line) for problem in refused.value.problems] == [
        ("teams.t150.group", 4 + 150 * 5 + 2)
    ]
