"""Estates that ``hybrid init`` makes, and what it refuses to touch."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from estate.reading.estate_loader import load_estate
from estate.reading.placeholders import MARK, marks
from estate.reading.problems import InvalidInput
from operations.allowances.policy_files import read_policy_files
from operations.artifacts.synthesis import synth
from operations.init import init as making
from operations.init import repository
from operations.init.init import init
from operations.init.renew import Part, renew
from operations.init.wishes import StateKind
from operations.owners.shipped import codeowners_text
from operations.project import ENVIRONMENTS, ROOT, root_of
from tests import example as frozen
from tests.operations.init.wishing import UNTIL, wishes

NAME = st.from_regex(r"[a-z][a-z0-9]{0,11}", fullmatch=True).filter(lambda name: name != "organization")
EVERYTHING = {"google": ["nk-host"], "aws": ["123456789012"], "vmware": True}


@pytest.mark.parametrize(
    "wanted",
    [
        {"google": ["-"]},
        {"aws": ["-"]},
        {"vmware": True},
        {"aws": ["-"], "state": StateKind.LOCAL},
        EVERYTHING,
    ],
    ids=["google", "aws", "vmware", "local", "all"],
)
def test_a_made_estate_is_synthesized_at_once(tmp_path: Path, wanted: dict[str, Any]) -> None:
    """With the longest names that there are, which every physical name has to bear."""
    names = ["abcdefghijkl", "abcdefghijkm"]
    root = tmp_path / "estate"

    init(wishes(name="abcdefgh", environments=names, **wanted), root, UNTIL)

    _, reports = synth(root / ENVIRONMENTS, [], root / "cdktf.out")
    assert [report.name for report in reports] == names
    assert all(report.resources for report in reports)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(names=st.lists(NAME, min_size=1, max_size=16, unique=True))
def test_any_number_of_environments_passes_the_rules(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    """They cross environments: addresses, owners of projects, places of state."""
    root = tmp_path_factory.mktemp("made") / "estate"

    init(wishes(environments=names, **EVERYTHING), root, UNTIL)

    assert list(load_estate(root / ENVIRONMENTS).environments) == names


def test_what_nobody_told_is_marked(tmp_path: Path) -> None:
    """Every placeholder on a line of its own, with what to put there; nothing that was told is one."""
    told = wishes(google=["nk-host"], aws=["123456789012"], owners=["@nk/platform"])
    made = init(told, tmp_path / "told", UNTIL)
    untold = init(wishes(vmware=True, aws=["-"]), tmp_path / "untold", UNTIL)

    assert [line.partition(": ")[0] for line in made.placeholders] == [
        "environments/lab.yaml:11",
        "environments/prod.yaml:11",
    ]
    assert len(untold.placeholders) == 7
    assert untold.placeholders[-1].startswith(".github/CODEOWNERS:3: the team that answers for what judges")
    text = (tmp_path / "untold/environments/lab.yaml").read_text()
    assert [line.split()[:2] for line in text.splitlines() if MARK in line] == [
        ["id:", "placeholder-lab"],
        ["number:", "111111111111"],
        ["account_id:", '"000000000000"'],
    ]
    assert list(marks("a: 1\n")) == []


def test_what_stands_for_the_untold_is_known_without_its_mark(tmp_path: Path) -> None:
    """Somebody takes the comment out and forgets the value."""
    folder = tmp_path / "untold" / ENVIRONMENTS
    init(wishes(vmware=True, aws=["-"]), tmp_path / "untold", UNTIL)
    path = folder / "lab.yaml"
    marked = [number for number, _ in marks(path.read_text())]
    path.write_text("".join(f"{line.partition(MARK)[0]}\n" for line in path.read_text().splitlines()))

    found = load_estate(folder).placeholders["lab"]

    assert [one.line for one in found] == marked
    assert all(one.path for one in found)


def test_an_environment_may_have_its_own_project(tmp_path: Path) -> None:
    """One that shares says who owns it."""
    init(wishes(google=["nk-one", "prod=nk-two"]), tmp_path / "apart", UNTIL)
    init(wishes(google=["nk-one"]), tmp_path / "shared", UNTIL)

    apart = load_estate(tmp_path / "apart/environments").environments["prod"].google
    shared = load_estate(tmp_path / "shared/environments").environments["prod"].google
    assert apart is not None
    assert shared is not None
    assert (apart.host_project.owner, shared.host_project.owner) == (None, "lab")


def test_what_the_comments_say_can_be_written(tmp_path: Path) -> None:
    """Teams, and the second phase of clusters on VMware: an example that is refused is none."""
    init(wishes(**EVERYTHING), tmp_path, UNTIL)
    for path in (tmp_path / "environments").glob("*.yaml"):
        lines = path.read_text().splitlines()
        start = next(
            (n for n, line in enumerate(lines) if "vcenter:" in line or "platform_team:" in line), len(lines)
        )
        end = next((n for n in range(start, len(lines)) if not lines[n].strip()), len(lines))
        lines[start:end] = [line.replace("# ", "", 1) for line in lines[start:end]]
        path.write_text("\n".join(lines) + "\n")

    estate = load_estate(tmp_path / "environments")

    assert list(estate.organization.teams) == ["web"]
    assert [one.vmware.phase.value for one in estate.environments.values() if one.vmware] == [
        "admin cluster"
    ] * 2


def test_the_policy_files_waive_nothing_but_local_state(tmp_path: Path) -> None:
    """Nobody takes over what somebody else waived."""
    init(wishes(**EVERYTHING), tmp_path / "remote", UNTIL)
    init(wishes(aws=["-"], state=StateKind.LOCAL), tmp_path / "local", UNTIL)

    remote = read_policy_files(tmp_path / "remote/environments")
    local = read_policy_files(tmp_path / "local/environments")
    assert remote.waivers.waivers == ()
    assert [(one.stack, one.rule) for one in local.waivers.waivers] == [
        ("lab", "HYB_STATE_REMOTE"),
        ("prod", "HYB_STATE_REMOTE"),
    ]
    assert remote.skipped == read_policy_files(frozen.ENVIRONMENTS).skipped


def test_every_file_names_its_schema(tmp_path: Path) -> None:
    """Which stands in the estate, as the wheel has it."""
    init(wishes(**EVERYTHING), tmp_path, UNTIL)

    for path in (tmp_path / "environments").rglob("*.yaml"):
        schema = path.read_text().splitlines()[0].removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / schema).is_file(), path
    assert (tmp_path / "environments/stateful/lab.txt").read_text().count("\n") == 2
    assert "/.hybrid/" in (tmp_path / ".gitignore").read_text()


def test_workflows_install_the_pinned_version(tmp_path: Path) -> None:
    """Nothing of a checkout's set-up is left in them, nor in atlantis.yaml."""
    init(wishes(**EVERYTHING), tmp_path, UNTIL)

    texts = {name: (tmp_path / name).read_text() for name in [*repository.workflows(), "atlantis.yaml"]}
    assert sorted(Path(name).name for name in texts) == [
        "action.yml",
        "action.yml",
        "action.yml",
        "action.yml",
        "apply.yml",
        "atlantis.yaml",
        "drift.yml",
        "judge.yml",
        "requirements.lock",
        "review.yml",
    ]
    assert texts.pop("requirements.lock") == (ROOT / "requirements-runtime.lock").read_text("utf-8")
    for name, text in texts.items():
        assert "run: make" not in text, name
        installs = Path(name).parent.name not in {"approvals", "head", "sign-in"} and name != "atlantis.yaml"
        assert ("--require-hashes --requirement requirements.lock && " in text) is installs, name
        assert ("--no-deps --requirement requirements.txt && " in text) is installs, name
        yaml.safe_load(text)
    assert (
        (tmp_path / "requirements.txt").read_text().splitlines()[-1].startswith("hybrid-kubernetes-as-code==")
    )
    assert json.loads((tmp_path / "cdktf.json").read_text())["app"] == "hybrid synth"


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """Every file that is in the way is named, and the folder stays as it was."""
    (tmp_path / "environments").mkdir()
    (tmp_path / "cdktf.json").write_text("mine")

    with pytest.raises(InvalidInput) as refusal:
        init(wishes(**EVERYTHING), tmp_path, UNTIL)

    assert [Path(problem.file).name for problem in refusal.value.problems] == ["cdktf.json", "environments"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cdktf.json", "environments"]


def test_an_estate_that_cannot_be_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written so far is gone."""
    (tmp_path / "README.md").touch()

    def broken(_: Path) -> None:
        raise InvalidInput([])

    monkeypatch.setattr(making, "load_estate", broken)
    with pytest.raises(InvalidInput):
        init(wishes(**EVERYTHING), tmp_path, UNTIL)

    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


def test_the_untouched_example_is_replaced(checkout: Path) -> None:
    """Its files go, with the records of its stacks; the checkout's own files stay."""
    before = (checkout / "cdktf.json").read_text()

    init(wishes(**EVERYTHING), checkout, UNTIL)

    files = sorted(path.relative_to(checkout).as_posix() for path in checkout.rglob("*") if path.is_file())
    assert files == [
        "atlantis.yaml",
        "cdktf.json",
        "environments/lab.yaml",
        "environments/organization.yaml",
        "environments/policy/waivers.yaml",
        "environments/prod.yaml",
        "environments/stateful/lab.txt",
        "environments/stateful/prod.txt",
    ]
    assert (checkout / "cdktf.json").read_text() == before
    assert "- operations/**" in (checkout / "atlantis.yaml").read_text()
    assert "name: lab" in (checkout / "atlantis.yaml").read_text()


def test_the_owners_of_a_checkout_are_put_in(checkout: Path) -> None:
    """In the file as the product comes with it, and nowhere else."""
    path = checkout / ".github/CODEOWNERS"
    path.parent.mkdir()
    path.write_text(codeowners_text((), checkout=True))

    init(wishes(**EVERYTHING, owners=["@nk/platform"]), checkout, UNTIL)

    assert path.read_text() == codeowners_text(["@nk/platform"], checkout=True)


def test_owners_of_one_s_own_are_left_alone(checkout: Path) -> None:
    """Init writes over nothing."""
    path = checkout / ".github/CODEOWNERS"
    path.parent.mkdir()
    path.write_text("* @mine\n")

    with pytest.raises(InvalidInput, match="CODEOWNERS: is not as the product comes with it"):
        init(wishes(**EVERYTHING, owners=["@nk/platform"]), checkout, UNTIL)

    assert path.read_text() == "* @mine\n"
    assert "dev.yaml" in {one.name for one in (checkout / "environments").iterdir()}


def test_what_a_version_has_is_renewed(tmp_path: Path) -> None:
    """Schemas, which git does not keep, and workflows and atlantis.yaml, whose difference is read."""
    init(wishes(**EVERYTHING), tmp_path, UNTIL)
    shutil.rmtree(tmp_path / ".hybrid")
    (tmp_path / "atlantis.yaml").write_text("old")
    (tmp_path / ".github/workflows/drift.yml").write_text("old")
    folder = tmp_path / "environments"

    schemas = renew(folder, root_of(folder), [Part.SCHEMA], {})
    rest = renew(folder, root_of(folder), [], {})

    assert len(schemas) == 9
    assert rest == [Path("atlantis.yaml"), Path(".github/workflows/drift.yml")]
    assert renew(folder, root_of(folder), [], {}) == []


def test_a_checkout_renews_atlantis_yaml_alone(checkout: Path) -> None:
    """Its schemas and workflows are the product's own."""
    init(wishes(**EVERYTHING), checkout, UNTIL)
    (checkout / "atlantis.yaml").unlink()

    assert renew(checkout / "environments", checkout, [], {}) == [Path("atlantis.yaml")]
    assert renew(checkout / "environments", checkout, [Part.WORKFLOWS], {}) == []
