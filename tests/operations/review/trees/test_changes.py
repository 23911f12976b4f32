"""What differs between two trees, judged by the rules for trees."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from estate.model.access.team import Team
from estate.model.estate import Estate
from estate.model.gitops import Applier
from operations.review.findings import Level
from operations.review.trees.risks import tree_risks
from operations.review.trees.texts import Side
from tests.example import ESTATE, TREE
from tests.manifests.example_tree import teams_texts, with_teams_repositories, with_tree, without_tree
from tests.operations.review.trees.case import Case
from tests.operations.review.trees.cases import CASES, IN_PROD
from tests.operations.review.trees.reviewed import FILE, file, findings, reviews, told, written

NEW_ARGO_CD = {"argo-cd-settings", "apps-new", "apps-by-themselves-in-prod"}
"""What somebody has to agree to who brings in Argo CD: who signs in, and whose repositories become applications."""
PROD = FILE.replace("dev/", "prod/")


def ranked(root: Path, case: Case, name: str = FILE) -> set[tuple[str, str]]:
    """Level and rule of what is found."""
    before, after, _ = case
    base = {name: file(before)} if before else {}
    return {(level, rule) for _, level, rule in told(findings(root, base, {name: file(after)}))}


@pytest.mark.parametrize("name", list(CASES))
def test_a_change_has_its_findings_and_no_other(name: str, tmp_path: Path) -> None:
    """By what a person does to one object."""
    assert ranked(tmp_path, CASES[name]) == CASES[name][2]


@pytest.mark.parametrize("name", list(IN_PROD))
def test_the_last_environment_is_looked_at_more_closely(name: str, tmp_path: Path) -> None:
    """What happens with nobody asked is no less there."""
    assert ranked(tmp_path, IN_PROD[name], PROD) == IN_PROD[name][2]


def test_every_rule_has_a_case() -> None:
    """One that finds nothing is not known to work."""
    risks = tree_risks()
    shown = {rule for case in (*CASES.values(), *IN_PROD.values()) for _, rule in case[2]}

    assert {*risks.rules, *risks.updates, *risks.grants} - shown == set()


def test_the_tree_of_the_example_is_quiet_by_itself() -> None:
    """The same on both sides, and where there was none."""
    example = Side(ESTATE, TREE.parent)

    assert reviews(example, example) == []
    made = reviews(Side(without_tree(), TREE.parent), example)
    found = [one for environment in made for one in environment.all_findings()]
    assert [one.rule for one in found if one.level.rank >= Level.HIGH.rank] == []


def test_what_another_namespace_brings_is_quiet(tmp_path: Path) -> None:
    """In every cluster: its label, its bindings, its limits."""
    team = ESTATE.organization.teams["seeiendom"].model_copy(update={"apps_repo": None})
    wider = team.model_copy(update={"namespaces": (*team.namespaces, "seeiendom-new")})
    before, after = (_elsewhere({**ESTATE.organization.teams, "seeiendom": one}) for one in (team, wider))

    made = reviews(Side(before, tmp_path), Side(after, tmp_path))

    assert [one.name for one in made] == ["dev", "prod", "sandbox", "test"]
    assert {one.level.value for one in made} == {"info"}
    assert {change.entity for change in made[1].changes} == {
        f"manifests of {key}" for key in ("apps", "aws", "cloud", "data")
    }
    assert "Namespace seeiendom-new" in {change.part for change in made[1].changes}


def _elsewhere(teams: dict[str, Team]) -> Estate:
    """The example with these teams and a tree in another repository."""
    gitops = ESTATE.organization.gitops
    assert gitops
    repo = gitops.model_copy(update={"repo": "https://git.example.com/c.git"})
    return replace(
        ESTATE, organization=ESTATE.organization.model_copy(update={"gitops": repo, "teams": teams})
    )


def test_a_tree_that_lives_elsewhere_is_made_of_the_files(tmp_path: Path) -> None:
    """By the code that judges, so that a pull request shows what its files do there."""
    base = with_tree("argo_cd", repo="https://git.example.com/c.git")
    head = with_tree("argo_cd", repo="https://git.example.com/c.git", namespaces=["kube-system"])

    [one] = {
        (found.level.value, found.rule)
        for made in reviews(Side(base, tmp_path), Side(head, tmp_path))
        for found in made.all_findings()
        if found.level.value == "high"
    }

    assert one == ("high", "admission-frees-namespace")


def test_a_folder_that_goes_is_one_finding(tmp_path: Path) -> None:
    """Not one for each object; with each file that the environment files ask for."""
    shutil.copytree(TREE, tmp_path / "clusters")
    shutil.rmtree(tmp_path / "clusters/test/aws")

    [one] = reviews(Side(ESTATE, TREE.parent), Side(ESTATE, tmp_path))

    rules = [found.rule for found in one.all_findings()]
    gone = [path for path in (TREE / "test/aws").rglob("*") if path.is_file()]
    assert (one.name, rules) == ("test", ["folder-gone", *["manifest-not-rendered"] * len(gone)])


def test_somebody_s_files_are_said_once(tmp_path: Path) -> None:
    """When they come and when they change, not for ever."""
    mine, readme = "dev/apps/synced/99-mine.yaml", "dev/apps/synced/README.md"
    base = {FILE: file(CASES["nothing"][0])}
    program = "dev/apps/synced/10-program.jsonnet"
    there = {**base, mine: "# mine\n", readme: "read me", program: file("import 'https://x.example'")}

    first = findings(tmp_path / "a", base, there)
    second = findings(tmp_path / "b", there, there)
    third = findings(tmp_path / "c", there, {**there, mine: "# other\n"})

    assert [(one.rule, one.address) for _, one in first] == [
        ("manifest-stranger", "apps/synced/10-program.jsonnet"),
        ("manifest-stranger", "apps/synced/99-mine.yaml"),
        ("manifest-stranger", "apps/synced/README.md"),
    ]
    assert second == []
    assert [one.address for _, one in third] == ["apps/synced/99-mine.yaml"]


def test_no_secret_is_shown(tmp_path: Path) -> None:
    """Neither where it stands, nor where it stands once more."""
    hidden = "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {p: hunter2hunter2}\ndata: none"
    label = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\ndata: {url: hunter2hunter2}"
    sides = (written(tmp_path / "a", {}), written(tmp_path / "b", {FILE: file(hidden, label)}))

    made = reviews(Side(ESTATE, sides[0]), Side(ESTATE, sides[1]))

    assert len(made[0].changes) == 2
    assert "hunter2" not in repr(made)


def test_what_is_gone_with_its_files_unreadable_is_judged(tmp_path: Path) -> None:
    """A folder whose files nobody can read is no folder that is gone."""
    base = {FILE: file(CASES["nothing"][0])}

    found = findings(tmp_path, base, {FILE: file("a: &b c\nd: *b")})

    assert told(found) == {
        ("dev", "high", "manifest-unreadable"),
        ("dev", "high", "workloads-let-go"),
        ("dev", "medium", "forgotten"),
    }


def test_folders_beside_are_looked_at_too(tmp_path: Path) -> None:
    """What Argo CD takes for a team, and what people install; of the same name they are other objects."""
    kit = FILE.replace("synced", "teams/seeiendom/kit")
    rule = CASES["one less"]

    found = findings(
        tmp_path, {FILE: file(rule[1]), kit: file(rule[1])}, {FILE: file(rule[1]), kit: file(rule[0])}
    )

    assert [(one.rule, one.address) for _, one in found] == [
        (
            "bound-edit",
            "apps/teams/seeiendom/kit/RoleBinding.rbac.authorization.k8s.io/seeiendom-web/team-edit",
        )
    ]


def test_what_people_install_is_not_pruned(tmp_path: Path) -> None:
    """Its namespace needs nothing that keeps it."""
    namespace = file("apiVersion: v1\nkind: Namespace\nmetadata: {name: argocd}")

    found = findings(tmp_path, {}, {FILE.replace("synced", "install"): namespace, FILE: namespace})

    assert {(one.rule, one.address) for _, one in found} == {
        ("otherwise-create", "apps/install/Namespace/argocd"),
        ("workloads-never-protected", "apps/Namespace/argocd"),
    }


def test_an_environment_that_no_file_speaks_of_grants_nothing(tmp_path: Path) -> None:
    """Whatever stands in its folder."""
    found = findings(
        tmp_path,
        {},
        {FILE.replace("dev/", "gone/"): file(CASES["namespace of a team"][1]).replace("quota", "q")},
    )

    assert ("gone", "medium", "bound-edit") in told(found)


@pytest.mark.unmeasured
@pytest.mark.parametrize("applier", list(Applier))
def test_whatever_is_rendered_is_judged(applier: Applier, tmp_path: Path) -> None:
    """No kind of it is unknown; where nothing was, Argo CD is all that takes somebody's word."""
    estate = with_teams_repositories(applier)
    for name, text in teams_texts(applier).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)

    made = reviews(Side(without_tree(), tmp_path), Side(estate, tmp_path))

    found = [one for environment in made for one in environment.all_findings()]
    software = {"software-by-itself-in-prod"} if applier is Applier.ARGO_CD else set()
    assert {one.rule for one in found if one.level.rank >= Level.HIGH.rank} == {*NEW_ARGO_CD, *software}
    assert "AppProject.argoproj.io" in {change.type for change in made[0].changes}
